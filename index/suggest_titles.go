package index

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"casebook/content/lexical"
	"casebook/index/file"
)

// pageTitles completes titles of pages. It is made of plain arrays, because
// there may be a million of them, and none of a title that says nothing.
type pageTitles struct {
	units []uint32   // entry -> unit
	whole file.Table // entry -> its folded title
	// The keys, sorted by text: the folded title of an entry from one of its words on.
	entries []uint32
	offs    []uint32
}

// newPageTitles takes titles by unit. No key begins with a word, but the first
// of a title, of which saysNothing is true.
func newPageTitles(titles []string, saysNothing func(unit int, word string) bool) pageTitles {
	var p pageTitles
	var whole file.TableBuilder
	for u, title := range titles {
		folded := lexical.Fold(title)
		if folded == "" || len(p.units) == math.MaxInt32 {
			continue
		}
		entry := uint32(len(p.units))
		p.units = append(p.units, uint32(u))
		whole.Add(folded)
		for off, n := 0, 0; n < maxKeyWords; n++ {
			i := strings.IndexByte(folded[off:], ' ')
			word := folded[off:]
			if i >= 0 {
				word = word[:i]
			}
			if n == 0 || !saysNothing(u, word) {
				p.entries, p.offs = append(p.entries, entry), append(p.offs, uint32(off))
			}
			if i < 0 {
				break
			}
			off += i + 1
		}
	}
	p.whole = whole.Table()
	order := make([]uint32, len(p.entries))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(strings.Compare(p.key(int(a)), p.key(int(b))), cmp.Compare(p.entries[a], p.entries[b]))
	})
	entries, offs := make([]uint32, len(order)), make([]uint32, len(order))
	for i, k := range order {
		entries[i], offs[i] = p.entries[k], p.offs[k]
	}
	p.entries, p.offs = entries, offs
	return p
}

func (p *pageTitles) key(i int) string { return p.whole.At(int(p.entries[i]))[p.offs[i]:] }

// find returns the titles that have the typed words; s knows their languages.
func (p *pageTitles) find(s *Snapshot, typed string) []candidate {
	found := findKeys(typed, len(p.entries), p.key,
		func(i int) (int32, bool) { return int32(p.entries[i]), p.offs[i] == 0 },
		func(e int32) string { return p.whole.At(int(e)) })
	out := make([]candidate, 0, len(found))
	for e, first := range found {
		tag := s.TagOf(p.units[e])
		out = append(out, candidate{"page", e, first, tag, 0, p.whole.At(int(e))})
	}
	return out
}
