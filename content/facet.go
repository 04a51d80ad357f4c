package content

import (
	"iter"
	"slices"
	"strconv"
)

// The facets that are no fields of a kind: every page has them.
const (
	KindFacet     = "kind"
	LanguageFacet = "language"
)

// A FacetType says what the values of a facet are, and with it what their ids
// look like.
type FacetType int

// The types of facets. Several types of fields make one of them.
const (
	FacetOfNothing   FacetType = iota // a field whose values are kept and shown but never counted: Markdown, sources, any
	FacetOfKinds                      // KindFacet; ids of kinds
	FacetOfLanguages                  // LanguageFacet; language codes, of the original and its translations
	FacetOfTerms                      // ids of the terms of Facet.Vocabulary
	FacetOfPages                      // ids of pages without the folder of their kind; Facet.Kind
	FacetOfYears                      // years and dates: a year in digits
	FacetOfNumbers                    // a number as the file has it
	FacetOfBooleans                   // "true", "false"
	FacetOfTexts                      // texts and URLs: the text itself
)

// A Facet is one way in which pages are counted and chosen: a field, the kind
// or the languages of a page. It is what stands between a field's type and
// those who only want to know its ids, labels and order, so that no one else
// takes the types apart:
//
//	the name, and whether a schema counts by it   Name, Schema.IsFacet
//	the ids of a page, those that follow too      AppendIDs
//	the values that a reader is shown             Shown
//	what a page says in a field in words          Words
//	the name in a language                        Label; zero for kinds and languages, which the program names
//	the name of a value in a language             ValueLabel; where it has none the server's messages have one by
//	                                              Type (a language, true, digits), or PageID has the page whose title it is
//	all names that a person may type for a value  Names
//	the values that there can be                  Values
//	what a parameter of a URL means               Value
//	how values stand                              Order
//	broader terms, the page above                 Above
//	years with from and to, or values             ByYears
//	of terms?                                     Vocabulary != nil
//	of pages?                                     Kind != nil
//	orders of an answer                           Schema.Sortable
//
// A switch over Field.Type itself is left where each type is presented in its
// own way: in the panel of facts and in the value of the API.
//
// A Facet is a small value, made on the way from a Library, and good as long
// as that is.
type Facet struct {
	Name       string // also the URL parameter
	Type       FacetType
	Field      *Field      // nil for kinds and languages
	Vocabulary *Vocabulary // of FacetOfTerms, else nil
	Kind       *Kind       // of FacetOfPages: the kind of the pages that are referred to, else nil

	lib *Library
}

// Facets returns the facets that the schema names, in the order in which
// readers see them.
func (l *Library) Facets() []Facet {
	facets := make([]Facet, 0, len(l.Schema.Facets))
	for _, name := range l.Schema.Facets {
		if f, ok := l.Facet(name); ok {
			facets = append(facets, f)
		}
	}
	return facets
}

// Facet returns the facet of this name: KindFacet, LanguageFacet or a field,
// whether or not the schema counts by it (see Schema.IsFacet).
func (l *Library) Facet(name string) (Facet, bool) {
	switch name {
	case KindFacet:
		return Facet{Name: name, Type: FacetOfKinds, lib: l}, true
	case LanguageFacet:
		return Facet{Name: name, Type: FacetOfLanguages, lib: l}, true
	}
	f, ok := l.Schema.Field(name)
	if !ok {
		return Facet{}, false
	}
	return l.FacetOf(f), true
}

// FacetOf returns a field of a kind as a facet. By its name alone the facet
// is that of the first kind that has such a field, which may refer to pages
// of another kind.
func (l *Library) FacetOf(f *Field) Facet {
	facet := Facet{Name: f.Name, Field: f, lib: l}
	switch f.Type {
	case TypeTerm:
		facet.Type, facet.Vocabulary = FacetOfTerms, l.Vocabularies[f.Vocabulary]
	case TypePage:
		facet.Type = FacetOfPages
		facet.Kind, _ = l.Schema.Kind(f.Kind)
	case TypeYears, TypeDate:
		facet.Type = FacetOfYears
	case TypeNumber:
		facet.Type = FacetOfNumbers
	case TypeBoolean:
		facet.Type = FacetOfBooleans
	case TypeText, TypeURL:
		facet.Type = FacetOfTexts
	}
	return facet
}

// IsFacet reports whether pages are counted by what has this name.
func (s *Schema) IsFacet(name string) bool { return slices.Contains(s.Facets, name) }

// Sortable returns the fields by which pages can be put in order besides
// title and review, each name once, in the order of the schema: years and
// dates (ByYears), the newest first, and numbers, the largest first.
func (s *Schema) Sortable() []*Field {
	var fields []*Field
	for _, k := range s.Kinds {
		for _, f := range k.Fields {
			if (f.ByYears() || f.Type == TypeNumber) && !f.Builtin &&
				!slices.ContainsFunc(fields, func(o *Field) bool { return o.Name == f.Name }) {
				fields = append(fields, f)
			}
		}
	}
	return fields
}

// ByYears reports whether the values are years or spans of them, counted by
// year and chosen by the first and the last.
func (f *Field) ByYears() bool { return f.Type == TypeYears || f.Type == TypeDate }

// ByYears is that of the facet's field.
func (f Facet) ByYears() bool { return f.Type == FacetOfYears }

// AppendIDs appends the ids of a page in this facet, given ones and those
// that follow from them, in any order and perhaps twice. All languages of a
// page have the same.
func (f Facet) AppendIDs(ids []string, p *Page) []string {
	switch f.Type {
	case FacetOfKinds:
		return append(ids, p.Kind.ID)
	case FacetOfLanguages:
		return append(ids, p.Langs()...)
	case FacetOfYears:
		for _, v := range p.Values(f.Name) {
			from, to := v.Years.From, min(v.Years.To, MaxYear)
			for y := max(from, MinYear, to-MaxSpan); y <= to; y++ {
				ids = append(ids, strconv.Itoa(y))
			}
		}
		return ids
	case FacetOfNothing:
		return ids
	}
	for _, v := range p.Values(f.Name) {
		if v.ID != "" {
			ids = append(ids, v.ID)
		}
	}
	return ids
}

// Shown returns the values of a page that a reader should see: those that its
// file gives or, where all follow from another field, the narrowest of them.
func (f Facet) Shown(p *Page) []Value {
	all := p.Values(f.Name)
	var given []Value
	for _, v := range all {
		if v.Given {
			given = append(given, v)
		}
	}
	if len(given) > 0 || f.Vocabulary == nil {
		return given
	}
	broader := make(map[string]bool)
	for _, v := range all {
		if t, ok := f.Vocabulary.Term(v.ID); ok {
			for _, a := range t.Ancestors {
				broader[a] = true
			}
		}
	}
	var narrow []Value
	for _, v := range all {
		if !broader[v.ID] {
			narrow = append(narrow, v)
		}
	}
	return narrow
}

// Words yields what a page says in this facet in words of its own language:
// the labels of its terms, texts and, in the original, the reasons for its
// references, which nobody translates.
func (f Facet) Words(p *Page) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, v := range p.Values(f.Name) {
			word := ""
			switch {
			case f.Vocabulary != nil:
				if t, ok := f.Vocabulary.Term(v.ID); ok {
					word = t.Label.In(p.Lang)
				}
			case f.Type == FacetOfPages && p.Of == nil:
				word = v.Why
			case f.Field != nil && f.Field.Type == TypeText:
				word = v.ID
			}
			if word != "" && !yield(word) {
				return
			}
		}
	}
}
