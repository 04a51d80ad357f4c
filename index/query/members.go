package query

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/search"
)

// Who belongs to an answer.
const (
	sureWords   = 3  // up to so many words, all are wanted; see fill
	mostEnough  = 50 // pages that a long question should keep: a tenth of the corpus, but
	leastEnough = 20 // no more than mostEnough and no fewer than this
)

// members says which documents belong to the answer, whole pages, which of them are
// sure, and the rule that was applied. Filters do not come into it: what the numbers
// beside values promise must hold after choosing one.
func (f *finder) members(ctx context.Context, found *Found) error {
	found.Match = search.MatchAll
	if len(found.Words) == 0 { // only words to leave out
		found.Docs = roaring.AndNot(f.docs.All, f.not)
		found.Sure = found.Docs
		return nil
	}
	var sets []*roaring.Bitmap
	must := f.docs.All
	free := 0
	for _, w := range found.Words {
		set := f.satisfied(w, w.docs)
		if w.wish.Framing {
			set = f.docs.All
		}
		sets = append(sets, set)
		if w.wish.Required {
			must = roaring.And(must, set)
		} else {
			free++
		}
	}
	sure := intersect(sets)
	if !f.not.IsEmpty() {
		sure = roaring.AndNot(sure, f.not)
		must = roaring.AndNot(must, f.not)
	}
	found.Docs, found.Sure = sure, sure
	pages := f.docs.CountPages(sure)
	want := min(mostEnough, max(leastEnough, f.docs.Pages()/10))
	if free == 0 || pages >= want {
		return nil
	}
	if pages > 0 && f.contentWords(found) <= sureWords {
		if pages >= fillTo {
			return nil
		}
		return f.fill(ctx, found, sets, must)
	}
	most, err := f.most(ctx, found.Words, sets, must, want)
	if err != nil {
		return err
	}
	most.Or(sure)
	for _, w := range found.Words { // among most of the words, a synonym makes no page sure
		if w.sure != w.docs && !w.wish.Framing {
			sure = roaring.And(sure, f.satisfied(w, w.sure))
		}
	}
	found.Docs, found.Sure = most, sure
	if f.docs.CountPages(most) != pages {
		found.Match = search.MatchMost
	}
	return nil
}

// most returns the documents of must with the largest share of the weight of
// the words for which at least want pages remain.
func (f *finder) most(ctx context.Context, words []*Word, sets []*roaring.Bitmap, must *roaring.Bitmap, want int) (*roaring.Bitmap, error) {
	var some []*roaring.Bitmap // documents that really have a word
	for _, w := range words {
		if !w.wish.Required {
			some = append(some, w.docs)
		}
	}
	base := roaring.And(roaring.FastOr(some...), must)
	share := f.sc.Sums // of each document; zero again when we return
	defer func() {
		for it := base.Iterator(); it.HasNext(); {
			share[it.Next()] = 0
		}
	}()
	for i, w := range words {
		if w.wish.Required {
			continue
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		has := roaring.And(sets[i], base)
		f.sc.AddTo(has, w.IDF)
		if w.Typed != nil {
			has.And(w.Typed)
			f.sc.AddTo(has, w.TypedIDF-w.IDF)
		}
	}
	weights := f.sc.Weights[:0]
	for it := roaring.And(base, f.docs.Originals).Iterator(); it.HasNext(); {
		weights = append(weights, share[it.Next()])
	}
	f.sc.Weights = weights
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
