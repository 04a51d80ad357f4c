// Package query decides which pages belong to the answer of a query. It evaluates
// the wishes that reading makes of the words, adds what else things are called
// (synonyms) and what may have been meant (spelling), and says who belongs.
//
// Some terms of art: a content word says something in the reader's language, a
// framing word only frames the question and may be missing (see reading). A concept
// is a thing with all its names (see synonyms). A page is sure if it has all words;
// in the answer of a long question there are also pages with most of them, by
// weight.
package query

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content"
	"casebook/index/column"
	"casebook/index/docs"
	"casebook/index/rank"
	"casebook/index/reading"
	"casebook/index/synonyms"
	"casebook/index/words"
	"casebook/search"
)

// An Index is what queries are asked of.
type Index struct {
	docs     *docs.Map
	words    *words.Index
	titles   docs.Names
	ranker   *rank.Ranker
	synonyms *synonyms.Thesaurus
	tagged   []*roaring.Bitmap // by concept: documents of pages that have the term; nil if none has
}

// NewIndex returns the Index of a library.
func NewIndex(lib *content.Library, ranker *rank.Ranker, titles docs.Names, columns []*column.Column) *Index {
	m := ranker.Docs
	x := &Index{docs: m, words: ranker.Words, titles: titles, ranker: ranker, synonyms: synonyms.New(lib, m.Langs, m.Lang)}
	x.tagged = make([]*roaring.Bitmap, len(x.synonyms.Concepts))
	for i, c := range x.synonyms.Concepts {
		x.tagged[i] = tagged(columns, c)
	}
	return x
}

// tagged returns the documents of pages that have the term of a concept in some
// field, nil if none has.
func tagged(columns []*column.Column, c synonyms.Concept) *roaring.Bitmap {
	var sets []*roaring.Bitmap
	for _, col := range columns {
		if c.Vocabulary == "" || col.Facet.Type != content.FacetOfTerms || col.Facet.Field.Vocabulary != c.Vocabulary {
			continue
		}
		if value, ok := col.Value(c.Term); ok {
			sets = append(sets, col.Docs(value))
		}
	}
	if len(sets) == 0 {
		return nil
	}
	return union(sets)
}

// Found is what the words of a query find.
type Found struct {
	Query   search.Query    // with words taken apart that no page has as they stand
	Docs    *roaring.Bitmap // belong to the answer, whatever the filters; whole pages
	Pages   *roaring.Bitmap // one document of every page of Docs
	Sure    *roaring.Bitmap // of Docs: have all words
	Exact   []uint32        // documents that have the words as their title
	Match   search.Match
	Words   []*Word
	Related []*rank.Word // count for the pages that the others find, and find none
	Added   []search.Expansion
	Mended  map[string]string // word that no page has -> nearest one that some have
	Doubted map[string]string // word that hardly any page has -> the one that it may be a slip for
	Bounded bool              // not all posting lists were opened that the words ask for
}

// Ranked returns the words as ranking takes them.
func (f *Found) Ranked() []*rank.Word {
	out := make([]*rank.Word, len(f.Words))
	for i, w := range f.Words {
		out[i] = &w.Word
	}
	return out
}

// Find decides which pages the words of q find; q has some.
func (x *Index) Find(ctx context.Context, q search.Query, sc *rank.Scratch) (*Found, error) {
	f := &finder{Index: x, lists: x.words.Reader(), reader: reading.NewReader(x.docs.Langs), lang: x.docs.LangFor(q.Lang), sc: sc}
	found := &Found{Mended: make(map[string]string), Doubted: make(map[string]string)}
	var err error
	if found.Query, err = f.apart(ctx, q); err != nil {
		return nil, err
	}
	if err := f.plan(ctx, found); err != nil {
		return nil, err
	}
	if err := f.members(ctx, found); err != nil {
		return nil, err
	}
	f.exactTitles(found)
	found.Pages = x.docs.OnePerPage(found.Docs)
	found.Bounded = f.lists.Bounded
	return found, nil
}

// A finder finds the pages of one query.
type finder struct {
	*Index
	lists  *words.Reader
	reader *reading.Reader
	lang   int // place of the reader's language
	sc     *rank.Scratch

	not *roaring.Bitmap // documents with a word that none may have, whole pages
}

// plan makes words of the query.
func (f *finder) plan(ctx context.Context, found *Found) error {
	q := found.Query
	wishes := f.reader.Wishes(q.Groups, f.lang)
	for _, wish := range wishes {
		w, err := f.word(ctx, wish)
		if err != nil {
			return err
		}
		found.Words = append(found.Words, w)
	}
	var named []synonyms.Named
	if !q.Literal {
		named = f.synonyms.Names(f.reader, wishes, f.lang)
		for _, n := range named {
			if err := f.addNames(ctx, found, n); err != nil {
				return err
			}
		}
		if err := f.mend(ctx, found); err != nil {
			return err
		}
	}
	for _, w := range found.Words {
		f.weigh(w)
	}
	if err := f.relate(ctx, found, named); err != nil {
		return err
	}
	f.not = roaring.New()
	for _, c := range q.Not {
		w, err := f.word(ctx, f.reader.Alone(c))
		if err != nil {
			return err
		}
		f.weigh(w)
		f.not.Or(w.docs)
	}
	return nil
}

// exactTitles lets in the pages whose title is just what was typed: they come
// first.
func (f *finder) exactTitles(found *Found) {
	for _, g := range found.Query.Groups {
		if len(g.Any) != 1 || g.Any[0].Kind == search.Prefix {
			return
		}
	}
	for _, d := range f.titles.Of(found.Query.Text) {
		if f.not.Contains(d) {
			continue
		}
		found.Exact = append(found.Exact, d)
		if !found.Docs.Contains(d) {
			first, end := f.docs.Versions(f.docs.Units[d].Page)
			whole := roaring.New()
			whole.AddRange(uint64(first), uint64(end))
			found.Docs = roaring.Or(found.Docs, whole)
		}
	}
}

// contentWords counts the wishes that say something in the reader's language, or,
// where no page is in it, in the one in which fewest do.
func (f *finder) contentWords(found *Found) int {
	wishes := make([]*reading.Wish, len(found.Words))
	for i, w := range found.Words {
		wishes[i] = w.wish
	}
	if l, ok := f.docs.Lang(found.Query.Lang); ok {
		return reading.ContentCount(wishes, l)
	}
	n := len(wishes)
	for l := range f.docs.Langs {
		n = min(n, reading.ContentCount(wishes, l))
	}
	return n
}

// union returns all documents of the sets. It may be one of them.
func union(sets []*roaring.Bitmap) *roaring.Bitmap {
	switch len(sets) {
	case 0:
		return roaring.New()
	case 1:
		return sets[0]
	}
	return roaring.FastOr(sets...)
}

// intersect returns the documents that are in all of the sets. It may be one of them.
func intersect(sets []*roaring.Bitmap) *roaring.Bitmap {
	if len(sets) == 1 {
		return sets[0]
	}
	return roaring.FastAnd(sets...)
}
