package view_test

import (
	"slices"
	"testing"

	"casebook/content"
	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
	"casebook/server/view"
)

// What the schema says is all that names fields and values: a facet of a kind
// that nobody knows still shows.
func TestValueLabel(t *testing.T) {
	c := plaincorpus.New(t)
	for _, tt := range []struct {
		lang, field, id string
		want            view.Label
	}{
		{"fr", "place", "cape", view.Label{Text: "Cap"}},
		{"fr", "place", "nowhere", view.Label{Text: "nowhere"}},
		{"ar", "kind", "case", view.Label{Text: "حالة"}},
		{"fr", "language", "ar", view.Label{Text: "arabe"}},
		{"ar", "period", "2007", view.Label{Text: "٢٠٠٧"}},
		{"fr", "running", "true", view.Label{Text: "Oui"}},
		{"fr", "rule", "dry-land/01", view.Label{Text: "Begin at the top", Lang: "en", Dir: "ltr"}},
		{"en", "rule", "dry-land", view.Label{Text: "Dry land"}},
		{"en", "nothing", "x", view.Label{Text: "x"}},
	} {
		got := viewtest.Reader(t, c, tt.lang).ValueLabel(tt.field, tt.id)
		if tt.field == "rule" && tt.id == "dry-land" {
			p, _ := c.Page("books/dry-land")
			tt.want.Text = p.Title
		}
		if got != tt.want {
			t.Errorf("%s: %s=%s is %+v, want %+v", tt.lang, tt.field, tt.id, got, tt.want)
		}
	}
	if l := (view.Label{Text: "Region"}); l.Mid("en") != "region" || l.Mid("de") != "Region" || (view.Label{Text: "EU"}).Mid("en") != "EU" || (view.Label{}).Mid("en") != "" {
		t.Error("labels within a sentence")
	}
}

// A field that was inferred as a whole shows its narrowest terms.
func TestShownValues(t *testing.T) {
	c := plaincorpus.New(t)
	r := viewtest.Reader(t, c, "en")
	p, _ := c.Page("cases/cape-stones")
	f, _ := p.Kind.Field("place")
	if p.Values("place")[0].Given {
		t.Fatal("the page should have its place inferred")
	}
	var ids []string
	for _, v := range r.Shown(p, f) {
		ids = append(ids, v.ID)
	}
	if !slices.Equal(ids, []string{"cape"}) {
		t.Errorf("shown: %v", ids)
	}
	if got := r.Years(content.Years{From: 2007, To: 2026, Open: true}); got != "2007, still running" {
		t.Errorf("an open span: %q", got)
	}
}
