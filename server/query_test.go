package server

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/search"
)

func TestReadQuery(t *testing.T) {
	corpus := &plainCorpus{lib: library(t, os.DirFS("testdata/content"))}
	filter := func(field string, values ...string) search.Filter { return search.Filter{Field: field, Values: values} }
	tests := []struct {
		in   string
		want string // the URL that links make of it
		text string
		f    []search.Filter
		bad  string // parameters refused by the API, in order
	}{
		{in: "", want: "/search"},
		{in: "q=dry+land", want: "/search?q=dry+land", text: "dry land"},
		{in: "q=++dry++land++", want: "/search?q=dry+land", text: "dry land"},
		{in: "place=hills&place=coast", want: "/search?place=coast&place=hills", f: []search.Filter{filter("place", "coast", "hills")}},
		{in: "place=coast&place=coast", want: "/search?place=coast", f: []search.Filter{filter("place", "coast")}},
		{in: "place=coast,hills", want: "/search", bad: "place"},
		{in: "method=wells&place=coast&q=a", want: "/search?q=a&place=coast&method=wells", text: "a", f: []search.Filter{filter("method", "wells"), filter("place", "coast")}},
		{in: "land=tn", want: "/search?land=TN", f: []search.Filter{filter("land", "TN")}},
		{in: "land=Tunisie", want: "/search?land=TN", f: []search.Filter{filter("land", "TN")}},
		{in: "rule=dry-land/01", want: "/search?rule=dry-land%2F01", f: []search.Filter{filter("rule", "dry-land/01")}},
		{in: "kind=rule", want: "/search?kind=rule", f: []search.Filter{filter("kind", "rule")}},
		{in: "kind=nothing", want: "/search", bad: "kind"},
		{in: "language=fr", want: "/search?language=fr", f: []search.Filter{filter("language", "fr")}},
		{in: "period=2015", want: "/search?period=2015", f: []search.Filter{filter("period", "2015")}},
		{in: "period=%2B2015", want: "/search?period=2015", f: []search.Filter{filter("period", "2015")}},
		{in: "period=15th", want: "/search", bad: "period"},
		{in: "period_from=1999&period_to=2015", want: "/search?period_from=1999&period_to=2015", f: []search.Filter{{Field: "period", From: 1999, To: 2015}}},
		{in: "period_to=2015", want: "/search?period_to=2015", f: []search.Filter{{Field: "period", To: 2015}}},
		{in: "period_from=2015&period_to=1999", want: "/search?period_from=1999&period_to=2015", f: []search.Filter{{Field: "period", From: 1999, To: 2015}}, bad: "period_from"},
		{in: "started_from=2007", want: "/search?started_from=2007", f: []search.Filter{{Field: "started", From: 2007}}},
		{in: "place_from=2007", want: "/search", bad: "place_from"},
		{in: "period_from=0", want: "/search", bad: "period_from"},
		{in: "sort=title", want: "/search?sort=title"},
		{in: "sort=period", want: "/search?sort=period"},
		{in: "sort=relevance", want: "/search"},
		{in: "sort=place", want: "/search", bad: "sort"},
		{in: "page=3", want: "/search?page=3"},
		{in: "page=1", want: "/search"},
		{in: "page=0", want: "/search", bad: "page"},
		{in: "page=500", want: "/search?page=500"},
		{in: "page=501", want: "/search", bad: "page"},
		{in: "page=101&size=100", want: "/search?size=100", bad: "page"},
		{in: "page=99999999999999999999", want: "/search", bad: "page"},
		{in: "size=50", want: "/search?size=50"},
		{in: "size=20", want: "/search"},
		{in: "size=101", want: "/search", bad: "size"},
		{in: "literal=1", want: "/search?literal=1"},
		{in: "literal=0", want: "/search"},
		{in: "literal=yes", want: "/search", bad: "literal"},
		{in: "q=&place=&period_from=&sort=&page=&size=&literal=", want: "/search"},
		{in: "utm_source=x&q=a", want: "/search?q=a", text: "a", bad: "utm_source"},
		{in: "q=a&q=b", want: "/search?q=a", text: "a", bad: "q"},
		{in: "lang=fr", want: "/search"},
		{in: "q=a%00b%07", want: "/search?q=a+b", text: "a b"},
		{in: "q=place:coast+stones", want: "/search?q=stones&place=coast", text: "stones", f: []search.Filter{filter("place", "coast")}},
		{in: "q=place:coast+stones&place=hills", want: "/search?q=stones&place=coast&place=hills", text: "stones", f: []search.Filter{filter("place", "coast", "hills")}},
	}
	s := newSite(t, nil)
	for _, tt := range tests {
		v, err := url.ParseQuery(tt.in)
		if err != nil {
			t.Fatal(err)
		}
		q, bad := readQuery(v, corpus.lib, corpus, "fr")
		if got := s.linksFor(corpus.lib, "en").Search(q); got != tt.want {
			t.Errorf("readQuery(%q) is linked as %s, want %s", tt.in, got, tt.want)
		}
		if q.Text != tt.text || q.Lang != "fr" || !reflect.DeepEqual(q.Filters, tt.f) {
			t.Errorf("readQuery(%q) = text %q, language %s, filters %v; want %q, fr, %v", tt.in, q.Text, q.Lang, q.Filters, tt.text, tt.f)
		}
		var names []string
		for _, b := range bad {
			names = append(names, b.Param)
		}
		if got := strings.Join(names, " "); got != tt.bad {
			t.Errorf("readQuery(%q) refuses %q, want %q", tt.in, got, tt.bad)
		}
	}
}

// A page tells the reader what it passed over.
func TestReadQueryNotes(t *testing.T) {
	corpus := &plainCorpus{lib: library(t, os.DirFS("testdata/content"))}
	q, _ := readQuery(url.Values{"place": {"moon", "coast"}, "period_from": {"soon"}}, corpus.lib, corpus, "en")
	want := []search.Note{{Code: NoteFilterIgnored, Arg: "place:moon"}, {Code: NoteFilterIgnored, Arg: "period_from:soon"}}
	if !reflect.DeepEqual(q.Notes, want) {
		t.Errorf("notes = %v, want %v", q.Notes, want)
	}
}

func TestReadQueryIsBounded(t *testing.T) {
	corpus := &plainCorpus{lib: library(t, os.DirFS("testdata/content"))}
	v := url.Values{"started_from": {"1999"}, "period_to": {"2015"}}
	for i := range 1000 {
		v.Add("period", fmt.Sprint(1000+i))
		v.Add("place", "nowhere"+fmt.Sprint(i))
	}
	q, _ := readQuery(v, corpus.lib, corpus, "en")
	n := 0
	for _, f := range q.Filters {
		n += len(f.Values)
	}
	if n > search.MaxValues || len(q.Notes) > 20 || !slices.ContainsFunc(q.Notes, func(n search.Note) bool { return n.Code == search.NoteManyValues }) {
		t.Errorf("%d values and %d notes are kept, with %v", n, len(q.Notes), q.Notes)
	}
}

func TestReadQuerySaysWhatItLeavesOut(t *testing.T) {
	corpus := &plainCorpus{lib: library(t, os.DirFS("testdata/content"))}
	v := url.Values{}
	for i := range search.MaxValues + 1 {
		v.Add("period", fmt.Sprint(1000+i))
	}
	q, bad := readQuery(v, corpus.lib, corpus, "en")
	if len(bad) != 1 || bad[0].Key != "many" || !reflect.DeepEqual(q.Notes, []search.Note{{Code: search.NoteManyValues}}) {
		t.Errorf("refused %v, notes %v", bad, q.Notes)
	}
}

// The links of a query lead back to it, whatever it is.
func TestLinksReadBack(t *testing.T) {
	s := newSite(t, nil)
	lib, l := s.corpus.lib, s.linksFor(s.corpus.lib, "fr")
	rnd := rand.New(rand.NewPCG(1, 2))
	pick := func(list ...string) string { return list[rnd.IntN(len(list))] }
	for range 2000 {
		q := search.Parse(pick("", "water", "eau & pierres", `"dry land"`, "-wells half*", "title:stones OR moons", "100% +?=#/"), s.corpus)
		for range rnd.IntN(5) {
			field := pick(lib.Schema.Facets...)
			if ids := facetValues(lib, field); len(ids) > 0 {
				q = q.Toggle(field, pick(ids...))
			} else if isYears(lib.Schema, field) {
				q = q.SetFilter(search.Filter{Field: field, From: rnd.IntN(2) * 1999, To: rnd.IntN(2) * 2015})
			} else {
				q = q.Toggle(field, pick("dry-land/01", "dry-land/02"))
			}
		}
		q = q.WithSort(pick("", "title", "reviewed", "period", "families")).WithLiteral(rnd.IntN(2) == 0).WithSize(1 + rnd.IntN(100)).WithPage(1 + rnd.IntN(90)).WithLang("fr")
		u, err := url.Parse(l.Search(q))
		if err != nil || u.Path != "/fr/search" {
			t.Fatalf("Search(%v) = %s, %v", q, l.Search(q), err)
		}
		again, bad := readQuery(u.Query(), lib, s.corpus, "fr")
		if len(bad) > 0 || !reflect.DeepEqual(again, q) {
			t.Fatalf("%s is read as\n%+v, want\n%+v; refused: %v", u, again, q, bad)
		}
	}
}

func TestLinks(t *testing.T) {
	s := newSite(t, func(c *Config) { c.BaseURL = "https://example.org" })
	lib := s.corpus.lib
	en, fr := s.linksFor(lib, "en"), s.linksFor(lib, "fr")
	p, _ := lib.Page("cases/cape-stones")
	q := search.Query{Text: "a b", Page: 3, Size: 20}.Toggle("place", "coast").WithPage(3)
	tests := []struct{ got, want string }{
		{en.Home(), "/"},
		{fr.Home(), "/fr/"},
		{en.Page(p), "/cases/cape-stones"},
		{fr.Page(p.Translations["fr"]), "/fr/cases/cape-stones"},
		{fr.In("en").Glossary(), "/glossary"},
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
		{fr.Absolute(fr.About()), "https://example.org/fr/about"},
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
