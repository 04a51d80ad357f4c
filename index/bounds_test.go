package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/index/words"
	"casebook/search"
)

// The work for misspelled words ends after five of them, and there is none for
// words too short or too long to have a nearest one.
func TestSpellingIsBounded(t *testing.T) {
	right := []string{"fanikolu", "golutami", "heparosi", "jomilupe", "kuravide", "lidonafe", "morubako"}
	long := strings.Repeat("pos", 11) // 33 letters
	s := build(t, loaded(t, folder(map[string]string{
		"notes/a.md": page("A", "", strings.Join(right, " ")+" "+long+" bola tarikofe"),
	})), Options{})
	var wrong []string
	for _, w := range right {
		wrong = append(wrong, w[:3]+"x"+w[4:])
	}
	r := mustSearch(t, s, search.Parse(strings.Join(wrong, " "), s))
	if want := strings.Join(append(append([]string{}, right[:5]...), wrong[5:]...), " "); r.DidYou == nil || r.DidYou.Text != want {
		t.Errorf("did you mean %+v, want the first %d words mended: %s", r.DidYou, 5, want)
	}
	for word, want := range map[string]string{
		"bol":           "",              // no word of three letters
		"bolx":          "bola",          // one error in a short word
		"boxx":          "",              // two are another word
		"tarikxxe":      "tarikofe",      // in a long one they are not
		"tarxxxfe":      "",              // three are
		"xarikofe":      "",              // the first letter is right
		long[:32] + "x": "",              // too long to look for
		"fanikolux":     "fanikolu",      // one letter more
		"golutamigolut": "",              // no two words: golut is none
		"bolatarikofe":  "bola tarikofe", // two that stand together
	} {
		r := mustSearch(t, s, search.Parse(word, s))
		got := ""
		if r.DidYou != nil {
			got = r.DidYou.Text
		}
		if got != want {
			t.Errorf("%s: did you mean %q, want %q", word, got, want)
		}
	}
}

// A prefix looks at so many words of the dictionary, and no further.
func TestPrefixWalkIsBounded(t *testing.T) {
	var b strings.Builder
	for i := range words.MaxWalk {
		fmt.Fprintf(&b, "pre%05d ", i)
	}
	s := build(t, loaded(t, folder(map[string]string{
		"notes/a.md": page("A", "", b.String()),
		"notes/b.md": page("B", "", "pre00007 prezzz"),
		"notes/c.md": page("C", "", "pre00007 prezzz"),
	})), Options{})
	terms, err := s.words.Reader().Beginning(words.Whole, "pre")
	if err != nil || len(terms) != words.MaxBeginning || terms[0] != "pre00007" {
		t.Fatalf("%d terms, %q first, %v; want %d, the most frequent first", len(terms), terms[:1], err, words.MaxBeginning)
	}
	for _, term := range terms {
		if term == "prezzz" {
			t.Errorf("%s stands behind %d other words and was looked at", term, words.MaxWalk)
		}
	}
}

// A synonym's synonyms are not searched for.
func TestSynonymsOfSynonyms(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"glossary.yaml": "terms:\n  - id: x\n    preferred: bolam\n    synonyms: [dorup]\n    definition: x\n" +
			"  - id: y\n    preferred: dorup\n    synonyms: [fanik]\n    definition: x\n",
		"notes/a.md": page("A", "", "bolam"), "notes/b.md": page("B", "", "dorup"), "notes/c.md": page("C", "", "fanik"),
	})), Options{})
	if r := mustSearch(t, s, search.Parse("bolam", s)); r.Total != 2 {
		t.Errorf("bolam finds %v, want a and b", hitIDs(r))
	}
}

// Who asks for more forms of words than are searched for is told.
func TestManyFormsAreTold(t *testing.T) {
	var b strings.Builder
	for i := range 5 * 260 {
		fmt.Fprintf(&b, "%c%c%c%c%c ", 'a'+i/260, 'a'+i/260, 'a'+i/260, 'a'+i%26, 'a'+i/26%10)
	}
	s := build(t, loaded(t, folder(map[string]string{"notes/a.md": page("A", "", b.String())})), Options{})
	for words, want := range map[string]bool{"aaa* bbb* ccc*": false, "aaa* bbb* ccc* ddd* eee*": true} {
		q := search.Parse(words, s)
		r := mustSearch(t, s, q)
		if got := slices.Contains(r.Notes, search.Note{Code: search.NoteManyForms}); got != want || len(q.Notes) != 0 {
			t.Errorf("%s: notes %v, of the query itself %v", words, r.Notes, q.Notes)
		}
	}
}
