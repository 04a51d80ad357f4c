package content

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// builtin are the fields of every kind. A kind may list them to require them
// or to say how they are labelled.
var builtin = []*Field{
	{Name: "title", Type: TypeText, Required: true, Builtin: true},
	{Name: "summary", Type: TypeText, Builtin: true},
	{Name: "lang", Type: TypeText, Builtin: true},
	{Name: "status", Type: TypeText, Builtin: true},
	{Name: "reviewed", Type: TypeDate, Builtin: true},
	{Name: "translation", Type: TypeText, Builtin: true},
}

func builtinField(name string) *Field {
	for _, f := range builtin {
		if f.Name == name {
			return f
		}
	}
	return nil
}

var fieldTypes = []FieldType{TypeText, TypeMarkdown, TypeTerm, TypePage, TypeYears, TypeDate, TypeNumber, TypeURL, TypeSource, TypeBoolean, TypeAny}

// name is what kinds, fields, vocabularies and sections may be called: they
// are parameters, path parts and anchors.
var nameForm = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}_-]*$`)

const nameFix = "use letters, digits, - and _"

// A schemaReader reads schema.yaml and then links it to the vocabularies.
type schemaReader struct {
	decoder
	schema *Schema
	fields map[*Field]*yaml.Node // where each stands
	kinds  map[*Kind]*yaml.Node
	facets []named

	brokenFacets []string // those of fields with errors: not served, and not unknown either
}

func readSchema(r *report, root *yaml.Node, lang string) *schemaReader {
	s := &schemaReader{
		decoder: decoder{report: r, lang: lang}, schema: &Schema{},
		fields: map[*Field]*yaml.Node{}, kinds: map[*Kind]*yaml.Node{},
	}
	if root == nil {
		s.file(Error, "missing-field", "schema.yaml is empty", "name the kinds of page under kinds:")
		return s
	}
	seen := s.mapping(root, "schema.yaml",
		key{"kinds", func(n *yaml.Node) { s.pairs(n, "kinds", s.kind) }},
		key{"facets", func(n *yaml.Node) {
			s.items(n, func(n *yaml.Node) { s.facets = append(s.facets, named{s.str(n), n}) })
		}},
	)
	if !seen["kinds"] {
		s.node(root, Error, "missing-field", "schema.yaml names no kinds of page", "name them under kinds:")
	}
	s.checkKinds()
	s.checkFacets()
	return s
}

func (s *schemaReader) kind(id string, at, v *yaml.Node) {
	if !s.name(id, at) {
		return
	}
	k := &Kind{ID: id, Label: NewText(map[string]string{s.lang: humanise(id)}, s.lang)}
	s.kinds[k] = at
	s.mapping(v, "kind "+id,
		key{"folder", func(n *yaml.Node) {
			folder := strings.Trim(s.str(n), "/")
			parts := strings.Split(folder, "/")
			if !slices.ContainsFunc(parts, func(p string) bool { return !nameForm.MatchString(p) }) {
				k.Folder = folder
				return
			}
			s.node(n, Error, "bad-name", "the folder "+quote(folder)+" can't be part of an address", nameFix)
		}},
		key{"label", func(n *yaml.Node) { k.Label = s.text(n) }},
		key{"plural", func(n *yaml.Node) { k.Plural = s.text(n) }},
		key{"parent", func(n *yaml.Node) { k.Parent = s.str(n) }},
		key{"fields", func(n *yaml.Node) {
			s.pairs(n, "fields", func(name string, at, v *yaml.Node) { s.field(k, name, at, v) })
		}},
		key{"sections", func(n *yaml.Node) { s.items(n, func(n *yaml.Node) { s.section(k, n) }) }},
	)
	if k.Plural.IsZero() {
		k.Plural = k.Label
	}
	if k.Folder == "" {
		if !s.failed() || lookup(v, "folder") == nil {
			s.node(at, Error, "missing-field", fmt.Sprintf("kind %s has no folder", id), "name it: folder: "+id)
		}
		return
	}
	k.index()
	s.schema.Kinds = append(s.schema.Kinds, k)
}

func (s *schemaReader) name(name string, at *yaml.Node) bool {
	if nameForm.MatchString(name) {
		return true
	}
	s.node(at, Error, "bad-name", quote(name)+" can't be part of an address", nameFix)
	return false
}

func (s *schemaReader) field(k *Kind, name string, at, v *yaml.Node) {
	if !s.name(name, at) {
		return
	}
	f := &Field{Name: name}
	b := builtinField(name)
	if b != nil {
		*f = *b
	}
	s.fields[f] = at
	errors := s.list.Errors()
	defer func() { f.broken = s.list.Errors() > errors }()
	f.Label = NewText(map[string]string{s.lang: humanise(name)}, s.lang)
	typed := s.mapping(v, "field "+name,
		key{"type", func(n *yaml.Node) {
			t := FieldType(s.str(n))
			switch {
			case !slices.Contains(fieldTypes, t):
				names := make([]string, len(fieldTypes))
				for i, t := range fieldTypes {
					names[i] = string(t)
				}
				s.node(n, Error, "unknown-type", "there is no field type "+quote(string(t)), didYouMean(string(t), names))
				f.Type = TypeAny
			case b != nil && t != b.Type:
				s.node(n, Error, "unknown-type", fmt.Sprintf("every kind has a field %s of type %s", name, b.Type), "give the field another name")
			default:
				f.Type = t
			}
		}},
		key{"vocabulary", func(n *yaml.Node) { f.Vocabulary = s.str(n) }},
		key{"kind", func(n *yaml.Node) { f.Kind = s.str(n) }},
		key{"many", func(n *yaml.Node) { f.Many = s.boolean(n) }},
		key{"required", func(n *yaml.Node) { f.Required = s.boolean(n) || f.Name == "title" }},
		key{"label", func(n *yaml.Node) { f.Label = s.text(n) }},
		key{"help", func(n *yaml.Node) { f.Help = s.text(n) }},
		key{"from", func(n *yaml.Node) { f.From = s.str(n) }},
	)
	if f.Type == "" {
		if !typed["type"] {
			s.node(at, Error, "missing-field", fmt.Sprintf("field %s has no type", name), "")
		}
		f.Type = TypeAny
	}
	if b != nil && f.Many {
		s.node(at, Error, "wrong-type", fmt.Sprintf("field %s takes one value", name), "")
		f.Many = false
	}
	k.Fields = append(k.Fields, f)
}

func (s *schemaReader) section(k *Kind, n *yaml.Node) {
	d := &SectionDef{}
	if n.Kind == yaml.MappingNode {
		s.mapping(n, "a section",
			key{"id", func(n *yaml.Node) { d.ID = s.str(n) }},
			key{"label", func(n *yaml.Node) { d.Label = s.text(n) }})
	} else {
		d.ID = s.str(n)
	}
	switch {
	case d.ID == "":
		s.node(n, Error, "missing-field", "a section without id", "")
		return
	case !s.name(d.ID, n):
		return
	case slices.ContainsFunc(k.Sections, func(o *SectionDef) bool { return o.ID == d.ID }):
		s.node(n, Error, "duplicate-id", "there are two sections "+quote(d.ID), "")
		return
	}
	if d.Label.IsZero() {
		d.Label = NewText(map[string]string{s.lang: humanise(d.ID)}, s.lang)
	}
	k.Sections = append(k.Sections, d)
}

// checkKinds checks what one kind says of another.
func (s *schemaReader) checkKinds() {
	var ids []string
	folders := map[string]*Kind{}
	s.schema.Kinds = slices.DeleteFunc(s.schema.Kinds, func(k *Kind) bool {
		key := strings.ToLower(k.Folder)
		o, ok := folders[key]
		if ok {
			s.node(s.kinds[k], Error, "duplicate-id", fmt.Sprintf("kinds %s and %s have the same folder %s", o.ID, k.ID, k.Folder), "")
			return true
		}
		folders[key] = k
		ids = append(ids, k.ID)
		return false
	})
	s.schema.index()
	first := map[string]*Field{}
	for _, k := range s.schema.Kinds {
		for _, f := range k.Fields {
			at := s.fields[f]
			if o, ok := first[f.Name]; ok && !o.broken && !f.broken && (o.Type != f.Type || o.Vocabulary != f.Vocabulary) {
				s.node(at, Error, "field-differs", fmt.Sprintf("field %s is %s here and %s in another kind", f.Name, typeOf(f), typeOf(o)),
					"one name means one thing; give one of them another name")
			} else if !ok {
				first[f.Name] = f
			}
			switch {
			case f.broken:
			case f.Type == TypePage && f.Kind == "":
				s.node(at, Error, "missing-field", fmt.Sprintf("field %s does not say of which kind its pages are", f.Name), "add kind: "+strings.Join(ids, " or "))
				f.broken, f.Type = true, TypeAny
			case f.Type == TypePage && !contains(ids, f.Kind):
				s.node(at, Error, "unknown-name", "there is no kind "+quote(f.Kind), didYouMean(f.Kind, ids))
				f.broken, f.Type = true, TypeAny
			case f.Type == TypeTerm && f.Vocabulary == "":
				s.node(at, Error, "missing-field", fmt.Sprintf("field %s does not say which vocabulary its terms are of", f.Name), "add vocabulary: "+f.Name)
				f.broken, f.Type = true, TypeAny
			}
		}
	}
	for _, k := range s.schema.Kinds {
		s.checkParent(k)
		for _, f := range k.Fields {
			s.checkFrom(k, f)
		}
	}
}

func typeOf(f *Field) string {
	if f.Type == TypeTerm {
		return "a term of " + f.Vocabulary
	}
	return "of type " + string(f.Type)
}

func (s *schemaReader) checkParent(k *Kind) {
	if k.Parent == "" {
		return
	}
	f, ok := k.Field(k.Parent)
	switch {
	case !ok:
		var names []string
		for _, f := range k.Fields {
			if f.Type == TypePage {
				names = append(names, f.Name)
			}
		}
		s.node(s.kinds[k], Error, "unknown-name", fmt.Sprintf("kind %s has no field %s to be its parent", k.ID, quote(k.Parent)), didYouMean(k.Parent, names))
	case f.broken:
	case f.Type != TypePage || f.Many:
		s.node(s.fields[f], Error, "wrong-type", fmt.Sprintf("field %s is the parent, so it takes one page", f.Name), "")
	default:
		return
	}
	k.Parent = ""
}

func (s *schemaReader) checkFrom(k *Kind, f *Field) {
	if f.From == "" {
		return
	}
	if f.broken {
		f.From = ""
		return
	}
	from, ok := k.Field(f.From)
	switch {
	case !ok:
		var names []string
		for _, f := range k.Fields {
			names = append(names, f.Name)
		}
		s.node(s.fields[f], Error, "unknown-name", fmt.Sprintf("kind %s has no field %s to infer %s from", k.ID, quote(f.From), f.Name), didYouMean(f.From, names))
	case from.broken:
	case f.Type != TypeTerm || from.Type != TypeTerm || from == f:
		s.node(s.fields[f], Error, "wrong-type", fmt.Sprintf("field %s can't be inferred from %s", f.Name, f.From), "both must be terms")
	default:
		return
	}
	f.From = ""
}

func (s *schemaReader) checkFacets() {
	valid := []string{}
	for _, k := range s.schema.Kinds {
		for _, f := range k.Fields {
			if !contains(valid, f.Name) {
				valid = append(valid, f.Name)
			}
		}
	}
	valid = append(valid, "kind", "language")
	for _, n := range s.facets {
		f, isField := s.schema.Field(n.name)
		switch {
		case !contains(valid, n.name):
			s.node(n.node, Error, "unknown-name", "no kind has a field "+quote(n.name), didYouMean(n.name, valid))
		case contains(s.schema.Facets, n.name):
			s.node(n.node, Warning, "duplicate-value", quote(n.name)+" stands here twice", "")
		case isField && f.broken:
			s.brokenFacets = append(s.brokenFacets, n.name)
		case isField && (f.Type == TypeAny || f.Type == TypeMarkdown || f.Type == TypeSource):
			s.node(n.node, Error, "wrong-type", fmt.Sprintf("field %s of type %s can't be a facet", f.Name, f.Type), "")
		default:
			s.schema.Facets = append(s.schema.Facets, n.name)
		}
	}
}

// link connects the fields with their vocabularies and kinds, and checks what
// needs them.
func (s *schemaReader) link(vocabularies map[string]*Vocabulary) {
	names := sortedKeys(vocabularies)
	for _, k := range s.schema.Kinds {
		for _, f := range k.Fields {
			switch f.Type {
			case TypePage:
				f.kind, _ = s.schema.Kind(f.Kind)
			case TypeTerm:
				v, ok := vocabularies[f.Vocabulary]
				if !ok {
					s.node(s.fields[f], Error, "unknown-vocabulary", fmt.Sprintf("there is no vocabularies/%s.yaml", f.Vocabulary), didYouMean(f.Vocabulary, names))
					v = &Vocabulary{Name: f.Vocabulary, Label: f.Label, missing: true, byID: map[string]*Term{}}
					vocabularies[f.Vocabulary] = v
				}
				f.vocabulary = v
			}
		}
	}
	for _, k := range s.schema.Kinds {
		for _, f := range k.Fields {
			if f.From != "" {
				f.from, _ = k.Field(f.From)
				f.holding = map[string][]*Term{}
				for _, t := range f.vocabulary.Terms {
					for _, c := range t.Countries {
						f.holding[c] = append(f.holding[c], t)
					}
				}
			}
		}
	}
}
