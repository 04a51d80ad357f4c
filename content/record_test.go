package content

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// rich is a page with everything that a page can have, and its schema.
func rich(t testing.TB) (*Page, *Schema) {
	t.Helper()
	files := baseWith(t,
		"notes/other.md", "---\ntitle: Other\narea: north\n---\n",
		"notes/rich.md", strings.Join([]string{"---", "title: Rich", "summary: In a word.", "area: [coast, world]", "country: [CC, BB]", "when: 2007-", "day: 2026-05-04",
			"size: -3.50", "web: https://example.org/x?y=z", "done: true", "remark: 2014", "related: [{ref: other, why: Like it.}]", "chapter: atlas/01",
			"extra: {a: [1, 2.5, true, ~, x, '7'], b: {c: d}}", "reviewed: 2026-05-04",
			"sources:", "  - {title: T, publisher: P, author: A, year: 2016, url: https://example.org/, note: N, verified: false}", "---",
			"Before.", "", "## One", "", "Text[^1] and", "", "- first **item**", "- second", "", "1. third", "", "## Two", "", "- first **item**", "", "[^1]: Note.", ""}, "\n"),
	)
	lib, problems := load(t, files)
	if problems.Errors() > 0 {
		t.Fatal(problemText(problems))
	}
	p, err := lib.Page("notes/rich")
	if err != nil {
		t.Fatal(err)
	}
	return p, lib.Schema
}

// What is read back is what was written, in every part.
func TestRecordKeepsEverything(t *testing.T) {
	check := func(p *Page, schema *Schema) {
		b, err := AppendPage([]byte("x"), p, schema)
		if err != nil {
			t.Errorf("%s: %v", p.ID, err)
			return
		}
		got, err := DecodePage(string(b[1:]), schema)
		if err != nil {
			t.Errorf("%s: %v", p.ID, err)
		} else if !reflect.DeepEqual(got, p) {
			t.Errorf("%s is read back as\n%+v\nnot\n%+v", p.ID, got, p)
		}
	}
	p, schema := rich(t)
	if len(p.Body.Sections) != 3 || len(p.Body.Sections[1].Items) != 3 || p.Body.Notes == "" || len(p.values) != 12 {
		t.Fatalf("the rich page is poor: %d sections, %d fields", len(p.Body.Sections), len(p.values))
	}
	check(p, schema)
	lib := shippedLibrary(t)
	for p := range lib.All() {
		check(p, lib.Schema)
	}
}

// Every beginning of a record, and every record with one byte changed, is an
// error or a page, never a panic.
func TestRecordDamaged(t *testing.T) {
	p, schema := rich(t)
	b, err := AppendPage(nil, p, schema)
	if err != nil {
		t.Fatal(err)
	}
	for i := range b {
		if _, err := DecodePage(string(b[:i]), schema); err == nil {
			t.Fatalf("the first %d of %d bytes are a page", i, len(b))
		}
		for _, x := range []byte{0x01, 0x80, 0xFF} {
			b[i] ^= x
			_, _ = DecodePage(string(b), schema)
			b[i] ^= x
		}
	}
	if _, err := DecodePage(string(b)+"x", schema); err == nil {
		t.Error("a record with a byte too many is a page")
	}
}

func FuzzRecord(f *testing.F) {
	p, schema := rich(f)
	b, err := AppendPage(nil, p, schema)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(b))
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := DecodePage(s, schema)
		if err != nil {
			return
		}
		// What decodes can be written again, and is then the same.
		again, err := AppendPage(nil, p, schema)
		if err != nil {
			t.Fatal(err)
		}
		if q, err := DecodePage(string(again), schema); err != nil || q.Title != p.Title || len(q.Body.Sections) != len(p.Body.Sections) {
			t.Fatalf("written again it is %v, %v", q, err)
		}
	})
}

func TestRecordOfAnotherSchema(t *testing.T) {
	p, _ := rich(t)
	if _, err := AppendPage(nil, p, shippedLibrary(t).Schema); err == nil {
		t.Error("a page can be written with a schema that does not have its kind")
	}
}

func shippedLibrary(t *testing.T) *Library {
	t.Helper()
	lib, _, err := Load(t.Context(), Default, Options{Today: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)})
	if err != nil || lib.Len() < 100 {
		t.Fatal(err)
	}
	return lib
}

// A library whose bodies are kept aside is the same as one in memory.
func TestSpill(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "spill"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lib, _, err := Load(t.Context(), Default, Options{Today: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), Spill: f})
	if err != nil {
		t.Fatal(err)
	}
	if info, err := f.Stat(); err != nil || info.Size() < 1<<20 {
		t.Fatalf("little was kept aside: %v, %v", info.Size(), err)
	}
	want := shippedLibrary(t)
	if lib.Len() != want.Len() || lib.Revision != want.Revision || !reflect.DeepEqual(lib.Table().Data(), want.Table().Data()) {
		t.Errorf("%d pages, revision %s", lib.Len(), lib.Revision)
	}
	for i := range want.Len() {
		got, err := lib.At(i)
		if err != nil {
			t.Fatal(err)
		}
		if p, _ := want.At(i); !reflect.DeepEqual(got, p) {
			t.Errorf("%s is another page", p.ID)
		}
	}
}

// A full disk while bodies are kept aside is an error of Load.
func TestSpillFull(t *testing.T) {
	full := errors.New("full")
	if _, _, err := Load(t.Context(), Default, Options{Spill: brokenSpill{full}}); !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
}

type brokenSpill struct{ err error }

func (b brokenSpill) Write([]byte) (int, error)         { return 0, b.err }
func (b brokenSpill) ReadAt([]byte, int64) (int, error) { return 0, b.err }
