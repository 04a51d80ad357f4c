package definitions

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"casebook/content"
	"casebook/content/source"
)

// builtin are the fields of every kind. A kind may list them to require them
// or to say how they are labelled.
var builtin = []*content.Field{
	{Name: "title", Type: content.TypeText, Required: true, Builtin: true},
	{Name: "summary", Type: content.TypeText, Builtin: true},
	{Name: "lang", Type: content.TypeText, Builtin: true},
	{Name: "status", Type: content.TypeText, Builtin: true},
	{Name: "reviewed", Type: content.TypeDate, Builtin: true},
	{Name: "translation", Type: content.TypeText, Builtin: true},
}

// Builtin returns the field of this name that every kind has, nil if there is
// none.
func Builtin(name string) *content.Field {
	for _, f := range builtin {
		if f.Name == name {
			return f
		}
	}
	return nil
}

var fieldTypes = []content.FieldType{content.TypeText, content.TypeMarkdown, content.TypeTerm, content.TypePage, content.TypeYears, content.TypeDate, content.TypeNumber, content.TypeURL, content.TypeSource, content.TypeBoolean, content.TypeAny}

// nameForm is what kinds, fields, vocabularies and sections may be called: they
// are parameters, path parts and anchors.
var nameForm = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}_-]*$`)

const nameFix = "use letters, digits, - and _"

// A schemaReader reads schema.yaml and then links it to the vocabularies.
type schemaReader struct {
	source.Decoder
	schema *content.Schema // once all kinds are read
	list   []*content.Kind // in the order of the file
	fields map[*content.Field]*Field
	kinds  map[*content.Kind]*yaml.Node // where each stands
	facets []named

	brokenFacets []string // those of fields with errors: not served, and not unknown either
}

func readSchema(r *source.Report, root *yaml.Node, lang string) *schemaReader {
	s := &schemaReader{
		Decoder: source.Decoder{Report: r, Lang: lang}, schema: content.NewSchema(nil),
		fields: map[*content.Field]*Field{}, kinds: map[*content.Kind]*yaml.Node{},
	}
	if root == nil {
		s.File(content.Error, "missing-field", "schema.yaml is empty", "name the kinds of page under kinds:")
		return s
	}
	given := s.Mapping(root, "schema.yaml",
		source.On("kinds", func(n *yaml.Node) { s.Pairs(n, "kinds", s.kind) }),
		source.On("facets", func(n *yaml.Node) {
			s.Items(n, func(n *yaml.Node) { s.facets = append(s.facets, named{s.Str(n), n}) })
		}),
	)
	if !given["kinds"] || len(s.list) == 0 && !s.Failed() {
		s.Node(root, content.Error, "missing-field", "schema.yaml names no kinds of page", "name them under kinds:")
	}
	s.checkKinds()
	s.checkFacets()
	return s
}

func (s *schemaReader) kind(id string, at, v *yaml.Node) {
	if !s.name(id, at) {
		return
	}
	k := &content.Kind{ID: id, Label: content.NewText(map[string]string{s.Lang: source.Humanise(id)}, s.Lang)}
	s.kinds[k] = at
	s.Mapping(v, "kind "+id,
		source.On("folder", func(n *yaml.Node) {
			folder := strings.Trim(s.Str(n), "/")
			parts := strings.Split(folder, "/")
			if !slices.ContainsFunc(parts, func(p string) bool { return !nameForm.MatchString(p) }) {
				k.Folder = folder
				return
			}
			s.Node(n, content.Error, "bad-name", "the folder "+source.Quote(folder)+" can't be part of an address", nameFix)
		}),
		source.On("label", func(n *yaml.Node) { k.Label = s.Text(n) }),
		source.On("plural", func(n *yaml.Node) { k.Plural = s.Text(n) }),
		source.On("parent", func(n *yaml.Node) { k.Parent = s.Str(n) }),
		source.On("fields", func(n *yaml.Node) {
			s.Pairs(n, "fields", func(name string, at, v *yaml.Node) { s.field(k, name, at, v) })
		}),
		source.On("sections", func(n *yaml.Node) { s.Items(n, func(n *yaml.Node) { s.section(k, n) }) }),
	)
	if k.Plural.IsZero() {
		k.Plural = k.Label
	}
	if k.Folder == "" {
		if !s.Failed() || source.Lookup(v, "folder") == nil {
			s.Node(at, content.Error, "missing-field", fmt.Sprintf("kind %s has no folder", id), "name it: folder: "+id)
		}
		return
	}
	s.list = append(s.list, k)
}

func (s *schemaReader) name(name string, at *yaml.Node) bool {
	if nameForm.MatchString(name) {
		return true
	}
	s.Node(at, content.Error, "bad-name", source.Quote(name)+" can't be part of an address", nameFix)
	return false
}

func (s *schemaReader) field(k *content.Kind, name string, at, v *yaml.Node) {
	if !s.name(name, at) {
		return
	}
	f := &content.Field{Name: name}
	b := Builtin(name)
	if b != nil {
		*f = *b
	}
	known := &Field{Field: f, at: at}
	s.fields[f] = known
	errors := s.Errors()
	defer func() { known.broken = s.Errors() > errors }()
	f.Label = content.NewText(map[string]string{s.Lang: source.Humanise(name)}, s.Lang)
	typed := s.Mapping(v, "field "+name,
		source.On("type", func(n *yaml.Node) {
			t := content.FieldType(s.Str(n))
			switch {
			case !slices.Contains(fieldTypes, t):
				names := make([]string, len(fieldTypes))
				for i, t := range fieldTypes {
					names[i] = string(t)
				}
				s.Node(n, content.Error, "unknown-type", "there is no field type "+source.Quote(string(t)), source.DidYouMean(string(t), names))
				f.Type = content.TypeAny
			case b != nil && t != b.Type:
				s.Node(n, content.Error, "unknown-type", fmt.Sprintf("every kind has a field %s of type %s", name, b.Type), "give the field another name")
			default:
				f.Type = t
			}
		}),
		source.On("vocabulary", func(n *yaml.Node) { f.Vocabulary = s.Str(n) }),
		source.On("kind", func(n *yaml.Node) { f.Kind = s.Str(n) }),
		source.On("many", func(n *yaml.Node) { f.Many = s.Bool(n) }),
		source.On("required", func(n *yaml.Node) { f.Required = s.Bool(n) || f.Name == "title" }),
		source.On("label", func(n *yaml.Node) { f.Label = s.Text(n) }),
		source.On("help", func(n *yaml.Node) { f.Help = s.Text(n) }),
		source.On("from", func(n *yaml.Node) { f.From = s.Str(n) }),
	)
	if f.Type == "" {
		if !typed["type"] {
			s.Node(at, content.Error, "missing-field", fmt.Sprintf("field %s has no type", name), "")
		}
		f.Type = content.TypeAny
	}
	if b != nil && f.Many {
		s.Node(at, content.Error, "wrong-type", fmt.Sprintf("field %s takes one value", name), "")
		f.Many = false
	}
	k.Fields = append(k.Fields, f)
}

func (s *schemaReader) section(k *content.Kind, n *yaml.Node) {
	d := &content.SectionDef{}
	if n.Kind == yaml.MappingNode {
		s.Mapping(n, "a section",
			source.On("id", func(n *yaml.Node) { d.ID = s.Str(n) }),
			source.On("label", func(n *yaml.Node) { d.Label = s.Text(n) }))
	} else {
		d.ID = s.Str(n)
	}
	switch {
	case d.ID == "":
		s.Node(n, content.Error, "missing-field", "a section without id", "")
		return
	case !s.name(d.ID, n):
		return
	case slices.ContainsFunc(k.Sections, func(o *content.SectionDef) bool { return o.ID == d.ID }):
		s.Node(n, content.Error, "duplicate-id", "there are two sections "+source.Quote(d.ID), "")
		return
	}
	if d.Label.IsZero() {
		d.Label = content.NewText(map[string]string{s.Lang: source.Humanise(d.ID)}, s.Lang)
	}
	k.Sections = append(k.Sections, d)
}
