package index

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/index/rank"
	"casebook/search"
)

// Who belongs to an answer.
const (
	sureWords   = 3  // up to so many words, all are wanted; see fill
	mostEnough  = 50 // pages that a long question should keep: a tenth of the corpus, but
	leastEnough = 20 // no more than mostEnough and no fewer than this
)

// members returns the documents that belong to the answer for a reader of the
// language, whole pages, those of them that have all words, and the rule that
// was applied. Filters do not come into it: what the numbers beside values
// promise must hold after choosing one.
func (p *planner) members(ctx context.Context, pl *plan, lang int, sc *rank.Scratch) (docs, sure *roaring.Bitmap, match search.Match, err error) {
	if len(pl.groups) == 0 { // only words to leave out
		all := roaring.AndNot(p.snap.All, pl.not)
		return all, all, search.MatchAll, nil
	}
	var sets []*roaring.Bitmap
	must := p.snap.All
	free := 0
	for _, g := range pl.groups {
		set := p.satisfied(g, g.docs)
		if g.framing {
			set = p.snap.All
		}
		sets = append(sets, set)
		if g.required {
			must = roaring.And(must, set)
		} else {
			free++
		}
	}
	sure = intersect(sets)
	if !pl.not.IsEmpty() {
		sure = roaring.AndNot(sure, pl.not)
		must = roaring.AndNot(must, pl.not)
	}
	pages := p.snap.CountPages(sure)
	want := min(mostEnough, max(leastEnough, p.snap.Pages()/10))
	if free == 0 || pages >= want {
		return sure, sure, search.MatchAll, nil
	}
	if pages > 0 && pl.content <= sureWords {
		if pages >= fillTo {
			return sure, sure, search.MatchAll, nil
		}
		docs, err = p.fill(ctx, pl, lang, sets, must, sure, sc)
		if err != nil {
			return nil, nil, 0, err
		}
		if docs == sure {
			return sure, sure, search.MatchAll, nil
		}
		return docs, sure, search.MatchMost, nil
	}
	docs, err = p.most(ctx, pl, sets, must, want, sc)
	if err != nil {
		return nil, nil, 0, err
	}
	docs.Or(sure)
	for _, g := range pl.groups { // among most of the words, a synonym makes no page sure
		if g.sure != g.docs && !g.framing {
			sure = roaring.And(sure, p.satisfied(g, g.sure))
		}
	}
	if p.snap.CountPages(docs) == pages {
		return docs, sure, search.MatchAll, nil
	}
	return docs, sure, search.MatchMost, nil
}

// most returns the documents of must with the largest share of the weight of
// the words for which at least want pages remain.
func (p *planner) most(ctx context.Context, pl *plan, sets []*roaring.Bitmap, must *roaring.Bitmap, want int, sc *rank.Scratch) (*roaring.Bitmap, error) {
	var some []*roaring.Bitmap // documents that really have a word
	for _, g := range pl.groups {
		if !g.required {
			some = append(some, g.docs)
		}
	}
	base := roaring.And(roaring.FastOr(some...), must)
	share := sc.Sums // of each document; zero again when we return
	defer func() {
		for it := base.Iterator(); it.HasNext(); {
			share[it.Next()] = 0
		}
	}()
	for i, g := range pl.groups {
		if g.required {
			continue
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		has := roaring.And(sets[i], base)
		sc.AddTo(has, g.IDF)
		if g.Typed != nil {
			has.And(g.Typed)
			sc.AddTo(has, g.TypedIDF-g.IDF)
		}
	}
	weights := sc.Weights[:0]
	for it := roaring.And(base, p.snap.Originals).Iterator(); it.HasNext(); {
		weights = append(weights, share[it.Next()])
	}
	sc.Weights = weights
	if len(weights) == 0 {
		return roaring.New(), nil
	}
	slices.Sort(weights)
	least := weights[max(0, len(weights)-want)]
	out := roaring.New()
	for it := base.Iterator(); it.HasNext(); {
		if d := it.Next(); share[d] >= least {
			out.Add(d)
		}
	}
	return out, nil
}

func intersect(sets []*roaring.Bitmap) *roaring.Bitmap {
	if len(sets) == 1 {
		return sets[0]
	}
	return roaring.FastAnd(sets...)
}
