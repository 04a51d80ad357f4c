package column

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content"
	"casebook/index/file"
	"casebook/index/top"
)

func TestOrders(t *testing.T) {
	lib, m := library(t, map[string]string{
		"notes/a":    "title: Zebra; period: 2001-2005; reviewed: 2024-01-01; size: 9",
		"notes/b":    "title: éclair; period: 2010-; reviewed: 2025-01-01; size: 10",
		"notes/c":    "title: apple; period: 2004-2005; day: 2020-02-02; size: -1",
		"notes/d":    "title: Fig; reviewed: 2026-01-01; day: 2020-02-03",
		"notes/d.fr": "title: Abricot",
		"notes/e":    "title: APPLE; reviewed: 2024-01-01; day: 2020-01-31",
	})
	_, orders := built(t, lib, m)
	for _, tt := range []struct {
		sort, lang string
		browsing   bool
		want       string // "" for relevance
	}{
		{"", "en", false, ""},
		{"", "en", true, "d b a e c"}, // the newest review first; of two the first page
		{"reviewed", "en", false, "d b a e c"},
		{"title", "en", false, "c e b d a"},
		{"title", "fr", false, "d c e b a"},
		{"title", "xx", true, "c e b d a"},  // in no language of the site: in its first
		{"period", "en", true, "b c a d e"}, // what still runs, then what ended last, of those what began last
		{"day", "en", false, "d c e a b"},
		{"size", "en", false, "b a c d e"}, // without a number last
		{"colour", "en", false, ""},
		{"colour", "en", true, "d b a e c"},
		{"title:fr", "en", false, ""}, // no name that anybody may use
		{"title:fr", "en", true, "d b a e c"},
	} {
		o := orders.For(tt.sort, tt.lang, tt.browsing)
		got := ""
		if o != nil {
			var ids []string
			for _, k := range o.First(m.Originals, 10, nil) {
				ids = append(ids, strings.TrimPrefix(lib.ID(int(k.Page())), "notes/"))
			}
			got = strings.Join(ids, " ")
		}
		if got != tt.want {
			t.Errorf("by %q in %s, browsing %t: %s, want %s", tt.sort, tt.lang, tt.browsing, got, tt.want)
		}
	}
}

// Without languages a site has titles in one order all the same.
func TestTitlesOfASiteWithoutLanguages(t *testing.T) {
	lib, m := library(t, map[string]string{"notes/a": "title: b", "notes/b": "title: a"})
	site := *lib.Site
	site.Languages = nil
	bare := *lib
	bare.Site = &site
	_, orders := built(t, &bare, m)
	if o := orders.For(ByTitle, "en", false); o == nil || !slices.Equal(o.pages, []uint32{1, 0}) {
		t.Errorf("order %v", o)
	}
}

// The first pages of any set in any order are the same whether the set or the
// order is gone through.
func TestFirst(t *testing.T) {
	lib, m := library(t, made(8, 200))
	_, orders := built(t, lib, m)
	r := rand.New(rand.NewPCG(5, 5))
	walked := 0
	for name, o := range orders.byName {
		for range 40 {
			found := roaring.New()
			share := r.Float64()
			for it := m.Originals.Iterator(); it.HasNext(); {
				if d := it.Next(); r.Float64() < share {
					found.Add(d)
				}
			}
			n := r.IntN(60)
			if c := found.GetCardinality(); c*c >= uint64(m.Pages()*n) {
				walked++
			}
			var want []uint32
			for it := found.Iterator(); it.HasNext(); {
				want = append(want, m.Units[it.Next()].Page)
			}
			slices.SortFunc(want, func(a, b uint32) int { return int(o.ranks[m.Original(a)]) - int(o.ranks[m.Original(b)]) })
			want = want[:min(n, len(want))]
			var got []uint32
			for _, k := range o.First(found, n, make([]top.Key, 5)) {
				got = append(got, k.Page())
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s, %d of %d pages: %v, want %v", name, n, found.GetCardinality(), got, want)
			}
		}
	}
	if walked < 50 || walked > 40*len(orders.byName)-50 {
		t.Errorf("%d of %d times the order was gone through", walked, 40*len(orders.byName))
	}
}

// Of several values the last day counts, of two that reach as far the one that
// begins later.
func TestLatest(t *testing.T) {
	years := func(from, to int, open bool) content.Value {
		return content.Value{Years: content.Years{From: from, To: to, Open: open}}
	}
	for _, tt := range []struct {
		values   []content.Value
		to, from int64
	}{
		{nil, 0, 0},
		{[]content.Value{years(2001, 2005, false), years(1999, 2003, false)}, 2005_0000, 2001_0000},
		{[]content.Value{years(1999, 2005, false), years(2001, 2005, false)}, 2005_0000, 2001_0000},
		{[]content.Value{years(2001, 2026, true), years(2030, 2040, false)}, 1<<63 - 1, 2001_0000},
	} {
		if to, from := latest(tt.values); to != tt.to || from != tt.from {
			t.Errorf("%v: %d from %d, want %d from %d", tt.values, to, from, tt.to, tt.from)
		}
	}
}

func TestLargest(t *testing.T) {
	numbers := func(list ...float64) (out []content.Value) {
		for _, n := range list {
			out = append(out, content.Value{Number: n})
		}
		return out
	}
	for _, tt := range []struct {
		values []content.Value
		want   float64
	}{{nil, math.Inf(-1)}, {numbers(-3), -3}, {numbers(1, 3, 2), 3}} {
		if got := largest(tt.values); got != tt.want {
			t.Errorf("of %v the largest is %v, want %v", tt.values, got, tt.want)
		}
	}
}

func TestDamagedOrders(t *testing.T) {
	lib, m := library(t, map[string]string{"notes/a": "title: A", "notes/b": "title: B", "notes/b.fr": "title: b", "notes/c": "title: C"})
	all := []string{"day", "period", "reviewed", "size", "title:en", "title:fr"}
	for _, tt := range []struct {
		name  string
		names []string
		ranks []uint32 // of size
		ok    bool
	}{
		{"sound", all, []uint32{2, 0, 0, 1}, true},
		{"too few", all, []uint32{2, 0, 0}, false},
		{"too many", all, []uint32{2, 0, 0, 1, 1}, false},
		{"a place that is none", all, []uint32{3, 0, 0, 1}, false},
		{"a place that is none, of a translation", all, []uint32{2, 0, 3, 1}, false},
		{"a place twice", all, []uint32{1, 0, 0, 1}, false},
		{"places with the right sum", all, []uint32{1, 1, 1, 1}, false},
		{"an order missing", slices.Concat(all[:2], all[3:]), []uint32{2, 0, 0, 1}, false},
		{"an order too many", append(slices.Clone(all), "x"), []uint32{2, 0, 0, 1}, false},
		{"another order", slices.Concat(all[:5], []string{"title:xx"}), []uint32{2, 0, 0, 1}, false},
	} {
		var b bytes.Buffer
		w := file.NewWriter(&b)
		w.Uint64(uint64(len(tt.names)))
		for _, name := range tt.names {
			w.Text(name)
			if name == "size" {
				w.Uint32s(tt.ranks)
			} else {
				w.Uint32s([]uint32{0, 1, 1, 2})
			}
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		r := file.NewReader(&b, int64(b.Len()))
		o := ReadOrders(r, lib, m)
		if err := r.End(); (err == nil) != tt.ok || (o != nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		} else if tt.ok && !slices.Equal(o.For("size", "", false).pages, []uint32{1, 2, 0}) {
			t.Errorf("%s: pages %v", tt.name, o.For("size", "", false).pages)
		}
	}
}
