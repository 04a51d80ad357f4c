// Package indextest makes content for the tests of the rooms of index: written
// for the test, or made of words that no language has.
package indextest

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"casebook/content"
	"casebook/content/load"
	"casebook/index/column"
	"casebook/index/docs"
	"casebook/index/words"
)

// Today is the day on which test content is loaded: open periods end there.
var Today = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// Load reads a content folder that must be without errors.
func Load(t testing.TB, fsys fs.FS) *content.Library {
	t.Helper()
	lib, problems, err := load.Load(context.Background(), fsys, load.Options{Today: Today})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if p.Severity == content.Error {
			t.Fatal(p)
		}
	}
	return lib
}

// Folder makes a content folder of a map from file to text, with a small
// schema where the map has none.
func Folder(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{
		"site.yaml":                {Data: []byte("title: Test\nlanguages: [en, fr, ar, es, de]\n")},
		"schema.yaml":              {Data: []byte(Schema)},
		"vocabularies/place.yaml":  {Data: []byte(testPlaces)},
		"vocabularies/method.yaml": {Data: []byte("terms:\n  - {id: talk, label: {en: Talks, fr: Entretiens}}\n  - {id: law, label: {en: Laws, fr: Lois}, alt: {en: [statutes]}}\n")},
		"vocabularies/grade.yaml":  {Data: []byte("ordered: true\nterms:\n  - {id: good}\n  - {id: fair}\n  - {id: bad}\n")},
	}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// Schema is that of a Folder without one.
const Schema = `
kinds:
  note:
    folder: notes
    label: {en: Note, fr: Fiche}
    fields:
      place: {type: term, vocabulary: place, many: true, label: {en: Place, fr: Lieu}}
      method: {type: term, vocabulary: method, many: true}
      grade: {type: term, vocabulary: grade}
      chapter: {type: page, kind: chapter, many: true}
      period: {type: years}
      day: {type: date}
      size: {type: number}
      done: {type: boolean}
  book:
    folder: books
  chapter:
    folder: chapters
    parent: book
    fields:
      book: {type: page, kind: book, required: true}
facets: [place, method, grade, chapter, period, day, size, done, kind, language]
`

const testPlaces = `
terms:
  - {id: world, label: {en: World, fr: Monde}}
  - {id: north, label: {en: North, fr: Nord}, broader: [world]}
  - {id: south, label: {en: South, fr: Sud}, broader: [world]}
  - {id: coast, label: {en: Coast, fr: Côte}, alt: {en: [Seaside]}, broader: [north, south]}
  - {id: bay, label: {en: Bay, fr: Baie}, broader: [coast]}
  - {id: hill, label: {en: Hill, fr: Colline}, broader: [north]}
  - {id: isle, label: {en: Isle, fr: Île}}
`

// Page writes a Markdown file: its title, other lines of front matter, its text.
func Page(title, fields, body string) string {
	return "---\ntitle: " + fmt.Sprintf("%q", title) + "\n" + fields + "\n---\n" + body + "\n"
}

// MadeWords are made up: no language has them, no stemmer changes them.
var MadeWords = strings.Fields("bolam dorup fanik golut hepar jomil kurav lidon mavop nuker polid rasom sitan tomul vikar zedom")

// Made returns a content folder of n notes with random fields, words and
// translations; the same for the same seed.
func Made(seed uint64, n int) fstest.MapFS {
	r := rand.New(rand.NewPCG(seed, 1))
	files := map[string]string{
		"books/one.md": Page("Book bolam", "", "Text."), "books/two.md": Page("Book dorup", "", "Text."),
	}
	var chapters []string
	for i := range 6 {
		book := []string{"one", "two"}[i%2]
		id := fmt.Sprintf("%s/%02d", book, i)
		chapters = append(chapters, id)
		files["chapters/"+id+".md"] = Page("Chapter "+Pick(r, MadeWords), "book: "+book, madeText(r, 10))
	}
	places := []string{"world", "north", "south", "coast", "bay", "hill", "isle"}
	for i := range n {
		var f strings.Builder
		some(r, &f, "place", places, 3)
		some(r, &f, "method", []string{"talk", "law"}, 2)
		some(r, &f, "grade", []string{"good", "fair", "bad"}, 1)
		some(r, &f, "chapter", chapters, 3)
		if r.IntN(3) > 0 {
			from := 2000 + r.IntN(20)
			fmt.Fprintf(&f, "period: %d-%s\n", from, []string{fmt.Sprint(from + 1 + r.IntN(6)), ""}[r.IntN(2)])
		}
		if r.IntN(3) == 0 {
			fmt.Fprintf(&f, "day: %d-0%d-1%d\n", 2010+r.IntN(5), 1+r.IntN(9), r.IntN(10))
		}
		if r.IntN(3) == 0 {
			fmt.Fprintf(&f, "size: %d\ndone: %t\n", r.IntN(4), r.IntN(2) == 0)
		}
		if r.IntN(4) == 0 {
			fmt.Fprintf(&f, "reviewed: 20%02d-01-01\n", 20+r.IntN(6))
		}
		name := fmt.Sprintf("notes/n%04d", i)
		files[name+".md"] = Page("Note "+madeText(r, 3), f.String(), madeText(r, 5+r.IntN(60)))
		for _, lang := range []string{"fr", "ar", "de"} {
			if r.IntN(5) == 0 {
				files[name+"."+lang+".md"] = Page("Fiche "+madeText(r, 3), "", madeText(r, 5+r.IntN(30)))
			}
		}
	}
	return Folder(files)
}

// Pick returns one of some.
func Pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// some writes a field with up to n of the values.
func some(r *rand.Rand, b *strings.Builder, field string, from []string, n int) {
	seen := map[string]bool{}
	var vs []string
	for range r.IntN(n + 1) {
		if v := Pick(r, from); !seen[v] {
			seen[v] = true
			vs = append(vs, `"`+v+`"`)
		}
	}
	switch {
	case len(vs) == 0:
	case n == 1:
		fmt.Fprintf(b, "%s: %s\n", field, vs[0])
	default:
		fmt.Fprintf(b, "%s: [%s]\n", field, strings.Join(vs, ", "))
	}
}

// madeText returns n Made words, the first of the list more often.
func madeText(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		i := min(r.IntN(len(MadeWords)), r.IntN(len(MadeWords)))
		b.WriteString(MadeWords[i])
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

// Words finds the words of the pages of a library.
func Words(t testing.TB, lib *content.Library) (*docs.Map, *words.Index) {
	t.Helper()
	m, err := docs.NewMap(lib)
	if err != nil {
		t.Fatal(err)
	}
	w := words.NewWriter(m, "")
	k := w.Worker()
	for d, u := range m.Units {
		p, err := lib.At(int(u.Page))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := k.Add(uint32(d), docs.Parts(p.In(m.TagOf(uint32(d))), lib)); err != nil {
			t.Fatal(err)
		}
	}
	if err := k.Flush(); err != nil {
		t.Fatal(err)
	}
	x, err := w.Finish(t.Context(), words.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	return m, x
}

// Facets has the values of the pages of a library, and the titles of its documents.
func Facets(t testing.TB, lib *content.Library, m *docs.Map) (facets *column.Facets, titles []string, names docs.Names) {
	t.Helper()
	b := column.NewBuilder(lib)
	for p := range lib.All() {
		b.Add(p)
	}
	others := make([][]uint64, len(m.Units))
	for d, u := range m.Units {
		p, err := lib.At(int(u.Page))
		if err != nil {
			t.Fatal(err)
		}
		titles = append(titles, p.In(m.TagOf(uint32(d))).Title)
		if uint32(d) == m.Original(u.Page) {
			others[d] = docs.OtherNames(p)
		}
	}
	return b.Facets(m), titles, docs.NewNames(titles, others)
}

// Lengths returns how long the documents of a library are, in words.
func Lengths(t testing.TB, lib *content.Library, m *docs.Map) []int {
	t.Helper()
	k := words.NewWriter(m, "").Worker()
	lengths := make([]int, len(m.Units))
	for d, u := range m.Units {
		p, err := lib.At(int(u.Page))
		if err != nil {
			t.Fatal(err)
		}
		if lengths[d], err = k.Add(uint32(d), docs.Parts(p.In(m.TagOf(uint32(d))), lib)); err != nil {
			t.Fatal(err)
		}
	}
	return lengths
}
