package rank

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/index/rows"
	"casebook/index/words"
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

// byRows tells the words that are scored cheaper from rows from those that
// aren't.
func (r *Ranker) byRows(query []*Word, within *roaring.Bitmap) (byRow, lists []*Word) {
	docs, cost, leaves := int(within.GetCardinality()), 0, 0
	for _, g := range query {
		if leaves+len(g.Leaves) > rows.MaxSought || !g.inRows() {
			lists = append(lists, g)
			continue
		}
		byRow = append(byRow, g)
		leaves += len(g.Leaves)
		for _, l := range g.Leaves {
			cost += listCost * int(l.List.Docs.GetCardinality())
		}
	}
	if docs == 0 || len(byRow) == 0 || docs*(rowCost+rowByteCost*len(r.Words.Rows.Data)/len(r.Docs.Units)) > cost {
		return nil, query
	}
	return byRow, lists
}

// inRows reports whether all that a word wants are terms of texts.
func (w *Word) inRows() bool {
	for _, l := range w.Leaves {
		if l.List == nil || l.Lang < 0 || l.Title {
			return false
		}
	}
	return true
}

// scoreRows adds the score of words, each with all its spellings, for
// the documents within.
func (r *Ranker) scoreRows(ctx context.Context, query []*Word, within *roaring.Bitmap, sc *Scratch) error {
	for lang := range r.Docs.Langs {
		docs := roaring.And(within, r.Docs.InLang[lang])
		if docs.IsEmpty() {
			continue
		}
		var want rows.Sought
		bit := 0
		for _, g := range query {
			for _, l := range g.Leaves {
				if l.Lang == lang {
					r.Words.Seek(&want, lang, l.List.Term, bit)
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
			if n%words.Chunk == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			doc := it.Next()
			counts = [rows.MaxSought]int{}
			if err := r.Words.Rows.Scan(doc, &want, count); err != nil {
				return err
			}
			sc.Scores[doc] += bm25(query, counts[:], r.Norms[doc])
		}
	}
	return nil
}

// bm25 is the score of a document in which the leaves of the words stand so
// often, leaf by leaf.
func bm25(query []*Word, counts []int, norm float32) float32 {
	sum, i := float32(0), 0
	for _, g := range query {
		freq, idf := float32(0), g.IDF
		for _, l := range g.Leaves {
			if counts[i] > 0 {
				freq += l.Weight * float32(counts[i])
				if l.By == Typed {
					idf = g.TypedIDF
				}
			}
			i++
		}
		if freq > 0 {
			sum += BM25(idf, freq, norm)
		}
	}
	return sum
}
