package view

import (
	"cmp"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"casebook/content"
)

// A termOrder is the order of the terms of a library in each language, worked
// out once.
type termOrder struct {
	lib  *content.Library
	rank map[string]map[string]int // language + "/" + vocabulary → term → place
}

// TermRank returns the places of a vocabulary's terms in the reader's order.
// Two first readers at once may both work it out; they find the same.
func (r *Reader) TermRank(vocabulary string) map[string]int {
	o := r.readers.order.Load()
	if o == nil || o.lib != r.Library {
		o = newTermOrder(r.Library)
		r.readers.order.Store(o)
	}
	return o.rank[r.Lang+"/"+vocabulary]
}

func newTermOrder(lib *content.Library) *termOrder {
	o := &termOrder{lib: lib, rank: make(map[string]map[string]int)}
	for _, lang := range lib.Site.Languages {
		tag, err := language.Parse(lang)
		if err != nil {
			tag = language.Und
		}
		col := collate.New(tag, collate.IgnoreCase, collate.Numeric)
		for name, v := range lib.Vocabularies {
			o.rank[lang+"/"+name] = rankTerms(v, lang, col)
		}
	}
	return o
}

// rankTerms gives each term its place among the others: as in the file where
// the vocabulary is ordered, else by label.
func rankTerms(v *content.Vocabulary, lang string, col *collate.Collator) map[string]int {
	terms := slices.Clone(v.Terms)
	if !v.Ordered {
		var buf collate.Buffer
		keys := make(map[string]string, len(terms))
		for _, t := range terms {
			keys[t.ID] = string(col.KeyFromString(&buf, t.Label.In(lang)))
			buf.Reset()
		}
		slices.SortStableFunc(terms, func(a, b *content.Term) int { return cmp.Compare(keys[a.ID], keys[b.ID]) })
	}
	rank := make(map[string]int, len(terms))
	for i, t := range terms {
		rank[t.ID] = i
	}
	return rank
}
