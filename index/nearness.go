package index

import (
	"context"

	"casebook/index/rows"
	"casebook/index/top"

	"github.com/RoaringBitmap/roaring/v2"
)

// What the nearness of words counts.
const (
	nearPages  = 200 // of the best pages that are looked at
	nearWindow = 8   // words between which two are near
	nearWeight = 1.0 // of two neighbours, beside the rarer of them alone
)

// near orders the best pages anew: those rise in which neighbouring words of
// the query stand near each other. Pages stay in their tier, and what comes
// after the first nearPages stays where it is.
func (e *engine) near(ctx context.Context, keys []top.Key) error {
	groups := e.plan.groups
	if len(groups) < 2 || len(keys) < 2 {
		return nil
	}
	first := keys[:min(len(keys), nearPages)]
	within := roaring.New()
	for _, k := range first {
		for d, end := e.Versions(k.Page()); d < end; d++ {
			if e.sc.score[d] > 0 {
				within.Add(d)
			}
		}
	}
	for lang := range e.Langs {
		docs := roaring.And(within, e.InLang[lang])
		if docs.IsEmpty() {
			continue
		}
		if err := e.nearIn(ctx, lang, docs); err != nil {
			return err
		}
	}
	for i, k := range first {
		slot := k.Page()
		score := float32(0)
		for d, end := e.Versions(slot); d < end; d++ {
			score = max(score, e.sc.score[d])
		}
		first[i] = top.ByScore(k.Tier(), score, slot)
	}
	top.Sort(first)
	return nil
}

// nearIn adds to the scores of documents in one language.
func (e *engine) nearIn(ctx context.Context, lang int, docs *roaring.Bitmap) error {
	var want rows.Sought
	var idfs []float32 // of the groups that are looked for, one bit each
	for _, g := range e.plan.groups {
		if len(idfs) == rows.MaxSought {
			break
		}
		found := false
		for _, l := range g.leaves {
			if l.list != nil && l.lang == lang && !l.title {
				e.words.Seek(&want, lang, l.list.Term, len(idfs))
				found = true
			}
		}
		if found || !g.stop[lang] {
			idfs = append(idfs, g.idf)
		}
	}
	at := make(rows.Places, len(idfs))
	for it := docs.Iterator(); it.HasNext(); {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		doc := it.Next()
		at.Reset()
		if err := e.words.Rows.Scan(doc, &want, func(bits uint32, pos, _ int) { at.Add(bits, pos) }); err != nil {
			return err
		}
		at.Sort()
		for i := 1; i < len(at); i++ {
			if n := nearness(at[i-1], at[i]); n > 0 {
				e.sc.score[doc] += nearWeight * min(idfs[i-1], idfs[i]) * (k1 + 1) * n / (n + e.norms[doc])
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
