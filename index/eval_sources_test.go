package index

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"casebook/search"
)

// sourcesMRR is what TestTitlesOfSources reached when it was last changed.
const sourcesMRR = 0.785

// The titles of the sources of a page, which are not in its text, are
// questions of many words by other authors, and the page is their answer. They
// guard against rules that only the judged questions explain.
func TestTitlesOfSources(t *testing.T) {
	s := shipped(t)
	answers := make(map[string]map[string]int)
	for p := range s.Library().All() {
		if p.Kind.ID != "case-study" || p.Lang != "en" {
			continue
		}
		for _, v := range p.Values("sources") {
			if v.Source == nil || len(strings.Fields(v.Source.Title)) < 7 {
				continue
			}
			if answers[v.Source.Title] == nil {
				answers[v.Source.Title] = make(map[string]int)
			}
			answers[v.Source.Title][p.ID] = 3
		}
	}
	sum, n := 0.0, 0.0
	for _, title := range slices.Sorted(maps.Keys(answers)) {
		if len(answers[title]) > 3 { // a document that everyone cites
			continue
		}
		words := strings.Map(func(r rune) rune {
			if strings.ContainsRune(`":()-[]`, r) { // no operators
				return ' '
			}
			return r
		}, title)
		r, err := s.Search(context.Background(), search.Parse(words, s).WithSize(20).WithLang("en"))
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, h := range r.Hits {
			ids = append(ids, h.ID)
		}
		sum, n = sum+judge(ids, answers[title]).mrr, n+1
	}
	t.Logf("MRR %.4f, questions %.0f", sum/n, n)
	if sum/n < sourcesMRR-mayLose {
		t.Errorf("MRR = %.4f, was %.4f", sum/n, sourcesMRR)
	}
}
