package address

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/search"
	"casebook/server/internal/plaincorpus"
)

func TestRead(t *testing.T) {
	corpus := plaincorpus.New(t)
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
		{in: "period_from=2015&period_to=2015", want: "/search?period_from=2015&period_to=2015", f: []search.Filter{{Field: "period", From: 2015, To: 2015}}},
		{in: "period_from=9999", want: "/search?period_from=9999", f: []search.Filter{{Field: "period", From: 9999}}},
		{in: "period_from=10000", want: "/search", bad: "period_from"},
		{in: "period_from=1", want: "/search?period_from=1", f: []search.Filter{{Field: "period", From: 1}}},
		{in: "q=period:2001..2003&period_to=1990", want: "/search?period_from=1990&period_to=2001", f: []search.Filter{{Field: "period", From: 1990, To: 2001}}, bad: "period_from"},
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
		{in: "q=period:2001..2003&period_from=2000", want: "/search?period_from=2000&period_to=2003", f: []search.Filter{{Field: "period", From: 2000, To: 2003}}},
		{in: "q=period:2001..2003&period_to=2010", want: "/search?period_from=2001&period_to=2010", f: []search.Filter{{Field: "period", From: 2001, To: 2010}}},
		{in: "q=period:2001..2003&period=1999", want: "/search?period=1999&period_from=2001&period_to=2003",
			f: []search.Filter{{Field: "period", Values: []string{"1999"}, From: 2001, To: 2003}}},
		{in: "period_from=2015&period_to=2015", want: "/search?period_from=2015&period_to=2015", f: []search.Filter{{Field: "period", From: 2015, To: 2015}}},
		{in: "period_from=1&period_to=9999", want: "/search?period_from=1&period_to=9999", f: []search.Filter{{Field: "period", From: 1, To: 9999}}},
		{in: "period_from=10000", want: "/search", bad: "period_from"},
		{in: "place=%00+coast+", want: "/search?place=coast", f: []search.Filter{filter("place", "coast")}},
		{in: "sort=x&page=0&place=moon&kind=x&utm=y", want: "/search", bad: "kind page place sort utm"},
		{in: "literal=2", want: "/search", bad: "literal"},
		{in: "page=10000&size=1", want: "/search?page=10000&size=1"},
		{in: "page=10001&size=1", want: "/search?size=1", bad: "page"},
		{in: "size=0", want: "/search"},
		{in: "q=place:coast+stones&place=hills", want: "/search?q=stones&place=coast&place=hills", text: "stones", f: []search.Filter{filter("place", "coast", "hills")}},
	}
	links := links(corpus.Lib, "", "en")
	for _, tt := range tests {
		v, err := url.ParseQuery(tt.in)
		if err != nil {
			t.Fatal(err)
		}
		q, bad := Read(v, corpus.Lib, corpus, "fr")
		if got := links.Search(q); got != tt.want {
			t.Errorf("Read(%q) is linked as %s, want %s", tt.in, got, tt.want)
		}
		if q.Text != tt.text || q.Lang != "fr" || !reflect.DeepEqual(q.Filters, tt.f) {
			t.Errorf("Read(%q) = text %q, language %s, filters %v; want %q, fr, %v", tt.in, q.Text, q.Lang, q.Filters, tt.text, tt.f)
		}
		var names []string
		for _, b := range bad {
			names = append(names, b.Param)
		}
		if got := strings.Join(names, " "); got != tt.bad {
			t.Errorf("Read(%q) refuses %q, want %q", tt.in, got, tt.bad)
		}
	}
}

// A page tells the reader what it passed over.
func TestReadNotes(t *testing.T) {
	corpus := plaincorpus.New(t)
	q, _ := Read(url.Values{"place": {"moon", "coast"}, "period_from": {"soon"}, "q": {"re*"}}, corpus.Lib, corpus, "en")
	want := []search.Note{{Code: search.NoteShortPrefix, Arg: "re"}, {Code: NoteFilterIgnored, Arg: "place:moon"}, {Code: NoteFilterIgnored, Arg: "period_from:soon"}}
	if !reflect.DeepEqual(q.Notes, want) {
		t.Errorf("notes = %v, want %v", q.Notes, want)
	}
}

// A form for programs may ask for no hits at all.
func TestReadSize(t *testing.T) {
	corpus := plaincorpus.New(t)
	for in, want := range map[string]int{"": search.DefaultSize, "0": 0, "1": 1, "100": search.MaxSize, "101": search.DefaultSize, "-1": search.DefaultSize} {
		if q, _ := Read(url.Values{"size": {in}}, corpus.Lib, corpus, "en"); q.Size != want || q.Page != 1 {
			t.Errorf("size=%s is size %d, page %d; want %d, 1", in, q.Size, q.Page, want)
		}
	}
}

// whatever takes every text for a value of every facet.
type whatever struct{ search.Fields }

func (whatever) Value(_, text string) (string, bool) { return text, true }

// What the corpus takes a text for counts for terms, and for years nothing but years.
func TestReadAsksTheCorpusForTerms(t *testing.T) {
	corpus := plaincorpus.New(t)
	q, bad := Read(url.Values{"place": {"beach"}, "period": {"soon"}}, corpus.Lib, whatever{corpus}, "en")
	if want := []search.Filter{{Field: "place", Values: []string{"beach"}}}; !reflect.DeepEqual(q.Filters, want) || len(bad) != 1 || bad[0].Param != "period" {
		t.Errorf("filters %v, refused %v; want %v and period", q.Filters, bad, want)
	}
}

func TestReadIsBounded(t *testing.T) {
	corpus := plaincorpus.New(t)
	v := url.Values{"started_from": {"1999"}, "period_to": {"2015"}}
	for i := range 1000 {
		v.Add("period", fmt.Sprint(1000+i))
		v.Add("place", "nowhere"+fmt.Sprint(i))
	}
	q, _ := Read(v, corpus.Lib, corpus, "en")
	n := 0
	for _, f := range q.Filters {
		n += len(f.Values)
	}
	if n > search.MaxValues || len(q.Notes) > 20 || !slices.ContainsFunc(q.Notes, func(n search.Note) bool { return n.Code == search.NoteManyValues }) {
		t.Errorf("%d values and %d notes are kept, with %v", n, len(q.Notes), q.Notes)
	}
}

func TestReadSaysWhatItLeavesOut(t *testing.T) {
	corpus := plaincorpus.New(t)
	years := func(n int) (list []string) {
		for i := range n {
			list = append(list, fmt.Sprint(1000+i))
		}
		return list
	}
	for _, tt := range []struct {
		name string
		v    url.Values
		bad  []ParamError
		n    int // values and ranges
	}{
		{"as many as may be", url.Values{"period": years(search.MaxValues)}, nil, search.MaxValues},
		{"one more", url.Values{"period": years(search.MaxValues + 1)}, []ParamError{{Param: "period", Value: "1200", Key: "many"}}, search.MaxValues},
		{"the last twice", url.Values{"period": append(years(search.MaxValues), "1000")}, nil, search.MaxValues},
		{"years as the last", url.Values{"period": years(search.MaxValues - 1), "started_from": {"1999"}}, nil, search.MaxValues},
		{"first year as one more", url.Values{"period": years(search.MaxValues), "started_from": {"1999"}}, []ParamError{{Param: "started", Key: "many"}}, search.MaxValues},
		{"last year as one more", url.Values{"period": years(search.MaxValues), "started_to": {"1999"}}, []ParamError{{Param: "started", Key: "many"}}, search.MaxValues},
		{"two ranges too many", url.Values{"period": years(search.MaxValues), "period_from": {"1999"}, "started_to": {"1999"}},
			[]ParamError{{Param: "period", Key: "many"}, {Param: "started", Key: "many"}}, search.MaxValues},
		{"one in the words", url.Values{"q": {"place:coast"}, "period": years(198)}, nil, 199},
		{"those in the words count", url.Values{"q": {"place:coast"}, "period": years(search.MaxValues - 1)}, []ParamError{{Param: "period", Value: "1198", Key: "many"}}, 199},
	} {
		q, bad := Read(tt.v, corpus.Lib, corpus, "en")
		n := 0
		for _, f := range q.Filters {
			if n += len(f.Values); f.From != 0 || f.To != 0 {
				n++
			}
		}
		if !reflect.DeepEqual(bad, tt.bad) || n != tt.n {
			t.Errorf("%s: %d values, refused %v; want %d, %v", tt.name, n, bad, tt.n, tt.bad)
		}
		if told := slices.Contains(q.Notes, search.Note{Code: search.NoteManyValues}); told != (tt.bad != nil) {
			t.Errorf("%s: notes %v", tt.name, q.Notes)
		}
	}
}

// A handful of what was passed over is told, and always that values were left out.
func TestReadTellsAHandful(t *testing.T) {
	corpus := plaincorpus.New(t)
	v := url.Values{}
	for i := range 20 {
		v.Add("place", fmt.Sprint("nowhere", i))
	}
	if q, bad := Read(v, corpus.Lib, corpus, "en"); len(q.Notes) != 12 || len(bad) != 20 {
		t.Errorf("%d notes, %d refused; want 12, 20", len(q.Notes), len(bad))
	}
}

// The links of a query lead back to it, whatever it is.
func TestLinksReadBack(t *testing.T) {
	corpus := plaincorpus.New(t)
	lib, l := corpus.Lib, links(corpus.Lib, "", "fr")
	rnd := rand.New(rand.NewPCG(1, 2))
	pick := func(list ...string) string { return list[rnd.IntN(len(list))] }
	for range 2000 {
		q := search.Parse(pick("", "water", "eau & pierres", `"dry land"`, "-wells half*", "title:stones OR moons", "100% +?=#/"), corpus)
		for range rnd.IntN(5) {
			field := pick(lib.Schema.Facets...)
			facet, _ := lib.Facet(field)
			if ids := facet.Values(); len(ids) > 0 {
				q = q.Toggle(field, pick(ids...))
			} else if facet.ByYears() {
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
		again, bad := Read(u.Query(), lib, corpus, "fr")
		if len(bad) > 0 || !reflect.DeepEqual(again, q) {
			t.Fatalf("%s is read as\n%+v, want\n%+v; refused: %v", u, again, q, bad)
		}
	}
}

// Whatever a stranger puts into a URL, the link of what is read of it is read
// as the same query, without anything to pass over.
func FuzzRead(f *testing.F) {
	corpus := plaincorpus.New(f)
	l := links(corpus.Lib, "", "en")
	for _, seed := range []string{
		"q=dry+land&place=coast&place=hills", "q=place:coast+-a+OR+b*&period_from=2015&period_to=1999&period=2001", "page=7&size=0&sort=title&literal=1&x=y",
		"q=%00%ff&land=Tunisie&rule=dry-land/01&language=fr&kind=case", "q=%22a+b&started=1999&q=c&period=x&period_from=-1", "q=period:2001..2003+title:x&period_to=1990",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		v, _ := url.ParseQuery(raw)
		q, _ := Read(v, corpus.Lib, corpus, "en")
		u, err := url.Parse(l.Search(q))
		if err != nil || u.Path != "/search" {
			t.Fatalf("Search(%+v) = %s, %v", q, l.Search(q), err)
		}
		again, bad := Read(u.Query(), corpus.Lib, corpus, "en")
		q.Notes, again.Notes = nil, nil // of what was passed over
		if q.Size == 0 {
			q.Size, q.Page = search.DefaultSize, again.Page // pages of results have hits, as Tidy's caller sees to
		}
		if len(bad) > 0 || !reflect.DeepEqual(again, q) {
			t.Fatalf("%q is linked as %s, which is read as\n%+v, want\n%+v; refused: %v", raw, u, again, q, bad)
		}
	})
}

func TestTidy(t *testing.T) {
	corpus := plaincorpus.New(t)
	for in, want := range map[string]bool{
		"": true, "q=a&place=coast": true, "q=a&place=nowhere": true, "utm=x": true, "q=": false, "q=a&place=": false, "page=0": false, "size=101": false, "page=2": true, "sort=x": true,
	} {
		v, _ := url.ParseQuery(in)
		_, bad := Read(v, corpus.Lib, corpus, "en")
		if got := Tidy(v, bad); got != want {
			t.Errorf("Tidy(%q) = %v", in, got)
		}
	}
}
