package article

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
)

// wellRead is the sample content with more of what refers to a rule: cases in
// several places and in none, with reasons, and another rule; rules have numbers.
func wellRead(t *testing.T) *plaincorpus.Corpus {
	t.Helper()
	files := plaincorpus.Files()
	schema, err := fs.ReadFile(files, "schema.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer(
		"place: {type: term, vocabulary: place, many: true, required: true,", "place: {type: term, vocabulary: place, many: true,",
		"      book: {type: page,", "      number: {type: number, label: Number}\n      see: {type: page, kind: rule, many: true, label: See}\n      book: {type: page,",
	).Replace(string(schema))
	pairs := []string{
		"schema.yaml", text,
		"rules/dry-land/03.md", "---\ntitle: Rule 3, on silt\nnumber: 3\nbook: dry-land\nsee: [dry-land/01]\n---\nSilt.\n",
		"rules/dry-land/04.md", "---\ntitle: Mulch\nnumber: 4.5\nbook: dry-land\nsee: [dry-land/05]\n---\nMulch.\n",
		"rules/dry-land/05.fr.md", "---\ntitle: Le paillage\nsummary: Pailler.\n---\nPailler.\n",
		"rules/dry-land/05.md", "---\ntitle: Mulch again\nnumber: 5\nbook: dry-land\nsee:\n  - ref: dry-land/04\n    why: It came first.\n---\nMulch.\n",
	}
	for i, place := range []string{"[coast]", "[hills]", "[cape]", "", "[plain, hills]"} {
		front := fmt.Sprintf("title: Case %d of Tunisia\nmethod: [wells]\n", i)
		if place != "" {
			front += "place: " + place + "\n"
		}
		pairs = append(pairs, fmt.Sprintf("cases/more-%d.md", i), fmt.Sprintf("---\n%speriod: 201%d\nrule:\n  - ref: dry-land/01\n    why: For reason %d.\n---\nText.\n", front, i, i))
	}
	return &plaincorpus.Corpus{Lib: plaincorpus.Library(t, plaincorpus.With(files, pairs...))}
}

// Many references are divided by place, each has its reason and what its title
// doesn't say; where one filter gives them, there is a link to it.
func TestManyReferences(t *testing.T) {
	c := wellRead(t)
	for _, tt := range []struct{ name, id, lang string }{
		{"many-references", "rules/dry-land/01", "en"}, {"many-references.ar", "rules/dry-land/01", "ar"}, {"numbers", "rules/dry-land/04", "fr"},
		{"number-in-title", "rules/dry-land/05", "fr"}, {"gaps", "books/dry-land", "ar"}, {"no-place", "cases/more-3", "en"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := c.Page(tt.id)
			if err != nil {
				t.Fatal(err)
			}
			v, err := Of(t.Context(), viewtest.At(t, c, tt.lang, "", "/"+tt.id, ""), p)
			if err != nil {
				t.Fatal(err)
			}
			v.Cite, v.JSONLD, v.Facts, v.Related = nil, nil, nil, nil // other tests look at them
			viewtest.Golden(t, tt.name, v)
		})
	}
}

// Where the schema counts by neither kind nor reference, or a filter would give
// other pages too, no search gives the pages that refer.
func TestReferencesWithoutFilter(t *testing.T) {
	for name, facets := range map[string][]string{"": {"rule", "kind"}, "no kind": {"rule"}, "no rule": {"kind"}} {
		c := wellRead(t)
		c.Lib.Schema.Facets = facets
		p, err := c.Page("rules/dry-land/01")
		if err != nil {
			t.Fatal(err)
		}
		groups := ask(t, c, "en").referred(p)
		if len(groups) != 2 || groups[0].N != 6 || (groups[0].FilterURL != "") != (name == "") || groups[1].FilterURL != "" {
			t.Errorf("%s: %+v", name, groups)
		}
	}
	// What a page refers to itself is not said again, if it does so in the same field.
	c := wellRead(t)
	for id, want := range map[string]int{"rules/dry-land/04": 0, "rules/dry-land/05": 0, "rules/dry-land/03": 0, "rules/dry-land/01": 2} {
		p, err := c.Page(id)
		if err != nil {
			t.Fatal(err)
		}
		if groups := ask(t, c, "en").referred(p); len(groups) != want {
			t.Errorf("%s: %+v, want %d groups", id, groups, want)
		}
	}
}

// A book says how many of its rules no page refers to, if there are any.
func TestItems(t *testing.T) {
	c := wellRead(t)
	book, err := c.Page("books/dry-land")
	if err != nil {
		t.Fatal(err)
	}
	if v := ask(t, c, "en").items(book); len(v.Refs) != 5 || v.Gaps != "2 of 5 have no page that illustrates them yet." || !v.Refs[1].Gap || v.Refs[0].Gap || v.Refs[0].Count != "7 pages" {
		t.Errorf("%+v", v)
	}
	lib := plaincorpus.Library(t, plaincorpus.With(plaincorpus.Files(), "cases/x.md", "---\ntitle: X\nplace: [hills]\nmethod: [wells]\nrule: [dry-land/02]\n---\nText.\n"))
	if v := ask(t, &plaincorpus.Corpus{Lib: lib}, "en").items(book); len(v.Refs) != 2 || v.Gaps != "" {
		t.Errorf("without gaps: %+v", v)
	}
	rule, err := c.Page("rules/dry-land/01")
	if err != nil {
		t.Fatal(err)
	}
	if v := ask(t, c, "en").items(rule); v != nil {
		t.Errorf("of a page without any below: %+v", v)
	}
}

// The neighbours are those of the same page above, none at the ends.
func TestNeighbours(t *testing.T) {
	c := wellRead(t)
	r := ask(t, c, "en")
	for id, want := range map[string][2]string{
		"rules/dry-land/01": {"", "/rules/dry-land/02"}, "rules/dry-land/03": {"/rules/dry-land/02", "/rules/dry-land/04"}, "rules/dry-land/05": {"/rules/dry-land/04", ""},
		"books/dry-land": {"", ""}, "cases/more-1": {"", ""},
	} {
		p, err := c.Page(id)
		if err != nil {
			t.Fatal(err)
		}
		var got [2]string
		prev, next := r.neighbours(p)
		for i, ref := range []*Ref{prev, next} {
			if ref != nil {
				got[i] = ref.URL
			}
		}
		if got != want {
			t.Errorf("beside %s: %q, want %q", id, got, want)
		}
	}
}

func TestHostOf(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.example.org/a?b": "example.org", "http://example.org:8080/": "example.org", "not an address": "not an address", "": "", "https://[::1]/x": "::1", "%zz": "%zz",
	} {
		if got := hostOf(in); got != want {
			t.Errorf("hostOf(%q) = %q, want %q", in, got, want)
		}
	}
}
