package results

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/search"
	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
)

// ask is somebody who asks in a language.
func ask(t testing.TB, c *plaincorpus.Corpus, lang string) reader {
	t.Helper()
	return reader{viewtest.Reader(t, c, lang)}
}

func outline(rows []Row) string {
	var parts []string
	for _, row := range rows {
		p := row.ID
		if row.Checked {
			p += "*"
		}
		if row.Fold != "" {
			p += "+"
			if row.Open {
				p += "open"
			}
		}
		if len(row.Sub) > 0 {
			p += "(" + outline(row.Sub) + ")"
		}
		parts = append(parts, p)
	}
	return strings.Join(parts, " ")
}

// A value stands once, below the first of its broader values that is there,
// and siblings are in the reader's order.
func TestFacetTree(t *testing.T) {
	c := plaincorpus.New(t)
	facet := search.Facet{Field: "place", Values: []search.FacetValue{
		{ID: "cape", Count: 1, Selected: true}, {ID: "coast", Count: 2}, {ID: "hills", Count: 3}, {ID: "plain", Count: 4},
	}}
	for lang, want := range map[string]string{
		"en": "coast(cape*) hills plain",
		"fr": "hills coast(cape*) plain", // Collines, Côte, Plaine
	} {
		r := ask(t, c, lang)
		place, _ := r.Library.Facet("place")
		if got := outline(r.facetTree(place, facet)); got != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
	}
	facet.Values = facet.Values[:1:1]
	facet.Values = append(facet.Values, search.FacetValue{ID: "hills", Count: 3})
	r := ask(t, c, "en")
	place, _ := r.Library.Facet("place")
	if got, want := outline(r.facetTree(place, facet)), "hills(cape*)"; got != want {
		t.Errorf("without the first broader value: %s, want %s", got, want)
	}
}

// However many values a facet has, a page carries few of them, all chosen ones
// among them, and a link to the rest.
func TestTooManyValues(t *testing.T) {
	c := plaincorpus.New(t)
	r := ask(t, c, "en")
	f := search.Facet{Field: "builder"}
	for i := range 500 {
		f.Values = append(f.Values, search.FacetValue{ID: fmt.Sprintf("b%03d", i), Count: 1 + i%7, Selected: i == 499})
	}
	q := search.Query{Filters: []search.Filter{{Field: "builder", Values: []string{"b499"}}}}
	v, ok := r.facetView(q, f)
	if !ok {
		t.Fatal("no view")
	}
	shown := size(v.Rows)
	if v.More != nil {
		shown += size(v.More.Rows)
	}
	if shown > MaxRows+1 || shown < MaxRows || v.Total != 500 || v.AllURL == "" {
		t.Errorf("%d of %d values, link %q", shown, v.Total, v.AllURL)
	}
	if !slices.ContainsFunc(v.Rows, func(row Row) bool { return row.ID == "b499" && row.Checked }) {
		t.Error("the chosen value isn't among those that stand open")
	}
	r.Query = "all=builder"
	if v, _ := r.facetView(q, f); size(v.Rows)+size(v.More.Rows) != 500 || v.AllURL != "" {
		t.Errorf("asked for all: %d and %d", size(v.Rows), size(v.More.Rows))
	}
}
