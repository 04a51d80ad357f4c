package words

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"casebook/index/file"
	"casebook/index/text"
)

// seenBy are analyzers of one language without rules, one for each text.
func seenBy(t *testing.T, texts ...string) (analyzers [][]*text.Analyzer) {
	t.Helper()
	l, err := text.NewLanguage("und")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range texts {
		a := text.NewAnalyzer(l)
		a.Tokens(s, func(tok text.Token) { a.Number(tok.Analysis) })
		analyzers = append(analyzers, []*text.Analyzer{a})
	}
	return analyzers
}

// Terms are ranked by how often all texts together have them, of two as frequent
// the first.
func TestRanks(t *testing.T) {
	analyzers := seenBy(t, "golut Bolam golut dorup", "jomil golut fanik golut dorup")
	v := newVocabulary(1, analyzers)
	for term, want := range map[string]uint32{"golut": 0, "dorup": 1, "bolam": 2, "fanik": 3, "jomil": 4} {
		if got, ok := v.rank(0, term); got != want || !ok {
			t.Errorf("%s has rank %d, %t; want %d", term, got, ok, want)
		}
	}
	if _, ok := v.rank(0, "hepar"); ok || !slices.Equal(v.terms(), []int{5}) {
		t.Errorf("there are %v terms, or one that no text has", v.terms())
	}
	for w, want := range [][]uint32{{0, 2, 1}, {4, 0, 3, 1}} {
		if got := v.ranksOf(analyzers)[w][0]; !slices.Equal(got, want) {
			t.Errorf("worker %d: ranks %v, want %v", w, got, want)
		}
	}
}

// A word is shown as it is most often written; one in small letters counts four
// times, as words at the head of sentences have a capital letter.
func TestDisplay(t *testing.T) {
	for texts, want := range map[string]string{
		"Bolam Bolam Bolam / bolam": "bolam", "Bolam Bolam / Bolam Bolam Bolam bolam": "Bolam", "Bolam Bolam / Bolam Bolam bolam": "Bolam", // four of them: the first
		"BOLAM bolám / bolám": "bolám", "Bolam": "Bolam",
	} {
		v := newVocabulary(1, seenBy(t, strings.Split(texts, "/")...))
		if got, ok := v.display.First("bolam"); got != want || !ok {
			t.Errorf("%s: shown as %s, want %s", texts, got, want)
		}
	}
}

// Of several languages the one counts that has a word written in one way most often.
func TestDisplayAcrossLanguages(t *testing.T) {
	a := seenBy(t, "Bolam Bolam dorup", "BOLAM Dorup Dorup Dorup Dorup Dorup")
	v := newVocabulary(2, [][]*text.Analyzer{{a[0][0], a[1][0]}})
	for word, want := range map[string]string{"bolam": "Bolam", "dorup": "Dorup"} {
		if got, _ := v.display.First(word); got != want {
			t.Errorf("%s is shown as %s, want %s", word, got, want)
		}
	}
}

// Where no text in a language has a word as most do, it is shown in small letters
// if some text has them.
func TestWrittenInSmallLetters(t *testing.T) {
	x := corpusOf(t, map[string]string{
		"a": "One\nThe Bolam, a bolam, a Bolám. A Dorup of DORUP.", "a.fr": "Un\n" + strings.Repeat("BOLAM dorup ", 30),
	}).index(t)
	lang, _ := x.docs.Lang("en")
	for word, want := range map[string]string{"bolam": "bolam", "dorup": "DORUP"} {
		if got := x.Written(word, lang); got != want {
			t.Errorf("%s is written %s, want %s", word, got, want)
		}
	}
}

// What Save would never write is damage.
func TestDamagedIndex(t *testing.T) {
	c := corpusOf(t, map[string]string{"a": "One\nbolam dorup", "b": "Two\nfanik"})
	for name, damage := range map[string]func(*Index){
		"":                      func(*Index) {},
		"a row too few":         func(x *Index) { x.Rows.Offs = x.Rows.Offs[:2] },
		"a row too many":        func(x *Index) { x.Rows.Offs = append(x.Rows.Offs, x.Rows.Offs[2]) },
		"rows that go back":     func(x *Index) { x.Rows.Offs = []uint64{0, x.Rows.Offs[2] + 1, x.Rows.Offs[2]} },
		"a first row behind":    func(x *Index) { x.Rows.Offs = []uint64{9, 3, 9} },
		"a rank that is none":   func(x *Index) { x.ranks[0] = slices.Repeat([]uint32{uint32(len(x.ranks[0]))}, len(x.ranks[0])) },
		"a rank too few":        func(x *Index) { x.ranks[0] = make([]uint32, len(x.ranks[0])-1) },
		"a rank too many":       func(x *Index) { x.ranks[0] = make([]uint32, len(x.ranks[0])+1) },
		"a term without a rank": func(x *Index) { x.surfaces[0] = file.NewMultimap(map[string][]string{"a": nil}) },
		"no terms":              func(x *Index) { x.surfaces[0] = file.NewMultimap(nil) },
	} {
		x := c.index(t)
		x.ranks, x.surfaces = slices.Clone(x.ranks), slices.Clone(x.surfaces)
		damage(x)
		var saved bytes.Buffer
		w := file.NewWriter(&saved)
		x.Save(w)
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		r := file.NewReader(bytes.NewReader(saved.Bytes()), int64(saved.Len()))
		Read(c.docs, r)
		if err := r.End(); errors.Is(err, file.ErrDamaged) != (name != "") {
			t.Errorf("%q: %v", name, err)
		}
	}
}
