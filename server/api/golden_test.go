package api

import (
	"testing"

	"casebook/server/internal/viewtest"
)

// All that answers over the sample content say.
func TestAnswers(t *testing.T) {
	for _, tt := range []struct{ name, url string }{
		{"search", "/api/v1/search?q=water&place=coast&period_from=1999&period_to=2015&literal=1&sort=title&lang=fr"},
		{"search-operators", `/api/v1/search?q="dry+land"+OR+half*+-stones&size=1&page=1&values=1`},
		{"search-years", "/api/v1/search?period_to=2009&size=0&lang=ar"},
		{"suggest", "/api/v1/suggest?q=coast&lang=fr"},
		{"suggest-pages", "/api/v1/suggest?q=the&size=2"},
		{"page", "/api/v1/pages/cases/cape-stones"},
		{"page.ar", "/api/v1/pages/cases/plain-wells?lang=ar"},
		{"page-below", "/api/v1/pages/rules/dry-land/02"},
		{"vocabulary", "/api/v1/vocabularies/place?lang=ar"},
		{"vocabulary-ordered", "/api/v1/vocabularies/grade"},
		{"openapi", "/api/openapi.json"},
		{"bad-parameters", "/api/v1/search?nothing=1&place=moon&size=x&lang=fr&lang=en&period_from=2015&period_to=1999&rule=none"},
		{"bad-language", "/api/v1/suggest?lang=xx"},
		{"bad-query", "/api/v1/search?q=%zz"},
		{"no-such-vocabulary", "/api/v1/vocabularies/none"},
		{"no-such-page", "/api/v1/pages/none"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			viewtest.Golden(t, tt.name, decode(t, newSite(t, "https://example.org").get(tt.url).body))
		})
	}
}
