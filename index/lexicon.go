package index

import (
	"maps"
	"strings"

	"casebook/content"
	"casebook/content/lexical"
	"casebook/search"
)

var _ search.Fields = (*Snapshot)(nil)

// FieldName returns the facet that a person means by name.
func (s *Snapshot) FieldName(name string) string { return s.lexicon.names[lexical.Fold(name)] }

// FieldType returns how the values of a facet are written: "years", "term",
// or "" if there is no such facet.
func (s *Snapshot) FieldType(name string) string {
	i, ok := s.colOf[name]
	switch {
	case !ok:
		return ""
	case s.cols[i].years:
		return "years"
	}
	return "term"
}

// Value returns the id of the value of a facet that a person means by text.
func (s *Snapshot) Value(field, body string) (string, bool) {
	i, ok := s.colOf[field]
	if !ok {
		return "", false
	}
	if _, ok := s.cols[i].ords[body]; ok {
		return body, true
	}
	if id, ok := s.lexicon.values[field][lexical.Fold(body)]; ok {
		return id, true
	}
	return s.pageValue(&s.cols[i], body)
}

// pageValue returns the value of a facet of pages whose title is text.
func (s *Snapshot) pageValue(c *column, text string) (string, bool) {
	f, ok := s.lib.Schema.Field(c.field)
	if !ok || f.Type != content.TypePage {
		return "", false
	}
	k, ok := s.lib.Schema.Kind(f.Kind)
	if !ok {
		return "", false
	}
	best := -1
	for _, d := range s.titles.Of(text) {
		slot := int(s.Units[d].Page)
		if id, ok := strings.CutPrefix(s.lib.ID(slot), k.Folder+"/"); ok && (best < 0 || slot < best) {
			if _, ok := c.ords[id]; ok {
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

func newLexicon(lib *content.Library, cols []column) lexicon {
	lex := lexicon{make(map[string]string), make(map[string]map[string]string)}
	name := func(key, field string) {
		if key = lexical.Fold(key); key != "" {
			if _, taken := lex.names[key]; !taken {
				lex.names[key] = field
			}
		}
	}
	for _, c := range cols {
		name(c.field, c.field)
	}
	for _, c := range cols {
		if f, ok := lib.Schema.Field(c.field); ok {
			for _, l := range f.Label.Langs() {
				name(f.Label.In(l), c.field)
			}
		}
		if c.years {
			name("year", c.field)
			name("years", c.field)
		}
		lex.values[c.field] = valueNames(lib, c)
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
func valueNames(lib *content.Library, c column) map[string]string {
	m := make(map[string]string)
	put := func(key, id string) {
		if key = lexical.Fold(key); key != "" {
			if _, taken := m[key]; !taken {
				m[key] = id
			}
		}
	}
	for _, id := range c.dict {
		put(id, id)
	}
	text := func(t content.Text, id string) {
		for _, l := range t.Langs() {
			put(t.In(l), id)
		}
	}
	f, _ := lib.Schema.Field(c.field)
	switch {
	case c.field == kindFacet:
		for _, k := range lib.Schema.Kinds {
			text(k.Label, k.ID)
			text(k.Plural, k.ID)
		}
	case f == nil:
	case f.Type == content.TypeTerm:
		v, ok := lib.Vocabulary(f.Vocabulary)
		if !ok {
			break
		}
		for _, t := range v.Terms {
			put(t.ID, t.ID)
			text(t.Label, t.ID)
		}
		for name, id := range onlyOne(v.Terms) {
			put(name, id)
		}
	}
	return m
}
