package index

import (
	"testing"

	"casebook/search"
)

// Facets and values are filters by whatever name they are written.
func TestFieldsInWords(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"books/one.md":       page("The first book", "", "x"),
		"chapters/one/01.md": page("Chapter one", "book: one", "x"),
		"notes/a.md":         page("A", "place: coast\nperiod: 2014-2016\nchapter: one/01", "x"),
		"notes/b.md":         page("B", "period: 2018", "x"),
	})), Options{})
	for _, tt := range []struct {
		text  string
		total int
	}{
		{"place:coast", 1}, {"place:Côte", 1}, {"LIEU:seaside", 1}, {"place:world", 1}, {"period:2015", 1}, {"year:2015..2018", 2},
		{"period:2017..", 1}, {"period:..2013", 0}, {"kind:note", 2}, {"kind:Fiche", 2}, {"language:en", 4}, {`chapter:"chapter one"`, 1},
		{"chapter:one/01", 1}, {"chapter:one", 1}, {"place:nowhere", 0},
	} {
		q := search.Parse(tt.text, s)
		if got := mustSearch(t, s, q).Total; got != tt.total {
			t.Errorf("%s: %d pages, want %d (read as %+v)", tt.text, got, tt.total, q)
		}
	}
	if q := (search.Query{Filters: []search.Filter{{Field: "nofield", Values: []string{"x"}}}}); mustSearch(t, s, q).Total != 0 {
		t.Error("a filter on a facet that there is not lets pages through")
	}
}
