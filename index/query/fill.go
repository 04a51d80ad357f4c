package query

import (
	"cmp"
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/search"
)

// In a small collection, pages with fewer of the words fill up an answer.
const (
	fillTo     = 10   // pages that an answer of two or three words should have
	smallPages = 2000 // pages of a small collection; in a larger one few pages with all words are what was wanted
)

// A subset is some of the words of a short query.
type subset struct {
	sets   []*roaring.Bitmap // the pages of each
	weight float32           // of all of them
}

// fill adds to the few pages that have all of two or three words those that
// have the weightiest of them, best first, up to fillTo, but no more than the
// rarest word finds alone: so a longer query never has more pages for it than
// a shorter one.
//
// sets are the pages of each word; must are the pages that may belong at all.
func (f *finder) fill(ctx context.Context, found *Found, sets []*roaring.Bitmap, must *roaring.Bitmap) error {
	if f.docs.Pages() > smallPages {
		return nil
	}
	var words []subset
	for i, w := range found.Words {
		switch {
		case w.wish.Framing, w.wish.Required: // anywhere, and in must already
		case w.Stop[f.lang]:
			must = roaring.And(must, sets[i])
		default:
			words = append(words, subset{[]*roaring.Bitmap{sets[i]}, w.TypedIDF})
		}
	}
	if len(words) < 2 || len(words) > sureWords {
		return nil
	}
	most := fillTo
	for _, w := range words {
		most = min(most, f.docs.CountPages(roaring.And(w.sets[0], must)))
	}
	if most <= f.docs.CountPages(found.Sure) {
		return nil
	}
	parts := words
	if len(words) == 3 {
		for i := range words {
			two := slices.Delete(slices.Clone(words), i, i+1)
			parts = append(parts, subset{[]*roaring.Bitmap{two[0].sets[0], two[1].sets[0]}, two[0].weight + two[1].weight})
		}
	}
	slices.SortStableFunc(parts, func(a, b subset) int { return cmp.Compare(b.weight, a.weight) })
	set := found.Sure.Clone()
	for _, s := range parts {
		more := roaring.AndNot(intersect(append(slices.Clone(s.sets), must)), set)
		room := most - f.docs.CountPages(set)
		if room == 0 {
			break
		}
		if f.docs.CountPages(more) > room {
			var err error
			if more, err = f.firstPages(ctx, found, more, room); err != nil {
				return err
			}
		}
		set.Or(more)
	}
	found.Docs, found.Match = set, search.MatchMost
	return nil
}

// firstPages returns the n pages of a set of whole pages that fit the words
// best.
func (f *finder) firstPages(ctx context.Context, found *Found, set *roaring.Bitmap, n int) (*roaring.Bitmap, error) {
	if err := f.ranker.Score(ctx, found.Ranked(), set, f.sc); err != nil {
		return nil, err
	}
	out := roaring.New()
	for _, k := range f.ranker.Best(f.docs.OnePerPage(set), nil, nil, n, f.sc) {
		first, end := f.docs.Versions(k.Page())
		out.AddRange(uint64(first), uint64(end))
	}
	f.sc.Forget(set)
	return out, nil
}
