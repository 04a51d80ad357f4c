package search

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// anything is a set of Fields where every name in lower case is a facet: of years where it begins
// with "y", else of terms, and every value there is.
type anything struct{}

func (anything) FieldName(name string) string { return strings.ToLower(name) }

func (anything) FieldType(name string) string {
	if strings.HasPrefix(name, "y") {
		return "years"
	}
	return "term"
}

func (anything) Value(_, text string) (string, bool) { return text, true }

// wordsOf lists the words of all clauses, phrases with spaces, group by group.
func wordsOf(q Query) []string {
	var out []string
	for _, g := range q.Groups {
		for _, c := range g.Any {
			out = append(out, strings.Join(c.Words, " "))
		}
	}
	return out
}

func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format+" ", i)
	}
	return strings.TrimSpace(b.String())
}

// What is exactly at a bound counts, what is one past it does not.
func TestBoundsAreExact(t *testing.T) {
	x, y := func(n int) string { return strings.Repeat("x", n) }, func(n int) string { return strings.Repeat("y", n) }
	tests := []struct {
		name, text string
		words      int // of all clauses
		last       string
		notes      []NoteCode
	}{
		{"one word of all bytes", x(MaxQueryBytes - 1), 1, x(MaxQueryBytes - 1), nil},
		{"one word of a byte more", x(MaxQueryBytes), 0, "", []NoteCode{NoteTooLong}},
		{"two words of all bytes", x(511) + " " + y(511), 2, y(511), nil},
		{"two words of a byte more", x(511) + " " + y(512), 1, x(511), []NoteCode{NoteTooLong}},
		{"a phrase of all bytes", `"` + x(511) + " " + y(511) + `"`, 2, x(511) + " " + y(511), nil},
		{"a phrase of a byte more keeps its beginning, as a word", `"` + x(511) + " " + y(512) + `"`, 1, x(511), []NoteCode{NoteTooLong}},
		{"no shorter word behind one that is too long", x(700) + " " + y(700) + " z", 1, x(700), []NoteCode{NoteTooLong}},
		{"as many words as may be", numbered("w%d", MaxWords), MaxWords, "w31", nil},
		{"one word more", numbered("w%d", MaxWords+1), MaxWords, "w31", []NoteCode{NoteManyWords}},
		{"a phrase behind words is cut to what is left", numbered("v%d", 10) + ` "` + numbered("w%d", 30) + `"`,
			MaxWords, numbered("w%d", 22), []NoteCode{NoteManyWords}},
		{"a phrase cut to one word is a word", numbered("v%d", MaxWords-1) + ` "a b"`, MaxWords, "a", []NoteCode{NoteManyWords}},
		{"as many phrases as may be", numbered(`"a b%d"`, MaxPhrases), 2 * MaxPhrases, "a b3", nil},
		{"a phrase of one word is no phrase", numbered(`"a b%d"`, MaxPhrases) + ` "trial"`, 2*MaxPhrases + 1, "trial", nil},
		{"one phrase more is read as words", numbered(`"a b%d"`, MaxPhrases) + ` "c d"`, 2*MaxPhrases + 2, "d", []NoteCode{NoteManyPhrases}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := Parse(tt.text, nil)
			words := wordsOf(q)
			last := ""
			if len(words) > 0 {
				last = words[len(words)-1]
			}
			if n := len(strings.Fields(strings.Join(words, " "))); n != tt.words || last != tt.last {
				t.Errorf("%d words, the last %q; want %d, %q", n, last, tt.words, tt.last)
			}
			var notes []NoteCode
			for _, n := range q.Notes {
				notes = append(notes, n.Code)
			}
			if !reflect.DeepEqual(notes, tt.notes) {
				t.Errorf("notes %v, want %v", notes, tt.notes)
			}
			if again := Parse(q.String(), nil); !reflect.DeepEqual(again.Groups, q.Groups) {
				t.Errorf("printed and parsed again: %v, want %v", wordsOf(again), words)
			}
		})
	}
}

func TestManyNegations(t *testing.T) {
	q := Parse(numbered("-w%d", MaxNegations), nil)
	if len(q.Not) != MaxNegations || len(q.Notes) != 0 {
		t.Errorf("%d negations, notes %v; want %d and no note", len(q.Not), q.Notes, MaxNegations)
	}
	q = Parse(numbered("-w%d", MaxNegations)+" -W0 -more", nil)
	if want := []Note{{Code: NoteManyNot}}; len(q.Not) != MaxNegations || !reflect.DeepEqual(q.Notes, want) {
		t.Errorf("%d negations, notes %v; want %d, %v", len(q.Not), q.Notes, MaxNegations, want)
	}
}

// Text longer than maxInput is cut there, wherever in a letter that is; whole letters before it stay.
func TestInputIsCut(t *testing.T) {
	tests := []struct {
		name, text, want string
		cut              bool
	}{
		{"exactly as long as may be", "- " + strings.Repeat("x", maxInput-2), "- " + strings.Repeat("x", maxInput-2), false},
		{"a byte longer", "- " + strings.Repeat("x", maxInput-1), "- " + strings.Repeat("x", maxInput-2), true},
		{"between letters", strings.Repeat("é", maxInput/2) + "x", strings.Repeat("é", maxInput/2), true},
		{"within a letter", "x" + strings.Repeat("é", maxInput/2), "x" + strings.Repeat("é", maxInput/2-1), true},
		{"within a letter of four bytes", "xxx" + strings.Repeat("𐐨", maxInput/4), "xxx" + strings.Repeat("𐐨", maxInput/4-1), true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, cut := clean(tt.text)
			if text != tt.want || cut != tt.cut {
				t.Errorf("%d bytes, ending %q, cut %v; want %d bytes, cut %v", len(text), text[max(0, len(text)-8):], cut, len(tt.want), tt.cut)
			}
			if q := Parse(tt.text, nil); tt.cut && !hasNote(q, NoteTooLong) {
				t.Errorf("cut without a note: %v", q.Notes)
			}
		})
	}
}

// Values and ranges of years that stand in the words count alike.
func TestManyValuesInTheWords(t *testing.T) {
	tests := []struct {
		name, text string
		values     int
		years      bool // of the facet year
		note       bool
	}{
		{"as many as may be", numbered("t:%d", MaxValues), MaxValues, false, false},
		{"one more", numbered("t:%d", MaxValues+1), MaxValues, false, true},
		{"one twice does not count twice", numbered("t:%d", MaxValues-1) + " t:7 t:more", MaxValues, false, false},
		{"years as the last", numbered("t:%d", MaxValues-1) + " year:2015..", MaxValues - 1, true, false},
		{"years as one more", numbered("t:%d", MaxValues) + " year:2015..", MaxValues, false, true},
		{"a value behind years", "year:..2015 " + numbered("t:%d", MaxValues), MaxValues - 1, true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := Parse(tt.text, anything{})
			f, _ := q.Filter("t")
			_, years := q.Filter("year")
			if len(f.Values) != tt.values || years != tt.years || hasNote(q, NoteManyValues) != tt.note {
				t.Errorf("%d values, years %v, note %v; want %d, %v, %v",
					len(f.Values), years, hasNote(q, NoteManyValues), tt.values, tt.years, tt.note)
			}
		})
	}
}

func TestNotesAreBoundedAndEachOnce(t *testing.T) {
	q := Parse("colour:red colour:red", nil)
	if want := []Note{{NoteUnknownField, "colour:red"}}; !reflect.DeepEqual(q.Notes, want) {
		t.Errorf("notes %v, want %v", q.Notes, want)
	}
	q = Parse(numbered("colour:c%d", maxNotes+3), nil)
	if n := len(q.Notes); n != maxNotes || q.Notes[n-1].Arg != "colour:c15" {
		t.Errorf("%d notes, want the first %d: %v", n, maxNotes, q.Notes)
	}
}
