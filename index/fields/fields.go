// Package fields knows which field:value a person means: facets by their names and
// labels, values by their ids, labels and other names, pages by their titles.
package fields

import (
	"maps"
	"strings"

	"casebook/content"
	"casebook/content/lexical"
	"casebook/index/column"
	"casebook/index/docs"
	"casebook/search"
)

var _ search.Fields = (*Fields)(nil)

// Fields are the facets of a library by all names that they and their values have.
type Fields struct {
	lib    *content.Library
	docs   *docs.Map
	facets *column.Facets
	titles docs.Names
	names  map[string]string            // folded name or label -> facet
	values map[string]map[string]string // facet -> folded name or label -> id
}

// FieldName returns the facet that a person means by name.
func (s *Fields) FieldName(name string) string { return s.names[lexical.Fold(name)] }

// FieldType returns how the values of a facet are written: "years", "term",
// or "" if there is no such facet.
func (s *Fields) FieldType(name string) string {
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
func (s *Fields) Value(field, body string) (string, bool) {
	c, ok := s.facets.Column(field)
	if !ok {
		return "", false
	}
	if _, ok := c.Value(body); ok {
		return body, true
	}
	if id, ok := s.values[field][lexical.Fold(body)]; ok {
		return id, true
	}
	return s.pageValue(c, body)
}

// pageValue returns the value of a facet of pages whose title is text.
func (s *Fields) pageValue(c *column.Column, text string) (string, bool) {
	k := c.Facet.Kind
	if k == nil {
		return "", false
	}
	best := -1
	for _, d := range s.titles.Of(text) {
		slot := int(s.docs.Units[d].Page)
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

// New returns the Fields of a library: its facets, and the titles of its pages.
func New(lib *content.Library, m *docs.Map, facets *column.Facets, titles docs.Names) *Fields {
	s := &Fields{lib, m, facets, titles, make(map[string]string), make(map[string]map[string]string)}
	name := func(key, field string) {
		if key = lexical.Fold(key); key != "" {
			if _, taken := s.names[key]; !taken {
				s.names[key] = field
			}
		}
	}
	for _, c := range facets.Columns {
		name(c.Facet.Name, c.Facet.Name)
	}
	for _, c := range facets.Columns {
		label := c.Facet.Label()
		for _, l := range label.Langs() {
			name(label.In(l), c.Facet.Name)
		}
		if c.Facet.ByYears() {
			name("year", c.Facet.Name)
			name("years", c.Facet.Name)
		}
		s.values[c.Facet.Name] = valueNames(c)
	}
	return s
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
	if v != nil {
		for _, t := range v.Terms {
			put(t.ID, t.ID)
		}
	}
	for _, id := range c.Facet.Values() {
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
