package server

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
)

// ask makes a request as begin does, for tests of what pages are made from.
func ask(t testing.TB, s *site, lang string) *request {
	t.Helper()
	return &request{
		Request: httpGet(t, "/search"), corpus: s.corpus, lib: s.corpus.Lib, lang: lang,
		m: s.messages.In(lang), links: address.NewLinks(s.base, s.corpus.Lib.Site, s.corpus.Lib.Schema, lang), path: "/search", srv: s.Server,
	}
}

func outline(rows []facetRow) string {
	var parts []string
	for _, row := range rows {
		p := row.ID
		if row.Checked {
			p += "*"
		}
		if row.Fold != "" {
			p += "+"
			if row.Open {
				p += "open"
			}
		}
		if len(row.Sub) > 0 {
			p += "(" + outline(row.Sub) + ")"
		}
		parts = append(parts, p)
	}
	return strings.Join(parts, " ")
}

// A value stands once, below the first of its broader values that is there,
// and siblings are in the reader's order.
func TestFacetTree(t *testing.T) {
	s := newSite(t, nil)
	facet := search.Facet{Field: "place", Values: []search.FacetValue{
		{ID: "cape", Count: 1, Selected: true}, {ID: "coast", Count: 2}, {ID: "hills", Count: 3}, {ID: "plain", Count: 4},
	}}
	for lang, want := range map[string]string{
		"en": "coast(cape*) hills plain",
		"fr": "hills coast(cape*) plain", // Collines, Côte, Plaine
	} {
		r := ask(t, s, lang)
		if got := outline(r.facetTree(s.catalogueOf(r.lib), facet)); got != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
	}
	facet.Values = facet.Values[:1:1]
	facet.Values = append(facet.Values, search.FacetValue{ID: "hills", Count: 3})
	r := ask(t, s, "en")
	if got, want := outline(r.facetTree(s.catalogueOf(r.lib), facet)), "hills(cape*)"; got != want {
		t.Errorf("without the first broader value: %s, want %s", got, want)
	}
}

func rowsOf(spec ...string) []facetRow {
	var rows []facetRow
	for i, s := range spec {
		id, chosen := strings.CutSuffix(s, "*")
		rows = append(rows, facetRow{ID: id, Label: label{Text: id}, Checked: chosen, chosen: chosen, count: i + 1, size: 1})
	}
	return rows
}

func TestFold(t *testing.T) {
	r := ask(t, newSite(t, nil), "en")
	ten := []string{"a*", "b", "c", "d", "e", "f", "g", "h", "i", "j"}
	for _, tt := range []struct {
		name       string
		rows       []facetRow
		open, more string
	}{
		{"short", rowsOf("a", "b"), "a b", ""},
		{"the best filled and the chosen one stay, in their order", rowsOf(ten...), "a* e f g h i j", "b c d"},
		{"narrower values fold", nest("x", rowsOf(ten[1:]...)), "x+(b c d e f g h i j)", ""},
		{"but not around a chosen one", nest("x", rowsOf(ten...)), "x+open(a* b c d e f g h i j)", ""},
		{"two narrower ones are not worth it", append(nest("x", rowsOf("p", "q")), rowsOf(ten[:7]...)...), "x(p q) b c d e f g", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows, more := r.fold(tt.rows)
			var folded string
			if more != nil {
				folded = outline(more.Rows)
				if more.N != size(more.Rows) {
					t.Errorf("says %d, folds %d", more.N, size(more.Rows))
				}
			}
			if tt.name == "two narrower ones are not worth it" {
				if !strings.Contains(outline(rows)+folded, "x(p q)") {
					t.Errorf("%s | %s", outline(rows), folded)
				}
				return
			}
			if outline(rows) != tt.open || folded != tt.more {
				t.Errorf("open %q, folded %q; want %q, %q", outline(rows), folded, tt.open, tt.more)
			}
		})
	}
}

func nest(id string, sub []facetRow) []facetRow {
	row := facetRow{ID: id, Label: label{Text: id}, Sub: sub, size: 1 + size(sub)}
	row.chosen = slices.ContainsFunc(sub, func(r facetRow) bool { return r.chosen })
	return []facetRow{row}
}

// However many values a facet has, a page carries few of them, all chosen ones
// among them, and a link to the rest.
func TestTooManyValues(t *testing.T) {
	s := newSite(t, nil)
	r := ask(t, s, "en")
	f := search.Facet{Field: "builder"}
	for i := range 500 {
		f.Values = append(f.Values, search.FacetValue{ID: fmt.Sprintf("b%03d", i), Count: 1 + i%7, Selected: i == 499})
	}
	q := search.Query{Filters: []search.Filter{{Field: "builder", Values: []string{"b499"}}}}
	v, ok := r.facetView(s.catalogueOf(r.lib), q, f)
	if !ok {
		t.Fatal("no view")
	}
	shown := size(v.Rows)
	if v.More != nil {
		shown += size(v.More.Rows)
	}
	if shown > maxRows+1 || shown < maxRows || v.Total != 500 || v.AllURL == "" {
		t.Errorf("%d of %d values, link %q", shown, v.Total, v.AllURL)
	}
	if !slices.ContainsFunc(v.Rows, func(row facetRow) bool { return row.ID == "b499" && row.Checked }) {
		t.Error("the chosen value isn't among those that stand open")
	}
	r.Request = httpGet(t, "/search?all=builder")
	if v, _ := r.facetView(s.catalogueOf(r.lib), q, f); size(v.Rows)+size(v.More.Rows) != 500 || v.AllURL != "" {
		t.Errorf("asked for all: %d and %d", size(v.Rows), size(v.More.Rows))
	}
}

func TestYearsView(t *testing.T) {
	r := ask(t, newSite(t, nil), "ar")
	f := search.Facet{Field: "period", Values: []search.FacetValue{{ID: "2007", Count: 2}, {ID: "2008", Count: 4}, {ID: "2010", Count: 1}}}
	got := r.yearsView(search.Filter{Field: "period", From: 2008}, f)
	want := &yearsView{From: "2008", Min: 2007, Max: 2010, Bars: &barsView{Width: 15, Height: 24, Path: "M0 12h3v12h-3zM4 0h3v24h-3zM12 18h3v6h-3z"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %+v; want %+v, %+v", got, got.Bars, want, want.Bars)
	}
	if one := r.yearsView(search.Filter{Field: "period", Values: []string{"2008"}}, f); one.From != "2008" || one.To != "2008" {
		t.Errorf("a single year is %q to %q", one.From, one.To)
	}
	if v := r.yearsView(search.Filter{}, search.Facet{Field: "period"}); v != nil {
		t.Errorf("without any year: %+v", v)
	}
}

func TestYearBars(t *testing.T) {
	if b := yearBars(map[int]int{2007: 1, 2008: 2}, 2007, 2008); b != nil {
		t.Error("two years are no picture")
	}
	if b := yearBars(map[int]int{1: 5, 2000: 1}, 1, 2000); b == nil || b.Width != (maxBars-1)*barStep+barWidth {
		t.Errorf("a long span: %+v", b)
	}
	if b := yearBars(nil, 0, 0); b != nil {
		t.Error("nothing to draw")
	}
}

// What the schema says is all that names fields and values: a facet of a kind
// that nobody knows still shows.
func TestValueLabel(t *testing.T) {
	s := newSite(t, nil)
	for _, tt := range []struct {
		lang, field, id string
		want            label
	}{
		{"fr", "place", "cape", label{Text: "Cap"}},
		{"fr", "place", "nowhere", label{Text: "nowhere"}},
		{"ar", "kind", "case", label{Text: "حالة"}},
		{"fr", "language", "ar", label{Text: "arabe"}},
		{"ar", "period", "2007", label{Text: "٢٠٠٧"}},
		{"fr", "running", "true", label{Text: "Oui"}},
		{"fr", "rule", "dry-land/01", label{Text: "Begin at the top", Lang: "en", Dir: "ltr"}},
		{"en", "rule", "dry-land", label{Text: "Dry land"}},
		{"en", "nothing", "x", label{Text: "x"}},
	} {
		got := ask(t, s, tt.lang).valueLabel(tt.field, tt.id)
		if tt.field == "rule" && tt.id == "dry-land" {
			p, _ := s.corpus.Page("books/dry-land")
			tt.want.Text = p.Title
		}
		if got != tt.want {
			t.Errorf("%s: %s=%s is %+v, want %+v", tt.lang, tt.field, tt.id, got, tt.want)
		}
	}
	if l := (label{Text: "Region"}); l.Mid("en") != "region" || l.Mid("de") != "Region" || (label{Text: "EU"}).Mid("en") != "EU" || (label{}).Mid("en") != "" {
		t.Error("labels within a sentence")
	}
}

// A field that was inferred as a whole shows its narrowest terms.
func TestShownValues(t *testing.T) {
	s := newSite(t, nil)
	r := ask(t, s, "en")
	p, _ := s.corpus.Page("cases/cape-stones")
	f, _ := p.Kind.Field("place")
	if p.Values("place")[0].Given {
		t.Fatal("the page should have its place inferred")
	}
	var ids []string
	for _, v := range r.shownValues(p, f) {
		ids = append(ids, v.ID)
	}
	if !slices.Equal(ids, []string{"cape"}) {
		t.Errorf("shown: %v", ids)
	}
	if got := r.years(content.Years{From: 2007, To: 2026, Open: true}); got != "2007, still running" {
		t.Errorf("an open span: %q", got)
	}
}
