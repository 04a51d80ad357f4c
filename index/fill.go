package index

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// fillTo is how many pages an answer should have before pages with fewer of
// the words are left out.
const fillTo = 10

// A subset is some of the words of a short query.
type subset struct {
	sets   []*roaring.Bitmap // the pages of each
	weight float32           // of all of them
}

// fill adds to the pages that have all of two or three words, where those are
// few, pages that have the weightiest of them: all pages with the same words,
// or none. A longer query never has more pages for it than a shorter one: no
// more than any of its words finds alone, nor any two of them.
//
// lang is the language of the reader; must are the pages that may belong at
// all. It returns sure itself where nothing is to be added.
func (p *planner) fill(pl *plan, lang int, sets []*roaring.Bitmap, must, sure *roaring.Bitmap) *roaring.Bitmap {
	var words []subset
	for i, g := range pl.groups {
		switch {
		case g.framing, g.required: // anywhere, and in must already
		case g.stop[lang]:
			must = roaring.And(must, sets[i])
		default:
			words = append(words, subset{[]*roaring.Bitmap{sets[i]}, g.typedIDF})
		}
	}
	if len(words) < 2 || len(words) > sureWords {
		return sure
	}
	parts := words
	most := p.room(words, must)
	if len(words) == 3 {
		for i := range words {
			two := slices.Delete(slices.Clone(words), i, i+1)
			most = min(most, p.room(two, must))
			parts = append(parts, subset{append(slices.Clone(two[0].sets), two[1].sets...), two[0].weight + two[1].weight})
		}
	}
	if most <= p.snap.countPages(sure) {
		return sure
	}
	slices.SortStableFunc(parts, func(a, b subset) int { return cmp.Compare(b.weight, a.weight) })
	docs := sure
	for _, s := range parts {
		more := roaring.Or(docs, intersect(append(s.sets, must)))
		if p.snap.countPages(more) > most {
			break
		}
		docs = more
	}
	if p.snap.countPages(docs) == p.snap.countPages(sure) {
		return sure
	}
	return docs
}

// room returns how many pages an answer to the words may have: those that
// have all, or where those are few, all that have the rarest, if they are few
// too.
func (p *planner) room(words []subset, must *roaring.Bitmap) int {
	var all []*roaring.Bitmap
	rarest := p.snap.pages
	for _, w := range words {
		all = append(all, w.sets...)
		rarest = min(rarest, p.snap.countPages(roaring.And(w.sets[0], must)))
	}
	if rarest <= fillTo {
		return rarest
	}
	return p.snap.countPages(intersect(append(all, must)))
}
