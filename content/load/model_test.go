package load

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"casebook/content"
)

// ids returns the values of a field as text: given ones, then those that
// follow in brackets.
func ids(p *content.Page, field string) string {
	var list []string
	for _, v := range p.Values(field) {
		if v.Given {
			list = append(list, v.ID)
		} else {
			list = append(list, "("+v.ID+")")
		}
	}
	return strings.Join(list, " ")
}

func TestValues(t *testing.T) {
	files := baseWith(t,
		"notes/given.md", "---\ntitle: Given\narea: [coast, world]\ncountry: [CC]\n---\n",
		"notes/inferred.md", "---\ntitle: Inferred\ncountry: [CC, BB, CC]\n---\n",
		"notes/bare.md", "---\ntitle: Bare\narea: coast\nrelated: given\nchapter: atlas/01\n---\n",
		"notes/reasons.md", "---\ntitle: Reasons\narea: north\nrelated: [{ref: given, why: It  is\n  like it.}, bare]\n---\n",
		"notes/types.md", strings.Join([]string{"---", "title: ' Types  of", "  values '", "area: north", "when: 2007-", "day: 2026-05-04", "size: -3.50",
			"web: https://example.org/x?y=z", "done: False", "remark: 2014", "extra: {a: [1, 2.5, true, ~, x, '7', 2026-01-01], b: {c: d}}",
			"sources:", "  - {title: T, publisher: P, author: A, year: 2016, url: https://example.org/, note: N, verified: false}", "  - {title: T}", "---", ""}, "\n"),
	)
	lib, problems := load(t, files)
	if problems.Errors() > 0 {
		t.Fatal(problemText(problems))
	}
	page := func(id string) *content.Page {
		p, err := lib.Page(id)
		if err != nil {
			t.Fatalf("page %s: %v", id, err)
		}
		return p
	}
	for _, tt := range []struct{ page, field, want string }{
		{"notes/given", "area", "coast world (north) (south)"}, // nearest broader terms first, each once, in no way twice
		{"notes/given", "country", "CC"},
		{"notes/given", "grade", ""},
		{"notes/given", "no-such-field", ""},
		{"notes/inferred", "area", "(south) (north) (coast) (world)"}, // in the order of the countries, then of the vocabulary
		{"notes/bare", "area", "coast (north) (south) (world)"},
		{"notes/bare", "related", "given"},
		{"notes/bare", "chapter", "atlas/01 (atlas)"}, // the book above the chapter
		{"notes/types", "when", "2007-"},
		{"notes/types", "day", "2026"},
		{"notes/types", "size", "-3.50"},
		{"notes/types", "web", "https://example.org/x?y=z"},
		{"notes/types", "done", "false"},
		{"notes/types", "remark", "2014"},
		{"notes/types", "sources", "T T"},
	} {
		if got := ids(page(tt.page), tt.field); got != tt.want {
			t.Errorf("%s %s = %q, want %q", tt.page, tt.field, got, tt.want)
		}
	}
	types := page("notes/types")
	for _, tt := range []struct {
		what      string
		got, want any
	}{
		{"title", types.Title, "Types of values"},
		{"years", types.Values("when")[0].Years, content.Years{From: 2007, To: 2026, Open: true}},
		{"date", types.Values("day")[0], content.Value{ID: "2026", Given: true, Date: time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC), Years: content.Years{From: 2026, To: 2026}}},
		{"number", types.Values("size")[0].Number, -3.5},
		{"any", types.Values("extra")[0].Any, map[string]any{"a": []any{int64(1), 2.5, true, nil, "x", "7", "2026-01-01"}, "b": map[string]any{"c": "d"}}},
		{"source", *types.Values("sources")[0].Source,
			content.Source{Title: "T", Publisher: "P", Author: "A", Year: 2016, URL: "https://example.org/", Note: "N", Unverified: true}},
		{"span of years", page("notes/first").Values("when")[0].Years, content.Years{From: 2014, To: 2019}},
		{"references", page("notes/reasons").Values("related"), []content.Value{
			{ID: "given", Page: "notes/given", Why: "It is like it.", Given: true}, {ID: "bare", Page: "notes/bare", Given: true}}},
		{"page above", page("notes/bare").Values("chapter")[1], content.Value{ID: "atlas", Page: "books/atlas"}},
		{"parent", page("chapters/atlas/01").Parent, "books/atlas"},
		{"no parent", page("books/atlas").Parent, ""},
		{"reviewed", page("notes/first").Reviewed, time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)},
		{"reviewed as a field", ids(page("reports/one"), "reviewed"), "2026"},
	} {
		if !reflect.DeepEqual(tt.got, tt.want) {
			t.Errorf("%s = %#v, want %#v", tt.what, tt.got, tt.want)
		}
	}
}

func TestTranslations(t *testing.T) {
	lib, problems := load(t, baseWith(t,
		"notes/first.ar.md", "---\ntitle: الأولى\ncolour: red\n---\n", // broken: the original stands
		"notes/second.fr.md", "---\ntitle: La deuxième\nstatus: draft\n---\n",
	))
	first, _ := lib.Page("notes/first")
	if got := first.Langs(); !slices.Equal(got, []string{"en", "fr"}) {
		t.Errorf("Langs = %v, problems:\n%s", got, problemText(problems))
	}
	fr := first.In("fr")
	if fr.Title != "La première note" || fr.Lang != "fr" || fr.Of != first || fr.ID != first.ID || fr.Path != "notes/first.fr.md" ||
		fr.Translation != "machine-assisted, not reviewed" || fr.Original() != first || ids(fr, "area") != ids(first, "area") {
		t.Errorf("the translation is %+v", fr)
	}
	if first.In("ar") != first || fr.In("en") != first || fr.In("fr") != fr {
		t.Error("In does not find the page in its languages")
	}
	if got := lib.LeftOut; !slices.Equal(got, []string{"notes/first.ar.md", "notes/second.fr.md"}) {
		t.Errorf("LeftOut = %v", got) // a translation has no status of its own, so that is an error
	}
	for p := range lib.All() {
		if p.Of != nil {
			t.Errorf("%s is among the originals", p.Path)
		}
	}
}

// TestLeftOut: what refers to a page that is not served loses the reference and
// nothing else.
func TestLeftOut(t *testing.T) {
	lib, _ := load(t, baseWith(t,
		"books/atlas.md", "---\n---\n", // no title
		"notes/hidden.md", "---\ntitle: Hidden\narea: north\nstatus: draft\n---\n",
		"notes/refers.md", "---\ntitle: Refers\narea: north\nrelated: [hidden, second]\nchapter: atlas/01\n---\n[a](hidden.md)",
	))
	p, err := lib.Page("notes/refers")
	if err != nil {
		t.Fatal("the page itself is left out:", err)
	}
	if got := ids(p, "related") + "; " + ids(p, "chapter"); got != "second; atlas/01" {
		t.Errorf("values %q", got)
	}
	if c, _ := lib.Page("chapters/atlas/01"); c == nil || c.Parent != "" {
		t.Errorf("chapter %+v has a parent that is not served", c)
	}
	if lib.Has("notes/hidden") {
		t.Error("a draft is served")
	}
	if !slices.Equal(lib.LeftOut, []string{"books/atlas.md"}) {
		t.Errorf("LeftOut = %v", lib.LeftOut)
	}
}

// A page above that isn't there, or is above itself, ends the way up.
func TestPagesAbove(t *testing.T) {
	files := baseWith(t,
		"chapters/lost.md", "---\ntitle: Lost\nbook: nowhere\n---\n",
		"notes/refers.md", "---\ntitle: Refers\narea: north\nchapter: [lost, atlas/01]\n---\n",
		"schema.yaml", `kinds:
  note: {folder: notes, fields: {area: {type: term, vocabulary: area, many: true}, country: {type: term, vocabulary: country}, grade: {type: term, vocabulary: grade}, when: {type: years},
    related: {type: page, kind: note, many: true}, chapter: {type: page, kind: chapter, many: true}, step: {type: page, kind: step, many: true}}}
  book: {folder: books}
  chapter: {folder: chapters, parent: book, fields: {book: {type: page, kind: book}}}
  step: {folder: steps, parent: up, fields: {up: {type: page, kind: step}}}
`,
		"notes/steps.md", "---\ntitle: Steps\nstep: ['99', '10']\n---\n",
	)
	for i := range 100 {
		files[fmt.Sprintf("steps/%02d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: Step\nup: '%02d'\n---\n", max(0, i-1))}
	}
	files["steps/00.md"].Data = []byte("---\ntitle: First\n---\n")
	delete(files, "reports/one.md")
	delete(files, "reports/two.md")
	lib, problems := load(t, files)
	var cycles []string
	for _, p := range problems {
		if p.Code == "parent-cycle" {
			cycles = append(cycles, p.Path)
		}
	}
	if len(cycles) != 1 || cycles[0] != "steps/64.md" { // with it gone, those below it have fewer above
		t.Errorf("too deep are %v", cycles)
	}
	refers, err := lib.Page("notes/refers")
	if err != nil || ids(refers, "chapter") != "atlas/01 (atlas)" {
		t.Errorf("refers to %v, %v", refers, err)
	}
	steps, err := lib.Page("notes/steps")
	if err != nil {
		t.Fatal(err)
	}
	if got := ids(steps, "step"); !strings.HasPrefix(got, "99 10 (98) (97)") || !strings.Contains(got, "(65) (63)") || !strings.HasSuffix(got, " (36) (35) (09) (08) (07) (06) (05) (04) (03) (02) (01) (00)") {
		t.Errorf("steps %s", got)
	}
}

func TestVocabulary(t *testing.T) {
	lib, _ := load(t, baseWith(t))
	v, ok := lib.Vocabulary("area")
	if !ok {
		t.Fatal("no vocabulary area")
	}
	coast, _ := v.Term("coast")
	want := &content.Term{ID: "coast", Label: content.NewText(map[string]string{"en": "Coast", "fr": "Côte"}, "en"), Alt: map[string][]string{"": {"Seaside"}},
		Broader: []string{"north", "south"}, Ancestors: []string{"north", "south", "world"}, Countries: []string{"BB"}}
	if !reflect.DeepEqual(coast, want) {
		t.Errorf("coast = %+v, want %+v", coast, want)
	}
	south, _ := v.Term("south")
	if !slices.Equal(south.Narrower, []string{"coast"}) {
		t.Errorf("narrower of south = %v", south.Narrower)
	}
	if got := v.Label.In("ar") + v.Label.In("es") + v.Label.LangOf("es"); got != "منطقةAreaen" {
		t.Errorf("labels %q", got)
	}
	grade, _ := lib.Vocabulary("grade")
	if !grade.Ordered || v.Ordered || grade.Terms[0].Label.In("en") != "High" || grade.Label.In("fr") != "Grade" {
		t.Errorf("grade = %+v", grade)
	}
}

func TestSchemaAndSite(t *testing.T) {
	lib, _ := load(t, baseWith(t, "site.yaml", strings.Join([]string{
		"languages: [fr, en]", "title: Essai", "tagline: {en: A test}", "intro: Bonjour", "licence: MIT", "licence_url: https://example.org/mit",
		"repo_url: https://example.org/repo", "edit_url: https://example.org/edit/{path}", "history_url: https://example.org/log/{path}",
		"contact: editors@example.org", "map: area", "matrix: [area, grade]", "ways: [grade]", "examples: [un, {en: two}]", "nav: [note, book]", "about: notes/first"}, "\n"),
		"notes/first.md", "---\ntitle: x\narea: north\nlang: en\n---\n"))
	s := lib.Site
	fr := func(s string) content.Text { return content.NewText(map[string]string{"fr": s}, "fr") }
	want := &content.Site{Languages: []string{"fr", "en"}, Title: fr("Essai"), Tagline: content.NewText(map[string]string{"en": "A test"}, "fr"), Intro: fr("Bonjour"),
		Licence: fr("MIT"), LicenceURL: "https://example.org/mit", RepoURL: "https://example.org/repo", EditURL: "https://example.org/edit/{path}",
		HistoryURL: "https://example.org/log/{path}", Contact: "editors@example.org", Map: "area", Matrix: [2]string{"area", "grade"}, Ways: []string{"grade"},
		Examples: []content.Text{fr("un"), content.NewText(map[string]string{"en": "two"}, "fr")}, Nav: []string{"note", "book"}, About: "notes/first"}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("site = %+v, want %+v", s, want)
	}
	var kinds []string
	for _, k := range lib.Schema.Kinds {
		kinds = append(kinds, k.ID)
	}
	if got := strings.Join(kinds, " "); got != "note report book chapter" {
		t.Errorf("kinds %q are not in the order of the file", got)
	}
	k, _ := lib.Schema.Kind("report")
	if len(k.Sections) != 2 || k.Sections[0].Label.In("fr") != "Context" || k.Sections[1].Label.In("fr") != "Enseignements" || k.Plural.In("fr") != "Report" {
		t.Errorf("report = %+v", k)
	}
	if f, ok := k.Field("reviewed"); !ok || !f.Builtin || !f.Required || f.Type != content.TypeDate {
		t.Errorf("reviewed = %+v", f)
	}
	if f, ok := lib.Schema.Field("area"); !ok || f.Vocabulary != "area" || !f.Many || f.From != "country" || f.Label.In("fr") != "Area" {
		t.Errorf("area = %+v", f)
	}
	if p, _ := lib.Page("notes/second"); p.Lang != "fr" {
		t.Errorf("a page without lang is in %s, not in the site's first language", p.Lang)
	}
}

func TestGlossary(t *testing.T) {
	lib, _ := load(t, baseWith(t))
	want := []*content.Entry{{ID: "coast", Preferred: content.NewText(map[string]string{"en": "coast", "fr": "côte"}, "en"), Synonyms: []string{"shore"},
		Definition: content.NewText(map[string]string{"en": "Where land and sea meet."}, "en")}}
	if !reflect.DeepEqual(lib.Glossary.Entries, want) {
		t.Errorf("glossary = %+v, want %+v", lib.Glossary.Entries[0], want[0])
	}
}

// TestOtherFolder: a folder needs nothing but a schema, and may have fields
// that only its owner understands.
func TestOtherFolder(t *testing.T) {
	lib, problems := load(t, fstest.MapFS{
		"schema.yaml":          {Data: []byte("kinds:\n  recipe:\n    folder: recipes\n    fields:\n      steps: {type: any, many: true}\n      course: {type: text}\nfacets: [course]\n")},
		"recipes/soup/leek.md": {Data: []byte("---\ntitle: Leek soup\nsteps: [wash, {cut: thin}]\ncourse: first\n---\nServe hot.\n")},
	})
	if len(problems) > 0 {
		t.Fatal(problemText(problems))
	}
	p, err := lib.Page("recipes/soup/leek")
	if err != nil || p.Lang != "en" || p.Kind.Label.In("en") != "Recipe" || lib.Site.Title.In("en") != "Casebook" || len(lib.Glossary.Entries) != 0 {
		t.Fatalf("page %+v, site %+v", p, lib.Site)
	}
	if v := p.Values("steps"); len(v) != 2 || !reflect.DeepEqual(v[1].Any, map[string]any{"cut": "thin"}) {
		t.Errorf("steps = %+v", v)
	}
}

func TestFieldMarkdown(t *testing.T) {
	files := baseWith(t, "notes/md.md", "---\ntitle: Md\narea: north\ndetail: |\n  Some *text* and <b>HTML</b>.\n\n  - [First](first.md)\n---\n")
	lib, problems := load(t, files)
	p, err := lib.Page("notes/md")
	if err != nil {
		t.Fatal(err, problemText(problems))
	}
	got := p.Values("detail")[0].HTML
	want := "<p>Some <em>text</em> and &lt;b&gt;HTML&lt;/b&gt;.</p>\n<ul>\n<li><a href=\"/notes/first\">First</a></li>\n</ul>\n"
	if got != want {
		t.Errorf("HTML %q, want %q", got, want)
	}
}
