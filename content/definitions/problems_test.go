package definitions

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"casebook/content"
)

// Each problem of a data file, with its place and what would be right. What
// the archives of package load have is not repeated here.
func TestProblems(t *testing.T) {
	schema := func(fields, more string) string {
		return "kinds:\n  note:\n    folder: notes\n    fields:\n      area: {type: term, vocabulary: area}\n" + fields + more
	}
	for _, tt := range []struct{ file, text, want string }{
		{"schema.yaml", "", "schema.yaml: error: schema.yaml is empty; name the kinds of page under kinds:"},
		{"schema.yaml", "facets: []", "schema.yaml:1:1: error: schema.yaml names no kinds of page; name them under kinds:"},
		{"schema.yaml", "kinds: {}", "schema.yaml:1:1: error: schema.yaml names no kinds of page; name them under kinds:"},
		{"schema.yaml", "kinds: {a b: {folder: x}}", `schema.yaml:1:9: error: "a b" can't be part of an address; use letters, digits, - and _`},
		{"schema.yaml", "kinds: {a: {folder: x//y}}", `schema.yaml:1:21: error: the folder "x//y" can't be part of an address; use letters, digits, - and _`},
		{"schema.yaml", "kinds: {a: {folder: .}}", `schema.yaml:1:21: error: the folder "." can't be part of an address; use letters, digits, - and _`},
		{"schema.yaml", "kinds: {a: {folder: /x/y/}}", ""},
		{"schema.yaml", "kinds: {a: {label: A}}", "schema.yaml:1:9: error: kind a has no folder; name it: folder: a"},
		{"schema.yaml", "kinds: {a: {folder: x, fields: {b: {type: date}}}}\nfacets: [b, kind, language]", ""},
		{"schema.yaml", "kinds: {a: {folder: x, fields: {b: {type: any}}}}\nfacets: [b]", "schema.yaml:2:10: error: field b of type any can't be a facet"},
		{"schema.yaml", "kinds: {a: {folder: x, fields: {b: {type: markdown}}}}\nfacets: [b]", "schema.yaml:2:10: error: field b of type markdown can't be a facet"},
		{"schema.yaml", "kinds: {a: {folder: x, fields: {b: {type: source}}}}\nfacets: [b]", "schema.yaml:2:10: error: field b of type source can't be a facet"},
		{"schema.yaml", "kinds: {a: {folder: x}}\nfacets: [kind, kind]", `schema.yaml:2:16: warning: "kind" stands here twice`},
		{"schema.yaml", "kinds: {a: {folder: x, parent: b, fields: {b: {type: text}}}}", "schema.yaml:1:44: error: field b is the parent, so it takes one page"},
		{"schema.yaml", "kinds: {a: {folder: x, parent: c, fields: {b: {type: page, kind: a}}}}", `schema.yaml:1:9: error: kind a has no field "c" to be its parent; did you mean "b"?`},
		{"schema.yaml", "kinds: {a: {folder: x, parent: b, fields: {b: {type: page, kind: a}}}}", ""},
		{"schema.yaml", "kinds: {a: {folder: x, fields: {b: {type: page, kind: c}}}}", `schema.yaml:1:33: error: there is no kind "c"; did you mean "a"?`},
		{"schema.yaml", "kinds: {a: {folder: x, fields: {b: {}}}}", "schema.yaml:1:33: error: field b has no type"},
		{"schema.yaml", "kinds: {a: {folder: x, fields: {summary: {many: true}}}}", "schema.yaml:1:33: error: field summary takes one value"},
		{"schema.yaml", "kinds: {a: {folder: x, fields: {summary: {type: text}, reviewed: {type: date}}}}", ""},
		{"schema.yaml", "kinds: {a: {folder: x, fields: {reviewed: {type: text}}}}", "schema.yaml:1:50: error: every kind has a field reviewed of type date; give the field another name"},
		{"schema.yaml", "kinds: {a: {folder: x, sections: [a b]}}", `schema.yaml:1:35: error: "a b" can't be part of an address; use letters, digits, - and _`},
		{"schema.yaml", "kinds: {a: {folder: x, sections: [{id: y, name: z}]}}", "schema.yaml:1:43: error: a section has no field \"name\"; valid: id, label"},
		{"schema.yaml", schema("      other: {type: text, from: area}\n", ""), "schema.yaml:6:7: error: field other can't be inferred from area; both must be terms"},
		{"schema.yaml", schema("      other: {type: term, vocabulary: area, from: when}\n      when: {type: years}\n", ""), "schema.yaml:6:7: error: field other can't be inferred from when; both must be terms"},
		{"schema.yaml", schema("      other: {type: term, vocabulary: area, from: other}\n", ""), "schema.yaml:6:7: error: field other can't be inferred from other; both must be terms"},
		{"schema.yaml", schema("      other: {type: term, vocabulary: area, from: aera}\n", ""), `schema.yaml:6:7: error: kind note has no field "aera" to infer other from; did you mean "area"?`},
		{"schema.yaml", schema("", "  b: {folder: x, fields: {area: {type: term, vocabulary: country}}}\n"), "schema.yaml:6:27: error: field area is a term of country here and a term of area in another kind; one name means one thing; give one of them another name"},
		{"schema.yaml", schema("", "  b: {folder: x, fields: {area: {type: text}}}\n"), "schema.yaml:6:27: error: field area is of type text here and a term of area in another kind; one name means one thing; give one of them another name"},
		{"schema.yaml", schema("", "  b: {folder: x, fields: {area: {type: term, vocabulary: area, many: true}}}\n"), ""},
		{"schema.yaml", schema("      broken: {type: trem}\n", "facets: [broken]"), `schema.yaml:6:22: error: there is no field type "trem"; did you mean "term"?`}, // once
		{"schema.yaml", schema("      c: {type: term, vocabulary: country, from: area}\n", ""), `vocabularies/country.yaml:3:21: error: vocabulary area has no term "north"; valid: NN`},
		{"schema.yaml", schema("      c: {type: term, vocabulary: country, from: area}\n", "  b: {folder: x, fields: {area: {type: term, vocabulary: area}, c: {type: term, vocabulary: country, from: area}}}\n"),
			`vocabularies/country.yaml:3:21: error: vocabulary area has no term "north"; valid: NN`}, // once
		{"site.yaml", "languages: [en, fr, en]", `site.yaml:1:21: warning: "en" stands here twice`},
		{"site.yaml", "languages: [english]", `site.yaml:1:13: error: "english" is not a language code; write en, fr, ar …`},
		{"site.yaml", "contact: a@example.org", ""},
		{"site.yaml", "contact: https://example.org/", ""},
		{"site.yaml", "contact: a <a@example.org>", `site.yaml:1:10: error: "a <a@example.org>" is neither a mail address nor a URL`},
		{"site.yaml", "edit_url: https://example.org/{path}", ""},
		{"site.yaml", "history_url: https://example.org/path", "site.yaml:1:14: error: the link has no {path}; write {path} where the file's path belongs"},
		{"site.yaml", "licence_url: example.org", `site.yaml:1:14: error: "example.org" is not a whole URL; write it whole, as https://example.org/`},
		{"site.yaml", "matrix: [area]", "site.yaml:1:9: error: matrix names two facets; write [one, other]"},
		{"site.yaml", "matrix: [area, kind, area]", "site.yaml:1:9: error: matrix names two facets; write [one, other]"},
		{"site.yaml", "matrix: [area, aera]", `site.yaml:1:16: error: schema.yaml has no facet "aera"; did you mean "area"?`},
		{"site.yaml", "map: country", `site.yaml:1:6: error: schema.yaml has no facet "country"; valid: area, kind`},
		{"site.yaml", "ways: [x, kind, x]", `site.yaml:1:8: error: schema.yaml has no facet "x"; valid: area, kind`}, // once
		{"site.yaml", "nav: [note, report]", `site.yaml:1:13: error: schema.yaml has no kind "report"; valid: note`},
		{"vocabularies/area.yaml", "", "vocabularies/area.yaml: error: the vocabulary is empty; list its terms under terms:"},
		{"vocabularies/area.yaml", "label: x", "vocabularies/area.yaml:1:1: error: the vocabulary has no terms; list them under terms:"},
		{"vocabularies/area.yaml", "terms: x", `vocabularies/area.yaml:1:8: error: a term is "x", not a group of names and values`},
		{"vocabularies/area.yaml", "terms: [{label: x}]", "vocabularies/area.yaml:1:9: error: a term without id"},
		{"vocabularies/area.yaml", "terms: [{id: a}, ~]", "vocabularies/area.yaml:1:18: error: a term without id"},
		{"vocabularies/area.yaml", "terms: [{id: a, broader: [b, b]}, {id: b}]", `vocabularies/area.yaml:1:30: warning: "b" stands here twice`},
		{"vocabularies/area.yaml", "terms: [{id: a, broader: The Sea}, {id: b, label: the sea}]", `vocabularies/area.yaml:1:26: error: the broader term "The Sea" of a does not exist; did you mean "b"?`},
		{"vocabularies/area.yaml", "terms: [{id: a}, {id: .}]", `vocabularies/area.yaml:1:23: error: the id "." can't be part of an address; use letters, digits, - and _`},
		{"vocabularies/area.yaml", "terms: [{id: a}, {id: ..}]", `vocabularies/area.yaml:1:23: error: the id ".." can't be part of an address; use letters, digits, - and _`},
		{"vocabularies/area.yaml", "terms: [{id: a}, {id: 'b,c'}]", `vocabularies/area.yaml:1:23: error: the id "b,c" can't be part of an address; use letters, digits, - and _`},
		{"glossary.yaml", "", ""},
		{"glossary.yaml", "terms: [{id: a, preferred: b, eng: c}]", `glossary.yaml:1:31: error: an entry has no field "eng"; valid: id, preferred, synonyms, abbreviations, definition`},
		{"glossary.yaml", "terms: [{id: a, preferred: b, EN: c}]", `glossary.yaml:1:31: error: an entry has no field "EN"; valid: id, preferred, synonyms, abbreviations, definition`},
		{"glossary.yaml", "entries: []", `glossary.yaml:1:1: error: the glossary has no field "entries"; valid: terms`},
	} {
		files := fstest.MapFS{
			"schema.yaml":               {Data: []byte(schema("", "facets: [area, kind]\n"))},
			"vocabularies/area.yaml":    {Data: []byte("terms: [{id: NN}]")},
			"vocabularies/country.yaml": {Data: []byte("terms:\n  - id: AA\n    countries: [NN, north]\n")},
		}
		files[tt.file] = &fstest.MapFile{Data: []byte(tt.text)}
		_, problems, err := Read(t.Context(), files)
		var got []string
		for _, p := range problems {
			got = append(got, p.Error())
		}
		if g := strings.Join(got, "\n"); g != tt.want {
			t.Errorf("%s %q: %v\n%s\nwant\n%s", tt.file, tt.text, err, g, tt.want)
		}
		if p := (*content.Problem)(nil); err != nil && (!errors.As(err, &p) || p.Error() != got[0]) {
			t.Errorf("%s %q: error %v", tt.file, tt.text, err)
		}
	}
}

// A gap map of one good facet is none.
func TestMatrixNeedsTwo(t *testing.T) {
	for matrix, want := range map[string][2]string{"[kind, language]": {"kind", "language"}, "[kind, x]": {}, "[x, kind]": {}, "[kind]": {}, "[kind, language, kind]": {}} {
		d, _, err := Read(t.Context(), fstest.MapFS{"schema.yaml": {Data: []byte("kinds: {a: {folder: a}}\nfacets: [kind, language]")}, "site.yaml": {Data: []byte("matrix: " + matrix)}})
		if err != nil || d.Site.Matrix != want {
			t.Errorf("%s gives %q, %v", matrix, d.Site.Matrix, err)
		}
	}
}

// Countries are not looked for in a vocabulary that can't be read.
func TestCountriesOfABrokenVocabulary(t *testing.T) {
	_, problems, err := Read(t.Context(), fstest.MapFS{
		"schema.yaml":               {Data: []byte("kinds: {a: {folder: a, fields: {area: {type: term, vocabulary: area, from: country}, country: {type: term, vocabulary: country}}}}")},
		"vocabularies/area.yaml":    {Data: []byte("terms: [{id: NN, countries: [AA]}]")},
		"vocabularies/country.yaml": {Data: []byte("terms: [")},
	})
	if err != nil || len(problems) != 1 || problems[0].Path != "vocabularies/country.yaml" {
		t.Errorf("%v, %v", err, problems)
	}
}

// What is wrong is left away, the rest stands.
func TestWhatIsLeft(t *testing.T) {
	d, _, err := Read(t.Context(), fstest.MapFS{
		"schema.yaml": {Data: []byte(`kinds:
  a:
    folder: a
    label: {fr: Un a}
    plural: As
    parent: nowhere
    fields:
      area: {type: term, vocabulary: area, from: missing, help: Where, required: true}
      gone: {type: term, vocabulary: gone}
      page: {type: page, kind: none}
      title: {required: false, label: Name}
      broken: {type: wrong}
    sections: [x, {id: y, label: {fr: Z}}, x]
  b: {folder: A}
facets: [area, gone, page, broken, kind, nothing]
`)},
		"site.yaml":              {Data: []byte("languages: [fr, xx1, fr, en]\nmap: nothing\nmatrix: [area, nothing]\nways: [kind, nothing, broken, area]\nnav: [b, a, none]\nabout: guides/us.md\nexamples: [un, {en: two}]\n")},
		"vocabularies/area.yaml": {Data: []byte("ordered: true\nnote: N\nterms: [{id: x_y, broader: [z, none], alt: []}, {id: z, alt: {fr: [w]}}]")},
	})
	if err != nil {
		t.Fatal(err)
	}
	s, k := d.Site, d.Schema.Kinds[0]
	if got := fmt.Sprint(s.Languages, s.Title.In("fr"), s.Map, s.Matrix, s.Ways, s.Nav, s.About, s.Examples[1].In("fr")); got != "[fr en]Casebook[ ] [kind area] [a]guides/ustwo" {
		t.Errorf("site %s", got)
	}
	if got := fmt.Sprint(len(d.Schema.Kinds), k.Label.In("fr"), k.Plural.In("fr"), k.Parent, d.Schema.Facets); got != "1Un aAs[area gone kind]" {
		t.Errorf("kind %s", got)
	}
	var sections []string
	for _, section := range k.Sections {
		sections = append(sections, section.ID+"="+section.Label.In("fr"))
	}
	if got := strings.Join(sections, " "); got != "x=X y=Z" {
		t.Errorf("sections %s", got)
	}
	for name, want := range map[string]string{
		"area": "term area  true Where false false", "gone": "term gone  false  true false", "page": "any  none false  true false", "broken": "any   false  true false", "title": "text   true  false true",
	} {
		f, ok := d.Fields(k).Named(name)
		if !ok {
			t.Fatalf("no field %s", name)
		}
		got := fmt.Sprintf("%s %s %s %v %s %v %v", f.Type, f.Vocabulary, f.Field.Kind, f.Required, f.Help.In("fr"), f.Unchecked(), f.Builtin)
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	v := d.Vocabularies["area"]
	if got := fmt.Sprint(v.Ordered, v.Note.In("fr"), v.Label.In("fr"), v.IDs(), v.Terms[0].Label.In("fr"), v.Terms[0].Broader, v.Terms[0].Alt == nil, v.Terms[1].Alt, v.Terms[1].Narrower); got != "trueNArea[x_y z]X y[z] true map[fr:[w]] [x_y]" {
		t.Errorf("vocabulary %s", got)
	}
	if gone, ok := d.Vocabularies["gone"]; !ok || len(gone.Terms) != 0 || gone.Label.In("fr") != "Gone" {
		t.Errorf("a vocabulary without a file is %+v", gone)
	}
	if names := strings.Join(d.Fields(k).Names, " "); names != "area gone page title broken summary lang status reviewed translation" {
		t.Errorf("names of fields: %s", names)
	}
	if len(d.Sums) != 3 || d.Sums["schema.yaml"] == (content.Digest{}) || d.Glossary == nil {
		t.Errorf("digests of %d files", len(d.Sums))
	}
}

// A built-in field that a kind lists keeps its type, and title is required
// whatever the schema says.
func TestBuiltinFields(t *testing.T) {
	d, problems, err := Read(t.Context(), fstest.MapFS{"schema.yaml": {Data: []byte("kinds: {a: {folder: a, fields: {title: {label: T}, summary: {required: true}, lang: {}, status: {}, reviewed: {}, translation: {}}}}")}})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	got := ""
	for _, f := range d.Schema.Kinds[0].Fields {
		got += fmt.Sprintf("%s %s %v %v %s\n", f.Name, f.Type, f.Required, f.Builtin, f.Label.In("en"))
	}
	if want := "title text true true T\nsummary text true true Summary\nlang text false true Lang\nstatus text false true Status\nreviewed date false true Reviewed\ntranslation text false true Translation\n"; got != want {
		t.Errorf("fields\n%swant\n%s", got, want)
	}
	if f := Builtin("title"); f == nil || f.Label.Has("en") || Builtin("area") != nil {
		t.Errorf("the fields of every kind are changed: %+v", f)
	}
}

func TestFiles(t *testing.T) {
	files := fstest.MapFS{"schema.yaml": {}, "site.yaml": {}, "vocabularies/b.yaml": {}, "vocabularies/a.yaml": {}, "vocabularies/.c.yaml": {}, "vocabularies/d.yml": {}, "vocabularies/e.yaml/x": {}, "x.md": {}}
	if names, err := Files(files); err != nil || strings.Join(names, " ") != "schema.yaml site.yaml vocabularies/a.yaml vocabularies/b.yaml" {
		t.Errorf("files %v, %v", names, err)
	}
	if names, err := Files(fstest.MapFS{"glossary.yaml": {}}); err != nil || strings.Join(names, " ") != "glossary.yaml" {
		t.Errorf("files %v, %v", names, err)
	}
	if _, err := Files(fstest.MapFS{"vocabularies": {}}); err == nil || err.Error() != "vocabularies is not a folder" {
		t.Errorf("a file for a folder: %v", err)
	}
	broken := errors.New("broken")
	if _, err := Files(unlisted{fstest.MapFS{"vocabularies/a.yaml": {}}, broken}); !errors.Is(err, broken) || !strings.HasPrefix(err.Error(), "vocabularies/ can't be read: ") {
		t.Errorf("a folder that can't be listed: %v", err)
	}
}

// An unlisted folder can't be read.
type unlisted struct {
	fstest.MapFS
	err error
}

func (u unlisted) ReadDir(string) ([]fs.DirEntry, error) { return nil, u.err }
