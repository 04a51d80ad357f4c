package index

import (
	"cmp"
	"context"
	"slices"

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
func (e *engine) near(ctx context.Context, keys []key) error {
	groups := e.plan.groups
	if len(groups) < 2 || len(keys) < 2 {
		return nil
	}
	first := keys[:min(len(keys), nearPages)]
	within := roaring.New()
	for _, k := range first {
		for d, end := e.versions(e.slotOfKey(k)); d < end; d++ {
			if e.sc.score[d] > 0 {
				within.Add(d)
			}
		}
	}
	for lang := range e.langs {
		docs := roaring.And(within, e.inLang[lang])
		if docs.IsEmpty() {
			continue
		}
		if err := e.nearIn(ctx, lang, docs); err != nil {
			return err
		}
	}
	for i, k := range first {
		slot := e.slotOfKey(k)
		score := float32(0)
		for d, end := e.versions(slot); d < end; d++ {
			score = max(score, e.sc.score[d])
		}
		first[i] = scoreKey(tierOfKey(k), score, slot)
	}
	slices.SortFunc(first, func(a, b key) int { return cmp.Compare(b, a) })
	return nil
}

// nearIn adds to the scores of documents in one language.
func (e *engine) nearIn(ctx context.Context, lang int, docs *roaring.Bitmap) error {
	var cursors [][]*cursor
	var idfs []float32
	for _, g := range e.plan.groups {
		var cs []*cursor
		for _, l := range g.leaves {
			if l.list == nil || l.lang != lang || l.title {
				continue
			}
			has := roaring.And(docs, l.bits)
			if has.IsEmpty() {
				continue
			}
			c := &cursor{it: l.list.iterator(has, true)}
			if err := c.next(); err != nil {
				return err
			}
			cs = append(cs, c)
		}
		if len(cs) > 0 || !g.stop[lang] {
			cursors, idfs = append(cursors, cs), append(idfs, g.idf)
		}
	}
	var prev, at []int
	for it := docs.Iterator(); it.HasNext(); {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		doc := it.Next()
		prev = prev[:0]
		for i, cs := range cursors {
			at = at[:0]
			for _, c := range cs {
				if err := c.to(uint64(doc)); err != nil {
					return err
				}
				if c.cur == nil || c.cur.Number() != uint64(doc) {
					continue
				}
				for _, l := range c.cur.Locations() {
					at = append(at, int(l.Pos()))
				}
			}
			slices.Sort(at)
			if n := nearness(prev, at); n > 0 {
				e.sc.score[doc] += nearWeight * min(idfs[i-1], idfs[i]) * (k1 + 1) * n / (n + e.norms[doc])
			}
			prev, at = at, prev
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
