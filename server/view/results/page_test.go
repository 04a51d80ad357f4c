package results

import (
	"cmp"
	"fmt"
	neturl "net/url"
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
		search.NoteUnknownField, search.NoteUnknownValue, search.NoteManyValues, search.NoteManyForms, search.NoteFilter, address.NoteFilterIgnored,
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

// The links lead to the pages before and behind, to the first and the last, and
// say where others are left out.
func TestPager(t *testing.T) {
	r := ask(t, plaincorpus.New(t), "en")
	q := search.Query{Text: "a", Size: 10}
	for _, tt := range []struct {
		page, total int
		want        string
	}{
		{1, 10, ""}, {1, 11, "- 2: [1] 2"}, {2, 11, "1 -: 1 [2]"}, {5, 95, "4 6: 1 …4 [5] 6 …10"}, {10, 95, "9 -: 1 …9 [10]"},
	} {
		v := r.pager(q.WithPage(tt.page), tt.total)
		got := ""
		if v != nil {
			number := func(url string) string {
				if url == "" {
					return "-"
				}
				u, err := neturl.Parse(url)
				if err != nil || u.Query().Get("size") != "10" {
					t.Errorf("%s, %v", url, err)
				}
				return cmp.Or(u.Query().Get("page"), "1")
			}
			got = number(v.Prev) + " " + number(v.Next) + ":"
			for _, p := range v.Pages {
				n := number(p.URL)
				if n != fmt.Sprint(p.N) {
					t.Errorf("page %d leads to %s", p.N, p.URL)
				}
				if p.Current {
					n = "[" + n + "]"
				}
				if p.Gap {
					n = "…" + n
				}
				got += " " + n
			}
		}
		if got != tt.want {
			t.Errorf("page %d of %d results: %q, want %q", tt.page, tt.total, got, tt.want)
		}
	}
	for _, tt := range []struct{ size, page, total, want int }{{0, 7, 100, 7}, {0, 0, 100, 1}, {10, 1, 0, 1}, {10, 1, 10, 1}, {10, 1, 11, 2}, {100, 1, 1_000_000, search.MaxDepth / 100}} {
		if got := LastPage(search.Query{Size: tt.size, Page: tt.page}, tt.total); got != tt.want {
			t.Errorf("%+v: the last page is %d", tt, got)
		}
	}
}

// Crawlers may read the list of a kind and up to two filters, nothing else.
func TestCrawlersStayOut(t *testing.T) {
	r := ask(t, plaincorpus.New(t), "en")
	plain := search.Query{Size: search.DefaultSize}
	two := plain.Toggle("place", "a").Toggle("land", "b")
	for _, tt := range []struct {
		q    search.Query
		want bool
	}{
		{plain, false}, {two, false}, {two.Toggle("method", "c"), true}, {plain.WithSort("title"), true}, {plain.WithSize(50), true}, {search.Query{Text: "a", Size: search.DefaultSize}, true},
		{plain.WithPage(3), false}, {plain.SetFilter(search.Filter{Field: "period", From: 1, To: 2}).Toggle("place", "a"), false},
	} {
		if got := r.crawlersStayOut(tt.q); got != tt.want {
			t.Errorf("%+v: %v", tt.q, got)
		}
	}
}
