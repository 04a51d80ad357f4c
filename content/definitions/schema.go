package definitions

import (
	"fmt"
	"maps"
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

// checkKinds checks what one kind says of another.
func (s *schemaReader) checkKinds() {
	var ids []string
	folders := map[string]*content.Kind{}
	s.list = slices.DeleteFunc(s.list, func(k *content.Kind) bool {
		key := strings.ToLower(k.Folder)
		o, ok := folders[key]
		if ok {
			s.Node(s.kinds[k], content.Error, "duplicate-id", fmt.Sprintf("kinds %s and %s have the same folder %s", o.ID, k.ID, k.Folder), "")
			return true
		}
		folders[key] = k
		ids = append(ids, k.ID)
		return false
	})
	s.schema = content.NewSchema(s.list)
	first := map[string]*content.Field{}
	for _, k := range s.schema.Kinds {
		for _, f := range k.Fields {
			known := s.fields[f]
			at := known.at
			if o, ok := first[f.Name]; ok && !s.fields[o].broken && !known.broken && (o.Type != f.Type || o.Vocabulary != f.Vocabulary) {
				s.Node(at, content.Error, "field-differs", fmt.Sprintf("field %s is %s here and %s in another kind", f.Name, typeOf(f), typeOf(o)),
					"one name means one thing; give one of them another name")
			} else if !ok {
				first[f.Name] = f
			}
			switch {
			case known.broken:
			case f.Type == content.TypePage && f.Kind == "":
				s.Node(at, content.Error, "missing-field", fmt.Sprintf("field %s does not say of which kind its pages are", f.Name), "add kind: "+strings.Join(ids, " or "))
				known.broken, f.Type = true, content.TypeAny
			case f.Type == content.TypePage && !slices.Contains(ids, f.Kind):
				s.Node(at, content.Error, "unknown-name", "there is no kind "+source.Quote(f.Kind), source.DidYouMean(f.Kind, ids))
				known.broken, f.Type = true, content.TypeAny
			case f.Type == content.TypeTerm && f.Vocabulary == "":
				s.Node(at, content.Error, "missing-field", fmt.Sprintf("field %s does not say which vocabulary its terms are of", f.Name), "add vocabulary: "+f.Name)
				known.broken, f.Type = true, content.TypeAny
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

func typeOf(f *content.Field) string {
	if f.Type == content.TypeTerm {
		return "a term of " + f.Vocabulary
	}
	return "of type " + string(f.Type)
}

func (s *schemaReader) checkParent(k *content.Kind) {
	if k.Parent == "" {
		return
	}
	f, ok := k.Field(k.Parent)
	switch {
	case !ok:
		var names []string
		for _, f := range k.Fields {
			if f.Type == content.TypePage {
				names = append(names, f.Name)
			}
		}
		s.Node(s.kinds[k], content.Error, "unknown-name", fmt.Sprintf("kind %s has no field %s to be its parent", k.ID, source.Quote(k.Parent)), source.DidYouMean(k.Parent, names))
	case s.fields[f].broken:
	case f.Type != content.TypePage || f.Many:
		s.Node(s.fields[f].at, content.Error, "wrong-type", fmt.Sprintf("field %s is the parent, so it takes one page", f.Name), "")
	default:
		return
	}
	k.Parent = ""
}

func (s *schemaReader) checkFrom(k *content.Kind, f *content.Field) {
	if f.From == "" {
		return
	}
	if s.fields[f].broken {
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
		s.Node(s.fields[f].at, content.Error, "unknown-name", fmt.Sprintf("kind %s has no field %s to infer %s from", k.ID, source.Quote(f.From), f.Name), source.DidYouMean(f.From, names))
	case s.fields[from].broken:
	case f.Type != content.TypeTerm || from.Type != content.TypeTerm || from == f:
		s.Node(s.fields[f].at, content.Error, "wrong-type", fmt.Sprintf("field %s can't be inferred from %s", f.Name, f.From), "both must be terms")
	default:
		return
	}
	f.From = ""
}

func (s *schemaReader) checkFacets() {
	valid := []string{}
	for _, k := range s.schema.Kinds {
		for _, f := range k.Fields {
			if !slices.Contains(valid, f.Name) {
				valid = append(valid, f.Name)
			}
		}
	}
	valid = append(valid, "kind", "language")
	for _, n := range s.facets {
		f, isField := s.schema.Field(n.name)
		switch {
		case !slices.Contains(valid, n.name):
			s.Node(n.node, content.Error, "unknown-name", "no kind has a field "+source.Quote(n.name), source.DidYouMean(n.name, valid))
		case slices.Contains(s.schema.Facets, n.name):
			s.Node(n.node, content.Warning, "duplicate-value", source.Quote(n.name)+" stands here twice", "")
		case isField && s.fields[f].broken:
			s.brokenFacets = append(s.brokenFacets, n.name)
		case isField && (f.Type == content.TypeAny || f.Type == content.TypeMarkdown || f.Type == content.TypeSource):
			s.Node(n.node, content.Error, "wrong-type", fmt.Sprintf("field %s of type %s can't be a facet", f.Name, f.Type), "")
		default:
			s.schema.Facets = append(s.schema.Facets, n.name)
		}
	}
}

// link connects the fields with their vocabularies and kinds, and checks what
// needs them.
func (s *schemaReader) link(vocabularies map[string]*Terms) {
	names := slices.Sorted(maps.Keys(vocabularies))
	for _, k := range s.schema.Kinds {
		for _, f := range k.Fields {
			known := s.fields[f]
			switch f.Type {
			case content.TypePage:
				known.Pages, _ = s.schema.Kind(f.Kind)
			case content.TypeTerm:
				v, ok := vocabularies[f.Vocabulary]
				if !ok {
					s.Node(known.at, content.Error, "unknown-vocabulary", fmt.Sprintf("there is no vocabularies/%s.yaml", f.Vocabulary), source.DidYouMean(f.Vocabulary, names))
					v = missingTerms(f.Vocabulary, f.Label)
					vocabularies[f.Vocabulary] = v
				}
				known.Terms = v
			}
		}
	}
	for _, k := range s.schema.Kinds {
		for _, f := range k.Fields {
			if f.From == "" {
				continue
			}
			known := s.fields[f]
			from, _ := k.Field(f.From)
			known.From, known.Holding = s.fields[from], map[string][]*content.Term{}
			for _, t := range known.Terms.Vocabulary.Terms {
				for _, c := range t.Countries {
					known.Holding[c] = append(known.Holding[c], t)
				}
			}
		}
	}
}
