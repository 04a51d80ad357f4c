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

func TestNamesOfFields(t *testing.T) {
	c := plaincorpus.New(t)
	kind, _ := c.Lib.Schema.Kind("case")
	for _, tt := range []struct {
		lang, field string
		want        view.Label
	}{
		{"fr", "place", view.Label{Text: "Lieu"}}, {"fr", "kind", view.Label{Text: "Type de page"}}, {"fr", "language", view.Label{Text: "Langue"}},
		{"en", "language", view.Label{Text: "Language"}}, {"fr", "nothing", view.Label{Text: "nothing"}}, {"fr", "extra", view.Label{Text: "Extra", Lang: "en", Dir: "ltr"}},
		{"fr", "grade_why", view.Label{Text: "Why", Lang: "en", Dir: "ltr"}},
	} {
		r := viewtest.Reader(t, c, tt.lang)
		if got := r.FieldLabel(tt.field); got != tt.want {
			t.Errorf("%s: the field %s is %+v, want %+v", tt.lang, tt.field, got, tt.want)
		}
		if f, ok := kind.Field(tt.field); ok {
			if got := r.LabelOf(f); got != tt.want {
				t.Errorf("%s: of the kind it is %+v, want %+v", tt.lang, got, tt.want)
			}
		}
	}
	r := viewtest.Reader(t, c, "fr")
	if got := r.LabelOf(&content.Field{Name: "place", Label: content.NewText(map[string]string{"fr": "Où"}, "fr")}); got.Text != "Où" {
		t.Errorf("a kind's own label: %+v", got)
	}
	if got := r.LabelOf(&content.Field{Name: "place"}); got.Text != "Lieu" {
		t.Errorf("without one: %+v", got)
	}
}

func TestForeign(t *testing.T) {
	r := viewtest.Reader(t, plaincorpus.New(t), "fr")
	for _, tt := range []struct {
		text, lang string
		want       view.Label
	}{
		{"x", "fr", view.Label{Text: "x"}}, {"x", "", view.Label{Text: "x"}}, {"", "en", view.Label{}}, {"x", "ar", view.Label{Text: "x", Lang: "ar", Dir: "rtl"}},
	} {
		if got := r.Foreign(tt.text, tt.lang); got != tt.want {
			t.Errorf("%q in %q: %+v", tt.text, tt.lang, got)
		}
	}
	if (view.Label{Text: "x"}).IsZero() || !(view.Label{Lang: "en"}).IsZero() {
		t.Error("a label is zero without a text")
	}
	if got := (view.Label{Text: "Lieu", Lang: "fr"}).Mid("en"); got != "Lieu" {
		t.Errorf("a foreign label within a sentence: %q", got)
	}
	if got := (view.Label{Text: "É"}).Mid("fr"); got != "é" {
		t.Errorf("a label of one letter: %q", got)
	}
}

func TestYears(t *testing.T) {
	r := viewtest.Reader(t, plaincorpus.New(t), "en")
	for _, tt := range []struct {
		years       content.Years
		long, short string
	}{
		{content.Years{From: 2014, To: 2019}, "2014–2019", "2014–2019"}, {content.Years{From: 2014, To: 2014}, "2014", "2014"}, {content.Years{From: 2014}, "2014", "2014"},
		{content.Years{From: 2007, To: 2026, Open: true}, "2007, still running", "since 2007"},
	} {
		if long, short := r.Years(tt.years), r.ShortYears(tt.years); long != tt.long || short != tt.short {
			t.Errorf("%+v: %q, %q; want %q, %q", tt.years, long, short, tt.long, tt.short)
		}
	}
}

func TestReferred(t *testing.T) {
	c := plaincorpus.New(t)
	r := viewtest.Reader(t, c, "en")
	rule, _ := c.Lib.Facet("rule")
	for value, want := range map[string]string{"dry-land/01": "rules/dry-land/01", "dry-land": "books/dry-land", "none": ""} {
		id := ""
		if p, ok := r.Referred(rule, value); ok {
			id = p.ID
		}
		if id != want {
			t.Errorf("%s is %q, want %q", value, id, want)
		}
	}
	for id, want := range map[string]string{"2007": "2007", "x": "x"} {
		period, _ := c.Lib.Facet("period")
		if got := r.Value(period, id); got.Text != want {
			t.Errorf("the year %s: %+v", id, got)
		}
	}
	running, _ := c.Lib.Facet("running")
	for id, want := range map[string]string{"true": "Yes", "false": "No", "perhaps": "perhaps"} {
		if got := r.Value(running, id); got.Text != want {
			t.Errorf("running=%s: %+v, want %s", id, got, want)
		}
	}
	if got := r.ValueLabel("kind", "none"); got.Text != "none" {
		t.Errorf("no kind: %+v", got)
	}
}
