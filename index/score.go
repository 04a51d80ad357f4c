package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
)

// BM25's parameters, measured on a judged collection: frequencies as they
// are, not under a root, and little weight taken from repetition.
const (
	k1 = 2.0
	b  = 0.75
)

// scratch is the memory of one search that grows with the number of
// documents. All of it is zero between searches.
type scratch struct {
	score []float32 // by document
	freq  []float32 // by document, for one group
	keys  []uint64
	docs  []uint32
}

func newScratch(n int) *scratch {
	return &scratch{score: make([]float32, n), freq: make([]float32, n), docs: make([]uint32, chunk)}
}

// chunk is how many documents are looked at together; between chunks a
// search looks at its deadline.
const chunk = 2048

// score adds up BM25 of all groups for the documents within: from their rows
// where they are few, else in a plain loop, list by list, into an array by
// document.
func (s *Snapshot) score(ctx context.Context, groups []*group, within *roaring.Bitmap, sc *scratch) error {
	rows, lists := s.byRows(groups, within)
	if len(rows) > 0 {
		if err := s.scoreRows(ctx, rows, within, sc); err != nil {
			return err
		}
	}
	for _, g := range lists {
		if err := s.scoreGroup(ctx, g, within, sc); err != nil {
			return err
		}
	}
	return nil
}

// scoreGroup adds the score of one group. Several lists of a group are one
// word with several spellings: their frequencies are added before they are
// weighed.
func (s *Snapshot) scoreGroup(ctx context.Context, g *group, within *roaring.Bitmap, sc *scratch) error {
	if single(g.leaves) {
		for _, l := range g.leaves {
			weight := g.idf * (k1 + 1)
			if l.by == byWord {
				weight = g.typedIDF * (k1 + 1)
			}
			err := l.each(ctx, within, func(doc uint32, freq float32) {
				norm := float32(k1)
				if !l.title {
					norm = s.norms[doc]
				}
				sc.score[doc] += weight * freq / (freq + norm)
			})
			if err != nil {
				return err
			}
		}
		return nil
	}
	touched := roaring.New()
	for _, l := range g.leaves {
		err := l.each(ctx, within, func(doc uint32, freq float32) { sc.freq[doc] += freq })
		touched.Or(l.bits)
		if err != nil {
			clear(sc.freq)
			return err
		}
	}
	touched.And(within)
	title := g.leaves[0].title
	if g.typed != nil {
		s.weigh(roaring.And(touched, g.typed), g.typedIDF, title, sc)
		touched.AndNot(g.typed)
	}
	s.weigh(touched, g.idf, title, sc)
	return nil
}

// weigh adds the score of the frequencies of a word with this idf, and makes
// them zero.
func (s *Snapshot) weigh(docs *roaring.Bitmap, idf float32, title bool, sc *scratch) {
	weight := idf * (k1 + 1)
	it := docs.ManyIterator()
	for n := it.NextMany(sc.docs); n > 0; n = it.NextMany(sc.docs) {
		for _, doc := range sc.docs[:n] {
			norm := float32(k1)
			if !title {
				norm = s.norms[doc]
			}
			if freq := sc.freq[doc]; freq > 0 {
				sc.score[doc] += weight * freq / (freq + norm)
				sc.freq[doc] = 0
			}
		}
	}
}

// single reports whether no document has more than one of the leaves: there
// is at most one for each language, or only one at all.
func single(leaves []leaf) bool {
	for i, l := range leaves {
		for _, o := range leaves[:i] {
			if o.lang == l.lang || o.lang < 0 || l.lang < 0 {
				return false
			}
		}
	}
	return true
}

// each passes on the documents of the leaf that are within, with what their
// occurrences count.
func (l *leaf) each(ctx context.Context, within *roaring.Bitmap, f func(doc uint32, freq float32)) error {
	if l.list == nil {
		for i, doc := range l.docs {
			if within.Contains(doc) {
				f(doc, l.weight*l.freqs[i])
			}
		}
		if l.docs == nil { // a set without frequencies
			for it := roaring.And(l.bits, within).Iterator(); it.HasNext(); {
				f(it.Next(), l.weight)
			}
		}
		return nil
	}
	wanted := roaring.And(l.bits, within)
	if wanted.IsEmpty() {
		return nil
	}
	if wanted.GetCardinality() == l.bits.GetCardinality() {
		wanted = nil
	}
	it := l.list.iterator(wanted)
	for n := 1; ; n++ {
		if n%chunk == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p, err := it.Next()
		if err != nil || p == nil {
			return err
		}
		f(uint32(p.Number()), l.weight*float32(max(1, p.Frequency())))
	}
}
