package results

import (
	"net/url"
	"testing"

	"casebook/search"
	"casebook/server/address"
	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
)

// All that pages of results show of the sample content.
func TestPages(t *testing.T) {
	for _, tt := range []struct {
		name, lang, base, query string
		result                  *search.Result // instead of the corpus's
	}{
		{name: "browse", lang: "en", base: "https://example.org"},
		{name: "words", lang: "fr", query: "q=water&place=coast&period_from=2006&sort=title"},
		{name: "paged", lang: "ar", query: "size=2&page=2&kind=case"},
		{name: "many-values", lang: "en", query: "place=cape&place=coast&place=hills&place=plain&period=2007&period_to=2010&literal=1"},
		{name: "nothing", lang: "en", query: "q=stonse&place=cape", result: &search.Result{
			DidYou: &search.Suggestion{Text: "stones", Total: 3}, Match: search.MatchMost,
			Instead: []search.Way{{Drop: "place", Total: 2}, {Field: "place", Value: "coast", Total: 1}, {Total: 9}},
			Notes:   []search.Note{{Code: search.NoteOpenQuote}, {Code: search.NoteUnknownField, Arg: "plaec"}},
		}},
		{name: "most", lang: "en", query: "q=dry+land+stones", result: &search.Result{
			Total: 41, Match: search.MatchMost, Hits: []search.Hit{{
				ID: "cases/hill-moons", Lang: "en", Title: search.Passage{{Text: "Half"}, {Text: "-moons", Marked: true}}, Passage: search.Passage{{Text: "dug"}},
			}, {ID: "cases/gone"}},
			Added: []search.Expansion{{For: "dry", Added: []string{"arid", "parched", "Arid", "jaf", "seco", "sec", "kuru", "trocken"}}},
		}},
		{name: "all", lang: "en", query: "q=dry+land", result: &search.Result{Total: 1, Match: search.MatchAll, Hits: []search.Hit{{ID: "books/dry-land", Lang: "en"}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := plaincorpus.New(t)
			values, err := url.ParseQuery(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			q, _ := address.Read(values, c.Lib, c, tt.lang)
			res := tt.result
			if res == nil {
				if res, err = c.Search(t.Context(), q); err != nil {
					t.Fatal(err)
				}
			}
			viewtest.Golden(t, tt.name, Of(viewtest.At(t, c, tt.lang, tt.base, "/search", tt.query), q, res))
		})
	}
}
