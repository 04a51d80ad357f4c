package content

import "strings"

// FieldType says what the values of a field are.
type FieldType string

// The types that schema.yaml may name.
const (
	TypeText     FieldType = "text"
	TypeMarkdown FieldType = "markdown"
	TypeTerm     FieldType = "term"    // id of a term of Field.Vocabulary
	TypePage     FieldType = "page"    // id of a page of Field.Kind
	TypeYears    FieldType = "years"   // 2014, 2014-2019 or 2007-
	TypeDate     FieldType = "date"    // 2026-05-04
	TypeNumber   FieldType = "number"  //
	TypeURL      FieldType = "url"     // absolute, http or https
	TypeSource   FieldType = "source"  // a Source
	TypeBoolean  FieldType = "boolean" //
	TypeAny      FieldType = "any"     // kept and returned, never indexed
)

// A Schema says which kinds of page there are, which fields they have and
// which fields are facets. It comes from schema.yaml.
type Schema struct {
	Kinds  []*Kind  // in the order of the file
	Facets []string // field names, in the order in which readers see them; "kind" and "language" are allowed too

	kinds  map[string]*Kind // nil in a Schema that NewSchema did not make
	fields map[string]*Field
}

// NewSchema returns the schema of these kinds, which do not change any more,
// without facets. It makes the tables by which kinds and fields are found.
func NewSchema(kinds []*Kind) *Schema {
	s := &Schema{Kinds: kinds, kinds: map[string]*Kind{}, fields: map[string]*Field{}}
	for _, k := range s.Kinds {
		s.kinds[k.ID] = k
		k.byName = make(map[string]*Field, len(k.Fields))
		for _, f := range k.Fields {
			k.byName[f.Name] = f
			if _, ok := s.fields[f.Name]; !ok {
				s.fields[f.Name] = f
			}
		}
	}
	return s
}

// Kind returns the kind with this id.
func (s *Schema) Kind(id string) (*Kind, bool) {
	if s.kinds != nil {
		k, ok := s.kinds[id]
		return k, ok
	}
	for _, k := range s.Kinds {
		if k.ID == id {
			return k, true
		}
	}
	return nil, false
}

// Field returns the field of this name. A name means the same type and
// vocabulary in every kind that has it, which package definitions checks.
func (s *Schema) Field(name string) (*Field, bool) {
	if s.fields != nil {
		f, ok := s.fields[name]
		return f, ok
	}
	for _, k := range s.Kinds {
		if f, ok := k.Field(name); ok {
			return f, true
		}
	}
	return nil, false
}

// A Kind is a kind of page: case study, guide …
type Kind struct {
	ID       string // "case-study"
	Folder   string // "case-studies"; the first part of its pages' ids
	Label    Text   // "Case study"
	Plural   Text   // "Case studies"; Label where the schema has none
	Parent   string // name of the field (of type page, one value) that holds the page above; "" if none
	Fields   []*Field
	Sections []*SectionDef // the sections that its pages have, in order

	byName map[string]*Field // nil in a Kind that is not yet in a schema
}

// Field returns the field of this name.
func (k *Kind) Field(name string) (*Field, bool) {
	if k.byName != nil {
		f, ok := k.byName[name]
		return f, ok
	}
	for _, f := range k.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return nil, false
}

// reasonEnd makes of a field's name that of its reason: evidence_why.
const reasonEnd = "_why"

// Reason returns the field, a text, that says why a page has its values in
// the field of this name: evidence_why beside evidence. It is no fact of its
// own.
func (k *Kind) Reason(name string) (*Field, bool) {
	f, ok := k.Field(name + reasonEnd)
	return f, ok && f.Type == TypeText
}

// IsReason reports whether a field is the reason for the terms of another.
func (k *Kind) IsReason(f *Field) bool {
	base, ok := strings.CutSuffix(f.Name, reasonEnd)
	if !ok {
		return false
	}
	of, ok := k.Field(base)
	return ok && of.Type == TypeTerm
}

// A Field is one field of a kind's front matter.
type Field struct {
	Name       string // also the URL parameter
	Label      Text
	Help       Text // what an editor should know
	Type       FieldType
	Vocabulary string // for TypeTerm
	Kind       string // for TypePage
	Many       bool
	Required   bool
	From       string // for TypeTerm: where a page has none, the terms whose Countries hold a value of this field
	Builtin    bool   // one of those that every kind has, listed here to be required or labelled; its value is in Page
}

// A SectionDef is a section that pages of a kind have.
type SectionDef struct {
	ID    string // "lessons"
	Label Text   // "Lessons"; the heading that the page has in each language
}
