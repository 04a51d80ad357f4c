package column

import (
	"bytes"
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"golang.org/x/text/collate"
	bcp47 "golang.org/x/text/language"

	"casebook/content"
	"casebook/index/docs"
	"casebook/index/file"
	"casebook/index/top"
)

// The orders besides relevance and the fields of the schema, as a query asks
// for them.
const (
	ByReview = "reviewed"
	ByTitle  = "title"
)

// Orders are all orders that readers may ask for, worked out, so that sorting
// compares numbers.
type Orders struct {
	byName map[string]*Order // titles by language too, see titleOrder
	lang   string            // the site's first
}

// An Order is all pages in an order.
type Order struct {
	docs  *docs.Map
	ranks []uint32 // by document: the place of its page, 0 first
	pages []uint32 // by place
}

// Orders ranks all pages; titles are by document. Ties stand by place, the
// same on every machine.
func (b *Builder) Orders(m *docs.Map, titles []string) *Orders {
	out := newOrders(b.lib)
	reviewed := b.lib.Table().Data().Reviewed
	out.byName[ByReview] = newOrder(m, func(x, y uint32) int { return cmp.Compare(reviewed[y], reviewed[x]) })
	for _, lang := range titleLangs(b.lib) {
		c, buf := collate.New(bcp47.Make(lang), collate.IgnoreCase), new(collate.Buffer)
		keys := make([][]byte, m.Pages())
		for page := range keys {
			keys[page] = bytes.Clone(c.KeyFromString(buf, titles[m.Version(uint32(page), lang)]))
			buf.Reset()
		}
		out.byName[titleOrder(lang)] = newOrder(m, func(x, y uint32) int { return bytes.Compare(keys[x], keys[y]) })
	}
	for _, k := range b.sorts {
		if _, done := out.byName[k.field.Name]; !done {
			out.byName[k.field.Name] = newOrder(m, k.compare)
		}
	}
	return out
}

func newOrders(lib *content.Library) *Orders {
	return &Orders{byName: make(map[string]*Order), lang: titleLangs(lib)[0]}
}

// orderNames returns the names of all orders of a library, sorted.
func orderNames(lib *content.Library) []string {
	names := []string{ByReview}
	for _, f := range lib.Schema.Sortable() {
		names = append(names, f.Name)
	}
	for _, lang := range titleLangs(lib) {
		names = append(names, titleOrder(lang))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// titleLangs returns the languages in whose order titles can stand: at least one.
func titleLangs(lib *content.Library) []string {
	if len(lib.Site.Languages) == 0 {
		return []string{""}
	}
	return lib.Site.Languages
}

func titleOrder(lang string) string { return ByTitle + ":" + lang }

// newOrder puts all pages in order.
func newOrder(m *docs.Map, compare func(a, b uint32) int) *Order {
	pages := make([]uint32, m.Pages())
	for i := range pages {
		pages[i] = uint32(i)
	}
	slices.SortStableFunc(pages, compare)
	place := make([]uint32, len(pages))
	for i, page := range pages {
		place[page] = uint32(i)
	}
	ranks := make([]uint32, len(m.Units))
	for d, u := range m.Units {
		ranks[d] = place[u.Page]
	}
	return &Order{m, ranks, pages}
}

// latest returns the last day that values reach, as a sortable number, and
// the first; 0 if there is none.
func latest(values []content.Value) (to, from int64) {
	for _, v := range values {
		t, f := int64(v.Years.To)*10_000, int64(v.Years.From)*10_000
		if v.Years.Open {
			t = math.MaxInt64
		}
		if !v.Date.IsZero() {
			t = int64(v.Date.Year()*10_000 + int(v.Date.Month())*100 + v.Date.Day())
		}
		if t > to || t == to && f > from {
			to, from = t, f
		}
	}
	return to, from
}

// largest returns the largest number, the smallest that there is where there
// is none.
func largest(values []content.Value) float64 {
	n := math.Inf(-1)
	for _, v := range values {
		n = max(n, v.Number)
	}
	return n
}

// For returns the order that a reader of a language asks for, nil for
// relevance. What there is not is relevance, of an answer without words the
// order of review.
func (o *Orders) For(sort, lang string, browsing bool) *Order {
	if sort == ByTitle {
		if order, ok := o.byName[titleOrder(lang)]; ok {
			return order
		}
		return o.byName[titleOrder(o.lang)]
	}
	if order, ok := o.byName[sort]; ok && !strings.Contains(sort, ":") {
		return order
	}
	if browsing {
		return o.byName[ByReview]
	}
	return nil
}

// First returns the keys of the first n pages of found, which has the original
// of every page that was found. They are in room as far as they fit.
func (o *Order) First(found *roaring.Bitmap, n int, room []top.Key) []top.Key {
	many := found.GetCardinality()
	if many*many < uint64(len(o.pages))*uint64(n) { // the order would be gone through for long
		best := top.New(n, room)
		for it := found.Iterator(); it.HasNext(); {
			d := it.Next()
			best.Add(top.ByRank(o.ranks[d], o.docs.Units[d].Page))
		}
		return best.Sorted()
	}
	keys := room[:0]
	for rank, page := range o.pages {
		if len(keys) == n {
			break
		}
		if found.Contains(o.docs.Original(page)) {
			keys = append(keys, top.ByRank(uint32(rank), page))
		}
	}
	return keys
}

// Write writes the orders.
func (o *Orders) Write(w *file.Writer) {
	w.Uint64(uint64(len(o.byName)))
	for _, name := range slices.Sorted(maps.Keys(o.byName)) {
		w.Text(name)
		w.Uint32s(o.byName[name].ranks)
	}
}

// ReadOrders reads the orders of the pages of a library.
func ReadOrders(r *file.Reader, lib *content.Library, m *docs.Map) *Orders {
	out, names := newOrders(lib), orderNames(lib)
	r.Check(r.Count(1) == len(names))
	for _, name := range names {
		r.Check(r.Text() == name)
		order, ok := orderOf(r.Uint32s(), m)
		r.Check(ok)
		if r.Err() != nil {
			return nil
		}
		out.byName[name] = order
	}
	return out
}

// orderOf returns the order of ranks by document, if they are places of pages,
// each of one page.
func orderOf(ranks []uint32, m *docs.Map) (*Order, bool) {
	if len(ranks) != len(m.Units) || !file.Below(ranks, m.Pages()) {
		return nil, false
	}
	pages := make([]uint32, m.Pages())
	for i := range pages {
		pages[i] = math.MaxUint32
	}
	for page := range pages {
		rank := ranks[m.Original(uint32(page))]
		if pages[rank] != math.MaxUint32 {
			return nil, false
		}
		pages[rank] = uint32(page)
	}
	return &Order{m, ranks, pages}, true
}
