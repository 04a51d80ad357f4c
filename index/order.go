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
func (s *Snapshot) first(found *roaring.Bitmap, in ordering, n int, sc *scratch) []key {
	many := found.GetCardinality()
	if many*many < uint64(s.Pages())*uint64(n) { // the order would be gone through for long
		t := top{n: n, keys: sc.keys[:0]}
		for it := found.Iterator(); it.HasNext(); {
			d := it.Next()
			t.add(rankKey(in.ranks[d], s.Units[d].Page))
		}
		sc.keys = t.keys
		return t.sorted()
	}
	keys := sc.keys[:0]
	for rank, slot := range in.pages {
		if len(keys) == n {
			break
		}
		if found.Contains(s.Original(slot)) {
			keys = append(keys, rankKey(uint32(rank), slot))
		}
	}
	sc.keys = keys
	return keys
}

// A key is the place of one page in an answer; larger is better. From the
// left: two bits of tier, 31 of score or rank, 31 that turn ties to the
// smaller slot.
type key = uint64

const slotBits = 31

// The tiers of an answer in order of relevance.
const (
	tierSome  = iota // most of the words
	tierAll          // all of the words
	tierTitle        // the words are the title
)

// scoreKey makes a key of a score. Its last bits are dropped: they may differ
// between processors.
func scoreKey(tier int, score float32, slot uint32) key {
	bits := math.Float32bits(max(0, score)) &^ 0xff
	return key(tier)<<62 | key(bits)<<slotBits | key(^slot)&(1<<slotBits-1)
}

func rankKey(rank, slot uint32) key {
	return key(^rank)&(1<<slotBits-1)<<slotBits | key(^slot)&(1<<slotBits-1)
}

func (s *Snapshot) slotOfKey(k key) uint32 { return ^uint32(k) & (1<<slotBits - 1) }

func tierOfKey(k key) int { return int(k >> 62) }

func scoreOfKey(k key) float32 {
	return math.Float32frombits(uint32(k >> slotBits & (1<<slotBits - 1)))
}

// A top keeps the best n keys: a heap with the worst of them first.
type top struct {
	n    int
	keys []key
}

func (t *top) add(k key) {
	h := t.keys
	switch {
	case t.n == 0:
		return
	case len(h) < t.n:
		h = append(h, k)
		for i := len(h) - 1; i > 0; {
			up := (i - 1) / 2
			if h[up] <= h[i] {
				break
			}
			h[up], h[i] = h[i], h[up]
			i = up
		}
		t.keys = h
		return
	case k <= h[0]:
		return
	}
	h[0] = k
	for i := 0; ; {
		c := 2*i + 1
		if c >= len(h) {
			break
		}
		if c+1 < len(h) && h[c+1] < h[c] {
			c++
		}
		if h[i] <= h[c] {
			break
		}
		h[i], h[c] = h[c], h[i]
		i = c
	}
}

// sorted returns the kept keys, best first.
func (t *top) sorted() []key {
	slices.SortFunc(t.keys, func(a, b key) int { return cmp.Compare(b, a) })
	return t.keys
}

// best ranks the pages of found by score and returns the keys of the best n.
// found has one document of every page.
func (s *Snapshot) best(found, sure *roaring.Bitmap, exact []uint32, n int, sc *scratch) []key {
	t := top{n: n, keys: sc.keys[:0]}
	it := found.ManyIterator()
	sureAll := sure == nil || found.GetCardinality() == found.AndCardinality(sure)
	for m := it.NextMany(sc.docs); m > 0; m = it.NextMany(sc.docs) {
		for _, d := range sc.docs[:m] {
			slot := s.Units[d].Page
			tier := tierAll
			if !sureAll && !sure.Contains(d) {
				tier = tierSome
			}
			score := sc.score[d]
			if s.Multi.Contains(d) {
				for v, end := s.Versions(slot); v < end; v++ {
					score = max(score, sc.score[v])
				}
			}
			for _, e := range exact {
				if s.Units[e].Page == slot {
					tier = tierTitle
				}
			}
			t.add(scoreKey(tier, score, slot))
		}
	}
	sc.keys = t.keys
	return t.sorted()
}
