package index

import (
	"context"

	"casebook/index/rows"

	"github.com/RoaringBitmap/roaring/v2"
)

// Where few documents are scored, a posting list that is long all the same has
// to be gone through from its beginning. Their rows have the frequencies of
// all words at once.

// What reading costs, about, in nanoseconds.
const (
	rowByteCost = 2   // of a byte of a row
	rowCost     = 100 // of a row besides
	listCost    = 4   // of a posting that is passed over or read
)

// byRows tells the groups that are scored cheaper from rows from those that
// aren't.
func (s *Snapshot) byRows(groups []*group, within *roaring.Bitmap) (byRow, lists []*group) {
	docs, cost, leaves := int(within.GetCardinality()), 0, 0
	for _, g := range groups {
		if leaves+len(g.leaves) > rows.MaxSought || !g.inRows() {
			lists = append(lists, g)
			continue
		}
		byRow = append(byRow, g)
		leaves += len(g.leaves)
		for _, l := range g.leaves {
			cost += listCost * int(l.list.Docs.GetCardinality())
		}
	}
	if docs == 0 || len(byRow) == 0 || docs*(rowCost+rowByteCost*len(s.words.Rows.Data)/len(s.Units)) > cost {
		return nil, groups
	}
	return byRow, lists
}

// inRows reports whether all that a group wants are terms of texts.
func (g *group) inRows() bool {
	for _, l := range g.leaves {
		if l.list == nil || l.lang < 0 || l.title {
			return false
		}
	}
	return true
}

// scoreRows adds the score of groups, each a word with all its spellings, for
// the documents within.
func (s *Snapshot) scoreRows(ctx context.Context, groups []*group, within *roaring.Bitmap, sc *scratch) error {
	for lang := range s.Langs {
		docs := roaring.And(within, s.InLang[lang])
		if docs.IsEmpty() {
			continue
		}
		var want rows.Sought
		bit := 0
		for _, g := range groups {
			for _, l := range g.leaves {
				if l.lang == lang {
					s.words.Seek(&want, lang, l.list.Term, bit)
				}
				bit++
			}
		}
		var counts [rows.MaxSought]int
		count := func(bits uint32, _, part int) {
			for i := 0; bits != 0; i, bits = i+1, bits>>1 {
				if bits&1 != 0 {
					counts[i] += rows.Weights[part]
				}
			}
		}
		n := 0
		for it := docs.Iterator(); it.HasNext(); n++ {
			if n%chunk == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			doc := it.Next()
			counts = [rows.MaxSought]int{}
			if err := s.words.Rows.Scan(doc, &want, count); err != nil {
				return err
			}
			sc.score[doc] += s.bm25(groups, counts[:], s.norms[doc])
		}
	}
	return nil
}

// bm25 is the score of a document in which the leaves of the groups stand so
// often, leaf by leaf.
func (s *Snapshot) bm25(groups []*group, counts []int, norm float32) float32 {
	sum, i := float32(0), 0
	for _, g := range groups {
		freq, idf := float32(0), g.idf
		for _, l := range g.leaves {
			if counts[i] > 0 {
				freq += l.weight * float32(counts[i])
				if l.by == byWord {
					idf = g.typedIDF
				}
			}
			i++
		}
		if freq > 0 {
			sum += idf * (k1 + 1) * freq / (freq + norm)
		}
	}
	return sum
}
