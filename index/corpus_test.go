package index

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"casebook/content"
	"casebook/content/load"
)

// today is the day on which test content is loaded: open periods end there.
var today = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

var loadShipped = sync.OnceValues(func() (*content.Library, error) {
	lib, _, err := load.Load(context.Background(), content.Default, load.Options{Today: today})
	return lib, err
})

// shipped returns a snapshot of the content that the program comes with.
func shipped(t testing.TB) *Snapshot {
	t.Helper()
	lib, err := loadShipped()
	if err != nil {
		t.Fatal(err)
	}
	return build(t, lib, Options{})
}

// load reads a content folder that must be without errors.
func loaded(t testing.TB, fsys fs.FS) *content.Library {
	t.Helper()
	lib, problems, err := load.Load(context.Background(), fsys, load.Options{Today: today})
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

// build returns a snapshot that is released when the test ends.
func build(t testing.TB, lib *content.Library, opts Options) *Snapshot {
	t.Helper()
	s, err := Build(context.Background(), lib, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Release)
	return s
}

// folder makes a content folder of a map from file to text, with a small
// schema where the map has none.
func folder(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{
		"site.yaml":                {Data: []byte("title: Test\nlanguages: [en, fr, ar, es, de]\n")},
		"schema.yaml":              {Data: []byte(testSchema)},
		"vocabularies/place.yaml":  {Data: []byte(testPlaces)},
		"vocabularies/method.yaml": {Data: []byte("terms:\n  - {id: talk, label: {en: Talks, fr: Entretiens}}\n  - {id: law, label: {en: Laws, fr: Lois}, alt: {en: [statutes]}}\n")},
		"vocabularies/grade.yaml":  {Data: []byte("ordered: true\nterms:\n  - {id: good}\n  - {id: fair}\n  - {id: bad}\n")},
	}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

const testSchema = `
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

// page writes a Markdown file.
func page(title, fields, body string) string {
	return "---\ntitle: " + fmt.Sprintf("%q", title) + "\n" + fields + "\n---\n" + body + "\n"
}

// Made words: no language has them, no stemmer changes them.
var madeWords = strings.Fields("bolam dorup fanik golut hepar jomil kurav lidon mavop nuker polid rasom sitan tomul vikar zedom")

// made returns a content folder of n notes with random fields, words and
// translations; the same for the same seed.
func made(seed uint64, n int) fstest.MapFS {
	r := rand.New(rand.NewPCG(seed, 1))
	files := map[string]string{
		"books/one.md": page("Book bolam", "", "Text."), "books/two.md": page("Book dorup", "", "Text."),
	}
	var chapters []string
	for i := range 6 {
		book := []string{"one", "two"}[i%2]
		id := fmt.Sprintf("%s/%02d", book, i)
		chapters = append(chapters, id)
		files["chapters/"+id+".md"] = page("Chapter "+pick(r, madeWords), "book: "+book, madeText(r, 10))
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
		files[name+".md"] = page("Note "+madeText(r, 3), f.String(), madeText(r, 5+r.IntN(60)))
		for _, lang := range []string{"fr", "ar", "de"} {
			if r.IntN(5) == 0 {
				files[name+"."+lang+".md"] = page("Fiche "+madeText(r, 3), "", madeText(r, 5+r.IntN(30)))
			}
		}
	}
	return folder(files)
}

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// some writes a field with up to n of the values.
func some(r *rand.Rand, b *strings.Builder, field string, from []string, n int) {
	seen := map[string]bool{}
	var vs []string
	for range r.IntN(n + 1) {
		if v := pick(r, from); !seen[v] {
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

// madeText returns n made words, the first of the list more often.
func madeText(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		i := min(r.IntN(len(madeWords)), r.IntN(len(madeWords)))
		b.WriteString(madeWords[i])
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}
