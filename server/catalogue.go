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

// A reference is one mention of a page by another.
type reference struct {
	From  *content.Page
	Field *content.Field
	Why   string
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

// maxListed bounds the pages of one kind that a page lists below it or as
// referring to it; the rest are found by searching.
const maxListed = 500

// pagesAt returns the pages at some places, at most maxListed.
func (c *catalogue) pagesAt(places []uint32) []*content.Page {
	var pages []*content.Page
	for _, i := range places[:min(len(places), maxListed)] {
		if p, err := c.lib.At(int(i)); err == nil {
			pages = append(pages, p)
		}
	}
	return pages
}

// children returns the pages directly below a page, by id.
func (c *catalogue) children(id string) []*content.Page {
	place, ok := c.lib.Place(id)
	if !ok {
		return nil
	}
	return c.pagesAt(c.lib.Table().Children(place))
}

// hasChildren reports whether there are pages below a page.
func (c *catalogue) hasChildren(id string) bool {
	place, ok := c.lib.Place(id)
	return ok && len(c.lib.Table().Children(place)) > 0
}

// roots returns the pages of a kind that have no page above them, by id.
func (c *catalogue) roots(kind string) []*content.Page {
	return c.pagesAt(c.lib.Table().Roots(kind))
}

// incoming returns the references to a page, by the id of the page that
// refers, at most maxListed of each kind.
func (c *catalogue) incoming(id string) []reference {
	place, ok := c.lib.Place(id)
	if !ok {
		return nil
	}
	var refs []reference
	reg := c.lib.Table()
	perKind := make(map[*content.Kind]int)
	for m := range reg.Mentions(place) {
		kind := reg.Kind(m.From)
		if perKind[kind]++; perKind[kind] > maxListed {
			continue
		}
		f, ok := kind.Field(m.Field)
		from, err := c.lib.At(m.From)
		if err != nil || !ok {
			continue
		}
		ref := reference{From: from, Field: f}
		for _, v := range from.Values(m.Field) {
			if v.Given && v.Page == id {
				ref.Why = v.Why
			}
		}
		refs = append(refs, ref)
	}
	return refs
}

// citing returns how many pages refer to this one, or to one below it.
func (c *catalogue) citing(id string) int {
	place, ok := c.lib.Place(id)
	if !ok {
		return 0
	}
	return c.lib.Table().Citing(place)
}
