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
}
