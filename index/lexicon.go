package index

import (
	"maps"
	"strings"

	"casebook/content"
	"casebook/content/lexical"
	"casebook/index/column"
	"casebook/search"
)

var _ search.Fields = (*Snapshot)(nil)

// FieldName returns the facet that a person means by name.
func (s *Snapshot) FieldName(name string) string { return s.lexicon.names[lexical.Fold(name)] }

// FieldType returns how the values of a facet are written: "years", "term",
// or "" if there is no such facet.
func (s *Snapshot) FieldType(name string) string {
	c, ok := s.facets.Column(name)
	switch {
	case !ok:
		return ""
	case c.Facet.ByYears():
		return "years"
	}
	return "term"
}

// Value returns the id of the value of a facet that a person means by text.
func (s *Snapshot) Value(field, body string) (string, bool) {
	c, ok := s.facets.Column(field)
	if !ok {
		return "", false
	}
	if _, ok := c.Value(body); ok {
		return body, true
	}
	if id, ok := s.lexicon.values[field][lexical.Fold(body)]; ok {
		return id, true
	}
	return s.pageValue(c, body)
}

// pageValue returns the value of a facet of pages whose title is text.
func (s *Snapshot) pageValue(c *column.Column, text string) (string, bool) {
	k := c.Facet.Kind
	if k == nil {
		return "", false
	}
	best := -1
	for _, d := range s.titles.Of(text) {
		slot := int(s.Units[d].Page)
		if id, ok := strings.CutPrefix(s.lib.ID(slot), k.Folder+"/"); ok && (best < 0 || slot < best) {
			if _, ok := c.Value(id); ok {
				best = slot
			}
		}
	}
	if best < 0 {
		return "", false
	}
	return strings.TrimPrefix(s.lib.ID(best), k.Folder+"/"), true
}

// A lexicon knows facets and values by their folded labels.
type lexicon struct {
	names  map[string]string
	values map[string]map[string]string
}

func newLexicon(columns []*column.Column) lexicon {
	lex := lexicon{make(map[string]string), make(map[string]map[string]string)}
	name := func(key, field string) {
		if key = lexical.Fold(key); key != "" {
			if _, taken := lex.names[key]; !taken {
				lex.names[key] = field
			}
		}
	}
	for _, c := range columns {
		name(c.Facet.Name, c.Facet.Name)
	}
	for _, c := range columns {
		label := c.Facet.Label()
		for _, l := range label.Langs() {
			name(label.In(l), c.Facet.Name)
		}
		if c.Facet.ByYears() {
			name("year", c.Facet.Name)
			name("years", c.Facet.Name)
		}
		lex.values[c.Facet.Name] = valueNames(c)
	}
	return lex
}

// onlyOne maps the alternative labels that one term alone has to its id. What
// several have, such as the group that they belong to, means none of them.
func onlyOne(terms []*content.Term) map[string]string {
	of := make(map[string]string)
	for _, t := range terms {
		for _, alts := range t.Alt {
			for _, a := range alts {
				key := lexical.Fold(a)
				if id, taken := of[key]; taken && id != t.ID {
					of[key] = ""
				} else {
					of[key] = t.ID
				}
			}
		}
	}
	maps.DeleteFunc(of, func(_, id string) bool { return id == "" })
	return of
}

// valueNames maps the folded ids, labels and alternative labels of a facet's
// values to their ids. Ids win over labels, labels over alternatives.
func valueNames(c *column.Column) map[string]string {
	m := make(map[string]string)
	put := func(key, id string) {
		if key = lexical.Fold(key); key != "" {
			if _, taken := m[key]; !taken {
				m[key] = id
			}
		}
	}
	for _, id := range c.IDs {
		put(id, id)
	}
	v := c.Facet.Vocabulary
	for _, id := range c.Facet.Values() {
		if v != nil {
			put(id, id)
		}
		for _, name := range c.Facet.Names(id) {
			for _, l := range name.Langs() {
				put(name.In(l), id)
			}
		}
	}
	if v != nil {
		for name, id := range onlyOne(v.Terms) {
			put(name, id)
		}
	}
	return m
}
