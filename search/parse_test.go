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
	switch strings.Trim(strings.ToLower(name), "-") {
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
		{"years with a hyphen", "period:2015-2019", Query{Filters: []Filter{{Field: "period", From: 2015, To: 2019}}, Notes: []Note{{NoteFilter, "period:2015-2019"}}}},
		{"years with three dots", "period:2015...2019", Query{Filters: []Filter{{Field: "period", From: 2015, To: 2019}}, Notes: []Note{{NoteFilter, "period:2015...2019"}}}},
		{"years from, three dots", "period:2015...", Query{Filters: []Filter{{Field: "period", From: 2015}}, Notes: []Note{{NoteFilter, "period:2015..."}}}},
		{"a year at the end of a sentence", "period:2015.", Query{Filters: []Filter{{Field: "period", Values: []string{"2015"}}}, Notes: []Note{{NoteFilter, "period:2015."}}}},
		{"the first year", "period:1", Query{Filters: []Filter{{Field: "period", Values: []string{"1"}}}, Notes: []Note{{NoteFilter, "period:1"}}}},
		{"the last year", "period:9999", Query{Filters: []Filter{{Field: "period", Values: []string{"9999"}}}, Notes: []Note{{NoteFilter, "period:9999"}}}},
		{"no year 0", "period:0", Query{Groups: words("0"), Notes: []Note{{NoteUnknownValue, "period:0"}}}},
		{"no year of five digits", "period:02015", Query{Groups: words("02015"), Notes: []Note{{NoteUnknownValue, "period:02015"}}}},
		{"no digits other than ten", "period:19a5", Query{Groups: words("19a5"), Notes: []Note{{NoteUnknownValue, "period:19a5"}}}},
		{"no years to", "period:2015..x", Query{Groups: words("2015..x"), Notes: []Note{{NoteUnknownValue, "period:2015..x"}}}},
		{"no years from", "period:x..2015", Query{Groups: words("x..2015"), Notes: []Note{{NoteUnknownValue, "period:x..2015"}}}},
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

// What stands around an operator, and where one is none.
func TestParseAround(t *testing.T) {
	a1 := func(typed string) []Note { return []Note{{NoteFilter, typed}} }
	topic := func(ids ...string) []Filter { return []Filter{{Field: "topic", Values: ids}} }
	or := func(first, second Clause) []Group { return []Group{{Any: []Clause{first, second}}} }
	word := func(w string) Clause { return Clause{Words: []string{w}} }
	phrase := func(ws ...string) Clause { return Clause{Kind: Phrase, Words: ws} }
	tests := []struct {
		name, text string
		want       Query
	}{
		{"a quote that touches a word", `a"b c"d`, Query{Text: `a "b c" d`, Groups: append(append(words("a"), one(Phrase, "", "b", "c")...), words("d")...)}},
		{"a phrase at the end and spaces in it", "\"b \t c\"  ", Query{Text: `"b c"`, Groups: one(Phrase, "", "b", "c")}},
		{"two phrases", `"a b" "c d"`, Query{Text: `"a b" "c d"`, Groups: append(one(Phrase, "", "a", "b"), one(Phrase, "", "c", "d")...)}},
		{"punctuation in a phrase", `"(a) 10:30, note:(b) http://x.org/c"`, Query{
			Text: `"(a) 10:30, note:(b) http://x.org/c"`, Groups: one(Phrase, "", "a", "10:30", "note", "b", "http://x.org/c")}},
		{"a hyphen in quotes takes nothing away", `"-b c"`, Query{Text: `"-b c"`, Groups: one(Phrase, "", "b", "c")}},
		{"marks belong to words", "(हिन्दी)", Query{Text: "(हिन्दी)", Groups: words("हिन्दी")}},

		{"or is kept in the text", "a OR b", Query{Text: "a OR b", Groups: or(word("a"), word("b"))}},
		{"or a phrase", `a OR "b c"`, Query{Text: `a OR "b c"`, Groups: or(word("a"), phrase("b", "c"))}},
		{"or a phrase of one letter", `a OR "b"`, Query{Text: `a OR "b"`, Groups: or(word("a"), word("b"))}},
		{"a phrase or", `"b c" OR a`, Query{Text: `"b c" OR a`, Groups: or(phrase("b", "c"), word("a"))}},
		{"or not a phrase", `a OR -"b c"`, Query{Text: `a OR -"b c"`, Groups: words("a", "OR"), Not: []Clause{phrase("b", "c")}}},
		{"or an empty phrase", `a OR "" b`, Query{Text: `a OR "" b`, Groups: words("a", "OR", "b")}},
		{"or dots", "a OR ... b", Query{Text: "a OR ... b", Groups: words("a", "OR", "b")}},
		{"a hyphen or", "a - OR b", Query{Text: "a - OR b", Groups: words("a", "OR", "b")}},
		{"or or", "a OR OR b", Query{Text: "a OR OR b", Groups: []Group{words("a")[0], or(word("OR"), word("b"))[0]}}},
		{"or the same", "a OR A", Query{Text: "a OR A", Groups: words("a")}},
		{"or what is read as two words", "a OR colour:red", Query{Text: "a OR colour:red", Notes: []Note{{NoteUnknownField, "colour:red"}},
			Groups: append(or(word("a"), word("colour")), words("red")...)}},
		{"or in quotes is a word", `a "OR" b`, Query{Text: `a "OR" b`, Groups: words("a", "OR", "b")}},
		{"one group twice", "a OR b c a OR b", Query{Text: "a OR b c a OR b", Groups: append(or(word("a"), word("b")), words("c")...)}},
		{"a word twice before an or that is none", "a a OR -b", Query{Text: "a a OR -b", Groups: words("a", "OR"), Not: []Clause{word("b")}}},
		{"not the same twice", "-b -B", Query{Text: "-b -B", Not: []Clause{word("b")}}},
		{"a word, its prefix and in the title differ", "trial trial* title:trial", Query{Text: "trial trial* title:trial",
			Groups: append(append(words("trial"), one(Prefix, "", "trial")...), one(Word, "title", "trial")...)}},

		{"or a filter", "x OR topic:a1", Query{Text: "x", Groups: words("x"), Filters: topic("a1"), Notes: a1("topic:a1")}},
		{"or a filter in quotes", `x OR topic:"alpha one"`, Query{Text: "x", Groups: words("x"), Filters: topic("a1"), Notes: a1("topic:alpha one")}},
		{"a filter or", "topic:a1 OR x", Query{Text: "x", Groups: words("x"), Filters: topic("a1"), Notes: a1("topic:a1")}},
		{"a word before a filter or", "y topic:a1 OR x", Query{Text: "y x", Groups: words("y", "x"), Filters: topic("a1"), Notes: a1("topic:a1")}},
		{"or before all", "OR topic:a1", Query{Text: "OR", Groups: words("OR"), Filters: topic("a1"), Notes: a1("topic:a1")}},
		{"or behind all", "topic:a1 OR", Query{Text: "OR", Groups: words("OR"), Filters: topic("a1"), Notes: a1("topic:a1")}},

		{"one value by two names", "topic:b2 topic:beta", Query{Filters: topic("b2"), Notes: []Note{{NoteFilter, "topic:b2"}, {NoteFilter, "topic:beta"}}}},
		{"a filter in brackets", "(topic):(a1)", Query{Filters: topic("a1"), Notes: a1("topic:a1")}},
		{"a filter behind a colon", ":topic:a1", Query{Filters: topic("a1"), Notes: a1("topic:a1")}},
		{"a filter behind a bracket", "(topic:a1.)", Query{Filters: topic("a1"), Notes: a1("topic:a1.")}},
		{"spaces in the quotes of a filter", `topic:" alpha one "`, Query{Filters: topic("a1"), Notes: a1("topic:alpha one")}},
		{"a filter takes nothing away", "-topic:a1", Query{Text: "-topic:a1", Not: []Clause{word("a1")}, Notes: []Note{{NoteUnknownValue, "topic:a1"}}}},
		{"two names before quotes", `topic:a1:"alpha one"`, Query{Text: `topic:a1:"alpha one"`, Groups: one(Phrase, "", "alpha", "one")}},
		{"an unknown field before quotes", `colour:"dark red"`, Query{Text: `colour:"dark red"`, Groups: words("colour", "dark", "red"),
			Notes: []Note{{NoteUnknownField, "colour:dark red"}}}},
		{"a number before quotes", `10:"dark red"`, Query{Text: `10:"dark red"`, Groups: words("10", "dark", "red"),
			Notes: []Note{{NoteUnknownField, "10:dark red"}}}},

		{"a prefix of exactly enough letters", "reh*", Query{Text: "reh*", Groups: one(Prefix, "", "reh")}},
		{"a prefix in brackets", "(reh*)", Query{Text: "(reh*)", Groups: one(Prefix, "", "reh")}},
		{"a short prefix in brackets", "(re*)", Query{Text: "(re*)", Groups: words("re"), Notes: []Note{{NoteShortPrefix, "re"}}}},
		{"a prefix of two words", "title:abc:def*", Query{Text: "title:abc:def*", Notes: []Note{{NoteShortPrefix, "abc:def"}},
			Groups: append(one(Word, "title", "abc"), one(Word, "title", "def")...)}},
		{"marks do not count as letters of a prefix", "हि्*", Query{Text: "हि्*", Groups: words("हि्"), Notes: []Note{{NoteShortPrefix, "हि्"}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Parse(tt.text, topics{})
			tt.want.Page, tt.want.Size = 1, DefaultSize
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("Parse(%q)\n got %+v\nwant %+v", tt.text, got, tt.want)
			}
		})
	}
}

// A colon makes a field only of what could be the name of one.
func TestNamesOfFields(t *testing.T) {
	for _, name := range []string{"colour", "a1", "a-b", "a_b", "a0", "a9", "couleur", "цвет", "न०"} {
		if want := []Note{{NoteUnknownField, name + ":red"}}; !reflect.DeepEqual(Parse(name+":red", nil).Notes, want) {
			t.Errorf("%s:red: notes %v, want %v", name, Parse(name+":red", nil).Notes, want)
		}
	}
	for _, name := range []string{"10", "0x", "9x", "1a", "a^b", "a.b", "a-b+c"} {
		if q := Parse(name+":red", nil); len(q.Notes) > 0 || !reflect.DeepEqual(q.Groups, words(name+":red")) {
			t.Errorf("%s:red: %v, notes %v; want one word", name, wordsOf(q), q.Notes)
		}
	}
}

func TestAnyQuoteOpensAndCloses(t *testing.T) {
	for _, quote := range "\"“”„‟«»＂" {
		if got := Parse("a"+string(quote)+"b c"+string(quote)+"d", nil).Text; got != `a "b c" d` {
			t.Errorf("with %c: text %q", quote, got)
		}
	}
	for _, part := range "'’‘`" {
		if text := "a" + string(part) + "b c"; Parse(text, nil).Text != text {
			t.Errorf("%c is a quote", part)
		}
	}
}

func TestNoFields(t *testing.T) {
	want := Query{Text: "topic:a1", Groups: words("topic", "a1"), Page: 1, Size: DefaultSize, Notes: []Note{{NoteUnknownField, "topic:a1"}}}
	for _, fields := range []Fields{nil, NoFields{}} {
		if got := Parse("topic:a1", fields); !reflect.DeepEqual(got, want) {
			t.Errorf("Parse with %v = %+v, want %+v", fields, got, want)
		}
	}
	if id, ok := (NoFields{}).Value("topic", "a1"); ok || id != "" {
		t.Errorf("NoFields has the value %q", id)
	}
}

// Marks that cannot be seen are no part of words; their neighbours in Unicode are.
func TestInvisibleMarks(t *testing.T) {
	for _, r := range "\ufeff\u200e\u200f\u202a\u202c\u202e\u2060\u2066\u206f" {
		if got := Parse("a"+string(r)+"b", nil).Text; got != "ab" {
			t.Errorf("with %U: text %q, want ab", r, got)
		}
	}
	for _, r := range "\u200b\u202f\u2029\u205f\u0085\x7f\ufffd" {
		if got := Parse("a"+string(r)+"b", nil).Text; got != "a b" {
			t.Errorf("with %U: text %q, want a space", r, got)
		}
	}
	for _, r := range "\u200c\u200d\u2030\u2070" {
		if got, want := Parse("a"+string(r)+"b", nil).Text, "a"+string(r)+"b"; got != want {
			t.Errorf("with %U: text %q, want %q", r, got, want)
		}
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
