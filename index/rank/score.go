package rank

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/index/top"
	"casebook/index/words"
)

// Score adds up BM25 of all words for the documents within: from their rows
// where they are few, else in a plain loop, list by list, into an array by
// document.
func (r *Ranker) Score(ctx context.Context, query []*Word, within *roaring.Bitmap, sc *Scratch) error {
	byRow, lists := r.byRows(query, within)
	if len(byRow) > 0 {
		if err := r.scoreRows(ctx, byRow, within, sc); err != nil {
			return err
		}
	}
	for _, g := range lists {
		if err := r.ScoreWord(ctx, g, within, sc); err != nil {
			return err
		}
	}
	return nil
}

// ScoreWord adds the score of one word. Several lists of it are one
// word with several spellings: their frequencies are added before they are
// weighed.
func (r *Ranker) ScoreWord(ctx context.Context, g *Word, within *roaring.Bitmap, sc *Scratch) error {
	if single(g.Leaves) {
		for _, l := range g.Leaves {
			weight := g.IDF * (saturation + 1)
			if l.By == Typed {
				weight = g.TypedIDF * (saturation + 1)
			}
			err := l.each(ctx, within, sc, func(docs []uint32, freqs []float32) {
				for i, doc := range docs {
					norm := float32(saturation)
					if !l.Title {
						norm = r.Norms[doc]
					}
					sc.Scores[doc] += weight * freqs[i] / (freqs[i] + norm)
				}
			})
			if err != nil {
				return err
			}
		}
		return nil
	}
	for _, l := range g.Leaves {
		err := l.each(ctx, within, sc, func(docs []uint32, freqs []float32) {
			for i, doc := range docs {
				sc.Sums[doc] += freqs[i]
			}
		})
		if err != nil {
			return err
		}
	}
	touched := roaring.And(g.Any, within)
	title := g.Leaves[0].Title
	if g.Typed != nil {
		r.weigh(roaring.And(touched, g.Typed), g.TypedIDF, title, sc)
	}
	r.weigh(touched, g.IDF, title, sc) // those that were weighed have no frequency any more
	return nil
}

// weigh adds the score of the frequencies of a word with this idf, and makes
// them zero.
func (r *Ranker) weigh(docs *roaring.Bitmap, idf float32, title bool, sc *Scratch) {
	weight := idf * (saturation + 1)
	it := docs.ManyIterator()
	for n := it.NextMany(sc.Docs); n > 0; n = it.NextMany(sc.Docs) {
		for _, doc := range sc.Docs[:n] {
			norm := float32(saturation)
			if !title {
				norm = r.Norms[doc]
			}
			if freq := sc.Sums[doc]; freq > 0 {
				sc.Scores[doc] += weight * freq / (freq + norm)
				sc.Sums[doc] = 0
			}
		}
	}
}

// single reports whether no document has more than one of the leaves: there
// is at most one for each language, or only one at all.
func single(leaves []Leaf) bool {
	for i, l := range leaves {
		for _, o := range leaves[:i] {
			if o.Lang == l.Lang || o.Lang < 0 || l.Lang < 0 {
				return false
			}
		}
	}
	return true
}

// each passes on the documents of the leaf that are within, in order, with what
// their occurrences count, some at a time.
func (l *Leaf) each(ctx context.Context, within *roaring.Bitmap, sc *Scratch, f func(docs []uint32, freqs []float32)) error {
	switch {
	case l.List != nil:
		return l.List.Each(ctx, within, l.Weight, sc.buf, f)
	case l.Docs == nil: // a set without frequencies
		set := words.List{Docs: l.Bits}
		return set.Each(ctx, within, l.Weight, sc.buf, f)
	}
	n := 0
	for i, doc := range l.Docs {
		if within.Contains(doc) {
			sc.Docs[n], sc.freqs[n] = doc, l.Weight*l.Freqs[i]
			n++
		}
		if n == words.Chunk || i+1 == len(l.Docs) {
			f(sc.Docs[:n], sc.freqs[:n])
			n = 0
		}
	}
	return ctx.Err()
}

// Best ranks the pages of found by score and returns the keys of the best n.
// found has one document of every page.
func (r *Ranker) Best(found, sure *roaring.Bitmap, exact []uint32, n int, sc *Scratch) []top.Key {
	units := r.Docs.Units
	t := top.New(n, sc.Keys)
	it := found.ManyIterator()
	sureAll := sure == nil || found.GetCardinality() == found.AndCardinality(sure)
	for m := it.NextMany(sc.Docs); m > 0; m = it.NextMany(sc.Docs) {
		for _, d := range sc.Docs[:m] {
			page := units[d].Page
			tier := top.All
			if !sureAll && !sure.Contains(d) {
				tier = top.Some
			}
			score := sc.Scores[d]
			if r.Docs.Multi.Contains(d) {
				for v, end := r.Docs.Versions(page); v < end; v++ {
					score = max(score, sc.Scores[v])
				}
			}
			for _, e := range exact {
				if units[e].Page == page {
					tier = top.Title
				}
			}
			t.Add(top.ByScore(tier, score, page))
		}
	}
	sc.Keys = t.Sorted()
	return sc.Keys
}
