package api

import (
	"testing"

	"casebook/server/internal/plaincorpus"
)

func TestPage(t *testing.T) {
	s := newSite(t, "https://example.org")
	doc := decode(t, s.get("/api/v1/pages/cases/cape-stones").body)
	tests := []struct {
		want any
		path []string
	}{
		{"https://example.org/cases/cape-stones", []string{"url"}},
		{"2026-05-04", []string{"reviewed"}},
		{nil, []string{"parent"}},
		{1250.0, []string{"fields", "families", "0", "number"}},
		{true, []string{"fields", "running", "0", "boolean"}},
		{2007.0, []string{"fields", "period", "0", "from"}},
		{float64(plaincorpus.Today.Year()), []string{"fields", "period", "0", "to"}},
		{true, []string{"fields", "period", "0", "open"}},
		{"2007-03-01", []string{"fields", "started", "0", "date"}},
		{"rules/dry-land/01", []string{"fields", "rule", "0", "page"}},
		{"Begin at the top", []string{"fields", "rule", "0", "label"}},
		{"Tunisia", []string{"fields", "land", "0", "label"}},
		{true, []string{"fields", "land", "0", "given"}},
		{false, []string{"fields", "place", "0", "given"}},
		{2014.0, []string{"fields", "sources", "0", "year"}},
		{40.0, []string{"fields", "extra", "0", "tons"}},
		{"setting", []string{"sections", "1", "key"}},
	}
	for _, tt := range tests {
		if got := dig(doc, tt.path...); got != tt.want {
			t.Errorf("%v = %v, want %v", tt.path, got, tt.want)
		}
	}
	p := decode(t, s.get("/api/v1/pages/cases/hill-moons").body)
	for _, name := range []string{"families", "rule", "sources"} { // what a page doesn't have is an empty list
		if list, ok := dig(p, "fields", name).([]any); !ok || len(list) != 0 {
			t.Errorf("%s = %v", name, dig(p, "fields", name))
		}
	}
}
