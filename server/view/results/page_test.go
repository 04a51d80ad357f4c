package results

import (
	"slices"
	"strings"
	"testing"

	"casebook/search"
	"casebook/server/address"
	"casebook/server/internal/plaincorpus"
)

func TestPageNumbers(t *testing.T) {
	for _, tt := range []struct {
		current, last int
		want          []int
	}{
		{1, 2, []int{1, 2}},
		{1, 5, []int{1, 2, 5}},
		{3, 5, []int{1, 2, 3, 4, 5}},
		{4, 9, []int{1, 2, 3, 4, 5, 9}},
		{5, 9, []int{1, 4, 5, 6, 9}},
		{6, 9, []int{1, 5, 6, 7, 8, 9}},
		{9, 9, []int{1, 8, 9}},
	} {
		if got := pageNumbers(tt.current, tt.last); !slices.Equal(got, tt.want) {
			t.Errorf("page %d of %d: %v, want %v", tt.current, tt.last, got, tt.want)
		}
	}
}

// Every note of a query has its text, and names what it is about.
func TestNotes(t *testing.T) {
	c := plaincorpus.New(t)
	codes := []search.NoteCode{
		search.NoteTooLong, search.NoteManyWords, search.NoteManyPhrases, search.NoteManyNot, search.NoteShortPrefix, search.NoteOpenQuote,
		search.NoteUnknownField, search.NoteUnknownValue, search.NoteManyValues, search.NoteFilter, address.NoteFilterIgnored,
	}
	for _, lang := range []string{"en", "fr", "ar"} {
		r := ask(t, c, lang)
		seen := make(map[string]bool)
		for _, code := range codes {
			text := r.noteText(search.Note{Code: code, Arg: "place:cape"})
			if seen[text] || strings.Contains(text, "⟦") || text == "place:cape" {
				t.Errorf("%s: %s says %q", lang, code, text)
			}
			seen[text] = true
		}
	}
	if got, want := ask(t, c, "fr").noteText(search.Note{Code: search.NoteFilter, Arg: "place:cape"}), "le filtre Lieu : Cap"; !strings.Contains(got, want) {
		t.Errorf("%q, want …%s…", got, want)
	}
}

// What was searched for besides the words is said in the reader's script
// first, and the rest is counted.
func TestAddedWords(t *testing.T) {
	c := plaincorpus.New(t)
	added := []search.Expansion{{For: "child", Added: []string{"children", "أطفال", "enfants", "Children", "قاصرون"}}}
	for lang, want := range map[string][]string{"en": {"children", "enfants"}, "ar": {"أطفال", "قاصرون"}} {
		words, more := ask(t, c, lang).addedWords(added)
		if !slices.Equal(words, want) || more != 2 {
			t.Errorf("%s: %q and %d more", lang, words, more)
		}
	}
	if words, more := ask(t, c, "ar").addedWords([]search.Expansion{{Added: []string{"enfants"}}}); len(words) != 1 || more != 0 {
		t.Errorf("without any in the script: %q and %d more", words, more)
	}
}
