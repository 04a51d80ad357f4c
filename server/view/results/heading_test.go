package results

import (
	"strings"
	"testing"

	"casebook/search"
	"casebook/server/internal/plaincorpus"
)

func TestHeading(t *testing.T) {
	c := plaincorpus.New(t)
	q := search.Query{Text: "stones", Filters: []search.Filter{
		{Field: "period", From: 2007, To: 2010}, {Field: "place", Values: []string{"cape", "hills"}},
	}}
	for _, tt := range []struct {
		lang  string
		q     search.Query
		total int
		want  string
	}{
		{"en", search.Query{}, 0, "No results"},
		{"en", search.Query{}, 1, "1 result"},
		{"en", q, 1234, "1,234 results for “stones”, filtered by Cape or Hills; 2007–2010"},
		{"fr", q, 2, "2 résultats pour « stones », en filtrant par Cap ou Collines\u00a0; 2007–2010"},
		{"ar", q, 3, "٣ نتائج عن «stones»، بعد التصفية حسب الرأس أو التلال؛ ٢٠٠٧–٢٠١٠"},
		{"ar", search.Query{}, 2, "نتيجتان"},
		{"en", search.Query{Filters: []search.Filter{{Field: "method", Values: []string{"a", "b", "c", "d"}}}}, 5, "5 results, filtered by 4 values of Method"},
		{"en", search.Query{Filters: []search.Filter{{Field: "kind", Values: []string{"rule"}}}}, 5, "Rules: 5 results"},
		{"fr", search.Query{Text: "x", Filters: []search.Filter{{Field: "kind", Values: []string{"rule"}}, {Field: "place", Values: []string{"cape"}}}}, 5, "Règles : 5 résultats pour « x », en filtrant par Cap"},
		{"en", search.Query{Filters: []search.Filter{{Field: "period", To: 2010}}}, 5, "5 results, filtered by until 2010"},
	} {
		if got := ask(t, c, tt.lang).heading(tt.q, tt.total); strings.ReplaceAll(got, "\u00a0", " ") != strings.ReplaceAll(tt.want, "\u00a0", " ") {
			t.Errorf("%s: %q, want %q", tt.lang, got, tt.want)
		}
	}
}
