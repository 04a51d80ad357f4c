package index

import (
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content"
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

// Similar returns the pages most like one, best first, at most n: those of
// its kind that have its telling words and its terms. It is bounded as Search
// is and gives the same errors. For an id that no page has there are none.
func (s *Snapshot) Similar(ctx context.Context, id, lang string, n int) ([]search.Similar, error) {
	slot, ok := s.lib.Place(id)
	if !ok || n <= 0 {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, s.bounds.deadline)
	defer cancel()
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.leave()
	page, err := s.lib.At(slot)
	if err != nil {
		return nil, err
	}
	sc := s.scratch.Get().(*rank.Scratch)
	l := likeness{Snapshot: s, page: page, slot: uint32(slot), lang: lang, sc: sc}
	found, err := l.answer(ctx, min(n, maxSimilar))
	if err != nil {
		// The scratch is left to the collector: it may hold half an answer.
		return nil, fmt.Errorf("finding similar pages: %w", err)
	}
	s.scratch.Put(sc)
	return found, nil
}

// A likeness finds the pages like one. In the scratch it has the scores of
// words by document, and in place of frequencies those of shared values.
type likeness struct {
	*Snapshot
	page *content.Page // original
	slot uint32
	lang string // the reader's
	sc   *rank.Scratch

	others *roaring.Bitmap // all documents of the other pages of its kind
	by     []comparison
	own    []ownValue
}

// A comparison has the words by which the page is compared with others in one
// language.
type comparison struct {
	unit  docs.Unit // the page's version
	words []tellingWord
}

func (l *likeness) answer(ctx context.Context, n int) ([]search.Similar, error) {
	kin := l.OfKind[l.lib.Table().Data().Kinds[l.slot]]
	l.others = kin.Clone()
	first, end := l.Versions(l.slot)
	l.others.RemoveRange(uint64(first), uint64(end))
	if l.others.IsEmpty() {
		return nil, nil
	}
	if err := l.compare(ctx, kin); err != nil {
		return nil, err
	}
	l.own = l.ownValues(l.page, first, kin)
	for _, v := range l.own {
		it := v.bits.ManyIterator()
		for m := it.NextMany(l.sc.Docs); m > 0; m = it.NextMany(l.sc.Docs) {
			for _, d := range l.sc.Docs[:m] {
				l.sc.Sums[d] += v.weight
			}
		}
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
	p := l.newPlanner(ctx)
	units := l.comparable(kin)
	for _, i := range units {
		u := l.Units[i]
		words, err := p.telling(l.page.In(l.Tags[u.Tag]), i, int(u.Lang), min(maxTelling, maxCompared/len(units)))
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
	first, end := l.Versions(l.slot)
	if end-first == 1 {
		return []uint32{first}
	}
	left := roaring.And(kin, l.Originals)
	left.Remove(first)
	var chosen []uint32
	for len(chosen) < maxVersions {
		best, most := first, uint64(0)
		for u := first; u < end; u++ {
			meets := left.AndCardinality(l.Having[l.Units[u].Lang])
			if meets > most || meets == most && meets > 0 && l.TagOf(u) == l.lang {
				best, most = u, meets
			}
		}
		if most == 0 {
			break
		}
		chosen = append(chosen, best)
		left.AndNot(l.Having[l.Units[best].Lang])
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
	it := roaring.And(l.others, l.Originals).ManyIterator()
	for m := it.NextMany(l.sc.Docs); m > 0; m = it.NextMany(l.sc.Docs) {
		for _, d := range l.sc.Docs[:m] {
			slot := l.Units[d].Page
			score := float32(0)
			for v, end := l.Versions(slot); v < end; v++ {
				score = max(score, l.sc.Scores[v])
			}
			if score = words*score + values*l.sc.Sums[d]; score >= minSimilar {
				t.Add(top.ByScore(top.All, score, slot))
			}
		}
	}
	l.sc.Keys = t.Sorted()
	return l.sc.Keys
}

// similar says what a page has in common with the one that is compared.
func (l *likeness) similar(k top.Key) search.Similar {
	slot := k.Page()
	first, end := l.Versions(slot)
	found := search.Similar{
		ID:     l.lib.ID(int(slot)),
		Lang:   l.TagOf(l.Version(slot, l.lang)),
		Score:  float64(k.Score()),
		Shared: sharedBy(l.own, first),
	}
	most := float32(0)
	for _, c := range l.by {
		for d := first; d < end; d++ {
			if l.Units[d].Lang == c.unit.Lang && l.sc.Scores[d] > most {
				most = l.sc.Scores[d]
				found.Words, found.WordsLang = l.sharedWords(c, d), l.Tags[c.unit.Tag]
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
			words = append(words, l.words.Written(w.whole, int(c.unit.Lang)))
		}
	}
	return words
}
