package server

import (
	"cmp"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"casebook/content"
)

// A catalogue holds what is worked out once for a library: the order of terms
// in each language. Who refers to whom, the library's table of pages knows.
type catalogue struct {
	lib  *content.Library
	rank map[string]map[string]int // language + "/" + vocabulary → term → place
}

// catalogueOf returns the catalogue of a library. Two first requests at once
// may both make it; they make the same.
func (s *Server) catalogueOf(lib *content.Library) *catalogue {
	if c := s.catalogue.Load(); c != nil && c.lib == lib {
		return c
	}
	c := newCatalogue(lib)
	s.catalogue.Store(c)
	return c
}

func newCatalogue(lib *content.Library) *catalogue {
	c := &catalogue{lib: lib, rank: make(map[string]map[string]int)}
	for _, lang := range lib.Site.Languages {
		tag, err := language.Parse(lang)
		if err != nil {
			tag = language.Und
		}
		col := collate.New(tag, collate.IgnoreCase, collate.Numeric)
		for name, v := range lib.Vocabularies {
			c.rank[lang+"/"+name] = rankTerms(v, lang, col)
		}
	}
	return c
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

// termRank returns the places of a vocabulary's terms in the reader's language.
func (c *catalogue) termRank(lang, vocabulary string) map[string]int {
	return c.rank[lang+"/"+vocabulary]
}
