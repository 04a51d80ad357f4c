package content

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"
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

// Label returns what the schema calls the facet. It is zero for kinds and
// languages, of which no file says it.
func (f Facet) Label() Text {
	if f.Field == nil {
		return Text{}
	}
	return f.Field.Label
}

// ValueLabel returns what the content calls a value: the label of a kind or a
// term. Other values have none there.
func (f Facet) ValueLabel(id string) (Text, bool) {
	names := f.Names(id)
	if len(names) == 0 {
		return Text{}, false
	}
	return names[0], true
}

// Names returns the texts that the content calls a value by, the label first:
// label and plural of a kind, the label of a term. Alternative labels are not
// among them: several terms may share one.
func (f Facet) Names(id string) []Text {
	switch {
	case f.Type == FacetOfKinds:
		if k, ok := f.lib.Schema.Kind(id); ok {
			return []Text{k.Label, k.Plural}
		}
	case f.Vocabulary != nil:
		if t, ok := f.Vocabulary.Term(id); ok {
			return []Text{t.Label}
		}
	}
	return nil
}

// Values returns the ids that there can be, whether or not a page has them:
// kinds and terms as the files have them, languages by code. It is nil where
// no list says what there can be.
func (f Facet) Values() []string {
	switch {
	case f.Type == FacetOfKinds:
		ids := make([]string, len(f.lib.Schema.Kinds))
		for i, k := range f.lib.Schema.Kinds {
			ids[i] = k.ID
		}
		return ids
	case f.Type == FacetOfLanguages:
		return f.lib.Table().Languages()
	case f.Vocabulary != nil:
		return f.Vocabulary.IDs()
	}
	return nil
}

// Value returns the id that text is. It is false where text is none, which
// for years is all but a number from 1 to 9999; in an open list every text is
// one.
func (f Facet) Value(text string) (id string, ok bool) {
	switch f.Type {
	case FacetOfKinds:
		_, ok = f.lib.Schema.Kind(text)
	case FacetOfLanguages:
		ok = slices.Contains(f.lib.Table().Languages(), text)
	case FacetOfTerms:
		if f.Vocabulary != nil {
			_, ok = f.Vocabulary.Term(text)
		}
	case FacetOfPages:
		if f.Kind != nil {
			_, ok = f.lib.Place(f.Kind.Folder + "/" + text)
		}
	case FacetOfYears:
		if y, err := strconv.Atoi(text); err == nil && y > 0 && y <= 9999 {
			return strconv.Itoa(y), true
		}
	case FacetOfNumbers, FacetOfBooleans, FacetOfTexts:
		ok = true
	}
	if !ok {
		return "", false
	}
	return text, true
}

// PagePlace returns the place of the page behind a value of a facet of pages:
// one of the facet's kind, or of one of the kinds above it, whose pages follow
// from those.
func (f Facet) PagePlace(value string) (place int, ok bool) {
	for k, n := f.Kind, 0; k != nil && n < maxKinds; n++ {
		if place, ok := f.lib.Place(k.Folder + "/" + value); ok {
			return place, true
		}
		parent, ok := k.Field(k.Parent)
		if !ok {
			break
		}
		k, _ = f.lib.Schema.Kind(parent.Kind)
	}
	return 0, false
}

// PageID is PagePlace for the page's id.
func (f Facet) PageID(value string) (string, bool) {
	place, ok := f.PagePlace(value)
	if !ok {
		return "", false
	}
	return f.lib.ID(place), true
}

// maxKinds bounds the kinds that are above each other.
const maxKinds = 8

// Above returns the values directly above one: the broader terms, in the
// order of the file, or the page above.
func (f Facet) Above(value string) []string {
	if f.Vocabulary != nil {
		if t, ok := f.Vocabulary.Term(value); ok {
			return t.Broader
		}
		return nil
	}
	place, ok := f.PagePlace(value)
	if !ok {
		return nil
	}
	table := f.lib.Table()
	above, ok := table.Parent(place)
	if !ok {
		return nil
	}
	up := strings.TrimPrefix(f.lib.ID(above), table.Kind(above).Folder+"/")
	if back, ok := f.PagePlace(up); !ok || back != above { // that value is another page
		return nil
	}
	return []string{up}
}

// Order returns how the values of the facet stand: kinds as the schema has
// them, languages as the site, terms as their file, years and numbers by
// size; then the others by id. It is a total order, made when asked for.
func (f Facet) Order() func(a, b string) int {
	if f.Type == FacetOfYears || f.Type == FacetOfNumbers {
		return func(a, b string) int {
			x, _ := strconv.ParseFloat(a, 64)
			y, _ := strconv.ParseFloat(b, 64)
			return cmp.Or(cmp.Compare(x, y), cmp.Compare(a, b))
		}
	}
	var list []string
	if f.Type == FacetOfLanguages {
		list = f.lib.Site.Languages
	} else {
		list = f.Values()
	}
	rank := make(map[string]int, len(list))
	for i, id := range list {
		rank[id] = i + 1
	}
	return func(a, b string) int {
		ra, rb := rank[a], rank[b]
		if (ra == 0) != (rb == 0) { // what no list has comes last
			return cmp.Compare(rb, ra)
		}
		return cmp.Or(cmp.Compare(ra, rb), cmp.Compare(a, b))
	}
}
