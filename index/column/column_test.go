package column

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content"
	"casebook/content/load"
	"casebook/index/docs"
	"casebook/index/file"
	"casebook/search"
)

const testSchema = `
kinds:
  note:
    folder: notes
    fields:
      place: {type: term, vocabulary: place, many: true}
      see: {type: page, kind: book, many: true}
      period: {type: years}
      day: {type: date, many: true}
      size: {type: number}
      done: {type: boolean}
      code: {type: text}
  book:
    folder: books
facets: [place, see, period, day, size, done, code, kind, language]
`

// library makes a library of pages, by path without its ending.
func library(t testing.TB, pages map[string]string) (*content.Library, *docs.Map) {
	t.Helper()
	files := fstest.MapFS{
		"site.yaml":               {Data: []byte("title: Test\nlanguages: [en, fr]\n")},
		"schema.yaml":             {Data: []byte(testSchema)},
		"vocabularies/place.yaml": {Data: []byte("terms:\n  - {id: world}\n  - {id: sea, broader: [world]}\n  - {id: bay, broader: [sea]}\n  - {id: isle}\n")},
	}
	for name, text := range pages {
		files[name+".md"] = &fstest.MapFile{Data: []byte("---\n" + strings.ReplaceAll(text, "; ", "\n") + "\n---\nText.\n")}
	}
	lib, problems, err := load.Load(t.Context(), files, load.Options{Today: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)})
	if err != nil || problems.Errors() > 0 {
		t.Fatal(err, problems)
	}
	m, err := docs.NewMap(lib)
	if err != nil {
		t.Fatal(err)
	}
	return lib, m
}

// built returns what a Builder makes of a library.
func built(t testing.TB, lib *content.Library, m *docs.Map) (*Facets, *Orders) {
	t.Helper()
	b := NewBuilder(lib)
	titles := make([]string, len(m.Units))
	for page := range lib.Len() {
		p, err := lib.At(page)
		if err != nil {
			t.Fatal(err)
		}
		b.Add(p)
		for d, end := m.Versions(uint32(page)); d < end; d++ {
			titles[d] = p.In(m.TagOf(d)).Title
		}
	}
	return b.Facets(m), b.Orders(m, titles)
}

var few = map[string]string{
	"books/one":  "title: One",
	"books/two":  "title: Two",
	"notes/a":    "title: a; place: [bay, isle]; see: [two]; period: 2009-2011; size: 10",
	"notes/a.fr": "title: z",
	"notes/b":    "title: C; place: [sea]; see: [one, two]; period: 2011-; day: [2020-05-05, 2020-07-01]; size: 9; done: true; code: X",
	"notes/c":    "title: B; place: [isle]; day: 2020-05-04; size: 9.5; code: x; reviewed: 2024-01-01",
}

// spoken writes what readers see of facets: the chosen values with a star.
func spoken(facets []search.Facet) []string {
	var out []string
	for _, f := range facets {
		line := f.Field + ":"
		for _, v := range f.Values {
			line += " " + v.ID + map[bool]string{true: "*"}[v.Selected]
			line += fmt.Sprint("=", v.Count)
		}
		out = append(out, line)
	}
	return out
}

func TestTotals(t *testing.T) {
	lib, m := library(t, few)
	f, _ := built(t, lib, m)
	want := []string{
		"place: world=2 sea=2 bay=1 isle=2", // broader ones too, each once, as the vocabulary has them
		"see: one=1 two=2",
		"period: 2009=1 2010=1 2011=2 2012=1 2013=1 2014=1 2015=1 2016=1 2017=1 2018=1 2019=1 2020=1 2021=1 2022=1 2023=1 2024=1 2025=1 2026=1",
		"day: 2020=2",          // a page with two days too
		"size: 9=1 9.5=1 10=1", // by size, not by text
		"done: true=1",
		"code: X=1 x=1",
		"kind: note=3 book=2", // as the schema has them
		"language: en=5 fr=1",
	}
	if got := spoken(f.Totals); !slices.Equal(got, want) {
		t.Errorf("got %s\nwant %s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	c, ok := f.Column("place")
	if _, other := f.Column("colour"); !ok || other {
		t.Error("place is no column, or colour is one")
	}
	bay, ok := c.Value("bay")
	if _, other := c.Value("hill"); !ok || other || c.IDs[bay] != "bay" || c.Pages(bay) != 1 {
		t.Errorf("bay is %d, of %d pages", bay, c.Pages(bay))
	}
	first, end := m.Versions(2) // notes/a
	if got := c.Docs(bay).ToArray(); end-first != 2 || !slices.Equal(got, []uint32{first, first + 1}) {
		t.Errorf("bay has documents %d, want both languages of page 2", got)
	}
	for d := first; d < end; d++ {
		var ids []string
		for _, v := range c.Values(d) {
			ids = append(ids, c.IDs[v])
		}
		if !slices.Equal(ids, []string{"world", "sea", "bay", "isle"}) {
			t.Errorf("document %d has %v", d, ids)
		}
	}
}

func TestCount(t *testing.T) {
	lib, m := library(t, few)
	f, _ := built(t, lib, m)
	place := func(values ...string) search.Filter { return search.Filter{Field: "place", Values: values} }
	years := func(from, to int, values ...string) search.Filter {
		return search.Filter{Field: "period", From: from, To: to, Values: values}
	}
	for _, tt := range []struct {
		name    string
		filters []search.Filter
		pages   []string // that pass
		facet   string
		want    string
	}{
		{"nothing chosen", nil, []string{"one", "two", "a", "b", "c"}, "code", "code: X=1 x=1"},
		{"a filter that chooses nothing", []search.Filter{{Field: "colour"}}, []string{"one", "two", "a", "b", "c"}, "code", "code: X=1 x=1"},
		{"a value counts others in its own facet", []search.Filter{place("bay")}, []string{"a"}, "place", "place: world=2 sea=2 bay*=1 isle=2"},
		{"and in others only what passes", []search.Filter{place("bay")}, []string{"a"}, "size", "size: 10=1"},
		{"values widen", []search.Filter{place("bay", "isle")}, []string{"a", "c"}, "size", "size: 9.5=1 10=1"},
		{"filters narrow", []search.Filter{place("isle"), {Field: "code", Values: []string{"x"}}}, []string{"c"}, "place", "place: isle*=1"},
		{"each facet without its own", []search.Filter{place("isle"), {Field: "code", Values: []string{"x"}}}, []string{"c"}, "code", "code: x*=1"},
		{"a third one", []search.Filter{place("isle"), {Field: "code", Values: []string{"x"}}, {Field: "size", Values: []string{"10"}}}, nil, "size", "size: 9.5=1 10*=0"},
		{"a value that no page has", []search.Filter{place("hill", "bay")}, []string{"a"}, "place", "place: world=2 sea=2 bay*=1 isle=2 hill*=0"},
		{"values twice, in no order", []search.Filter{place("isle", "hill", "bay", "hill", "isle")}, []string{"a", "c"}, "place", "place: world=2 sea=2 bay*=1 isle*=2 hill*=0"},
		{"a facet that there is not", []search.Filter{{Field: "colour", Values: []string{"red"}}}, nil, "place", "place:"},
		{"a translation passes with its page", []search.Filter{{Field: "language", Values: []string{"fr"}}}, []string{"a"}, "kind", "kind: note=1"},
		{"years, both ends", []search.Filter{years(2010, 2011)}, []string{"a", "b"}, "code", "code: X=1"},
		{"years up to", []search.Filter{years(0, 2010)}, []string{"a"}, "code", "code:"},
		{"years up to the first", []search.Filter{years(0, 2009)}, []string{"a"}, "code", "code:"},
		{"years from", []search.Filter{years(2012, 0)}, []string{"b"}, "code", "code: X=1"},
		{"years from the last", []search.Filter{years(2026, 0)}, []string{"b"}, "code", "code: X=1"},
		{"years that none has", []search.Filter{years(2030, 2040)}, nil, "code", "code:"},
		{"years and a value", []search.Filter{years(2012, 2013, "2009")}, []string{"a", "b"}, "code", "code: X=1"},
		{"years of a date", []search.Filter{{Field: "day", From: 2019, To: 2020}}, []string{"b", "c"}, "code", "code: X=1 x=1"},
		{"a range of what are no years", []search.Filter{{Field: "size", From: 9, To: 10}}, nil, "code", "code:"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sel := f.Select(tt.filters)
			var pages []string
			for it := Meet(m.Originals, sel.Pass).Iterator(); it.HasNext(); {
				_, id, _ := strings.Cut(lib.ID(int(m.Units[it.Next()].Page)), "/")
				pages = append(pages, id)
			}
			if !slices.Equal(pages, tt.pages) {
				t.Errorf("%v pass, want %v", pages, tt.pages)
			}
			got, err := f.Count(t.Context(), m.Originals, sel, make([]uint32, 2))
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(got, func(f search.Facet) bool { return f.Field == tt.facet })
			if line := spoken(got)[i]; line != tt.want {
				t.Errorf("counted %s, want %s", line, tt.want)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, filters := range [][]search.Filter{nil, {place("bay")}} {
		if _, err := f.Count(ctx, roaring.BitmapOf(0), f.Select(filters), make([]uint32, 2)); !errors.Is(err, context.Canceled) {
			t.Errorf("after the end of its context: %v", err)
		}
	}
}

// made returns n random notes, by path.
func made(seed uint64, n int) map[string]string {
	r := rand.New(rand.NewPCG(seed, 4))
	pages := map[string]string{"books/one": "title: One", "books/two": "title: Two"}
	for i := range n {
		fields := []string{fmt.Sprintf("title: %c%d", 'a'+r.IntN(26), r.IntN(50))}
		add := func(chance int, format string, args ...any) {
			if r.IntN(chance) == 0 {
				fields = append(fields, fmt.Sprintf(format, args...))
			}
		}
		add(2, "place: [%s]", []string{"world", "sea", "bay, isle", "isle", "bay"}[r.IntN(5)])
		add(3, "see: [%s]", []string{"one", "two", "one, two"}[r.IntN(3)])
		from := 2000 + r.IntN(20)
		add(2, "period: %d-%s", from, []string{fmt.Sprint(from + 1 + r.IntN(4)), ""}[r.IntN(2)])
		add(3, "day: %d-0%d-11", 2010+r.IntN(5), 1+r.IntN(9))
		add(3, "size: %d", r.IntN(12))
		add(3, "done: %t", r.IntN(2) == 0)
		add(4, "reviewed: 20%d-01-01", 20+r.IntN(6))
		name := fmt.Sprintf("notes/n%03d", i)
		pages[name] = strings.Join(fields, "; ")
		if r.IntN(4) == 0 {
			pages[name+".fr"] = fmt.Sprintf("title: f%d", r.IntN(50))
		}
	}
	return pages
}

// Counts are what a walk over the pages gives, under any filters, whether few
// pages are counted or nearly all.
func TestCountAgainstPages(t *testing.T) {
	lib, m := library(t, made(1, 90))
	f, _ := built(t, lib, m)
	has := func(p *content.Page, filter search.Filter) bool {
		c, _ := f.Column(filter.Field)
		return slices.ContainsFunc(c.Facet.AppendIDs(nil, p), func(id string) bool {
			y := 0
			_, _ = fmt.Sscan(id, &y)
			return slices.Contains(filter.Values, id) || filter.From > 0 && y >= filter.From && y <= filter.To
		})
	}
	r := rand.New(rand.NewPCG(2, 5))
	many, few := 0, 0
	for range 150 {
		var filters []search.Filter
		for _, i := range r.Perm(len(f.Columns))[:r.IntN(4)] {
			c := f.Columns[i]
			filter := search.Filter{Field: c.Facet.Name}
			if c.Facet.ByYears() && r.IntN(2) == 0 {
				filter.From = 2000 + r.IntN(20)
				filter.To = filter.From + r.IntN(6)
			} else if len(c.IDs) > 0 {
				filter.Values = []string{c.IDs[r.IntN(len(c.IDs))], c.IDs[r.IntN(len(c.IDs))]}
			}
			filters = append(filters, filter)
		}
		found := roaring.New()
		share := r.Float64()
		for it := m.Originals.Iterator(); it.HasNext(); {
			if d := it.Next(); r.Float64() < share {
				found.Add(d)
			}
		}
		if int(found.GetCardinality()) > m.Pages()/2 {
			many++
		} else {
			few++
		}
		sel := f.Select(filters)
		got, err := f.Count(t.Context(), found, sel, make([]uint32, 1+r.IntN(9)))
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range f.Columns {
			want := make(map[string]int)
			for it := found.Iterator(); it.HasNext(); {
				p, err := lib.At(int(m.Units[it.Next()].Page))
				if err != nil {
					t.Fatal(err)
				}
				if slices.ContainsFunc(filters, func(filter search.Filter) bool {
					return !filter.IsZero() && filter.Field != c.Facet.Name && !has(p, filter)
				}) {
					continue
				}
				ids := c.Facet.AppendIDs(nil, p)
				slices.Sort(ids)
				for _, id := range slices.Compact(ids) {
					want[id]++
				}
			}
			for _, v := range got[i].Values {
				if v.Count != want[v.ID] || v.Count == 0 && !v.Selected {
					t.Errorf("%v: %s:%s of %d pages, want %d", filters, got[i].Field, v.ID, v.Count, want[v.ID])
				}
				delete(want, v.ID)
			}
			for id, n := range want {
				t.Errorf("%v: %s:%s, which %d pages have, is missing", filters, got[i].Field, id, n)
			}
		}
	}
	if many < 20 || few < 20 {
		t.Errorf("%d times many pages, %d times few", many, few)
	}
}

// What is read is what was written.
func TestReadsWhatWasWritten(t *testing.T) {
	lib, m := library(t, made(3, 40))
	f, o := built(t, lib, m)
	write := func(f *Facets, o *Orders) []byte {
		var b bytes.Buffer
		w := file.NewWriter(&b)
		f.Write(w)
		o.Write(w)
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	data := write(f, o)
	r := file.NewReader(bytes.NewReader(data), int64(len(data)))
	again, orders := ReadFacets(r, lib, m), ReadOrders(r, lib, m)
	if err := r.End(); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(write(again, orders), data) {
		t.Error("what was read is written otherwise")
	}
	if got, want := spoken(again.Totals), spoken(f.Totals); !slices.Equal(got, want) {
		t.Errorf("read %v, want %v", got, want)
	}
	for name := range o.byName {
		got, want := orders.byName[name], o.byName[name]
		if got == nil || !slices.Equal(got.pages, want.pages) || !slices.Equal(got.ranks, want.ranks) {
			t.Errorf("order by %s: %v", name, got)
		}
	}
	if orders.lang != "en" {
		t.Errorf("the site's language is %q", orders.lang)
	}
}

func TestDamagedColumns(t *testing.T) {
	lib, m := library(t, map[string]string{"notes/a": "title: A; size: 1", "notes/b": "title: B; size: 2"})
	schema := *lib.Schema
	schema.Facets = []string{"size", "period", "size"}
	two := *lib
	two.Schema = &schema
	f, _ := built(t, &two, m)
	if len(f.Columns) != 2 || len(m.Units) != 2 {
		t.Fatalf("%d columns of %d documents", len(f.Columns), len(m.Units))
	}
	type damage struct {
		name        string
		count       uint64
		facet       string
		years       uint64
		off, values []uint32
	}
	sound := damage{"sound", 2, "size", 0, []uint32{0, 1, 3}, []uint32{0, 0, 1}}
	for i, change := range []func(d *damage){
		func(*damage) {},
		func(d *damage) { d.name, d.count = "a facet too few", 1 },
		func(d *damage) { d.name, d.count = "a facet too many", 3 },
		func(d *damage) { d.name, d.facet = "another facet", "day" },
		func(d *damage) { d.name, d.facet = "no such facet", "colour" },
		func(d *damage) { d.name, d.years = "years that are none", 1 },
		func(d *damage) { d.name, d.off = "too few documents", []uint32{0, 3} },
		func(d *damage) { d.name, d.off = "too many documents", []uint32{0, 1, 2, 3} },
		func(d *damage) { d.name, d.off = "no documents", nil },
		func(d *damage) { d.name, d.off = "begins late", []uint32{1, 2, 3} },
		func(d *damage) { d.name, d.off = "ends early", []uint32{0, 1, 2} },
		func(d *damage) { d.name, d.off = "ends late", []uint32{0, 1, 4} },
		func(d *damage) { d.name, d.off = "goes back", []uint32{0, 4, 3} },
		func(d *damage) { d.name, d.values = "a value that is none", []uint32{0, 0, 2} },
	} {
		d := sound
		change(&d)
		var b bytes.Buffer
		w := file.NewWriter(&b)
		w.Uint64(d.count)
		for range 2 {
			w.Text(d.facet)
			w.Uint64(d.years)
			w.Texts([]string{"1", "2"})
			w.Uint32s(d.off)
			w.Uint32s(d.values)
			d.facet, d.years = "period", 1
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		r := file.NewReader(&b, int64(b.Len()))
		f := ReadFacets(r, &two, m)
		if err := r.End(); (err == nil) != (i == 0) || (f != nil) != (i == 0) {
			t.Errorf("%s: %v", d.name, err)
		}
	}
}
