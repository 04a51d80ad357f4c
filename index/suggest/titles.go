package suggest

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"casebook/content/lexical"
	"casebook/index/docs"
	"casebook/index/file"
)

// Titles completes titles of pages. It is made of plain arrays, because there may
// be a million of them, and none of a title that says nothing.
type Titles struct {
	docs  []uint32   // entry -> document
	whole file.Table // entry -> its folded title
	// The keys, sorted by text: the folded title of an entry from one of its words on.
	entries []uint32
	offs    []uint32
}

// NewTitles takes titles by document. No key begins with a word, but the first of
// a title, that says nothing in its language.
func NewTitles(m *docs.Map, titles []string) *Titles {
	p := &Titles{}
	var whole file.TableBuilder
	for u, title := range titles {
		folded := lexical.Fold(title)
		if folded == "" || len(p.docs) == math.MaxInt32 {
			continue
		}
		entry := uint32(len(p.docs))
		p.docs = append(p.docs, uint32(u))
		whole.Add(folded)
		for off, n := 0, 0; n < maxKeyWords; n++ {
			i := strings.IndexByte(folded[off:], ' ')
			word := folded[off:]
			if i >= 0 {
				word = word[:i]
			}
			if n == 0 || !m.Langs[m.Units[u].Lang].SaysNothing(word) {
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

func (p *Titles) key(i int) string { return p.whole.At(int(p.entries[i]))[p.offs[i]:] }

// find returns the titles that have the typed words.
func (p *Titles) find(m *docs.Map, typed string) []candidate {
	found := findKeys(typed, len(p.entries), p.key,
		func(i int) (int32, bool) { return int32(p.entries[i]), p.offs[i] == 0 },
		func(e int32) string { return p.whole.At(int(e)) })
	out := make([]candidate, 0, len(found))
	for e, first := range found {
		tag := m.TagOf(p.docs[e])
		out = append(out, candidate{"page", e, first, tag, 0, p.whole.At(int(e))})
	}
	return out
}

// Write writes the titles, for ReadTitles.
func (p *Titles) Write(w *file.Writer) {
	w.Uint32s(p.docs)
	w.Table(p.whole)
	w.Uint32s(p.entries)
	w.Uint32s(p.offs)
}

// ReadTitles reads the titles of the documents of m. Damage is an error of r.
func ReadTitles(r *file.Reader, m *docs.Map) *Titles {
	p := &Titles{r.Uint32s(), r.Table(), r.Uint32s(), r.Uint32s()}
	r.Check(p.whole.Len() == len(p.docs) && len(p.entries) == len(p.offs) && file.Below(p.docs, len(m.Units)) && file.Below(p.entries, len(p.docs)))
	for i, off := range p.offs {
		if r.Err() != nil {
			break
		}
		r.Check(int(off) <= len(p.whole.At(int(p.entries[i]))))
	}
	return p
}
