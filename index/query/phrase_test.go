package query

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"casebook/content"
	"casebook/index/docs"
	"casebook/index/indextest"
	"casebook/index/rank"
	"casebook/index/reading"
	"casebook/index/rows"
	"casebook/index/text"
	"casebook/index/words"
)

func TestTogether(t *testing.T) {
	for _, tt := range []struct {
		lists [][]int
		span  int
		want  int
	}{
		{[][]int{{1}, {2}}, 4, 1},
		{[][]int{{2}, {1}}, 4, 1},
		{[][]int{{1}, {4}}, 4, 1},
		{[][]int{{1}, {5}}, 4, 0},
		{[][]int{{1, 20}, {2, 19}}, 4, 2},
		{[][]int{{1}, {2}, {9}}, 5, 0},
		{[][]int{{1, 2}, {1, 2}}, 4, 2},
		{[][]int{{1}, {1}}, 4, 0},
	} {
		if got := together(tt.lists, tt.span); got != tt.want {
			t.Errorf("together(%v, %d) = %d, want %d", tt.lists, tt.span, got, tt.want)
		}
	}
}

// occurrences counts the places of a page at which the tokens of a phrase
// stand, by analyzing the page again.
func occurrences(t *testing.T, lib *content.Library, m *docs.Map, doc uint32, toks []text.Token) int {
	t.Helper()
	p, err := lib.At(int(m.Units[doc].Page))
	if err != nil {
		t.Fatal(err)
	}
	terms := make(map[int][]string) // by position
	pos := 0
	for _, part := range docs.Parts(p, lib) {
		if part.Text == "" {
			continue
		}
		pos += 16 + text.NewAnalyzer(m.Langs[m.Units[doc].Lang]).Tokens(part.Text, func(tok text.Token) {
			if !tok.Stop && tok.Whole != "" {
				terms[pos+tok.Pos] = append(terms[pos+tok.Pos], tok.Terms...)
			}
		})
	}
	n := 0
	for at := range pos {
		all := true
		for _, tok := range toks {
			all = all && slices.ContainsFunc(tok.Terms, func(term string) bool { return slices.Contains(terms[at+tok.Pos-toks[0].Pos], term) })
		}
		if all {
			n++
		}
	}
	return n
}

// Phrases are found whether or not their run of bytes is looked for first: of
// words that stand together somewhere, compounds and accents among them.
func TestPhraseRuns(t *testing.T) {
	files := make(map[string]string)
	said := strings.Fields("bolam dorup bolam-dorup bolamdorup golut énergie energie fanik-jomil jomil the of hepar")
	r := rand.New(rand.NewPCG(11, 4))
	for i := range 60 {
		files[fmt.Sprintf("notes/%02d.md", i)] = indextest.Page(indextest.Pick(r, said)+" "+indextest.Pick(r, said), "", strings.Join([]string{
			indextest.Pick(r, said), indextest.Pick(r, said), indextest.Pick(r, said), indextest.Pick(r, said), indextest.Pick(r, said), indextest.Pick(r, said), indextest.Pick(r, said)}, " "))
	}
	lib := indextest.Load(t, indextest.Folder(files))
	x := index(t, lib)
	runs, found := 0, 0
	for range 500 {
		f := x.finder("en")
		toks := f.reader.ContentWords(0, strings.Join([]string{indextest.Pick(r, said), indextest.Pick(r, said), indextest.Pick(r, said)}[:2+r.IntN(2)], " "))
		if len(toks) < 2 {
			continue
		}
		var want rows.Sought
		var simple []string
		for i, tok := range toks {
			for _, term := range tok.Terms {
				x.words.Seek(&want, 0, term, i)
			}
			if len(tok.Terms) == 1 && tok.Pos == toks[0].Pos+i {
				simple = append(simple, tok.Terms[0])
			}
		}
		w := walker{rows: &x.words.Rows, toks: toks, want: &want, at: make(rows.Places, len(toks))}
		all, err := w.walk(t.Context(), x.docs.All)
		if err != nil {
			t.Fatal(err)
		}
		if all == nil {
			all = &rank.Leaf{}
		}
		found += len(all.Docs)
		for d := range x.docs.Units {
			n := occurrences(t, lib, x.docs, uint32(d), toks)
			if i := slices.Index(all.Docs, uint32(d)); (i >= 0) != (n > 0) || i >= 0 && int(all.Freqs[i]) != n {
				t.Errorf("%v: document %d has it %d times, found in %v, %v", toks, d, n, all.Docs, all.Freqs)
			}
		}
		got, err := f.phrase(t.Context(), words.Text(0), reading.Form{Words: toks}, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got == nil {
			got = &rank.Leaf{}
		}
		if !slices.Equal(got.Docs, all.Docs) || !slices.Equal(got.Freqs, all.Freqs) {
			t.Errorf("%v: %v in %v, want %v in %v", simple, got.Freqs, got.Docs, all.Freqs, all.Docs)
		}
		if len(simple) == len(toks) {
			runs++
		}
	}
	if runs < 50 || found < 500 {
		t.Errorf("%d phrases were runs, %d documents found", runs, found)
	}
}
