package article

import (
	"slices"
	"strings"
	"testing"

	"casebook/search"
	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
)

// ask is somebody who asks in a language.
func ask(t testing.TB, c *plaincorpus.Corpus, lang string) reader {
	t.Helper()
	return reader{viewtest.Reader(t, c, lang)}
}

// said writes reasons as the template does.
func said(reasons []Reason) string {
	var parts []string
	for _, why := range reasons {
		var what []string
		for _, l := range why.What {
			if l.Lang != "" {
				l.Text += "@" + l.Lang
			}
			what = append(what, l.Text)
		}
		parts = append(parts, why.Say+" "+strings.Join(what, ", ")+".")
	}
	return strings.Join(parts, " ")
}

// The page says in the reader's language what makes pages alike: fields of
// which "same" can be said by their name, others without, words where little
// else is shared.
func TestReasons(t *testing.T) {
	c := plaincorpus.New(t)
	land, method, moons := search.SharedValue{Field: "land", ID: "TN"}, search.SharedValue{Field: "method", ID: "stone-lines"}, search.SharedValue{Field: "method", ID: "half-moons"}
	rule, grade := search.SharedValue{Field: "rule", ID: "dry-land/01"}, search.SharedValue{Field: "grade", ID: "told"}
	shared := func(values ...search.SharedValue) search.Similar { return search.Similar{Shared: values} }
	withWords := func(s search.Similar, lang string, words ...string) search.Similar {
		s.Words, s.WordsLang = words, lang
		return s
	}
	title := ask(t, c, "en").ValueLabel("rule", "dry-land/01").Text
	for _, tt := range []struct {
		name, lang string
		similar    search.Similar
		want       string
	}{
		{"a field", "en", shared(land, method), "Same country: Tunisia. Same method: Stone lines."},
		{"French", "fr", shared(land, method), "Même pays\u00a0: Tunisie. Même méthode\u00a0: Cordons pierreux."},
		{"Arabic", "ar", shared(land, method), "نفس البلد: تونس. نفس الطريقة: خطوط الحجارة."},
		{"two values of a field", "en", shared(method, land, moons), "Same method: Stone lines, Half-moons. Same country: Tunisia."},
		{"three values, no more", "en", shared(method, moons, land, grade), "Same method: Stone lines, Half-moons. Same country: Tunisia."},
		{"one name in two fields", "en", shared(search.SharedValue{Field: "grade", ID: "Tunisia"}, land, method), "Same method: Stone lines. Also in common: Tunisia."},
		{"a field of another sort besides", "en", shared(grade, method), "Same method: Stone lines. Also in common: Told."},
		{"a field of another sort alone", "en", shared(grade), "In common: Told."},
		{"terms before references", "en", shared(rule, land, method), "Same country: Tunisia. Same method: Stone lines."},
		{"references alone", "en", shared(rule), "Same rule: " + title + "."},
		{"enough terms need no words", "en", withWords(shared(land, method), "en", "water"), "Same country: Tunisia. Same method: Stone lines."},
		{"words too", "en", withWords(shared(land), "en", "tunisia", "water", "wall"), "Same country: Tunisia. Words in common: water, wall."},
		{"words alone", "en", withWords(shared(), "en", "a1", "b1", "c1", "d1", "e1"), "Words in common: a1, b1, c1, d1."},
		{"a word", "en", withWords(shared(), "en", "water"), "Word in common: water."},
		{"words of another language", "ar", withWords(shared(), "en", "water", "wall"), "كلمتان مشتركتان: water@en, wall@en."},
		{"French words", "fr", withWords(shared(), "fr", "eau"), "Mot en commun\u00a0: eau."},
		{"nothing", "en", shared(), ""},
	} {
		if got := said(ask(t, c, tt.lang).reasons(tt.similar)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A site whose schema draws no gap map names no field.
func TestReasonsWithoutMap(t *testing.T) {
	c := plaincorpus.New(t)
	site := *c.Lib.Site
	site.Map, site.Matrix = "", [2]string{}
	c.Lib.Site = &site
	similar := search.Similar{Shared: []search.SharedValue{{Field: "land", ID: "TN"}, {Field: "method", ID: "wells"}}}
	if got, want := said(ask(t, c, "en").reasons(similar)), "In common: Tunisia, Wells."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// What the page links to already is not said again, and others take its place.
func TestRelated(t *testing.T) {
	c := plaincorpus.New(t)
	var asked int
	c.Likening = func(id, lang string, n int) []search.Similar {
		asked = n
		return []search.Similar{{ID: "cases/hill-moons"}, {ID: "cases/gone"}, {ID: "cases/plain-wells"}}
	}
	r := ask(t, c, "ar")
	p, _ := c.Page("cases/cape-stones")
	urls := func(views []Related) (out []string) {
		for _, v := range views {
			out = append(out, v.URL)
		}
		return out
	}
	got, err := r.related(t.Context(), p)
	if want := []string{"/ar/cases/hill-moons", "/ar/cases/plain-wells"}; err != nil || !slices.Equal(urls(got), want) || asked != maxRelated {
		t.Errorf("%v, want %v; asked for %d; %v", urls(got), want, asked, err)
	}
	if got[0].Label.Lang != "" || got[1].Label.Lang != "en" {
		t.Errorf("titles in %q and %q, want the reader's language where there is one", got[0].Label.Lang, got[1].Label.Lang)
	}
	linked := []RefGroup{{Parts: []RefPart{{Refs: []Ref{{URL: "/ar/cases/hill-moons"}}}}}}
	got, err = r.related(t.Context(), p, linked)
	if want := []string{"/ar/cases/plain-wells"}; err != nil || !slices.Equal(urls(got), want) || asked != maxRelated+1 {
		t.Errorf("%v, want %v; asked for %d; %v", urls(got), want, asked, err)
	}
}
