package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/index/docs"
	"casebook/index/indextest"
	"casebook/search"
)

// firstOf returns what a question finds, best first, in English.
func firstOf(t *testing.T, s *Snapshot, query string) []string {
	t.Helper()
	return hitIDs(mustSearch(t, s, search.Parse(query, s).WithLang("en").WithSize(100)))
}

func TestNearWordsFirst(t *testing.T) {
	filler := strings.Repeat("filler ", 30)
	s := build(t, loaded(t, folder(map[string]string{
		"notes/a.md": page("One", "", "bolam "+filler+"dorup "+filler+"bolam "+filler+"dorup"),
		"notes/b.md": page("Two", "", filler+filler+"bolam dorup "+filler+"bolam dorup"),
		"notes/c.md": page("Three", "", filler+filler+"dorup bolam "+filler+"dorup bolam"),
	})), Options{})
	if got := firstOf(t, s, "bolam dorup"); !slices.Equal(got, []string{"b", "c", "a"}) {
		t.Errorf("near words: %v", got)
	}
}

// Words that stand near each other bring a page forward from behind those that are
// shown.
func TestNearWordsFromFar(t *testing.T) {
	files := map[string]string{"notes/near.md": page("Near", "", "bolam dorup "+strings.Repeat("filler ", 48))}
	for i := range 30 {
		files[fmt.Sprintf("notes/n%02d.md", i)] = page("Far", "", "bolam "+strings.Repeat("filler ", 30)+" dorup")
	}
	s := build(t, loaded(t, folder(files)), Options{})
	if got := hitIDs(mustSearch(t, s, search.Parse("bolam dorup", s).WithSize(5))); len(got) != 5 || got[0] != "near" {
		t.Errorf("near words: %v", got)
	}
}

// A page with the term that was named comes before one that only mentions it.
func TestTermsBeforeMentions(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"notes/tagged.md":  page("Some note", "place: hill", "The bolam stood there, with much else to tell of it at length and in detail."),
		"notes/mention.md": page("Other note", "place: bay", "The bolam of the hill: uphill, the hill, a hill, and the hill again."),
		"notes/broad.md":   page("Third note", "place: coast", "A bolam."),
	})), Options{})
	if got := firstOf(t, s, "hill bolam"); !slices.Equal(got, []string{"tagged", "mention"}) {
		t.Errorf("a term: %v", got)
	}
	if got := firstOf(t, s, "seaside bolam"); !slices.Equal(got, []string{"broad", "mention"}) {
		t.Errorf("another name of a term finds its pages and those of narrower ones: %v", got)
	}
	r := mustSearch(t, s, search.Parse("seaside bolam", s).WithLang("fr"))
	if len(r.Added) != 1 || !slices.Contains(r.Added[0].Added, "Côte") {
		t.Errorf("added %v, want the label in the reader's language", r.Added)
	}
}

// What is added to a word doesn't make the word itself count less.
func TestTypedWordsKeepTheirWeight(t *testing.T) {
	files := map[string]string{
		"glossary.yaml":  "terms:\n  - id: x\n    preferred: golut\n    synonyms: [bolam]\n    definition: x\n",
		"notes/typed.md": page("Typed", "", "golut hepar, a long text that says a few other things besides and goes on"),
		"notes/none.md":  page("None", "", "fanik fanik hepar"),
	}
	for i := range 30 {
		files[fmt.Sprintf("notes/n%02d.md", i)] = page("Note", "", "bolam bolam dorup dorup dorup")
	}
	s := build(t, loaded(t, folder(files)), Options{})
	if got := firstOf(t, s, "golut dorup fanik jomil"); len(got) == 0 || got[0] != "typed" && got[1] != "typed" {
		t.Errorf("the rare word that was typed: %v", got[:min(3, len(got))])
	}
}

func TestLooseSynonyms(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"glossary.yaml":  "terms:\n  - id: x\n    preferred: golut\n    synonyms: [deprivation of hepar]\n    definition: x\n",
		"notes/other.md": page("Other", "", "They were deprived of their hepar."),
		"notes/order.md": page("Order", "", "The hepar was deprived."),
		"notes/far.md":   page("Far", "", "Deprived of much they still had a hepar."),
	})), Options{})
	got := firstOf(t, s, "golut")
	slices.Sort(got)
	if !slices.Equal(got, []string{"order", "other"}) {
		t.Errorf("golut: %v", got)
	}
	if got := firstOf(t, s, `"deprivation of hepar"`); !slices.Equal(got, []string{}) && len(got) != 0 {
		t.Errorf("a typed phrase stays strict: %v", got)
	}
}

// Words that frame a question need not be on the page.
func TestFraming(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"notes/a.md": page("A", "", "The bolam dorup."),
		"notes/b.md": page("B", "", "The role of roles, known and used."),
	})), Options{})
	for query, want := range map[string][]string{
		"what is known about the role of bolam": {"a"},
		"what is known":                         {"b"}, // nothing else was asked
		`"the role" bolam`:                      nil,
		"role -bolam":                           {"b"},
	} {
		if got := firstOf(t, s, query); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
}

// A page that gives itself a name is found first by it, unless many do.
func TestNamesOfPages(t *testing.T) {
	files := map[string]string{
		"schema.yaml":  strings.Replace(indextest.Schema, "      size: {type: number}\n", "      size: {type: number}\n      called: {type: text, many: true}\n", 1),
		"notes/it.md":  page("Bolam of 2014", "called: [Bolam 7, B/RES/7]", "A text with hardly any of the words that are asked for, and long at that."),
		"notes/one.md": page("Bolam 7 part one", "", "Bolam 7, bolam 7."),
		"notes/two.md": page("Bolam 7 part two", "", "Bolam 7, bolam 7."),
	}
	for i := range docs.MaxNamesakes + 1 {
		files[fmt.Sprintf("notes/n%d.md", i)] = page("Note", "called: Dorup court", "A long text, long and longer, of nothing in particular.")
	}
	files["notes/court.md"] = page("The dorup court of courts", "", "Dorup court, dorup court.")
	s := build(t, loaded(t, folder(files)), Options{})
	for query, want := range map[string]string{"bolam 7": "it", "Bolam  7": "it", "b/res/7": "it", "bolam 7 part two": "two", "dorup court": "court"} {
		if got := firstOf(t, s, query); len(got) == 0 || got[0] != want {
			t.Errorf("%s: %v, want %s first", query, got, want)
		}
	}
}

// Of two words that are equally near, the reader gets the one of the reader's
// language, as it is written there.
func TestSpellingInTheReadersLanguage(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"notes/a.md":    page("One", "", "The bolamit here."),
		"notes/a.fr.md": page("Un", "", "Le bolamat là, le bolamat, la dorupée."),
		"notes/b.md":    page("Two", "", "Nothing of it."),
		"notes/b.fr.md": page("Deux", "", "Encore un bolamat."),
		"notes/c.md":    page("Three", "", "The dorupee."),
		"notes/d.md":    page("Four", "", "The dorupee."),
	})), Options{})
	for _, tt := range []struct{ typed, lang, want string }{
		{"bolamet", "en", "bolamit"}, {"bolamet", "fr", "bolamat"},
		{"doruepe", "en", "dorupee"}, {"doruepe", "fr", "dorupée"},
	} {
		r := mustSearch(t, s, search.Parse(tt.typed, s).WithLang(tt.lang))
		if r.DidYou == nil || r.DidYou.Text != tt.want {
			t.Errorf("%s in %s: did you mean %+v, want %s", tt.typed, tt.lang, r.DidYou, tt.want)
		}
	}
}

// What was searched besides is listed with the reader's words first.
func TestAddedInTheReadersLanguage(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"glossary.yaml": "terms:\n  - id: x\n    preferred: {en: roaming bolam, fr: bolam errant, ar: بولام}\n    synonyms: [RBD]\n    definition: x\n",
		"notes/a.md":    page("One", "", "A roaming bolam."),
		"notes/b.md":    page("Un", "lang: fr", "Un bolam errant."),
		"notes/d.md":    page("بولام", "lang: ar", "بولام"),
		"notes/c.md":    page("Three", "", "RBD"),
	})), Options{})
	for lang, want := range map[string]string{"en": "roaming bolam", "fr": "bolam errant", "ar": "بولام"} {
		r := mustSearch(t, s, search.Parse("RBD", s).WithLang(lang))
		if len(r.Added) != 1 || len(r.Added[0].Added) < 2 || r.Added[0].Added[0] != want {
			t.Errorf("%s: added %v, want %s first", lang, r.Added, want)
		}
	}
}

// The reason that a page gives for a reference is text of the page.
func TestReasonsAreFound(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"books/one.md":       page("Book", "", "x"),
		"chapters/one/01.md": page("Chapter", "book: one", "x"),
		"notes/a.md":         page("A", "chapter:\n  - ref: one/01\n    why: Because of the bolam.", "x"),
		"notes/b.md":         page("B", "chapter: one/01", "x"),
	})), Options{})
	if got := firstOf(t, s, "bolam"); !slices.Equal(got, []string{"a"}) {
		t.Errorf("bolam: %v", got)
	}
}

// A rare name is helped by the names that its definition names: they order
// what was found, and find nothing.
func TestRelatedNames(t *testing.T) {
	files := map[string]string{
		"glossary.yaml": `terms:
  - {id: x, preferred: Golut, abbreviations: [GLT], definition: "A group that split from the Kurav League, with a hepar."}
  - {id: y, preferred: Kurav League, abbreviations: [KVL], definition: Another group.}
  - {id: z, preferred: hepar, abbreviations: [HPR], definition: A thing.}
`,
		"notes/one.md": page("One", "", "The golut, and no more of it in this text."),
	}
	for i := range 12 {
		files[fmt.Sprintf("notes/many%02d.md", i)] = page("Many", "", "dorup fanik")
	}
	files["notes/league.md"] = page("League", "", "The dorup of the Kurav League. And much else besides that matters little, told at length.")
	files["notes/thing.md"] = page("Thing", "", "The dorup of the hepar. And much else besides that matters little, told at length.")
	s := build(t, loaded(t, folder(files)), Options{})
	if got := firstOf(t, s, "GLT fanik jomil dorup"); len(got) < 2 || !slices.Contains(got[:2], "league") {
		t.Errorf("the name that the definition of another names: %v", got)
	}
	if got := firstOf(t, s, "GLT"); !slices.Equal(got, []string{"one"}) {
		t.Errorf("a related name found something: %v", got)
	}
	for i := range 10 {
		files[fmt.Sprintf("notes/golut%02d.md", i)] = page("Much", "", "golut dorup")
	}
	files["notes/league.md"] = page("League", "", "golut dorup, the Kurav League. And much else besides that matters little, told at length.")
	s = build(t, loaded(t, folder(files)), Options{})
	if got := firstOf(t, s, "GLT dorup"); len(got) != 10+1 || got[0] == "league" {
		t.Errorf("a name on many pages was helped: %v", got)
	}
}
