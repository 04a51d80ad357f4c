package rank

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/index/rows"
	"casebook/index/top"
)

// What the nearness of words counts.
const (
	NearPages  = 200 // so many of the best pages are looked at
	nearWindow = 8   // words between which two are near
	nearWeight = 1.0 // of two neighbours, beside the rarer of them alone
)

// Near orders the best pages anew: those rise in which neighbouring words of
// the query stand near each other. Pages stay in their tier, and what comes
// after the first NearPages stays where it is.
func (r *Ranker) Near(ctx context.Context, query []*Word, keys []top.Key, sc *Scratch) error {
	if len(query) < 2 || len(keys) < 2 {
		return nil
	}
	first := keys[:min(len(keys), NearPages)]
	within := roaring.New()
	for _, k := range first {
		for d, end := r.Docs.Versions(k.Page()); d < end; d++ {
			if sc.Scores[d] > 0 {
				within.Add(d)
			}
		}
	}
	for lang := range r.Docs.Langs {
		docs := roaring.And(within, r.Docs.InLang[lang])
		if docs.IsEmpty() {
			continue
		}
		if err := r.nearIn(ctx, query, lang, docs, sc); err != nil {
			return err
		}
	}
	for i, k := range first {
		page := k.Page()
		score := float32(0)
		for d, end := r.Docs.Versions(page); d < end; d++ {
			score = max(score, sc.Scores[d])
		}
		first[i] = top.ByScore(k.Tier(), score, page)
	}
	top.Sort(first)
	return nil
}

// nearIn adds to the scores of documents in one language.
func (r *Ranker) nearIn(ctx context.Context, query []*Word, lang int, docs *roaring.Bitmap, sc *Scratch) error {
	var want rows.Sought
	var idfs []float32 // of the words that are looked for, one bit each
	for _, g := range query {
		if len(idfs) == rows.MaxSought {
			break
		}
		found := false
		for _, l := range g.Leaves {
			if l.List != nil && l.Lang == lang && !l.Title {
				r.Words.Seek(&want, lang, l.List.Term, len(idfs))
				found = true
			}
		}
		if found || !g.Stop[lang] {
			idfs = append(idfs, g.IDF)
		}
	}
	at := make(rows.Places, len(idfs))
	for it := docs.Iterator(); it.HasNext(); {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		doc := it.Next()
		at.Reset()
		if err := r.Words.Rows.Scan(doc, &want, func(bits uint32, pos, _ int) { at.Add(bits, pos) }); err != nil {
			return err
		}
		at.Sort()
		for i := 1; i < len(at); i++ {
			if n := nearness(at[i-1], at[i]); n > 0 {
				sc.Scores[doc] += BM25(nearWeight*min(idfs[i-1], idfs[i]), n, r.Norms[doc])
			}
		}
	}
	return nil
}

// nearness says how often and how near the places of one word stand to those
// of the one before it: one for every place next to one, less for farther
// ones.
func nearness(before, at []int) float32 {
	n := float32(0)
	i := 0
	for _, x := range at {
		for i < len(before) && before[i] < x {
			i++
		}
		far := nearWindow + 1
		if i > 0 {
			far = x - before[i-1]
		}
		for j := i; j < len(before); j++ { // the other order counts as one word farther
			if before[j] > x {
				far = min(far, before[j]-x+1)
				break
			}
		}
		if far <= nearWindow {
			n += 1 / float32(far)
		}
	}
	return n
}
