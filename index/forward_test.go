package index

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"casebook/index/docs"
	"casebook/index/rank"
	"casebook/index/rows"
	"casebook/index/text"
)

// occurrences counts the places of a page at which the tokens of a phrase
// stand, by analyzing the page again.
func occurrences(t *testing.T, s *Snapshot, doc uint32, toks []text.Token) int {
	t.Helper()
	p, err := s.lib.At(int(s.Units[doc].Page))
	if err != nil {
		t.Fatal(err)
	}
	terms := make(map[int][]string) // by position
	pos := 0
	for _, part := range docs.Parts(p, s.lib) {
		if part.Text == "" {
			continue
		}
		pos += 16 + text.NewAnalyzer(s.Langs[s.Units[doc].Lang]).Tokens(part.Text, func(tok text.Token) {
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
	files := map[string]string{"schema.yaml": benchSchema, "vocabularies/place.yaml": "terms: [{id: p}]", "vocabularies/method.yaml": "terms: [{id: m}]",
		"vocabularies/grade.yaml": "terms: [{id: g}]", "vocabularies/tag.yaml": "terms: [{id: t}]"}
	words := strings.Fields("bolam dorup bolam-dorup bolamdorup golut énergie energie fanik-jomil jomil the of hepar")
	r := rand.New(rand.NewPCG(11, 4))
	for i := range 60 {
		files[fmt.Sprintf("notes/%02d.md", i)] = page(pick(r, words)+" "+pick(r, words), "", strings.Join([]string{
			pick(r, words), pick(r, words), pick(r, words), pick(r, words), pick(r, words), pick(r, words), pick(r, words)}, " "))
	}
	s := build(t, loaded(t, folder(files)), Options{})
	runs, found := 0, 0
	for range 500 {
		p := s.newPlanner(t.Context())
		said, _ := p.read(0, strings.Join([]string{pick(r, words), pick(r, words), pick(r, words)}[:2+r.IntN(2)], " "))
		toks := slices.DeleteFunc(said, func(tok text.Token) bool { return tok.Stop })
		if len(toks) < 2 {
			continue
		}
		var want rows.Sought
		var simple []string
		for i, tok := range toks {
			for _, term := range tok.Terms {
				s.words.Seek(&want, 0, term, i)
			}
			if len(tok.Terms) == 1 && tok.Pos == toks[0].Pos+i {
				simple = append(simple, tok.Terms[0])
			}
		}
		w := walker{snap: s, toks: toks, want: &want, at: make(rows.Places, len(toks))}
		all, err := w.walk(t.Context(), s.All)
		if err != nil {
			t.Fatal(err)
		}
		if all == nil {
			all = &rank.Leaf{}
		}
		found += len(all.Docs)
		for d := range s.Units {
			n := occurrences(t, s, uint32(d), toks)
			if i := slices.Index(all.Docs, uint32(d)); (i >= 0) != (n > 0) || i >= 0 && int(all.Freqs[i]) != n {
				t.Errorf("%v: document %d has it %d times, found in %v, %v", toks, d, n, all.Docs, all.Freqs)
			}
		}
		got, err := p.phrase(0, false, toks, 0)
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
