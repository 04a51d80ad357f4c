package index

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
	"casebook/index/top"
)

// The orders besides relevance and the fields of the schema.
const (
	byReview = "reviewed"
	byTitle  = "title"
)

// An ordering is all pages in an order.
type ordering struct {
	ranks []uint32 // by document: the place of its page, 0 first
	pages []uint32 // by place: the page's slot
}

// reverse works out which page is at which place. It reports whether the ranks
// are those of s.
func (o *ordering) reverse(s *Snapshot) bool {
	o.pages = make([]uint32, s.Pages())
	seen := 0
	for slot := range o.pages {
		rank := o.ranks[s.Original(uint32(slot))]
		if int(rank) >= s.Pages() {
			return false
		}
		o.pages[rank] = uint32(slot)
		seen += int(rank)
	}
	return seen == s.Pages()*(s.Pages()-1)/2
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// A ranking gathers by what pages are ordered in a field, while they pass.
type ranking struct {
	field  *content.Field
	to     []int64 // years and dates: see latest
	from   []int64
	number []float64 // numbers
}

// newRankings returns a ranking for every field that pages can be ordered by.
func newRankings(schema *content.Schema, pages int) []*ranking {
	var out []*ranking
	for _, k := range schema.Kinds {
		for _, f := range k.Fields {
			r := &ranking{field: f}
			switch f.Type {
			case content.TypeYears, content.TypeDate:
				r.to, r.from = make([]int64, pages), make([]int64, pages)
			case content.TypeNumber:
				r.number = make([]float64, pages)
			default:
				continue
			}
			if !slices.ContainsFunc(out, func(o *ranking) bool { return o.field.Name == f.Name }) && f.Name != byReview {
				out = append(out, r)
			}
		}
	}
	return out
}

func (r *ranking) add(slot int, p *content.Page) {
	values := p.Values(r.field.Name)
	if r.number != nil {
		r.number[slot] = largest(values)
		return
	}
	r.to[slot], r.from[slot] = latest(values)
}

// compare puts the newest first, and what still runs before what ended; the
// largest number first.
func (r *ranking) compare(a, b uint32) int {
	if r.number != nil {
		return cmp.Compare(r.number[b], r.number[a])
	}
	return cmp.Or(cmp.Compare(r.to[b], r.to[a]), cmp.Compare(r.from[b], r.from[a]))
}

// orders ranks all pages in every order that readers may ask for, so that
// sorting compares numbers. Ties stand by slot, the same on every machine.
func (s *Snapshot) orders(seen *facts) map[string]ordering {
	out := make(map[string]ordering)
	reviewed := s.lib.Table().Data().Reviewed
	out[byReview] = s.rank(func(a, b uint32) int { return cmp.Compare(reviewed[b], reviewed[a]) })
	langs := slices.Clone(s.lib.Site.Languages)
	if len(langs) == 0 {
		langs = []string{""}
	}
	for _, lang := range langs {
		c, buf := collate.New(bcp47.Make(lang), collate.IgnoreCase), new(collate.Buffer)
		keys := make([][]byte, s.Pages())
		for slot := range keys {
			keys[slot] = bytes.Clone(c.KeyFromString(buf, seen.titles[s.Version(uint32(slot), lang)]))
			buf.Reset()
		}
		out[titleOrder(lang)] = s.rank(func(a, b uint32) int { return bytes.Compare(keys[a], keys[b]) })
	}
	for _, r := range seen.ranks {
		if _, done := out[r.field.Name]; !done {
			out[r.field.Name] = s.rank(r.compare)
		}
	}
	return out
}

func titleOrder(lang string) string { return byTitle + ":" + lang }

// rank puts all pages in order.
func (s *Snapshot) rank(compare func(a, b uint32) int) ordering {
	slots := make([]uint32, s.Pages())
	for i := range slots {
		slots[i] = uint32(i)
	}
	slices.SortStableFunc(slots, compare)
	place := make([]uint32, len(slots))
	for i, slot := range slots {
		place[slot] = uint32(i)
	}
	ranks := make([]uint32, len(s.Units))
	for d, u := range s.Units {
		ranks[d] = place[u.Page]
	}
	return ordering{ranks, slots}
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
			f = t
		}
		if t > to || t == to && f > from {
			to, from = t, f
		}
	}
	return to, from
}

func largest(values []content.Value) float64 {
	n := math.Inf(-1)
	for _, v := range values {
		n = max(n, v.Number)
	}
	return n
}

// ordering returns the order that a query asks for; without ranks it is
// relevance.
func (s *Snapshot) ordering(sort, lang string, browsing bool) ordering {
	if sort == byTitle {
		if o, ok := s.order[titleOrder(lang)]; ok {
			return o
		}
		first := ""
		if len(s.lib.Site.Languages) > 0 {
			first = s.lib.Site.Languages[0]
		}
		return s.order[titleOrder(first)]
	}
	if o, ok := s.order[sort]; ok && !strings.Contains(sort, ":") {
		return o
	}
	if browsing {
		return s.order[byReview]
	}
	return ordering{}
}

// first returns the keys of the first n pages of found, which has one
// document of every page: the original.
func (s *Snapshot) first(found *roaring.Bitmap, in ordering, n int, sc *scratch) []top.Key {
	many := found.GetCardinality()
	if many*many < uint64(s.Pages())*uint64(n) { // the order would be gone through for long
		t := top.New(n, sc.keys)
		for it := found.Iterator(); it.HasNext(); {
			d := it.Next()
			t.Add(top.ByRank(in.ranks[d], s.Units[d].Page))
		}
		sc.keys = t.Sorted()
		return sc.keys
	}
	keys := sc.keys[:0]
	for rank, slot := range in.pages {
		if len(keys) == n {
			break
		}
		if found.Contains(s.Original(slot)) {
			keys = append(keys, top.ByRank(uint32(rank), slot))
		}
	}
	sc.keys = keys
	return keys
}
