package synonyms

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/index/docs"
	"casebook/index/indextest"
	"casebook/index/reading"
	"casebook/search"
)

// Places of languages: as tags come with pages.
const (
	en = iota
	ar
	fr
)

const glossary = `
terms:
  - id: ftf
    preferred: {en: roaming bolam dorup, fr: dorup voyageur}
    synonyms: [wandering dorup, not fanik]
    abbreviations: [RBD, US]
    definition: {en: A group that left the Kurav League. Kurav is no name.}
  - id: league
    preferred: {en: Kurav League, ar: بولام}
    abbreviations: [KVL]
    definition: Another.
  - id: lone
    preferred: lonely
    definition: Without other names.
  - id: pact
    preferred: {en: Bolam Pact, ar: ميثاق}
    synonyms: [Great Bolam Pact, Accord of Bolam, Pact of the, عهد]
    definition: {en: 'Kurav League of a kurav league, a Bolam Pact and a Wandering dorup; a Wandering dorup.'}
`

// thesaurus is that of pages in English, French and Arabic, with a reader of a query.
func thesaurus(t *testing.T) (*Thesaurus, *reading.Reader) {
	t.Helper()
	lib := indextest.Load(t, indextest.Folder(map[string]string{
		"glossary.yaml": glossary,
		"vocabularies/place.yaml": "terms:\n  - {id: coast, label: {en: Coast, fr: Côte}, alt: {en: [Seaside, Shore]}}\n  - {id: shore, label: {en: Shore, fr: Rive}}\n  - {id: isle, label: {de: Insel}}\n" +
			"  - {id: way, label: {en: Coast Path, fr: Sentier}, alt: {en: [Littoral]}}\n  - {id: path, label: {en: Path, fr: Voie}, alt: {en: [Littoral]}}\n",
		"notes/a.md": indextest.Page("A", "", "x"), "notes/a.fr.md": indextest.Page("A", "", "x"), "notes/a.ar.md": indextest.Page("A", "", "x"),
	}))
	m, err := docs.NewMap(lib)
	if err != nil {
		t.Fatal(err)
	}
	return New(lib, m.Langs, m.Lang), reading.NewReader(m.Langs)
}

// labels writes concepts by their first names.
func (t *Thesaurus) labels(concepts []int) string {
	var out []string
	for _, id := range concepts {
		out = append(out, t.Concepts[id].names[0].text)
	}
	return strings.Join(out, ", ")
}

func TestNamed(t *testing.T) {
	th, r := thesaurus(t)
	for _, tt := range []struct {
		words, want, also string
		loosely           bool
		in                []bool // en, ar, fr
	}{
		{"rbd", "roaming bolam dorup", "", false, []bool{true, false, false}}, // of no language: the reader's
		{"RBD", "roaming bolam dorup", "", false, []bool{true, false, false}},
		{"roaming bolam dorups", "roaming bolam dorup", "", false, []bool{true, false, false}},
		{"dorup voyageur", "roaming bolam dorup", "", false, []bool{false, false, true}},
		{"US", "roaming bolam dorup", "", false, []bool{true, false, false}},
		{"us", "", "", false, nil}, {"fanik", "", "", false, nil}, {"not fanik", "roaming bolam dorup", "", false, []bool{true, false, false}},
		{"lonely", "", "", false, nil}, {"Insel", "", "", false, nil}, // one name alone
		{"seaside", "Coast", "", true, []bool{true, false, false}},
		{"shore", "Shore", "Coast", false, []bool{true, false, false}},
		{"Côte", "Coast", "", false, []bool{false, false, true}},
		{"littoral", "Coast Path, Path", "", true, []bool{true, false, false}},
		{"nothing", "", "", false, nil},
	} {
		n, ok := th.Named(r, tt.words, en)
		if ok != (tt.want != "") || th.labels(n.Concepts) != tt.want || th.labels(n.Also) != tt.also || n.Loosely != tt.loosely || ok && !slices.Equal(n.in, tt.in) {
			t.Errorf("%s names %q, also %q, loosely %t, in %v; want %q, %q, %t, %v", tt.words, th.labels(n.Concepts), th.labels(n.Also), n.Loosely, n.in, tt.want, tt.also, tt.loosely, tt.in)
		}
	}
	if n, _ := th.Named(r, "rbd", fr); !n.in[fr] || n.in[en] {
		t.Errorf("for a reader of French it is a name in %v", n.in)
	}
}

// The longest names are found first; a phrase is a name of its own, and what has OR
// or a field is part of none.
func TestNames(t *testing.T) {
	th, r := thesaurus(t)
	for text, want := range map[string]string{
		"the roaming bolam dorup of the kurav league": "1-4 roaming bolam dorup; 5-7 kurav league",
		"roaming bolam": "", "kurav league coast": "0-2 kurav league; 2-3 coast",
		`"kurav league" coast`: "0-1 kurav league; 1-2 coast", "kurav OR x league": "", "title:coast x": "", "coas*": "",
		"coast path": "0-2 coast path", "path coast": "0-1 path; 1-2 coast", `title:"kurav league"`: "", `"kurav league" OR x`: "", `roaming "bolam dorup"`: "", "kurav leagu*": "",
		`coast "kurav league"`: "0-1 coast; 1-2 kurav league", "kurav title:league": "",
	} {
		var got []string
		for _, n := range th.Names(r, r.Wishes(search.Parse(text, search.NoFields{}).Groups, en), en) {
			got = append(got, fmt.Sprintf("%d-%d %s", n.From, n.To, n.Words))
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestOthers(t *testing.T) {
	th, r := thesaurus(t)
	none := func([]bool, int) bool { return false }
	for _, tt := range []struct {
		words   string
		reader  int
		reached func([]bool, int) bool
		want    []string // names with the languages that they are looked up in
	}{
		{"rbd", en, none, []string{"roaming bolam dorup 0", "wandering dorup 0 1 2", "not fanik 1 2", "dorup voyageur 2"}}, // not fanik begins with a stop word in English
		{"rbd", fr, none, []string{"dorup voyageur 2", "wandering dorup 0 1 2", "not fanik 1 2", "roaming bolam dorup 0"}},
		{"kvl", ar, none, []string{"بولام 1", "Kurav League 0"}}, // those in the reader's script first
		{"Côte", en, none, []string{"Coast 0"}},
		{"rbd", en, func([]bool, int) bool { return true }, []string{"roaming bolam dorup 0", "wandering dorup 0"}}, // all other pages are in English too
		{"bolam pact", en, none, []string{"Accord of Bolam 0 1 2", "Pact of the 1 2", "ميثاق 1", "عهد 0 1 2"}},      // what holds the typed words finds nothing more
		{"bolam pact", ar, none, []string{"ميثاق 1", "عهد 0 1 2", "Accord of Bolam 0 1 2", "Pact of the 1 2"}},      // in the reader's script first
		{"seaside", en, none, []string{"Coast 0", "Côte 2"}},                                                        // a looser name: the proper ones
		{"coast", en, none, []string{"Côte 2"}},                                                                     // pages have the labels of their terms, and no looser names are added
		{"coast", en, func(from []bool, lang int) bool { return from[en] && lang == fr }, nil},                      // all French pages are in English too
	} {
		n, ok := th.Named(r, tt.words, tt.reader)
		if !ok {
			t.Fatalf("%s names nothing", tt.words)
		}
		var got []string
		for x := range th.Others(r, n, tt.reader, tt.reached) {
			s := x.Text
			for _, f := range x.Forms {
				s += fmt.Sprint(" ", f.Lang)
			}
			got = append(got, s)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s for a reader of %d: %q, want %q", tt.words, tt.reader, got, tt.want)
		}
	}
	n, _ := th.Named(r, "rbd", en)
	for x := range th.Others(r, n, en, none) {
		if x.Text != "roaming bolam dorup" || len(x.Forms[0].Words) != 3 {
			t.Errorf("the first is %s with %d words", x.Text, len(x.Forms[0].Words))
		}
		break
	}
}

// Stop words inside a name are not looked up where they say nothing.
func TestFormsOfOthers(t *testing.T) {
	th, r := thesaurus(t)
	n, _ := th.Named(r, "bolam pact", en)
	for x := range th.Others(r, n, en, func([]bool, int) bool { return false }) {
		if x.Text != "Accord of Bolam" {
			continue
		}
		var got []int
		for _, f := range x.Forms {
			got = append(got, len(f.Words))
		}
		if want := []int{2, 3, 3}; !slices.Equal(got, want) {
			t.Errorf("%s has forms of %v words, want %v", x.Text, got, want)
		}
	}
}

// Definitions relate concepts that they name with a capital letter inside a
// sentence.
func TestRelated(t *testing.T) {
	th, r := thesaurus(t)
	if got := th.labels(th.Concepts[0].Related); got != "بولام" { // Kurav League
		t.Errorf("related to %q", got)
	}
	if got := th.Concepts[1].Related; got != nil {
		t.Errorf("the other is related to %v", got)
	}
	var forms []string
	for _, f := range th.Forms(r, 1, 8) {
		forms = append(forms, fmt.Sprintf("%d %d", f.Lang, len(f.Words)))
	}
	if want := []string{"1 1", "0 2", "0 1", "1 1", "2 1"}; !slices.Equal(forms, want) { // بولام, Kurav League, KVL
		t.Errorf("forms %q, want %q", forms, want)
	}
	if got := th.labels(th.Concepts[2].Related); got != "roaming bolam dorup" { // not what it begins with, nor itself, nor what is in small letters
		t.Errorf("the third is related to %q", got)
	}
	for _, f := range th.Forms(r, 0, 8) {
		if f.Words[0].Whole == "us" {
			t.Error("US is looked up as us")
		}
	}
	if n := len(th.Forms(r, 1, 1)); n != 1 {
		t.Errorf("%d forms of one name", n)
	}
}

func TestCaseMatters(t *testing.T) {
	for text, want := range map[string]bool{"US": true, "U": true, "Us": false, "USA": false, "": false, "ÖB": true} {
		if got := caseMatters(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
