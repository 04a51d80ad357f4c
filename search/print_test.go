package search

import "testing"

func TestString(t *testing.T) {
	clause := func(kind ClauseKind, field string, ws ...string) Clause {
		return Clause{Kind: kind, Field: field, Words: ws}
	}
	tests := []struct {
		name        string
		q           Query
		want, words string
	}{
		{"nothing", Query{Text: "?", Sort: "title", Page: 3}, "", ""},
		{"a word", Query{Groups: words("a")}, "a", "a"},
		{"words", Query{Groups: words("a", "b")}, "a b", "a b"},
		{"a word that looks like an operator", Query{Groups: words("OR")}, `"OR"`, `"OR"`},
		{"or", Query{Groups: []Group{{Any: []Clause{clause(Word, "", "a"), clause(Phrase, "title", "b", "c"), clause(Prefix, "", "def")}}}},
			`a OR title:"b c" OR def*`, `a OR title:"b c" OR def*`},
		{"not", Query{Groups: words("a"), Not: []Clause{clause(Word, "title", "b"), clause(Phrase, "", "c", "d")}},
			`a -title:b -"c d"`, `a -title:b -"c d"`},
		{"values of one facet", Query{Filters: []Filter{{Field: "topic", Values: []string{"a1", "b2"}}}}, "topic:a1 topic:b2", ""},
		{"a value with spaces", Query{Filters: []Filter{{Field: "topic", Values: []string{"alpha one"}}}}, `topic:"alpha one"`, ""},
		{"years", Query{Filters: []Filter{{Field: "period", From: 2015, To: 2019}}}, "period:2015..2019", ""},
		{"years from", Query{Filters: []Filter{{Field: "period", From: 2015}}}, "period:2015..", ""},
		{"years to", Query{Filters: []Filter{{Field: "period", To: 1}}}, "period:..1", ""},
		{"a year, years, a topic and words", Query{
			Filters: []Filter{{Field: "period", Values: []string{"2011"}, From: 1}, {Field: "topic", Values: []string{"a1"}}}, Groups: words("a"),
		}, "period:2011 period:1.. topic:a1 a", "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.q.String(); got != tt.want {
				t.Errorf("String() = %q, want %q", got, tt.want)
			}
			if got := tt.q.Words(); got != tt.words {
				t.Errorf("Words() = %q, want %q", got, tt.words)
			}
		})
	}
}

func TestPassageText(t *testing.T) {
	if got := (Passage{{"the ", false}, {"trial", true}, {" of", false}}).Text(); got != "the trial of" {
		t.Errorf("text %q", got)
	}
}
