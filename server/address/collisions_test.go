package address

import (
	"strings"
	"testing"

	"casebook/content"
	"casebook/server/internal/plaincorpus"
)

func TestCollisions(t *testing.T) {
	if ps := Collisions(plaincorpus.New(t).Lib); len(ps) > 0 {
		t.Fatalf("the test's own content: %v", ps)
	}
	tests := []struct {
		name   string
		change func(*content.Library)
		want   string
	}{
		{"folder and page of the program", func(l *content.Library) { l.Schema.Kinds[0].Folder = "search" }, "the folder of the kind case has the address /search"},
		{"folder and language", func(l *content.Library) { l.Schema.Kinds[0].Folder = "fr" }, "the folder of the kind case has the address /fr, which is that of the language fr"},
		{"facet and folder", func(l *content.Library) { l.Schema.Facets = []string{"cases"} }, "the facet cases has the address /cases"},
		{"facet and parameter", func(l *content.Library) { l.Schema.Facets = []string{"sort"} }, "the facet sort uses the parameter sort"},
		{"facet and span", func(l *content.Library) { l.Schema.Facets = []string{"period", "period_to"} }, "the facet period_to uses the parameter period_to"},
		{"field and facet of all pages", func(l *content.Library) {
			l.Schema = &content.Schema{Kinds: []*content.Kind{{ID: "x", Folder: "x", Fields: []*content.Field{{Name: "kind"}}}}, Facets: []string{"kind"}}
		}, "schema.yaml: error: the facet kind is one that all pages have"},
		{"folder in capitals", func(l *content.Library) { l.Schema.Kinds[0].Folder = "Search" }, "the folder of the kind case has the address /Search"},
		{"facets of years and of the last of them", func(l *content.Library) { l.Schema.Facets = []string{"period_from", "period"} },
			"the facet period uses the parameter period_from, which is that of the facet period_from"},
		{"two folders", func(l *content.Library) { l.Schema.Kinds[1].Folder = "search/a" }, "which is that of the program's own page of that name"},
		{"no language", func(l *content.Library) { l.Site.Languages = nil }, "no languages"},
	}
	for _, tt := range tests {
		lib := plaincorpus.New(t).Lib
		tt.change(lib)
		ps := Collisions(lib)
		if len(ps) == 0 || !strings.Contains(ps[0].Error(), tt.want) || ps[0].Severity != content.Error || ps[0].Code == "" || ps[0].Fix == "" {
			t.Errorf("%s: %v, want %q", tt.name, ps, tt.want)
		}
	}
	// Folders in one folder, and those with the name of a facet that has no pages of its own.
	lib := plaincorpus.New(t).Lib
	lib.Schema.Kinds[0].Folder, lib.Schema.Kinds[1].Folder = "all/cases", "all/rules"
	if ps := Collisions(lib); len(ps) > 0 {
		t.Errorf("two kinds in one folder: %v", ps)
	}
	for _, facet := range []string{content.KindFacet, content.LanguageFacet} {
		lib := plaincorpus.New(t).Lib
		lib.Schema.Kinds[0].Folder = facet
		if ps := Collisions(lib); len(ps) > 0 {
			t.Errorf("a folder with the name of the facet %s: %v", facet, ps)
		}
	}
}
