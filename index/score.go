package index

import (
	"context"

	"casebook/index/top"
	"casebook/index/words"

	"github.com/RoaringBitmap/roaring/v2"
)

// BM25's parameters, measured on a judged collection: frequencies as they
// are, not under a root, and little weight taken from repetition.
const (
	k1 = 2.0
	b  = 0.75
)

// scratch is the memory of one search that grows with the number of
// documents. Scores and frequencies are zero between searches.
type scratch struct {
	score []float32 // by document
	freq  []float32 // by document, for one group
	keys  []top.Key

	docs    []uint32  // chunk
	freqs   []float32 // of docs
	buf     *words.Buffer
	weights []float32 // of most; not zero
}

func newScratch(n int) *scratch {
	return &scratch{score: make([]float32, n), freq: make([]float32, n),
		docs: make([]uint32, chunk), freqs: make([]float32, chunk), buf: words.NewBuffer()}
}

// chunk is how many documents are looked at together; between chunks a
// search looks at its deadline.
const chunk = words.Chunk

// score adds up BM25 of all groups for the documents within: from their rows
// where they are few, else in a plain loop, list by list, into an array by
// document.
func (s *Snapshot) score(ctx context.Context, groups []*group, within *roaring.Bitmap, sc *scratch) error {
	byRow, lists := s.byRows(groups, within)
	if len(byRow) > 0 {
		if err := s.scoreRows(ctx, byRow, within, sc); err != nil {
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
			err := l.each(ctx, within, sc, func(docs []uint32, freqs []float32) {
				for i, doc := range docs {
					norm := float32(k1)
					if !l.title {
						norm = s.norms[doc]
					}
					sc.score[doc] += weight * freqs[i] / (freqs[i] + norm)
				}
			})
			if err != nil {
				return err
			}
		}
		return nil
	}
	for _, l := range g.leaves {
		err := l.each(ctx, within, sc, func(docs []uint32, freqs []float32) {
			for i, doc := range docs {
				sc.freq[doc] += freqs[i]
			}
		})
		if err != nil {
			clear(sc.freq)
			return err
		}
	}
	touched := roaring.And(g.any, within)
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

// each passes on the documents of the leaf that are within, in order, with what
// their occurrences count, some at a time.
func (l *leaf) each(ctx context.Context, within *roaring.Bitmap, sc *scratch, f func(docs []uint32, freqs []float32)) error {
	switch {
	case l.list != nil:
		return l.list.Each(ctx, within, l.weight, sc.buf, f)
	case l.docs == nil: // a set without frequencies
		set := words.List{Docs: l.bits}
		return set.Each(ctx, within, l.weight, sc.buf, f)
	}
	n := 0
	for i, doc := range l.docs {
		if within.Contains(doc) {
			sc.docs[n], sc.freqs[n] = doc, l.weight*l.freqs[i]
			n++
		}
		if n == chunk || i+1 == len(l.docs) {
			f(sc.docs[:n], sc.freqs[:n])
			n = 0
		}
	}
	return ctx.Err()
}

// best ranks the pages of found by score and returns the keys of the best n.
// found has one document of every page.
func (s *Snapshot) best(found, sure *roaring.Bitmap, exact []uint32, n int, sc *scratch) []top.Key {
	t := top.New(n, sc.keys)
	it := found.ManyIterator()
	sureAll := sure == nil || found.GetCardinality() == found.AndCardinality(sure)
	for m := it.NextMany(sc.docs); m > 0; m = it.NextMany(sc.docs) {
		for _, d := range sc.docs[:m] {
			slot := s.Units[d].Page
			tier := top.All
			if !sureAll && !sure.Contains(d) {
				tier = top.Some
			}
			score := sc.score[d]
			if s.Multi.Contains(d) {
				for v, end := s.Versions(slot); v < end; v++ {
					score = max(score, sc.score[v])
				}
			}
			for _, e := range exact {
				if s.Units[e].Page == slot {
					tier = top.Title
				}
			}
			t.Add(top.ByScore(tier, score, slot))
		}
	}
	sc.keys = t.Sorted()
	return sc.keys
}
