package server

import (
	"cmp"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"casebook/content"
)

// A catalogue holds what is worked out once for a library: who refers to
// whom, and the order of terms in each language.
type catalogue struct {
	lib      *content.Library
	incoming map[string][]reference     // by id of the page referred to
	children map[string][]*content.Page // by id of the page above, by id
	rank     map[string]map[string]int  // language + "/" + vocabulary → term → place
	roots    map[string][]*content.Page // kind → its pages that have no page above, by id
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
	c := &catalogue{
		lib:      lib,
		incoming: make(map[string][]reference),
		children: make(map[string][]*content.Page),
		rank:     make(map[string]map[string]int),
		roots:    make(map[string][]*content.Page),
	}
	for _, p := range lib.Pages {
		if p.Parent != "" {
			c.children[p.Parent] = append(c.children[p.Parent], p)
		} else {
			c.roots[p.Kind.ID] = append(c.roots[p.Kind.ID], p)
		}
		for _, f := range p.Kind.Fields {
			if f.Type != content.TypePage || f.Name == p.Kind.Parent {
				continue
			}
			for _, v := range p.Values(f.Name) {
				if v.Given {
					c.incoming[v.Page] = append(c.incoming[v.Page], reference{From: p, Field: f, Why: v.Why})
				}
			}
		}
	}
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

// citing returns how many pages refer to this one, or to one below it.
func (c *catalogue) citing(id string) int {
	seen := make(map[string]bool)
	var count func(id string, depth int)
	count = func(id string, depth int) {
		for _, ref := range c.incoming[id] {
			seen[ref.From.ID] = true
		}
		if depth < 8 {
			for _, p := range c.children[id] {
				count(p.ID, depth+1)
			}
		}
	}
	count(id, 0)
	return len(seen)
}
