package index

import (
	"cmp"
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/index/rank"
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
// lang is the language of the reader; must are the pages that may belong at
// all. It returns sure itself where nothing is to be added.
func (p *planner) fill(ctx context.Context, pl *plan, lang int, sets []*roaring.Bitmap, must, sure *roaring.Bitmap, sc *rank.Scratch) (*roaring.Bitmap, error) {
	if p.snap.Pages() > smallPages {
		return sure, nil
	}
	var words []subset
	for i, g := range pl.groups {
		switch {
		case g.framing, g.required: // anywhere, and in must already
		case g.Stop[lang]:
			must = roaring.And(must, sets[i])
		default:
			words = append(words, subset{[]*roaring.Bitmap{sets[i]}, g.TypedIDF})
		}
	}
	if len(words) < 2 || len(words) > sureWords {
		return sure, nil
	}
	most := fillTo
	for _, w := range words {
		most = min(most, p.snap.CountPages(roaring.And(w.sets[0], must)))
	}
	if most <= p.snap.CountPages(sure) {
		return sure, nil
	}
	parts := words
	if len(words) == 3 {
		for i := range words {
			two := slices.Delete(slices.Clone(words), i, i+1)
			parts = append(parts, subset{[]*roaring.Bitmap{two[0].sets[0], two[1].sets[0]}, two[0].weight + two[1].weight})
		}
	}
	slices.SortStableFunc(parts, func(a, b subset) int { return cmp.Compare(b.weight, a.weight) })
	docs := sure.Clone()
	for _, s := range parts {
		more := roaring.AndNot(intersect(append(slices.Clone(s.sets), must)), docs)
		room := most - p.snap.CountPages(docs)
		if room == 0 {
			break
		}
		if p.snap.CountPages(more) > room {
			var err error
			if more, err = p.firstPages(ctx, pl, more, room, sc); err != nil {
				return nil, err
			}
		}
		docs.Or(more)
	}
	return docs, nil
}

// firstPages returns the n pages of a set of whole pages that fit the words
// best.
func (p *planner) firstPages(ctx context.Context, pl *plan, docs *roaring.Bitmap, n int, sc *rank.Scratch) (*roaring.Bitmap, error) {
	if err := p.snap.ranker.Score(ctx, scoredWords(pl.groups), docs, sc); err != nil {
		return nil, err
	}
	out := roaring.New()
	for _, k := range p.snap.ranker.Best(p.snap.OnePerPage(docs), nil, nil, n, sc) {
		first, end := p.snap.Versions(k.Page())
		out.AddRange(uint64(first), uint64(end))
	}
	sc.Forget(docs)
	return out, nil
}
