package definitions

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"casebook/content"
)

// folder is a folder of good data files, one of them with another text.
func folder(name, text string) fstest.MapFS {
	files := fstest.MapFS{
		"schema.yaml": {Data: []byte(`kinds:
  note:
    folder: notes
    fields:
      area: {type: term, vocabulary: area, many: true, from: country}
      country: {type: term, vocabulary: country}
      when: {type: years}
facets: [area, when, kind]
`)},
		"site.yaml":                 {Data: []byte("languages: [en, fr]\nmap: area\nmatrix: [area, when]\nnav: [note]\n")},
		"vocabularies/area.yaml":    {Data: []byte("terms: [{id: north, countries: [AA]}, {id: coast, broader: [north]}]\n")},
		"vocabularies/country.yaml": {Data: []byte("terms: [{id: AA}, {id: BB}]\n")},
		"glossary.yaml":             {Data: []byte("terms: [{id: coast, preferred: coast, fr: côte}]\n")},
	}
	files[name] = &fstest.MapFile{Data: []byte(text)}
	return files
}

// fuzzFile changes one data file: it makes the folder unusable, has problems,
// or is read into definitions that hold together.
func fuzzFile(f *testing.F, name string, seeds ...string) {
	for _, s := range append(seeds, "", "x", "[x]", "a: {b: [c]}", "terms: [&a {id: x}, *a]", "? [x]\n: y", "kinds: ~\nterms: ~\n") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2000 {
			t.Skip()
		}
		d, problems, err := Read(t.Context(), folder(name, s))
		for _, p := range problems {
			if p.Msg == "" || p.Code == "" || !utf8.ValidString(p.Error()) || p.Line > strings.Count(s, "\n")+strings.Count(s, "\r")+1 && p.Path == name {
				t.Errorf("%q: %+v", s, p)
			}
		}
		if err != nil {
			if problems.Errors() == 0 {
				t.Errorf("%q: %v without a problem", s, err)
			}
			return
		}
		check(t, d)
	})
}

// check fails where definitions don't hold together: whoever uses them asks
// for what they name.
func check(t *testing.T, d *Definitions) {
	t.Helper()
	lib := content.NewLibrary(d.Library(), noPages{}, nil)
	for _, k := range d.Schema.Kinds {
		if k.ID == "" || k.Folder == "" || k.Label.IsZero() || k.Plural.IsZero() {
			t.Errorf("kind %+v", k)
		}
		if parent, ok := k.Field(k.Parent); k.Parent != "" && (!ok || parent.Type != content.TypePage || parent.Many) {
			t.Errorf("kind %s has the parent %q", k.ID, k.Parent)
		}
		for i, f := range d.Fields(k).All {
			switch {
			case f.Field != k.Fields[i] || f.Label.IsZero():
				t.Errorf("field %+v of %s", f.Field, k.ID)
			case f.Type == content.TypeTerm && (f.Terms == nil || f.Terms.Vocabulary != d.Vocabularies[f.Vocabulary]):
				t.Errorf("field %s has no terms", f.Name)
			case f.Type == content.TypePage && f.Pages == nil:
				t.Errorf("field %s has no pages", f.Name)
			case (f.From != nil) != (f.Field.From != ""):
				t.Errorf("field %s is inferred from %q", f.Name, f.Field.From)
			}
		}
	}
	for _, f := range lib.Facets() {
		if f.Type == content.FacetOfNothing && f.Field.Type != content.TypeAny {
			t.Errorf("pages are counted by %s", f.Name)
		}
	}
	if len(lib.Facets()) != len(d.Schema.Facets) {
		t.Errorf("facets %v", d.Schema.Facets)
	}
	for _, name := range append(slices.Clone(d.Site.Ways), d.Site.Map, d.Site.Matrix[0], d.Site.Matrix[1]) {
		if name != "" && !d.Schema.IsFacet(name) {
			t.Errorf("the site names %q, which is no facet", name)
		}
	}
	for _, name := range d.Site.Nav {
		if _, ok := d.Schema.Kind(name); !ok {
			t.Errorf("the site names %q, which is no kind", name)
		}
	}
	for _, v := range d.Vocabularies {
		for _, term := range v.Terms {
			if slices.Contains(term.Ancestors, term.ID) || term.Label.IsZero() {
				t.Errorf("term %+v", term)
			}
			for _, id := range slices.Concat(term.Broader, term.Narrower, term.Ancestors) {
				if _, ok := v.Term(id); !ok {
					t.Errorf("%s names %s, which is no term", term.ID, id)
				}
			}
		}
	}
	for _, e := range d.Glossary.Entries {
		if e.ID == "" || e.Preferred.IsZero() {
			t.Errorf("entry %+v", e)
		}
	}
}

type noPages struct{}

func (noPages) Len() int                        { return 0 }
func (noPages) ID(int) string                   { return "" }
func (noPages) Page(int) (*content.Page, error) { return nil, content.ErrNoPage }

func FuzzSchema(f *testing.F) {
	fuzzFile(f, "schema.yaml", "kinds:\n  note:\n    folder: notes\n    fields:\n      area: {type: term, vocabulary: area, from: country}\n      country: {type: term, vocabulary: country}\nfacets: [area]\n",
		"kinds: {a: {folder: a, parent: b, fields: {b: {type: page, kind: a}}}}", "kinds: {a: {folder: A, fields: {x: {type: term, vocabulary: none}}}, b: {folder: a}}\nfacets: [x, x, kind]",
		"kinds: {a: {folder: a/b, sections: [x, {id: y, label: {fr: z}}], fields: {title: {many: true}, x: {type: date}}}}", "kinds: {a: {folder: a, fields: {x: {type: term, vocabulary: area, from: x}}}}",
		"kinds: {a: {folder: a, fields: {x: {type: any}}}}\nfacets: [x]", "kinds: {}")
}

func FuzzSite(f *testing.F) {
	fuzzFile(f, "site.yaml", "title: {en: x}\nlanguages: [ar, en, ar]\nmap: none\nmatrix: [area, x]\nways: [area, kind]\nnav: [note, y]\n", "languages: []", "matrix: [area]",
		"edit_url: https://example.org/{path}\nrepo_url: x\ncontact: a@b\n", "examples: [a, {fr: b}]\nabout: x.md\n", "languages: [x]\ntitle: ~")
}

func FuzzVocabulary(f *testing.F) {
	fuzzFile(f, "vocabularies/area.yaml", "label: {en: x}\nnote: y\nordered: true\nterms:\n  - {id: a, label: b, alt: [c], broader: [d, a], countries: [AA, X]}\n  - {id: d, broader: a}\n",
		"terms: [a, {id: b}, {id: B}]", "terms: [{id: a/b}, {label: x}]", "terms: {id: x}", "terms: [{id: x, alt: {en: [a], xx1: b}}]", "terms: [{id: a, broader: [b]}, {id: b, broader: [c]}, {id: c, broader: [a, b, c]}]")
}

func FuzzGlossary(f *testing.F) {
	fuzzFile(f, "glossary.yaml", "terms:\n  - {id: a, preferred: {en: x, fr: y}, synonyms: [z], abbreviations: w, definition: v, ar: u}\n", "terms: [{id: a}, {preferred: b}, c]",
		"terms: [{id: a, preferred: b}, {id: a, preferred: c}]", "terms: {id: a, preferred: b, xx: [c]}", "terms: [{id: a, preferred: {en: ~}, fr: b}]")
}
