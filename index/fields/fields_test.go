package fields

import (
	"testing"

	"casebook/index/docs"
	"casebook/index/indextest"
)

func testFields(t *testing.T) *Fields {
	t.Helper()
	lib := indextest.Load(t, indextest.Folder(map[string]string{
		"books/one.md":       indextest.Page("The first book", "", "x"),
		"chapters/one/01.md": indextest.Page("Chapter one", "book: one", "x"),
		"chapters/one/02.md": indextest.Page("Chapter one", "book: one", "x"),
		"notes/a.md":         indextest.Page("A", "place: coast\nperiod: 2014-2016\nchapter: [one/02, one/01]\ndone: true\nsize: 3", "x"),
		"notes/a.fr.md":      indextest.Page("Un", "", "x"),
	}))
	m, err := docs.NewMap(lib)
	if err != nil {
		t.Fatal(err)
	}
	facets, _, titles := indextest.Facets(t, lib, m)
	return New(lib, m, facets, titles)
}

func TestFieldNames(t *testing.T) {
	f := testFields(t)
	for _, tt := range []struct{ name, want, kind string }{
		{"place", "place", "term"}, {"LIEU", "place", "term"}, {"Place", "place", "term"}, {"years", "period", "years"}, {"year", "period", "years"}, {"day", "day", "years"},
		{"kind", "kind", "term"}, {"language", "language", "term"}, {"size", "size", "term"}, {"nowhere", "", ""}, {"", "", ""},
	} {
		if got := f.FieldName(tt.name); got != tt.want || f.FieldType(got) != tt.kind {
			t.Errorf("%q is facet %q of type %q, want %q of %q", tt.name, got, f.FieldType(got), tt.want, tt.kind)
		}
	}
}

func TestValues(t *testing.T) {
	f := testFields(t)
	for _, tt := range []struct{ field, text, want string }{
		{"place", "coast", "coast"}, {"place", "Côte", "coast"}, {"place", "COTE", "coast"}, {"place", "seaside", "coast"}, {"place", "monde", "world"},
		{"place", "COAST", "coast"}, {"place", "Bay", "bay"}, {"chapter", "ONE/01", "one/01"}, {"coast", "place", ""},
		{"place", "bay", "bay"}, // that no page has
		{"place", "nowhere", ""},
		{"period", "2015", "2015"}, {"period", "2017", ""},
		{"kind", "Note", "note"}, {"kind", "fiche", "note"}, {"kind", "book", "book"},
		{"language", "fr", "fr"}, {"language", "ar", ""},
		{"chapter", "one/01", "one/01"}, {"chapter", "one", "one"}, // the book above is a value too
		{"chapter", "chapter ONE", "one/01"}, // of two with the title the first
		{"chapter", "The first book", ""},    // no chapter
		{"size", "3", "3"}, {"done", "true", "true"}, {"nowhere", "x", ""},
	} {
		got, ok := f.Value(tt.field, tt.text)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s:%s is %q, %t; want %q", tt.field, tt.text, got, ok, tt.want)
		}
	}
}

// What several values are called means none of them; ids win over labels, and
// labels over other names.
func TestNamesOfSeveralValues(t *testing.T) {
	files := indextest.Folder(map[string]string{"notes/a.md": indextest.Page("A", "", "x"),
		"vocabularies/place.yaml": "terms:\n  - {id: one, label: {en: two}, alt: {en: [both, single, three], fr: [Single]}}\n  - {id: two, label: {en: Second}, alt: {en: [both]}}\n  - {id: three, label: {en: Third}}\n"})
	lib := indextest.Load(t, files)
	m, err := docs.NewMap(lib)
	if err != nil {
		t.Fatal(err)
	}
	facets, _, titles := indextest.Facets(t, lib, m)
	f := New(lib, m, facets, titles)
	for text, want := range map[string]string{"both": "", "single": "one", "two": "two", "second": "two", "three": "three"} {
		if got, ok := f.Value("place", text); got != want || ok != (want != "") {
			t.Errorf("%s is %q, %t, want %q", text, got, ok, want)
		}
	}
}
