package content_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"casebook/content"
	"casebook/content/load"
)

// facetLibrary is a folder whose schema counts by everything that can be
// counted by.
func facetLibrary(t testing.TB) *content.Library {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"site.yaml": "languages: [en, fr, ar]\n",
		"vocabularies/area.yaml": `terms:
  - {id: north, label: {en: North, fr: Nord}, countries: [AA, BB]}
  - {id: coast, label: {en: Coast, fr: Côte}, broader: [north, south], countries: [BB]}
  - {id: south, label: {en: South, fr: Sud}, broader: [world], countries: [CC]}
  - {id: world, label: {en: World, fr: Monde}}
`,
		"vocabularies/country.yaml": "terms: [{id: AA, label: Aland}, {id: BB, label: Bland}, {id: CC, label: Cland}]\n",
		"vocabularies/grade.yaml":   "terms: [{id: high}, {id: low}]\n",
		"books/atlas.md":            "---\ntitle: The atlas\n---\n",
		"chapters/atlas/01.md":      "---\ntitle: First chapter\nbook: atlas\n---\n",
		"schema.yaml": `kinds:
  note:
    folder: notes
    plural: {en: Notes, fr: Billets}
    fields:
      area: {type: term, vocabulary: area, many: true, from: country, label: {en: Area, fr: Zone}}
      country: {type: term, vocabulary: country, many: true}
      grade: {type: term, vocabulary: grade}
      grade_why: {type: text}
      chapter: {type: page, kind: chapter, many: true}
      related: {type: page, kind: note, many: true}
      when: {type: years, many: true}
      day: {type: date}
      size: {type: number}
      web: {type: url}
      done: {type: boolean}
      remark: {type: text, many: true}
      remark_why: {type: text}
      why: {type: text}
      detail: {type: markdown}
      sources: {type: source, many: true}
      extra: {type: any}
      reviewed: {}
  book:
    folder: books
    fields:
      size: {type: number}
      length: {type: number}
  chapter:
    folder: chapters
    parent: book
    fields:
      book: {type: page, kind: book, required: true}
      related: {type: page, kind: book}
      sources: {type: source, many: true}
facets: [area, country, chapter, when, day, size, web, done, remark, kind, language]
`,
		"notes/full.md": `---
title: Full
country: [CC, BB]
grade: high
grade_why: Looked at twice.
chapter: [{ref: atlas/01, why: It is named there.}, atlas/02]
when: [2007-2009, 2009-2010]
day: 2026-05-04
size: 10
web: https://example.org/x
done: false
remark: [One thing, "2014"]
detail: "**Bold**"
sources: [{title: T}]
extra: {a: 1}
reviewed: 2026-05-04
---
`,
		"notes/full.fr.md": "---\ntitle: Plein\n---\n",
		"notes/given.md":   "---\ntitle: Given\narea: [coast, world]\n---\n",
		"notes/first.md":   "---\ntitle: First\n---\n", "notes/first.fr.md": "---\ntitle: Premier\n---\n",
		"notes/second.md":      "---\ntitle: Second\n---\n",
		"chapters/atlas/02.md": "---\ntitle: Second chapter\nbook: atlas\n---\n",
		"chapters/atlas.md":    "---\ntitle: A chapter called as the book\nbook: other\n---\n",
		"books/other.md":       "---\ntitle: Another book\n---\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	lib, problems, err := load.Load(t.Context(), files, load.Options{Today: today})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	return lib
}

func facet(t testing.TB, lib *content.Library, name string) content.Facet {
	t.Helper()
	f, ok := lib.Facet(name)
	if !ok {
		t.Fatalf("there is no facet %s", name)
	}
	return f
}

func TestFacetsOfALibrary(t *testing.T) {
	lib := facetLibrary(t)
	var names []string
	for _, f := range lib.Facets() {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "area country chapter when day size web done remark kind language" {
		t.Errorf("the facets are %s", got)
	}
	for _, name := range append(names, "grade", "detail") {
		if got, want := lib.Schema.IsFacet(name), name != "grade" && name != "detail"; got != want {
			t.Errorf("IsFacet(%s) = %t", name, got)
		}
	}
	if _, ok := lib.Facet("no-such-field"); ok {
		t.Error("there is a facet no-such-field")
	}
}

// What each type says of itself.
func TestFacetTypes(t *testing.T) {
	lib := facetLibrary(t)
	for _, tt := range []struct {
		name       string
		want       content.FacetType
		vocabulary string
		kind       string
	}{
		{"kind", content.FacetOfKinds, "", ""},
		{"language", content.FacetOfLanguages, "", ""},
		{"area", content.FacetOfTerms, "area", ""},
		{"chapter", content.FacetOfPages, "", "chapter"},
		{"when", content.FacetOfYears, "", ""},
		{"day", content.FacetOfYears, "", ""},
		{"size", content.FacetOfNumbers, "", ""},
		{"done", content.FacetOfBooleans, "", ""},
		{"web", content.FacetOfTexts, "", ""},
		{"remark", content.FacetOfTexts, "", ""},
		{"detail", content.FacetOfNothing, "", ""},
		{"sources", content.FacetOfNothing, "", ""},
		{"extra", content.FacetOfNothing, "", ""},
	} {
		f := facet(t, lib, tt.name)
		vocabulary, kind := "", ""
		if f.Vocabulary != nil {
			vocabulary = f.Vocabulary.Name
		}
		if f.Kind != nil {
			kind = f.Kind.ID
		}
		if f.Type != tt.want || vocabulary != tt.vocabulary || kind != tt.kind || f.ByYears() != (tt.want == content.FacetOfYears) {
			t.Errorf("%s is of type %d, vocabulary %q, kind %q, by years: %t", tt.name, f.Type, vocabulary, kind, f.ByYears())
		}
	}
}

// A field of one name may refer to pages of other kinds in another kind.
func TestFacetOfAKindsField(t *testing.T) {
	lib := facetLibrary(t)
	for _, kind := range []string{"note", "chapter"} {
		k, _ := lib.Schema.Kind(kind)
		f, _ := k.Field("related")
		if got := lib.FacetOf(f); got.Kind.ID != f.Kind || got.Field != f {
			t.Errorf("related of a %s refers to pages of kind %s", kind, got.Kind.ID)
		}
	}
}

func TestFacetIDs(t *testing.T) {
	lib := facetLibrary(t)
	full, _ := lib.Page("notes/full")
	for _, tt := range []struct{ facet, want string }{
		{"kind", "note"},
		{"language", "en fr"},
		{"area", "coast north south world"}, // all follow from the countries
		{"country", "BB CC"},
		{"chapter", "atlas atlas/01 atlas/02"}, // and the book above
		{"when", "2007 2008 2009 2009 2010"},
		{"day", "2026"},
		{"size", "10"},
		{"web", "https://example.org/x"},
		{"done", "false"},
		{"remark", "2014 One thing"},
		{"related", ""},
		{"detail", ""},
		{"sources", ""},
		{"extra", ""},
	} {
		for _, p := range []*content.Page{full, full.In("fr")} {
			got := facet(t, lib, tt.facet).AppendIDs([]string{" "}, p)[1:]
			slices.Sort(got)
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%s in %s has the ids %q, want %q", tt.facet, p.Lang, got, tt.want)
			}
		}
	}
}

// A page counts for each year of a span, and no span that a damaged record
// may hold makes more years than a page may have.
func TestFacetYearsAreBounded(t *testing.T) {
	f, ok := (&content.Library{Schema: content.NewSchema([]*content.Kind{{ID: "note", Fields: []*content.Field{{Name: "when", Type: content.TypeYears}}}})}).Facet("when")
	if !ok {
		t.Fatal("no facet")
	}
	const most, least = int(^uint(0) >> 1), -int(^uint(0)>>1) - 1
	for _, tt := range []struct {
		years content.Years
		n     int
	}{
		{content.Years{From: 1000, To: 1300}, 301},
		{content.Years{From: 1000, To: 1301}, 301},
		{content.Years{From: 2100, To: 2300}, 101},
		{content.Years{From: least, To: most}, 301},
		{content.Years{From: most, To: most}, 0},
		{content.Years{From: least, To: least}, 0},
		{content.Years{From: 5, To: 900}, 0},
		{content.Years{}, 0},
	} {
		p := &content.Page{Fields: map[string][]content.Value{"when": {{Years: tt.years}}}}
		if got := f.AppendIDs(nil, p); len(got) != tt.n {
			t.Errorf("%v has %d years, want %d", tt.years, len(got), tt.n)
		}
	}
}

func TestFacetLabels(t *testing.T) {
	lib := facetLibrary(t)
	texts := func(list []content.Text) string {
		var s []string
		for _, text := range list {
			s = append(s, text.In("fr"))
		}
		return strings.Join(s, ", ")
	}
	for _, tt := range []struct{ facet, label, value, names string }{
		{"kind", "", "note", "Note, Billets"},
		{"kind", "", "none", ""},
		{"language", "", "fr", ""},
		{"area", "Zone", "coast", "Côte"},
		{"area", "Zone", "none", ""},
		{"country", "Country", "AA", "Aland"},
		{"chapter", "Chapter", "atlas/01", ""},
		{"when", "When", "2014", ""},
		{"remark", "Remark", "One thing", ""},
	} {
		f := facet(t, lib, tt.facet)
		if got := f.Label().In("fr"); got != tt.label {
			t.Errorf("the label of %s is %q, want %q", tt.facet, got, tt.label)
		}
		if got := texts(f.Names(tt.value)); got != tt.names {
			t.Errorf("%s of %s has the names %q, want %q", tt.value, tt.facet, got, tt.names)
		}
		first, _, _ := strings.Cut(tt.names, ", ")
		if got, ok := f.ValueLabel(tt.value); got.In("fr") != first || ok != (first != "") {
			t.Errorf("the label of %s of %s is %q, %t", tt.value, tt.facet, got.In("fr"), ok)
		}
	}
}

func TestFacetValues(t *testing.T) {
	lib := facetLibrary(t)
	for _, tt := range []struct{ facet, want string }{
		{"kind", "note book chapter"},
		{"language", "en fr"}, // those that a page is in
		{"area", "north coast south world"},
		{"chapter", ""},
		{"when", ""},
		{"remark", ""},
	} {
		if got := strings.Join(facet(t, lib, tt.facet).Values(), " "); got != tt.want {
			t.Errorf("%s can have %q, want %q", tt.facet, got, tt.want)
		}
	}
	for _, tt := range []struct{ facet, text, want string }{
		{"kind", "note", "note"},
		{"kind", "Note", ""},
		{"language", "fr", "fr"},
		{"language", "ar", ""}, // no page is in Arabic
		{"area", "coast", "coast"},
		{"area", "Coast", ""},
		{"chapter", "atlas/01", "atlas/01"},
		{"chapter", "atlas/99", ""},
		{"chapter", "other", ""}, // a book, and no chapter
		{"when", "2014", "2014"},
		{"when", "0014", "14"},
		{"when", "9999", "9999"},
		{"when", "10000", ""},
		{"when", "0", ""},
		{"when", "soon", ""},
		{"size", "any", "any"},
		{"done", "true", "true"},
		{"remark", "Whatever", "Whatever"},
		{"detail", "x", ""},
	} {
		if got, ok := facet(t, lib, tt.facet).Value(tt.text); got != tt.want || ok != (tt.want != "") {
			t.Errorf("%q in %s is %q, %t, want %q", tt.text, tt.facet, got, ok, tt.want)
		}
	}
}

// The order is total, and begins with what a list knows.
func TestFacetOrder(t *testing.T) {
	lib := facetLibrary(t)
	for _, tt := range []struct{ facet, ids, want string }{
		{"kind", "zebra chapter book note", "note book chapter zebra"},
		{"language", "de ar fr en bg", "en fr ar bg de"}, // as the site has them
		{"area", "world zone coast north area south", "north coast south world area zone"},
		{"chapter", "b/2 a b/10", "a b/10 b/2"},
		{"when", "2014 999 2007", "999 2007 2014"},
		{"day", "2014 999 2007", "999 2007 2014"},
		{"size", "10 9 -3.50 1.0 1", "-3.50 1 1.0 9 10"},
		{"remark", "10 9 b a", "10 9 a b"},
	} {
		ids := strings.Fields(tt.ids)
		slices.SortFunc(ids, facet(t, lib, tt.facet).Order())
		if got := strings.Join(ids, " "); got != tt.want {
			t.Errorf("%s stand as %q, want %q", tt.facet, got, tt.want)
		}
	}
}

func TestFacetPagesAndAbove(t *testing.T) {
	lib := facetLibrary(t)
	for _, tt := range []struct{ facet, value, page, above string }{
		{"chapter", "atlas/01", "chapters/atlas/01", "[]"}, // the book's value is another chapter's
		{"chapter", "atlas", "chapters/atlas", "[other]"},
		{"chapter", "other", "books/other", "[]"},
		{"chapter", "none", "", "[]"},
		{"related", "full", "notes/full", "[]"},
		{"area", "coast", "", "[north south]"},
		{"area", "world", "", "[]"},
		{"area", "none", "", "[]"},
		{"kind", "note", "", "[]"},
		{"remark", "One thing", "", "[]"},
	} {
		f := facet(t, lib, tt.facet)
		if id, ok := f.PageID(tt.value); id != tt.page || ok != (tt.page != "") {
			t.Errorf("%s of %s is the page %q, %t, want %q", tt.value, tt.facet, id, ok, tt.page)
		}
		if got := fmt.Sprint(f.Above(tt.value)); got != tt.above {
			t.Errorf("above %s of %s are %s, want %s", tt.value, tt.facet, got, tt.above)
		}
	}
}

func TestFacetShownAndWords(t *testing.T) {
	lib := facetLibrary(t)
	full, _ := lib.Page("notes/full")
	given, _ := lib.Page("notes/given")
	for _, tt := range []struct {
		facet string
		p     *content.Page
		shown string
		words string
	}{
		{"area", full, "coast", "South, North, Coast, World"}, // of what follows, the narrowest
		{"area", full.In("fr"), "coast", "Sud, Nord, Côte, Monde"},
		{"area", given, "coast, world", "Coast, World, North, South"},
		{"country", full, "CC, BB", "Cland, Bland"},
		{"chapter", full, "atlas/01, atlas/02", "It is named there."},
		{"chapter", full.In("fr"), "atlas/01, atlas/02", ""}, // the reason is in the original's language
		{"remark", full, "One thing, 2014", "One thing, 2014"},
		{"web", full, "https://example.org/x", ""},
		{"done", full, "false", ""},
		{"when", full, "2007-2009, 2009-2010", ""},
		{"kind", full, "", ""},
	} {
		f := facet(t, lib, tt.facet)
		var shown []string
		for _, v := range f.Shown(tt.p) {
			shown = append(shown, v.ID)
		}
		if got := strings.Join(shown, ", "); got != tt.shown {
			t.Errorf("%s shows of %s %q, want %q", tt.p.Path, tt.facet, got, tt.shown)
		}
		if got := strings.Join(slices.Collect(f.Words(tt.p)), ", "); got != tt.words {
			t.Errorf("%s says of %s %q, want %q", tt.p.Path, tt.facet, got, tt.words)
		}
	}
	for range facet(t, lib, "area").Words(full) {
		break // who has enough is not called again
	}
}

func TestSortable(t *testing.T) {
	var got []string
	for _, f := range facetLibrary(t).Schema.Sortable() {
		got = append(got, fmt.Sprint(f.Name, " ", f.ByYears()))
	}
	if s := strings.Join(got, ", "); s != "when true, day true, size false, length false" {
		t.Errorf("pages can be sorted by %s", s)
	}
}

func TestReasons(t *testing.T) {
	k, _ := facetLibrary(t).Schema.Kind("note")
	for _, tt := range []struct {
		field    string
		reason   string
		isReason bool
	}{
		{"grade", "grade_why", false},
		{"grade_why", "", true},
		{"remark", "remark_why", false},
		{"remark_why", "", false}, // remark has no terms
		{"why", "", false},
		{"area", "", false},
	} {
		f, _ := k.Field(tt.field)
		reason, ok := k.Reason(tt.field)
		if ok != (tt.reason != "") || ok && reason.Name != tt.reason || k.IsReason(f) != tt.isReason {
			t.Errorf("%s: reason %v, %t; is one: %t", tt.field, reason, ok, k.IsReason(f))
		}
	}
}

// The way up from kind to kind is bounded.
func TestFacetKindsAreBounded(t *testing.T) {
	var kinds []*content.Kind
	var pages memory
	for i := range 10 {
		id := fmt.Sprint(i)
		kinds = append(kinds, &content.Kind{ID: "k" + id, Folder: "f" + id, Parent: "up", Fields: []*content.Field{{Name: "up", Type: content.TypePage, Kind: "k" + fmt.Sprint(i+1)}}})
		pages = append(pages, &content.Page{ID: "f" + id + "/x" + id, Kind: kinds[i]})
	}
	lib := content.NewLibrary(&content.Library{Schema: content.NewSchema(kinds)}, pages, nil)
	up, _ := kinds[0].Field("up")
	f := lib.FacetOf(up)
	for i, want := range map[int]bool{0: false, 1: true, 8: true, 9: false} {
		if _, ok := f.PageID(fmt.Sprint("x", i)); ok != want {
			t.Errorf("a page of the kind %d above: %v", i, ok)
		}
	}
}
