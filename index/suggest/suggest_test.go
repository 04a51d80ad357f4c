package suggest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/index/docs"
	"casebook/index/file"
	"casebook/index/indextest"
	"casebook/index/text"
	"casebook/search"
)

func completer(t *testing.T, files map[string]string) *Completer {
	t.Helper()
	lib := indextest.Load(t, indextest.Folder(files))
	m, err := docs.NewMap(lib)
	if err != nil {
		t.Fatal(err)
	}
	facets, titles, _ := indextest.Facets(t, lib, m)
	return New(lib, m, facets.Columns, NewTitles(m, titles))
}

func TestSuggest(t *testing.T) {
	c := completer(t, map[string]string{
		"glossary.yaml":  "terms:\n  - id: x\n    preferred: {en: coastal watch, fr: garde-côte, es: vigilancia}\n    abbreviations: [CW]\n    definition: x\n",
		"notes/a.md":     indextest.Page("Women on the coast", "place: coast", "x"),
		"notes/a.fr.md":  indextest.Page("Femmes de la côte", "", "x"),
		"notes/b.md":     indextest.Page("The coast in winter", "place: bay", "x"),
		"notes/isle.md":  indextest.Page("Élan vital", "", "x"),
		"notes/v.md":     indextest.Page("Violence", "", "x"),
		"notes/v.fr.md":  indextest.Page("La violence dans le foyer", "", "x"),
		"notes/other.md": indextest.Page("Something else", "", "x"),
	})
	for _, tt := range []struct {
		text, lang string
		n          int
		want       []string
	}{
		{"coa", "en", 10, []string{"term Coast 2", "page Women on the coast 0", "page The coast in winter 0", "query coastal watch 0"}},
		{"cote", "fr", 10, []string{"term Côte 2", "page Femmes de la côte 0", "query garde-côte 0"}},
		{"seasi", "en", 10, []string{"term Coast 2"}},
		{"côte", "en", 10, []string{"term Coast 2", "page Women on the coast 0", "query coastal watch 0"}},
		{"coast wom", "en", 10, []string{"page Women on the coast 0"}},
		{"oast wint", "en", 10, nil}, // words are looked for from their beginnings
		{"win coas", "en", 10, []string{"page The coast in winter 0"}},
		{"vigil", "en", 10, []string{"query coastal watch 0"}}, // in the reader's language
		{"vigil", "fr", 10, []string{"query garde-côte 0"}},
		{"dan", "fr", 10, nil}, // dans says nothing
		{"dans le foy", "fr", 10, []string{"page La violence dans le foyer 0"}},
		{"la viol", "fr", 10, []string{"page La violence dans le foyer 0"}},
		{"elan", "en", 10, []string{"page Élan vital 0"}},
		{"isle", "en", 10, nil}, // a term without pages
		{"coa", "en", 2, []string{"term Coast 2", "page Women on the coast 0"}},
		{"cw", "en", 5, []string{"query CW 0"}},
		{"", "en", 5, nil},
		{"coa", "en", 0, nil},
		{"\xff\x00", "en", 5, nil},
		{strings.Repeat("winter ", 500), "en", 5, []string{"page The coast in winter 0"}},
	} {
		cs, err := c.Suggest(t.Context(), tt.text, tt.lang, tt.n)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range cs {
			got = append(got, fmt.Sprintf("%s %s %d", x.Kind, x.Text, x.Count))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("Suggest(%.20q, %s, %d) = %q, want %q", tt.text, tt.lang, tt.n, got, tt.want)
		}
	}
}

// What is shown says what it is: a term of a facet, a page in the reader's
// language, words to search for.
func TestWhatIsSuggested(t *testing.T) {
	c := completer(t, map[string]string{
		"glossary.yaml": "terms:\n  - id: x\n    preferred: {en: bay watch, fr: garde de baie}\n    definition: x\n",
		"notes/a.md":    indextest.Page("Bay of all", "place: bay", "x"),
		"notes/a.fr.md": indextest.Page("Baie de tous", "", "x"),
	})
	got, err := c.Suggest(t.Context(), "bay", "fr", 10)
	want := []search.Completion{
		{Kind: "term", ID: "bay", Field: "place", Text: "Baie", Lang: "fr", Count: 1},
		{Kind: "page", ID: "notes/a", Text: "Baie de tous", Lang: "fr"},
		{Kind: "query", Text: "garde de baie", Lang: "fr"},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
}

// No kind takes more than its share while others wait; what is left over goes to
// those that have more.
func TestShares(t *testing.T) {
	files := map[string]string{
		"glossary.yaml": "terms:\n  - {id: x, preferred: bolam one, definition: x}\n  - {id: y, preferred: bolam two, definition: x}\n",
	}
	for _, id := range []string{"a", "b", "c", "d", "e", "f"} {
		files["notes/"+id+".md"] = indextest.Page("Bolam "+id, "", "x")
	}
	c := completer(t, files)
	for n, want := range map[int]string{1: "page", 2: "page query", 4: "page page query query", 6: "page page page page query query", 9: "page page page page page page query query"} {
		cs, err := c.Suggest(t.Context(), "bol", "en", n)
		if err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, x := range cs {
			kinds = append(kinds, x.Kind)
		}
		if got := strings.Join(kinds, " "); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

// A name of the glossary that is also a term is suggested once, and so is a page
// that is found in two languages.
func TestOnce(t *testing.T) {
	c := completer(t, map[string]string{
		"glossary.yaml": "terms:\n  - {id: x, preferred: Bay, definition: x}\n",
		"notes/a.md":    indextest.Page("Bay alpha", "place: bay", "x"), "notes/a.de.md": indextest.Page("Bay alpha", "", "x"),
	})
	cs, err := c.Suggest(t.Context(), "bay", "en", 10)
	if err != nil || len(cs) != 2 {
		t.Errorf("%+v, %v", cs, err)
	}
}

// What begins with the typed words comes before what has them further on, then
// what is in the reader's language, what more pages have, what is shorter.
func TestOrder(t *testing.T) {
	place := "terms:\n" +
		"  - {id: a, label: {en: Alpha bolam, fr: Un}}\n  - {id: b, label: {en: Bolam omega and more, fr: Deux}}\n  - {id: c, label: {en: Bolam zeta, fr: Trois}}\n" +
		"  - {id: d, label: {en: Fanik one, fr: Quatre}}\n  - {id: e, label: {en: Five, fr: Fanik two}}\n" +
		"  - {id: f, label: {en: Six, fr: Sept}, alt: {en: [Hepar one]}}\n  - {id: g, label: {en: Eight, fr: Neuf}, alt: {fr: [Hepar two]}}\n"
	files := map[string]string{"vocabularies/place.yaml": place,
		"notes/z1.md": indextest.Page("Dorup yarrow with a long title", "", "x"), "notes/z2.md": indextest.Page("Dorup x dorupat", "", "x"),
		"notes/z3.md": indextest.Page("A dorup", "", "x"), "notes/z4.md": indextest.Page("Same kurav", "", "x"), "notes/z5.md": indextest.Page("Same kurav", "", "x"),
		"notes/z6.md": indextest.Page("Golut xa and very long", "", "x"), "notes/z7.md": indextest.Page("Xa golut", "", "x"),
	}
	for i, id := range strings.Fields("a b c c d e f g") {
		files[fmt.Sprintf("notes/p%d.md", i)] = indextest.Page(fmt.Sprint("Page ", i), "place: "+id, "x")
	}
	c := completer(t, files)
	for _, tt := range []struct{ typed, lang, want string }{
		{"bol", "en", "Bolam zeta, Bolam omega and more, Alpha bolam"},
		{"fan", "en", "Fanik one, Five"}, {"fan", "fr", "Fanik two, Quatre"},
		{"hep", "en", "Six, Eight"}, {"hep", "fr", "Neuf, Sept"},
		{"dor", "en", "Dorup x dorupat, Dorup yarrow with a long title, A dorup"},
		{"same", "en", "Same kurav, Same kurav"}, // two pages
		{"golut x", "en", "Golut xa and very long, Xa golut"},
		{"nothing gol", "en", ""},
	} {
		cs, err := c.Suggest(t.Context(), tt.typed, tt.lang, 20)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range cs {
			got = append(got, x.Text)
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%s in %s: %s, want %s", tt.typed, tt.lang, s, tt.want)
		}
	}
}

func TestSuggestIsBounded(t *testing.T) {
	files := map[string]string{
		"glossary.yaml": "terms:\n  - {id: x, preferred: n1 n2 n3 n4 n5 n6 n7 n8 n9 n10 n11 m12 m13, definition: x}\n  - {id: y, preferred: {fr: Dans la baie}, definition: x}\n",
		"notes/long.md": indextest.Page("w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 v12 v13", "", "x"), "notes/word.md": indextest.Page(strings.Repeat("x", 110), "", "x"),
		"notes/a.fr.md": indextest.Page("Rien", "", "x"),
	}
	for i := range maxCompletions + 5 {
		files[fmt.Sprintf("notes/%c.md", 'a'+i)] = indextest.Page(fmt.Sprintf("Bolam %c", 'a'+i), "", "x")
	}
	c := completer(t, files)
	for _, tt := range []struct {
		typed string
		n     int
		want  int
	}{
		{"bol", 1000, maxCompletions}, {"bol", maxCompletions, maxCompletions}, {"bol", 3, 3}, {"bol", -1, 0},
		{"v12", 5, 1}, {"v13", 5, 0}, {"m12", 5, 1}, {"m13", 5, 0}, // the words at which a completion may begin
		{strings.Repeat("x", maxCompletionText) + "y", 5, 1}, {strings.Repeat("x", maxCompletionText-1) + "y", 5, 0},
		{"dans", 5, 1}, {"la", 5, 0}, {"bai", 5, 1}, // the first word counts though it says nothing
	} {
		cs, err := c.Suggest(t.Context(), tt.typed, "fr", tt.n)
		if err != nil || len(cs) != tt.want {
			t.Errorf("%.20q, at most %d: %d completions, %v; want %d", tt.typed, tt.n, len(cs), err, tt.want)
		}
	}
}

func TestSuggestStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := completer(t, nil).Suggest(ctx, "a", "en", 5); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of its context: %v", err)
	}
}

// So many keys that begin with what was typed are looked at, whether it is one word
// or two.
func TestWalkIsBounded(t *testing.T) {
	titles := make([]string, maxCompletionWalk+500)
	m := &docs.Map{Langs: []*text.Language{{}}, Units: make([]docs.Unit, len(titles))}
	for i := range titles {
		titles[i] = fmt.Sprintf("bolam %05d", i)
	}
	p := NewTitles(m, titles)
	for _, typed := range []string{"bol", "0 bol"} {
		found := findKeys(typed, len(p.entries), p.key,
			func(i int) (int32, bool) { return int32(p.entries[i]), p.offs[i] == 0 },
			func(e int32) string { return p.whole.At(int(e)) })
		if len(found) != maxCompletionWalk {
			t.Errorf("%s: %d titles looked at, want %d", typed, len(found), maxCompletionWalk)
		}
	}
}

// Titles that are read again are those that were written; damaged ones are refused.
func TestTitlesInFiles(t *testing.T) {
	m := &docs.Map{Langs: []*text.Language{{}}, Units: make([]docs.Unit, 3)}
	titles := NewTitles(m, []string{"One two", "…", "Three"})
	write := func(p *Titles) *file.Reader {
		var b bytes.Buffer
		w := file.NewWriter(&b)
		p.Write(w)
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		return file.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	}
	r := write(titles)
	if got := ReadTitles(r, m); !reflect.DeepEqual(got, titles) || r.End() != nil {
		t.Errorf("%+v, %v; want %+v", got, r.End(), titles)
	}
	if len(titles.docs) != 2 || titles.docs[1] != 2 {
		t.Errorf("titles are of documents %v", titles.docs)
	}
	for name, damage := range map[string]func(*Titles){
		"a document too many": func(p *Titles) { p.docs = append(p.docs, 0) }, "no such document": func(p *Titles) { p.docs[0] = 3 }, "no such title": func(p *Titles) { p.entries[0] = 2 },
		"an offset too many": func(p *Titles) { p.offs = append(p.offs, 0) }, "an offset behind its title": func(p *Titles) { p.offs[0] = 99 },
	} {
		bad := *titles
		bad.docs, bad.entries, bad.offs = slices.Clone(bad.docs), slices.Clone(bad.entries), slices.Clone(bad.offs)
		damage(&bad)
		r := write(&bad)
		ReadTitles(r, m)
		if r.Err() == nil {
			t.Errorf("%s is read", name)
		}
	}
}
