package view_test

import (
	"slices"
	"testing"

	"casebook/content"
	"casebook/search"
	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
	"casebook/server/view"
)

// A hit shows the page in the language in which it was found, with the words
// marked where there are any, and says so where that isn't the reader's.
func TestHits(t *testing.T) {
	c := plaincorpus.New(t)
	c.Damage("cases/hill-moons")
	r := viewtest.Reader(t, c, "en")
	got := r.Hits([]search.Hit{
		{ID: "cases/cape-stones", Lang: "fr"}, {ID: "cases/gone"}, {ID: "cases/hill-moons"},
		{ID: "cases/plain-wells", Lang: "en", Title: search.Passage{{Text: "Wells", Marked: true}}, Passage: search.Passage{{Text: "dug"}}},
	})
	if len(got) != 2 {
		t.Fatalf("%d hits: %+v", len(got), got)
	}
	if h := got[0]; h.Title.Text() != "Cordons pierreux sur le cap" || h.Text.Text() != "Les paysans ont posé des pierres le long de la pente." ||
		h.Lang != "fr" || h.Dir != "ltr" || h.Tongue != "French" || h.URL != "/cases/cape-stones" || h.Reviewed.Year() != 2026 || h.Kind.Text != "Case" {
		t.Errorf("%+v", h)
	}
	if h := got[1]; len(h.Title) != 1 || !h.Title[0].Marked || h.Text.Text() != "dug" || h.Lang != "" || h.Tongue != "" {
		t.Errorf("%+v", h)
	}
}

func texts(groups ...[]view.Label) (out []string) {
	for _, g := range groups {
		for _, l := range g {
			out = append(out, l.Text)
		}
		out = append(out, ";")
	}
	return out
}

// In short: the page above; where, by country rather than by place; what; when.
func TestMeta(t *testing.T) {
	c := plaincorpus.New(t)
	r := viewtest.Reader(t, c, "en")
	for id, want := range map[string][]string{
		"cases/cape-stones": {"Tunisia", ";", "Stone lines", "Half-moons", ";", "since 2007", ";"},
		"cases/hill-moons":  {"Hills", ";", "Half-moons", ";", "2015", ";"},
		"rules/dry-land/01": {"The dry land book", ";", "Stone lines", ";"},
		"books/dry-land":    nil,
	} {
		p, err := c.Page(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := texts(r.Meta(p)...); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

// What the gap map shows is said already, and no grade besides.
func TestGrades(t *testing.T) {
	c := plaincorpus.New(t)
	hit := func() view.Hit {
		return viewtest.Reader(t, c, "en").Hits([]search.Hit{{ID: "cases/hill-moons", Lang: "en"}})[0]
	}
	if got := hit().Grades; len(got) != 1 || got[0] != (view.Grade{Field: view.Label{Text: "Grade"}, Label: view.Label{Text: "Told"}, Dots: "●○"}) {
		t.Errorf("%+v", got)
	}
	site := *c.Lib.Site
	site.Matrix = [2]string{"place", "grade"}
	c.Lib.Site = &site
	if got := hit(); got.Grades != nil || got.Meta[1][0].Text != "Told" {
		t.Errorf("with the grade in the gap map: %+v", got)
	}
}

// Two values of a field are named, or three; more are counted.
func TestMetaOfManyValues(t *testing.T) {
	files := plaincorpus.Files()
	for _, tt := range []struct {
		lands string
		want  []string
	}{{"[TN, NE]", []string{"Tunisia", "Niger", ";"}}, {"[TN, NE, DK]", []string{"Tunisia", "Niger", "Denmark", ";"}}, {"[TN, NE, DK, FR]", []string{"Tunisia", "Niger", "2 more", ";"}}} {
		lib := plaincorpus.Library(t, plaincorpus.With(files, "cases/x.md", "---\ntitle: X\nland: "+tt.lands+"\nmethod: [wells]\nplace: [hills]\n---\nText.\n",
			"vocabularies/land.yaml", "label: Country\nterms:\n  - {id: TN, label: Tunisia}\n  - {id: NE, label: Niger}\n  - {id: DK, label: Denmark}\n  - {id: FR, label: France}\n"))
		c := &plaincorpus.Corpus{Lib: lib}
		p, err := c.Page("cases/x")
		if err != nil {
			t.Fatal(err)
		}
		if got := texts(viewtest.Reader(t, c, "en").Meta(p)[0]); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.lands, got, tt.want)
		}
	}
}

// A field is a scale if it comes with a reason and its terms have an order; the
// first is the best.
func TestDots(t *testing.T) {
	c := plaincorpus.New(t)
	r := viewtest.Reader(t, c, "en")
	kind, _ := c.Lib.Schema.Kind("case")
	for _, tt := range []struct{ field, id, want string }{
		{"grade", "measured", "●●"}, {"grade", "told", "●○"}, {"grade", "none", ""}, {"method", "wells", ""}, {"families", "x", ""},
	} {
		f, _ := kind.Field(tt.field)
		if got := r.Dots(kind, f, tt.id); got != tt.want {
			t.Errorf("%s=%s: %q, want %q", tt.field, tt.id, got, tt.want)
		}
	}
	grade, _ := kind.Field("grade")
	voc := *c.Lib.Vocabularies["grade"]
	c.Lib.Vocabularies["grade"] = &voc
	first := voc.Terms[0]
	for n, want := range map[int]string{1: "", 2: "●●", 7: "●●●●●●●", 8: ""} {
		voc.Terms = nil
		for range n {
			voc.Terms = append(voc.Terms, first)
		}
		if got := r.Dots(kind, grade, "measured"); got != want {
			t.Errorf("of %d terms: %q, want %q", n, got, want)
		}
	}
	voc.Terms = append([]*content.Term{first}, first)
	voc.Ordered = false
	if got := r.Dots(kind, grade, "measured"); got != "" {
		t.Errorf("without an order: %q", got)
	}
}
