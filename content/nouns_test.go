package content_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/content"
)

// A schema finds its kinds and fields, whether NewSchema made it or not.
func TestSchemaFinds(t *testing.T) {
	area, when, other := &content.Field{Name: "area", Type: content.TypeTerm}, &content.Field{Name: "when", Type: content.TypeYears}, &content.Field{Name: "area", Type: content.TypeTerm}
	kinds := []*content.Kind{{ID: "note", Fields: []*content.Field{area}}, {ID: "report", Fields: []*content.Field{other, when}}}
	literal := &content.Schema{Kinds: []*content.Kind{{ID: "note", Fields: []*content.Field{area}}, {ID: "report", Fields: []*content.Field{other, when}}}}
	for name, s := range map[string]*content.Schema{"made": content.NewSchema(kinds), "literal": literal} {
		for id, want := range map[string]*content.Kind{"note": s.Kinds[0], "report": s.Kinds[1], "": nil, "Note": nil} {
			if k, ok := s.Kind(id); k != want || ok != (want != nil) {
				t.Errorf("%s: kind %q is %v, %v", name, id, k, ok)
			}
		}
		for field, want := range map[string]*content.Field{"area": area, "when": when, "": nil, "Area": nil} { // that of the first kind
			if f, ok := s.Field(field); f != want || ok != (want != nil) {
				t.Errorf("%s: field %q is %v, %v", name, field, f, ok)
			}
		}
		for field, want := range map[string]*content.Field{"area": other, "when": when, "where": nil} {
			if f, ok := s.Kinds[1].Field(field); f != want || ok != (want != nil) {
				t.Errorf("%s: field %q of report is %v, %v", name, field, f, ok)
			}
		}
	}
}

func TestVocabularyFollows(t *testing.T) {
	terms := []*content.Term{{ID: "bottom", Broader: []string{"left", "right", "nowhere"}}, {ID: "left", Broader: []string{"top"}}, {ID: "right", Broader: []string{"middle", "top"}}, {ID: "middle", Broader: []string{"top"}}, {ID: "top"}}
	v := content.NewVocabulary("x", content.NewText(map[string]string{"en": "X"}, "en"), terms)
	var got []string
	for _, t := range v.Terms {
		got = append(got, fmt.Sprintf("%s%v%v", t.ID, t.Narrower, t.Ancestors))
	}
	want := "bottom[][left right nowhere top middle] left[bottom][top] right[bottom][middle top] middle[right][top] top[left right middle][]"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("terms %s\nwant %s", s, want)
	}
	if s := strings.Join(v.IDs(), " "); s != "bottom left right middle top" || v.Name != "x" || v.Label.In("en") != "X" {
		t.Errorf("vocabulary %s %s", v.Name, s)
	}
	for _, id := range []string{"top", "none"} {
		if term, ok := v.Term(id); ok != (id == "top") || ok && term != terms[4] {
			t.Errorf("term %s is %v, %v", id, term, ok)
		}
	}
}

// A chain of terms as long as a big vocabulary takes no memory by its square.
func TestVocabularyIsBounded(t *testing.T) {
	var terms []*content.Term
	for i := range 1500 {
		terms = append(terms, &content.Term{ID: fmt.Sprint(i), Broader: []string{fmt.Sprint(i + 1)}})
	}
	terms[1499].Broader = nil
	v := content.NewVocabulary("x", content.Text{}, terms)
	for i, want := range map[int]int{0: 1000, 499: 1000, 500: 999, 1498: 1, 1499: 0} {
		if got := v.Terms[i].Ancestors; len(got) != want || want > 0 && got[0] != fmt.Sprint(i+1) {
			t.Errorf("term %d has %d broader terms, want %d", i, len(got), want)
		}
	}
}

func TestPageLanguages(t *testing.T) {
	p := &content.Page{ID: "a", Lang: "fr", Fields: map[string][]content.Value{"x": {{ID: "1"}}}}
	en, ar := &content.Page{ID: "a", Lang: "en", Of: p}, &content.Page{ID: "a", Lang: "ar", Of: p}
	p.Translations = map[string]*content.Page{"en": en, "ar": ar}
	for _, q := range []*content.Page{p, en, ar} {
		if got := strings.Join(q.Langs(), " "); got != "fr ar en" {
			t.Errorf("%s: languages %s", q.Lang, got)
		}
		if q.Original() != p || q.In("en") != en || q.In("fr") != p || q.In("de") != p || q.In("ar") != ar {
			t.Errorf("%s does not find its languages", q.Lang)
		}
		if v := q.Values("x"); len(v) != 1 || v[0].ID != "1" || q.Values("y") != nil {
			t.Errorf("%s: values %v", q.Lang, v)
		}
	}
}

func TestProblemsSortAndCount(t *testing.T) {
	p := func(path string, line, col int, sev content.Severity, msg string) *content.Problem {
		return &content.Problem{Path: path, Line: line, Col: col, Severity: sev, Msg: msg}
	}
	want := content.Problems{
		p("a", 0, 0, content.Error, "x"), p("a", 1, 2, content.Warning, "x"), p("a", 1, 10, content.Error, "a"), p("a", 1, 10, content.Error, "b"), p("a", 2, 1, content.Warning, "x"),
		p("a", 10, 1, content.Warning, "x"), p("b", 1, 1, content.Error, "x"),
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	got.Sort()
	if !slices.Equal(got, want) {
		t.Errorf("order %v", got)
	}
	if n := got.Errors(); n != 4 {
		t.Errorf("%d errors, want 4", n)
	}
}
