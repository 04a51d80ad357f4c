package view_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/search"
	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
	"casebook/server/view"
)

func rows(list []view.TallyRow) string {
	var parts []string
	for _, row := range list {
		s := fmt.Sprintf("%s=%d", row.ID, row.N)
		if len(row.Sub) > 0 {
			s += "(" + rows(row.Sub) + ")"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " ")
}

// Terms stand in the reader's order below the first of their broader ones,
// those without a page too.
func TestTally(t *testing.T) {
	c := plaincorpus.New(t)
	place, _ := c.Lib.Facet("place")
	counts := map[string]int{"coast": 2, "cape": 1, "hills": 1234}
	for lang, want := range map[string]string{"en": "coast=2(cape=1) hills=1234 plain=0", "fr": "hills=1234 coast=2(cape=1) plain=0"} {
		r := viewtest.Reader(t, c, lang)
		got := r.Tally(place, counts)
		if rows(got) != want {
			t.Errorf("%s: %s, want %s", lang, rows(got), want)
		}
		if flat := rows(view.Flat(got)); flat != strings.NewReplacer("(", " ", ")", "").Replace(want) {
			t.Errorf("%s: flat: %s", lang, flat)
		}
	}
	r := viewtest.Reader(t, c, "ar")
	coast, _ := place.Vocabulary.Term("coast")
	want := view.TallyRow{
		ID: "coast", Label: view.Label{Text: "الساحل"}, Note: view.Label{Text: "Within 50 km of the sea & its salt.", Lang: "en", Dir: "ltr"},
		URL: "/ar/place/coast", Count: "١٬٢٣٤", N: 1234,
	}
	if got := r.TallyRow("place", coast, 1234); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	period, _ := c.Lib.Facet("period")
	if got := r.Tally(period, nil); got != nil {
		t.Errorf("of a facet without terms: %v", got)
	}
}

func TestCounts(t *testing.T) {
	res := &search.Result{Facets: []search.Facet{{Field: "a", Values: []search.FacetValue{{ID: "x", Count: 3}, {ID: "y"}}}, {Field: "b", Values: []search.FacetValue{{ID: "x", Count: 7}}}}}
	if got := view.Counts(res, "a"); len(got) != 2 || got["x"] != 3 {
		t.Errorf("%v", got)
	}
	if got := view.Counts(res, "c"); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// The best filled values come first, of equal ones the first; those without a
// page are left out.
func TestTopValues(t *testing.T) {
	r := viewtest.Reader(t, plaincorpus.New(t), "en")
	f := search.Facet{Field: "land", Values: []search.FacetValue{{ID: "TN", Count: 1}, {ID: "NE", Count: 3}, {ID: "DK"}, {ID: "X", Count: 3}}}
	q := search.Query{Page: 1, Size: 20}.Toggle("place", "coast")
	for n, want := range map[int]string{0: "", 1: "NE=3", 2: "NE=3 X=3", 9: "NE=3 X=3 TN=1"} {
		if got := rows(r.TopValues(q, f, n)); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
	if got := r.TopValues(q, f, 1)[0]; got.Label.Text != "Niger" || got.Count != "3" || got.URL != "/search?place=coast&land=NE" {
		t.Errorf("%+v", got)
	}
	if !slices.IsSortedFunc(f.Values[:2], func(a, b search.FacetValue) int { return a.Count - b.Count }) {
		t.Error("the facet itself was changed")
	}
}
