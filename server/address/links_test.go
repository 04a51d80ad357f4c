package address

import (
	"testing"

	"casebook/content"
	"casebook/search"
	"casebook/server/internal/plaincorpus"
)

// links are those of a library below a base URL.
func links(lib *content.Library, base, lang string) Links {
	b, err := ParseBase(base)
	if err != nil {
		panic(err)
	}
	return NewLinks(b, lib.Site, lib.Schema, lang)
}

func TestLinks(t *testing.T) {
	lib := plaincorpus.New(t).Lib
	en, fr := links(lib, "https://example.org", "en"), links(lib, "https://example.org", "fr")
	p, _ := lib.Page("cases/cape-stones")
	q := search.Query{Text: "a b", Page: 3, Size: 20}.Toggle("place", "coast").WithPage(3)
	tests := []struct{ got, want string }{
		{en.Home(), "/"},
		{fr.Home(), "/fr/"},
		{en.Page(p), "/cases/cape-stones"},
		{fr.Page(p.Translations["fr"]), "/fr/cases/cape-stones"},
		{fr.In("en").To("glossary"), "/glossary"},
		{fr.Term("land", "TN"), "/fr/land/TN"},
		{fr.Kind(p.Kind), "/fr/cases"},
		{en.Search(q), "/search?q=a+b&place=coast&page=3"},
		{en.Toggle(q, "place", "hills"), "/search?q=a+b&place=coast&place=hills"},
		{en.Toggle(q, "place", "coast"), "/search?q=a+b"},
		{en.WithoutFilter(q, "place"), "/search?q=a+b"},
		{en.Clear(q), "/search?q=a+b"},
		{en.WithText(q, "c"), "/search?q=c&place=coast"},
		{en.WithText(q, ""), "/search?place=coast"},
		{en.WithSort(q, "title"), "/search?q=a+b&place=coast&sort=title"},
		{en.AsTyped(q, true), "/search?q=a+b&place=coast&literal=1"},
		{fr.AtPage(q, 1), "/fr/search?q=a+b&place=coast"},
		{fr.Only("kind", "rule"), "/fr/search?kind=rule"},
		{fr.Words("l’eau"), "/fr/search?q=l%E2%80%99eau"},
		{fr.APISearch(q), "/api/v1/search?q=a+b&place=coast&page=3&lang=fr"},
		{en.APISearch(search.Query{}), "/api/v1/search"},
		{fr.APISearch(search.Query{}), "/api/v1/search?lang=fr"},
		{fr.APIPage("cases/cape-stones"), "/api/v1/pages/cases/cape-stones?lang=fr"},
		{en.APIVocabulary("place"), "/api/v1/vocabularies/place"},
		{fr.Absolute(fr.To("about")), "https://example.org/fr/about"},
		{fr.From("https://other.example").Absolute("/fr/"), "https://example.org/fr/"},
		{links(lib, "", "fr").Absolute("/fr/"), ""},
		{links(lib, "", "fr").From("https://other.example").Absolute("/fr/"), "https://other.example/fr/"},
		{fr.At("/a b", "x=1"), "/fr/a%20b?x=1"},
		{en.At("/a", ""), "/a"},
		{fr.APISuggest(), "/api/v1/suggest?lang=fr"},
		{en.APISuggest(), "/api/v1/suggest"},
		{en.Unfolded(q, "place"), "/search?q=a+b&place=coast&page=3&all=place#f-place"},
		{fr.Unfolded(search.Query{}, "a b"), "/fr/search?all=a+b#f-a%20b"},
		{en.Kind(&content.Kind{Folder: "a b/c"}), "/a%20b/c"},
		{en.Term("a b", "c/d e"), "/a%20b/c/d%20e"},
		{en.Search(search.Query{Page: 1, Size: search.DefaultSize}), "/search"},
		{en.Search(search.Query{Page: 2, Size: 1, Sort: "title", Literal: true}), "/search?sort=title&page=2&size=1&literal=1"},
		{en.Search(search.Query{Filters: []search.Filter{{Field: "period", Values: []string{"2001"}, From: 1, To: 1}}}), "/search?period=2001&period_from=1&period_to=1"},
		{en.PageID("a b/ü?#"), "/a%20b/%C3%BC%3F%23"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("got %s, want %s", tt.got, tt.want)
		}
	}
	if q.Page != 3 || !q.Has("place", "coast") {
		t.Errorf("making links changed the query: %+v", q)
	}
}

func TestLinksOfOneLanguageAndOfNone(t *testing.T) {
	schema := &content.Schema{}
	for _, tt := range []struct {
		languages  []string
		lang, want string
	}{{nil, "fr", "/ /api/v1/suggest"}, {[]string{"en"}, "en", "/ /api/v1/suggest"}, {[]string{"en"}, "fr", "/fr/ /api/v1/suggest?lang=fr"}} {
		l := NewLinks(Base{}, &content.Site{Languages: tt.languages}, schema, tt.lang)
		if got := l.Home() + " " + l.APISuggest(); got != tt.want {
			t.Errorf("of %q, in %s: %s, want %s", tt.languages, tt.lang, got, tt.want)
		}
	}
}

func TestContact(t *testing.T) {
	for contact, want := range map[string]string{
		"": "", "a@example.org": "mailto:a@example.org", "mailto:a@example.org": "mailto:a@example.org",
		"https://example.org/@us": "https://example.org/@us", "https://example.org": "https://example.org", "/contact": "/contact",
	} {
		if got := NewLinks(Base{}, &content.Site{Contact: contact}, nil, "en").Contact(); got != want {
			t.Errorf("%q leads to %q, want %q", contact, got, want)
		}
	}
}
