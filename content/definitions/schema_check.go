package definitions

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"casebook/content"
	"casebook/content/source"
)

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
