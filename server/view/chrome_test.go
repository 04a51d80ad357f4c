package view_test

import (
	"reflect"
	"testing"

	"casebook/search"
	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
	"casebook/server/view"
)

func TestChrome(t *testing.T) {
	c := plaincorpus.New(t)
	r := viewtest.At(t, c, "fr", "https://example.org/in", "/cases/cape-stones", "all=place")
	got := r.Chrome("A title")
	for _, tt := range []struct{ what, got, want string }{
		{"language", got.Lang + got.Dir, "frltr"}, {"title", got.Title, "A title"}, {"site", got.SiteTitle, "Puits et jardins"},
		{"tagline", got.Tagline, "De petits ouvrages qui retiennent l’eau"}, {"path", got.Path, "/cases/cape-stones"},
		{"canonical", got.Canonical, "https://example.org/in/fr/cases/cape-stones?all=place"}, {"revision", got.Revision, c.Lib.Revision},
		{"version", got.Version, "test"}, {"links", got.Links.Home(), "/in/fr/"}, {"messages", got.T("nav.search"), "Recherche"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", tt.what, tt.got, tt.want)
		}
	}
	if got.NoIndex || got.Description != "" || got.Q != "" || got.Site != c.Lib.Site || got.MaxLetters() != search.MaxQueryBytes {
		t.Errorf("%+v", got)
	}
	alternates := []view.Tongue{
		{Lang: "en", Dir: "ltr", Name: "English", URL: "/in/cases/cape-stones?all=place", Abs: "https://example.org/in/cases/cape-stones?all=place"},
		{Lang: "fr", Dir: "ltr", Name: "Français", URL: "/in/fr/cases/cape-stones?all=place", Abs: "https://example.org/in/fr/cases/cape-stones?all=place", Current: true},
		{Lang: "ar", Dir: "rtl", Name: "العربية", URL: "/in/ar/cases/cape-stones?all=place", Abs: "https://example.org/in/ar/cases/cape-stones?all=place"},
	}
	if !reflect.DeepEqual(got.Alternates, alternates) {
		t.Errorf("alternates: %+v", got.Alternates)
	}
	if want := []view.NavItem{{Label: "Cas", URL: "/in/fr/cases", Current: true}, {Label: "Règles", URL: "/in/fr/rules"}, {Label: "Livres", URL: "/in/fr/books"}}; !reflect.DeepEqual(got.Nav, want) {
		t.Errorf("navigation: %+v", got.Nav)
	}
	if want := []view.NavItem{{Label: "Glossaire", URL: "/in/fr/glossary"}}; !reflect.DeepEqual(got.Top, want) {
		t.Errorf("top: %+v", got.Top)
	}
	var foot []string
	for _, item := range viewtest.At(t, c, "en", "", "/about", "").Chrome("").Foot {
		line := item.Label + " " + item.URL
		if item.Current {
			line += " here"
		}
		foot = append(foot, line)
	}
	if want := []string{"About /about here", "Accessibility /accessibility", "Status /status", "Data interface /api/openapi.json"}; !reflect.DeepEqual(foot, want) {
		t.Errorf("foot: %q, want %q", foot, want)
	}
	if c := viewtest.Reader(t, c, "ar").Chrome(""); c.Canonical != "" || c.Alternates[0].Abs != "" || c.Dir != "rtl" {
		t.Errorf("without a base URL: canonical %q, direction %s", c.Canonical, c.Dir)
	}
}

// The search is where one is on its page, unless that is the list of a kind.
func TestInSearch(t *testing.T) {
	r := viewtest.Reader(t, plaincorpus.New(t), "en")
	c := r.Chrome("")
	if !c.InSearch() {
		t.Error("on the search page")
	}
	c.Nav[1].Current = true
	if c.InSearch() {
		t.Error("on the list of a kind")
	}
	c.Nav[1].Current, c.Path = false, "/glossary"
	if c.InSearch() {
		t.Error("elsewhere")
	}
}

func TestIn(t *testing.T) {
	r := viewtest.Reader(t, plaincorpus.New(t), "en")
	type page struct{ view.Chrome }
	got := view.In(&page{r.Chrome("A title")}, 7)
	if got.Title != "A title" || got.It != 7 {
		t.Errorf("%+v", got)
	}
}

// Links in the text of a page lead to the reader's language and below the base
// URL, and all else stays as it is.
func TestHTML(t *testing.T) {
	c := plaincorpus.New(t)
	for _, tt := range []struct{ lang, base, in, want string }{
		{"en", "", `<a href="/cases/plain-wells">x</a> <img src="/cases/wall.svg">`, `<a href="/cases/plain-wells">x</a> <img src="/cases/wall.svg">`},
		{"en", "https://example.org/in", `<a href="/cases/plain-wells">x</a> <img src="/a.svg">`, `<a href="/in/cases/plain-wells">x</a> <img src="/in/a.svg">`},
		{"fr", "", `<a href="/cases/plain-wells#x">x</a>`, `<a href="/fr/cases/plain-wells#x">x</a>`},
		{"fr", "", `<a href="/cases/none">x</a>`, `<a href="/cases/none">x</a>`},
		{"fr", "https://example.org/in", `<a href="/cases/none">x</a><img src="/a.svg">`, `<a href="/in/cases/none">x</a><img src="/in/a.svg">`},
		{"fr", "", `<a href="/place/coast">x</a><a href="/PLACE/coast?y">x</a>`, `<a href="/fr/place/coast">x</a><a href="/fr/PLACE/coast?y">x</a>`},
		{"fr", "", `<a href="/place">x</a> <a href="/extra/a">x</a>`, `<a href="/place">x</a> <a href="/extra/a">x</a>`},
		{"fr", "", `<a href="/">x</a> <a href="/search?q=a">x</a> <a href="/about">x</a>`, `<a href="/fr/">x</a> <a href="/fr/search?q=a">x</a> <a href="/fr/about">x</a>`},
		{"fr", "", `<a href="/about/x">x</a> <a href="/robots.txt">x</a> <a href="/api/openapi.json">x</a>`, `<a href="/about/x">x</a> <a href="/robots.txt">x</a> <a href="/api/openapi.json">x</a>`},
		{"fr", "", `<a href="https://example.org/about">x</a> <a href="#a">x</a>`, `<a href="https://example.org/about">x</a> <a href="#a">x</a>`},
		{"fr", "", ``, ``},
		{"fr", "", `tail <a href="/about" rel="x">y</a> more`, `tail <a href="/fr/about" rel="x">y</a> more`},
	} {
		if got := string(viewtest.At(t, c, tt.lang, tt.base, "", "").HTML(tt.in)); got != tt.want {
			t.Errorf("%s below %q: %s\nbecomes %s\nwant    %s", tt.lang, tt.base, tt.in, got, tt.want)
		}
	}
}

func TestFacetNamed(t *testing.T) {
	r := viewtest.Reader(t, plaincorpus.New(t), "en")
	for name, want := range map[string]string{"place": "place", "PLACE": "place", "families": "", "kind": "", "": "", "none": ""} {
		if f, ok := r.FacetNamed(name); f.Name != want || ok != (want != "") {
			t.Errorf("%q is the facet %q, %v", name, f.Name, ok)
		}
	}
}
