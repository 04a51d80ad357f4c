package search

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// topics is a small set of Fields: a facet of terms and one of years.
type topics struct{}

func (topics) FieldName(name string) string {
	switch strings.ToLower(name) {
	case "topic", "thème":
		return "topic"
	case "period", "year":
		return "period"
	}
	return ""
}

func (topics) FieldType(name string) string {
	return map[string]string{"topic": "term", "period": "years"}[name]
}

func (topics) Value(field, text string) (string, bool) {
	switch strings.ToLower(text) {
	case "a1", "alpha one":
		return "a1", true
	case "b2", "bêta", "beta":
		return "b2", true
	}
	return "", false
}

func words(ws ...string) []Group {
	var gs []Group
	for _, w := range ws {
		gs = append(gs, Group{Any: []Clause{{Kind: Word, Words: []string{w}}}})
	}
	return gs
}

func one(kind ClauseKind, field string, ws ...string) []Group {
	return []Group{{Any: []Clause{{Kind: kind, Field: field, Words: ws}}}}
}

func TestParse(t *testing.T) {
	tests := []struct {
		name, text string
		want       Query // Text, Page and Size are compared only where Text is given
	}{
		{"nothing", " \t ", Query{}},
		{"words", "children mothers", Query{Groups: words("children", "mothers"), Text: "children mothers"}},
		{"any space separates", "a\tb\u00a0c\u3000d\x00e", Query{Groups: words("a", "b", "c", "d", "e"), Text: "a b c d e"}},
		{"invalid UTF-8", "a\xffb \xc3", Query{Groups: words("a", "b"), Text: "a b"}},
		{"punctuation around words", "(what?) trial, “", Query{Groups: words("what", "trial"), Notes: []Note{{Code: NoteOpenQuote}}}},
		{"inside words it stays", "wi-fi don't 10:30 C++ a^b P/CVE", Query{Groups: words("wi-fi", "don't", "10:30", "C", "a^b", "P/CVE")}},
		{"phrase", `"foreign fighters"`, Query{Groups: one(Phrase, "", "foreign", "fighters")}},
		{"curly quotes", `“foreign fighters”`, Query{Groups: one(Phrase, "", "foreign", "fighters")}},
		{"low quotes", `„foreign fighters“`, Query{Groups: one(Phrase, "", "foreign", "fighters")}},
		{"guillemets", `« combattants étrangers »`, Query{Groups: one(Phrase, "", "combattants", "étrangers")}},
		{"arabic phrase", `"مقاتل أجنبي"`, Query{Groups: one(Phrase, "", "مقاتل", "أجنبي")}},
		{"phrase of one word", `"trial"`, Query{Groups: words("trial")}},
		{"open quote", `a "b c`, Query{Groups: append(words("a"), one(Phrase, "", "b", "c")...), Notes: []Note{{Code: NoteOpenQuote}}}},
		{"empty quotes", `"" a`, Query{Groups: words("a")}},
		{"without", "a -b --c -", Query{Groups: words("a"), Not: []Clause{{Words: []string{"b"}}, {Words: []string{"c"}}}}},
		{"without phrase", `-"b c"`, Query{Not: []Clause{{Kind: Phrase, Words: []string{"b", "c"}}}}},
		{"or", "a OR b c", Query{Groups: []Group{{Any: []Clause{{Words: []string{"a"}}, {Words: []string{"b"}}}}, words("c")[0]}}},
		{"or is an operator only between", "OR a OR", Query{Groups: words("OR", "a")}},
		{"or before without", "a OR -b", Query{Groups: words("a", "OR"), Not: []Clause{{Words: []string{"b"}}}}},
		{"small or is a word", "a or b", Query{Groups: words("a", "or", "b")}},
		{"twice", "Trial trial TRIAL", Query{Groups: words("Trial")}},
		{"twice around or", "a a OR b", Query{Groups: []Group{words("a")[0], {Any: []Clause{{Words: []string{"a"}}, {Words: []string{"b"}}}}}}},
		{"prefix", "rehabilit*", Query{Groups: one(Prefix, "", "rehabilit")}},
		{"short prefix", "re*", Query{Groups: words("re"), Notes: []Note{{NoteShortPrefix, "re"}}}},
		{"star alone or in front", "* *ation", Query{Groups: words("ation")}},
		{"title", "title:children", Query{Groups: one(Word, "title", "children")}},
		{"title phrase", `Title:"the children"`, Query{Groups: one(Phrase, "title", "the", "children")}},
		{"title prefix", `title:chil*`, Query{Groups: one(Prefix, "title", "chil")}},
		{"not in title", `-title:chil`, Query{Not: []Clause{{Field: "title", Words: []string{"chil"}}}}},
		{"title of nothing", "title: a", Query{Groups: words("title", "a")}},
		{"filter", "topic:a1 x", Query{
			Text: "x", Groups: words("x"), Filters: []Filter{{Field: "topic", Values: []string{"a1"}}},
			Notes: []Note{{NoteFilter, "topic:a1"}},
		}},
		{"filter by label in any language", `thème:"alpha one" topic:Bêta`, Query{
			Filters: []Filter{{Field: "topic", Values: []string{"a1", "b2"}}},
			Notes:   []Note{{NoteFilter, "thème:alpha one"}, {NoteFilter, "topic:Bêta"}},
		}},
		{"or between values", "topic:b2 OR topic:a1", Query{
			Filters: []Filter{{Field: "topic", Values: []string{"a1", "b2"}}},
			Notes:   []Note{{NoteFilter, "topic:b2"}, {NoteFilter, "topic:a1"}},
		}},
		{"unknown value", "topic:zzz", Query{Groups: words("zzz"), Notes: []Note{{NoteUnknownValue, "topic:zzz"}}}},
		{"unknown field", "colour:red:blue", Query{Groups: words("colour", "red", "blue"), Notes: []Note{{NoteUnknownField, "colour:red:blue"}}}},
		{"an address is no field", "http://example.org/a", Query{Groups: words("http://example.org/a")}},
		{"year", "period:2015", Query{Filters: []Filter{{Field: "period", Values: []string{"2015"}}}, Notes: []Note{{NoteFilter, "period:2015"}}}},
		{"years", "year:2019..2015", Query{Filters: []Filter{{Field: "period", From: 2015, To: 2019}}, Notes: []Note{{NoteFilter, "year:2019..2015"}}}},
		{"years from", "period:2015..", Query{Filters: []Filter{{Field: "period", From: 2015}}, Notes: []Note{{NoteFilter, "period:2015.."}}}},
		{"years to", "period:..2015", Query{Filters: []Filter{{Field: "period", To: 2015}}, Notes: []Note{{NoteFilter, "period:..2015"}}}},
		{"no year", "period:abc", Query{Groups: words("abc"), Notes: []Note{{NoteUnknownValue, "period:abc"}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Parse(tt.text, topics{})
			if got.Page != 1 || got.Size != DefaultSize {
				t.Errorf("Parse(%q): page %d, size %d", tt.text, got.Page, got.Size)
			}
			tt.want.Page, tt.want.Size = 1, DefaultSize
			if tt.want.Text == "" {
				got.Text = ""
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("Parse(%q)\n got %+v\nwant %+v", tt.text, got, tt.want)
			}
		})
	}
}

func hasNote(q Query, code NoteCode) bool {
	for _, n := range q.Notes {
		if n.Code == code {
			return true
		}
	}
	return false
}

func TestParseBounds(t *testing.T) {
	number := func(i int) string { return string(rune('a'+i/26)) + string(rune('a'+i%26)) + "x" }
	var many, phrases, nots strings.Builder
	for i := range 100 {
		many.WriteString(number(i) + " ")
		phrases.WriteString(`"` + number(i) + " y" + number(i) + `" `)
		nots.WriteString("-" + number(i) + " ")
	}
	tests := []struct {
		name, text string
		code       NoteCode
		check      func(Query) bool
	}{
		{"words", many.String(), NoteManyWords, func(q Query) bool { return len(q.Groups) == MaxWords }},
		{"one word, often", strings.Repeat("same ", 3000), "", func(q Query) bool { return len(q.Groups) == 1 }},
		{"phrases", phrases.String(), NoteManyPhrases, func(q Query) bool {
			n := 0
			for _, g := range q.Groups {
				if g.Any[0].Kind == Phrase {
					n++
				}
			}
			return n == MaxPhrases
		}},
		{"negations", nots.String(), NoteManyNot, func(q Query) bool { return len(q.Not) == MaxNegations }},
		{"bytes", strings.Repeat("x", 700) + " " + strings.Repeat("y", 700), NoteTooLong, func(q Query) bool { return len(q.Groups) == 1 }},
		{"one long word", strings.Repeat("ب", 5000), NoteTooLong, func(q Query) bool { return len(q.Groups) == 0 }},
		{"input", strings.Repeat("- ", 1<<20), NoteTooLong, func(q Query) bool { return q.Browsing() && len(q.Text) <= maxInput }},
		{"or", strings.Repeat("a OR ", 2000) + "b", "", func(q Query) bool { return len(q.Groups) == 1 && len(q.Groups[0].Any) == 2 }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := Parse(tt.text, NoFields{})
			if tt.code != "" && !hasNote(q, tt.code) {
				t.Errorf("notes %v, want %s", q.Notes, tt.code)
			}
			if !tt.check(q) {
				t.Errorf("bound exceeded: %d groups, %d not", len(q.Groups), len(q.Not))
			}
		})
	}
}

// The law: a query printed and parsed again is the same query.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", "a b", `"a b`, `“a b” OR -c`, `title:"x y" OR title:z`, "topic:a1 OR b", "year:2015..2019 period:..2012",
		"a OR OR b", "OR a OR", "a -b OR c", "foo:bar:baz", "10:title:x", `-title:"a b"`, "rad* ra* *", "a\x00\xff\u202eb",
		"http://x:y", "--a:-b", `"a:b c:d"`, "مقاتل أجنبي -محاكمة", "a a OR b a", `"1 2" "3 4" "5 6" "7 8" "9 a" OR b`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q := Parse(s, topics{})
		if !utf8.ValidString(q.Text) || len(q.Text) > 2*maxInput {
			t.Errorf("Parse(%q).Text = %q", s, q.Text)
		}
		again := Parse(q.String(), topics{})
		if !reflect.DeepEqual(q.Groups, again.Groups) || !reflect.DeepEqual(q.Not, again.Not) || !reflect.DeepEqual(q.Filters, again.Filters) {
			t.Errorf("Parse(%q) = %+v\nprinted %q, parsed again: %+v", s, q, q.String(), again)
		}
		n := 0
		for _, g := range q.Groups {
			for _, c := range g.Any {
				n += len(c.Words)
				for _, w := range c.Words {
					if letters(w) == 0 && w != trim(w) || strings.ContainsAny(w, " \t\n\"") {
						t.Errorf("Parse(%q): word %q", s, w)
					}
				}
			}
		}
		if n > MaxWords || len(q.Not) > MaxNegations {
			t.Errorf("Parse(%q): %d words, %d negations", s, n, len(q.Not))
		}
	})
}
