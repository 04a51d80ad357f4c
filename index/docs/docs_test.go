package docs

import (
	"fmt"
	"hash/fnv"
	"reflect"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content"
	"casebook/content/load"
)

const testSchema = `
kinds:
  note:
    folder: notes
    fields:
      place: {type: term, vocabulary: place, many: true}
      book: {type: page, kind: book, many: true}
      called: {type: text, many: true}
  book:
    folder: books
facets: [place]
`

// library loads pages from a map of file to text.
func library(t *testing.T, files map[string]string) *content.Library {
	t.Helper()
	fsys := fstest.MapFS{
		"site.yaml":               {Data: []byte("title: Test\nlanguages: [fr, en, de, nl]\n")},
		"schema.yaml":             {Data: []byte(testSchema)},
		"vocabularies/place.yaml": {Data: []byte("terms:\n  - {id: coast, label: {en: Coast, fr: Côte}, alt: {en: [Seaside]}}\n")},
	}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	lib, problems, err := load.Load(t.Context(), fsys, load.Options{Today: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil || problems.Errors() > 0 {
		t.Fatal(err, problems)
	}
	return lib
}

func page(title, fields, body string) string {
	return fmt.Sprintf("---\ntitle: %q\n%s\n---\n%s\n", title, fields, body)
}

// A book; a note in three languages, two of which have no rules; a note in
// French alone.
func testMap(t *testing.T) *Map {
	t.Helper()
	m, err := NewMap(library(t, map[string]string{
		"books/one.md":  page("Book", "lang: en", "x"),
		"notes/a.md":    page("A", "lang: en", "x"),
		"notes/a.de.md": page("A", "", "x"),
		"notes/a.nl.md": page("A", "", "x"),
		"notes/b.md":    page("B", "lang: fr", "x"),
	}))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMap(t *testing.T) {
	m := testMap(t)
	var units []string
	for d, u := range m.Units {
		units = append(units, fmt.Sprintf("%d %s %s", u.Page, m.TagOf(uint32(d)), m.Langs[u.Lang].Code))
	}
	if want := []string{"0 en en", "1 en en", "1 de und", "1 nl und", "2 fr fr"}; !slices.Equal(units, want) || m.Pages() != 3 {
		t.Errorf("units %q of %d pages, want %q", units, m.Pages(), want)
	}
	if want := []string{"en", "de", "nl", "fr"}; !slices.Equal(m.Tags, want) || len(m.Langs) != 3 {
		t.Errorf("languages %q with rules of %d, want %q with rules of 3", m.Tags, len(m.Langs), want)
	}
	for _, tt := range []struct {
		name string
		set  *roaring.Bitmap
		want []uint32
	}{
		{"all", m.All, []uint32{0, 1, 2, 3, 4}},
		{"originals", m.Originals, []uint32{0, 1, 4}},
		{"in several languages", m.Multi, []uint32{1, 2, 3}},
		{"in English", m.InLang[0], []uint32{0, 1}},
		{"without rules", m.InLang[1], []uint32{2, 3}},
		{"in French", m.InLang[2], []uint32{4}},
		{"originals of what is in English", m.Having[0], []uint32{0, 1}},
		{"originals of what has no rules", m.Having[1], []uint32{1}},
		{"notes", m.OfKind[0], []uint32{1, 2, 3, 4}},
		{"books", m.OfKind[1], []uint32{0}},
	} {
		if got := tt.set.ToArray(); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	if first, end := m.Versions(1); first != 1 || end != 4 || m.Original(1) != 1 {
		t.Errorf("versions from %d before %d", first, end)
	}
	for tag, want := range map[string]uint32{"nl": 3, "en": 1, "fr": 1} {
		if got := m.Version(1, tag); got != want {
			t.Errorf("in %s it is document %d, want %d", tag, got, want)
		}
	}
	if l, ok := m.Lang("nl"); l != 1 || !ok {
		t.Errorf("nl is language %d, %t", l, ok)
	}
	if _, ok := m.Lang("ar"); ok {
		t.Error("no page is in Arabic")
	}
	for reader, want := range map[string]int{"en": 0, "nl": 1, "fr": 2, "ar": 2, "": 2} { // the site's first is French
		if got := m.LangFor(reader); got != want {
			t.Errorf("a reader of %s reads language %d, want %d", reader, got, want)
		}
	}
}

func TestWholePages(t *testing.T) {
	m := testMap(t)
	for _, tt := range []struct {
		docs, whole, one []uint32
	}{
		{[]uint32{3}, []uint32{1, 2, 3}, []uint32{1}},
		{[]uint32{0, 2}, []uint32{0, 1, 2, 3}, []uint32{0, 1}},
		{[]uint32{0, 4}, []uint32{0, 4}, []uint32{0, 4}},
		{nil, nil, nil},
	} {
		set := roaring.BitmapOf(tt.docs...)
		whole := m.WholePages(set)
		if got := whole.ToArray(); !slices.Equal(got, tt.whole) {
			t.Errorf("whole pages of %v: %v, want %v", tt.docs, got, tt.whole)
		}
		if !slices.Equal(set.ToArray(), tt.docs) {
			t.Errorf("the set %v itself was changed: %v", tt.docs, set.ToArray())
		}
		if got := m.OnePerPage(whole).ToArray(); !slices.Equal(got, tt.one) || m.CountPages(whole) != len(tt.one) {
			t.Errorf("one of each page of %v: %v, %d pages; want %v", tt.whole, got, m.CountPages(whole), tt.one)
		}
	}
}

// A page in two languages, neither of which has rules of its own.
func TestLanguagesWithoutRules(t *testing.T) {
	m, err := NewMap(library(t, map[string]string{"notes/a.md": page("A", "lang: nl", "x"), "notes/a.de.md": page("A", "", "x"), "notes/b.md": page("B", "lang: de", "x")}))
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Langs) != 1 || !slices.Equal(m.InLang[0].ToArray(), []uint32{0, 1, 2}) || !slices.Equal(m.Tags, []string{"nl", "de"}) {
		t.Errorf("languages %q with rules of %d", m.Tags, len(m.Langs))
	}
	if !slices.Equal(m.Multi.ToArray(), []uint32{0, 1}) || m.CountPages(m.All) != 2 {
		t.Errorf("in several languages: %v, %d pages", m.Multi.ToArray(), m.CountPages(m.All))
	}
}

func TestNoPages(t *testing.T) {
	m, err := NewMap(library(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	if m.Pages() != 0 || len(m.Units) != 0 || !m.All.IsEmpty() || m.LangFor("en") != 0 {
		t.Errorf("%d pages, %d documents, a reader of English reads language %d", m.Pages(), len(m.Units), m.LangFor("en"))
	}
}

// Where every page is in one language, sets are whole as they are.
func TestOneLanguage(t *testing.T) {
	m, err := NewMap(library(t, map[string]string{"notes/a.md": page("A", "", "x"), "notes/b.md": page("B", "", "x")}))
	if err != nil {
		t.Fatal(err)
	}
	set := roaring.BitmapOf(1)
	if m.WholePages(set) != set || m.OnePerPage(set) != set || m.CountPages(set) != 1 {
		t.Error("the set is another")
	}
}

func TestNames(t *testing.T) {
	lib := library(t, map[string]string{
		"notes/a.md": page("The Rule", "called: [R/7, …]", "x"), "notes/b.md": page("the rule!", "", "x"), "notes/c.md": page("C", "called: [Court]", "x"),
		"notes/d.md": page("D", "called: [Court, r 7]", "x"), "notes/e.md": page("E", "called: [Court]", "x"), "notes/f.md": page("F", "called: [Court]", "x"),
		"notes/g.md": page("G", "called: [Court, Rule]", "x"), "notes/h.md": page("...", "", "x"),
		"notes/i.md": page("Pact", "called: [Pact, Body, body!]\nplace: [coast]", "x"), "notes/j.md": page("J", "called: [Body]", "x"),
		"notes/k.md": page("K", "called: [body]", "x"), "notes/l.md": page("L", "called: [Body!]", "x"),
	})
	var titles []string
	var others [][]uint64
	for p := range lib.All() {
		titles, others = append(titles, p.Title), append(others, OtherNames(p))
	}
	n := NewNames(titles, others)
	for text, want := range map[string][]uint32{
		"THE RULE": {0, 1}, "r 7": {0, 3}, "rule": {6}, "c": {2}, "": nil, "…": nil, "nothing": {},
		"pact":  {8},            // title and name of one page
		"body":  {8, 9, 10, 11}, // a name of as many pages as may be, of one of them twice
		"coast": {},             // a value, and no name
		"court": {},             // a name of more pages than MaxNamesakes
	} {
		if got := n.Of(text); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if !slices.IsSorted(n.Hashes) || len(n.Hashes) != len(n.Docs) || slices.Contains(n.Hashes, 0) {
		t.Error("hashes are not in order, or there is one of a title that says nothing")
	}
	fnv1a := fnv.New64a()
	fnv1a.Write([]byte("the rule"))
	if !slices.Contains(n.Hashes, fnv1a.Sum64()) { // the files of an index have them
		t.Error("the hash of a title is not FNV-1a of its key")
	}
}

func TestParts(t *testing.T) {
	lib := library(t, map[string]string{
		"books/one.md":  page("Book", "lang: en", "x"),
		"notes/a.md":    page("Title", "lang: en\nsummary: Sum.\nplace: coast\ncalled: [Bolam]\nbook:\n  - ref: one\n    why: Reason.", "Before.\n\n## Head\n\nAfter."),
		"notes/a.fr.md": page("Titre", "", "Corps."),
	})
	p, err := lib.Page("notes/a")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		lang string
		want []Part
	}{
		{"en", []Part{{"Title", 3}, {"Sum.", 2}, {"", 1}, {"Before.", 1}, {"Head", 1}, {"After.", 1}, {"Coast", 1}, {"Reason.", 1}, {"Bolam", 1}}},
		{"fr", []Part{{"Titre", 3}, {"", 2}, {"", 1}, {"Corps.", 1}, {"Côte", 1}, {"Bolam", 1}}}, // reasons are in the language of the original
	} {
		if got := Parts(p.In(tt.lang), lib); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("in %s: %v, want %v", tt.lang, got, tt.want)
		}
	}
}
