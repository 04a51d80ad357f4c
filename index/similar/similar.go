// Package similar finds the pages most like one: those of its kind that have its
// telling words and its values. A keyword is a word that says what a page is about.
package similar

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content"
	"casebook/index/column"
	"casebook/index/docs"
	"casebook/index/rank"
	"casebook/index/top"
	"casebook/search"
)

// What makes pages similar.
const (
	wordShare      = 0.6 // of the words in the score; the rest is that of shared values
	minSimilar     = 0.1 // score of a page that is shown; the page itself would have 1
	maxSimilar     = 100 // pages that may be asked for
	maxSharedWords = 8   // words that are named
)

// An Index finds similar pages of a library.
type Index struct {
	lib    *content.Library
	docs   *docs.Map
	ranker *rank.Ranker
	facets *column.Facets
}

// NewIndex returns the Index of a library.
func NewIndex(lib *content.Library, ranker *rank.Ranker, facets *column.Facets) *Index {
	return &Index{lib, ranker.Docs, ranker, facets}
}

// Find returns the pages most like the one at a place, best first, at most n: those of
// its kind that have its telling words and its terms. lang is the language of the
// reader. After an error the scratch may hold half an answer.
func (x *Index) Find(ctx context.Context, place int, lang string, n int, sc *rank.Scratch) ([]search.Similar, error) {
	page, err := x.lib.At(place)
	if err != nil || n <= 0 {
		return nil, err
	}
	l := likeness{Index: x, page: page, place: uint32(place), lang: lang, sc: sc}
	return l.answer(ctx, min(n, maxSimilar))
}

// A likeness finds the pages like one. In the scratch it has the scores of
// words by document, and in place of frequencies those of shared values.
type likeness struct {
	*Index
	page  *content.Page // original
	place uint32
	lang  string // the reader's
	sc    *rank.Scratch

	others *roaring.Bitmap // all documents of the other pages of its kind
	by     []comparison
	own    []ownValue
}

// A comparison has the words by which the page is compared with others in one
// language.
type comparison struct {
	unit  docs.Unit // the page's version
	words []keyword
}

func (l *likeness) answer(ctx context.Context, n int) ([]search.Similar, error) {
	kin := l.docs.OfKind[l.lib.Table().Data().Kinds[l.place]]
	l.others = kin.Clone()
	first, end := l.docs.Versions(l.place)
	l.others.RemoveRange(uint64(first), uint64(end))
	if l.others.IsEmpty() {
		return nil, nil
	}
	if err := l.compare(ctx, kin); err != nil {
		return nil, err
	}
	l.own = l.ownValues(l.page, first, kin)
	for _, v := range l.own {
		l.sc.AddTo(v.bits, v.weight)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	var found []search.Similar
	for _, k := range l.closest(n) {
		found = append(found, l.similar(k))
	}
	clear(l.sc.Scores)
	clear(l.sc.Sums)
	return found, nil
}

// compare scores the words of the others.
func (l *likeness) compare(ctx context.Context, kin *roaring.Bitmap) error {
	reader := l.ranker.Words.Reader()
	units := l.comparable(kin)
	for _, i := range units {
		u := l.docs.Units[i]
		words, err := l.keywords(reader, l.page.In(l.docs.TagOf(i)), i, min(maxKeywords, maxCompared/len(units)))
		if err != nil {
			return err
		}
		for _, w := range words {
			g := rank.Word{Leaves: []rank.Leaf{{Lang: int(u.Lang), List: w.list, Bits: w.list.Docs, Weight: 1}}, TypedIDF: w.weight}
			if err := l.ranker.ScoreWord(ctx, &g, l.others, l.sc); err != nil {
				return err
			}
		}
		if len(words) > 0 {
			l.by = append(l.by, comparison{u, words})
		}
	}
	return nil
}

// comparable returns the versions of the page by which it is compared: as few
// as there must be to meet all pages that any of them meets in its language.
// Of two that meet as many it is the reader's.
func (l *likeness) comparable(kin *roaring.Bitmap) []uint32 {
	first, end := l.docs.Versions(l.place)
	if end-first == 1 {
		return []uint32{first}
	}
	left := roaring.And(kin, l.docs.Originals)
	left.Remove(first)
	var chosen []uint32
	for len(chosen) < maxVersions {
		best, most := first, uint64(0)
		for u := first; u < end; u++ {
			meets := left.AndCardinality(l.docs.Having[l.docs.Units[u].Lang])
			if meets > most || meets == most && l.docs.TagOf(u) == l.lang {
				best, most = u, meets
			}
		}
		if most == 0 {
			break
		}
		chosen = append(chosen, best)
		left.AndNot(l.docs.Having[l.docs.Units[best].Lang])
	}
	return chosen
}

// closest returns the keys of the best n of the others, one for every page.
func (l *likeness) closest(n int) []top.Key {
	words, values := float32(wordShare), float32(1-wordShare)
	switch { // what the page lacks tells nobody apart
	case !slices.ContainsFunc(l.own, func(v ownValue) bool { return v.weight > 0 }):
		words = 1
	case len(l.by) == 0:
		values = 1
	}
	t := top.New(n, l.sc.Keys)
	it := roaring.And(l.others, l.docs.Originals).ManyIterator()
	for m := it.NextMany(l.sc.Docs); m > 0; m = it.NextMany(l.sc.Docs) {
		for _, d := range l.sc.Docs[:m] {
			place := l.docs.Units[d].Page
			score := float32(0)
			for v, end := l.docs.Versions(place); v < end; v++ {
				score = max(score, l.sc.Scores[v])
			}
			if score = words*score + values*l.sc.Sums[d]; score >= minSimilar {
				t.Add(top.ByScore(top.All, score, place))
			}
		}
	}
	l.sc.Keys = t.Sorted()
	return l.sc.Keys
}

// similar says what a page has in common with the one that is compared.
func (l *likeness) similar(k top.Key) search.Similar {
	place := k.Page()
	first, end := l.docs.Versions(place)
	found := search.Similar{
		ID:     l.lib.ID(int(place)),
		Lang:   l.docs.TagOf(l.docs.Version(place, l.lang)),
		Score:  float64(k.Score()),
		Shared: sharedBy(l.own, first),
	}
	most := float32(0)
	for _, c := range l.by {
		for d := first; d < end; d++ {
			if l.docs.Units[d].Lang == c.unit.Lang && l.sc.Scores[d] > most {
				most = l.sc.Scores[d]
				found.Words, found.WordsLang = l.sharedWords(c, d), l.docs.Tags[c.unit.Tag]
			}
		}
	}
	return found
}

// sharedWords returns the words of a comparison that a document has.
func (l *likeness) sharedWords(c comparison, doc uint32) []string {
	var words []string
	for _, w := range c.words {
		if len(words) < maxSharedWords && w.list.Docs.Contains(doc) {
			words = append(words, l.ranker.Words.Written(w.whole, int(c.unit.Lang)))
		}
	}
	return words
}
