package similar

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"casebook/content"
	"casebook/index/indextest"
	"casebook/index/rank"
	"casebook/index/text"
	"casebook/search"
)

// index is the Index of a content.
func index(t *testing.T, files map[string]string) *Index {
	t.Helper()
	lib := indextest.Load(t, indextest.Folder(files))
	m, x := indextest.Words(t, lib)
	facets, _, _ := indextest.Facets(t, lib, m)
	return NewIndex(lib, &rank.Ranker{Docs: m, Words: x, Norms: rank.Norms(m, indextest.Lengths(t, lib, m))}, facets)
}

func mustSimilar(t *testing.T, x *Index, id, lang string, n int) []search.Similar {
	t.Helper()
	place, ok := x.lib.Place(id)
	if !ok {
		return nil
	}
	sc := rank.NewScratch(len(x.docs.Units))
	found, err := x.Find(t.Context(), place, lang, n, sc)
	if err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(sc.Scores, func(s float32) bool { return s != 0 }) || slices.ContainsFunc(sc.Sums, func(s float32) bool { return s != 0 }) {
		t.Error("scores are left behind")
	}
	return found
}

// spoken writes what a page has in common with another: its id, the version
// shown, the values, the words.
func spoken(found []search.Similar) []string {
	var out []string
	for _, f := range found {
		var parts []string
		for _, v := range f.Shared {
			parts = append(parts, v.Field+":"+v.ID)
		}
		words := slices.Clone(f.Words)
		slices.Sort(words)
		if len(words) > 0 {
			parts = append(parts, f.WordsLang+" "+strings.Join(words, " "))
		}
		out = append(out, strings.TrimPrefix(f.ID, "notes/")+" "+f.Lang+": "+strings.Join(parts, ", "))
	}
	return out
}

// A folder with no vocabulary, no facet, no site to speak of.
const plainSchema = "kinds:\n  note:\n    folder: notes\n"

// A schema in which regions follow from countries.
const fromSchema = `
kinds:
  note:
    folder: notes
    fields:
      area: {type: term, vocabulary: area, many: true, from: land}
      land: {type: term, vocabulary: land, many: true}
facets: [area, land]
`

func TestSimilar(t *testing.T) {
	// Others, so that words and values are rare.
	filler := func(files map[string]string) map[string]string {
		for i := range 12 {
			files[fmt.Sprintf("notes/z%02d.md", i)] = indextest.Page(fmt.Sprintf("Filler %d", i), "", "")
		}
		return files
	}
	tests := []struct {
		name  string
		files map[string]string
		id    string
		lang  string // "" is en
		want  []string
	}{
		{"words alone", filler(map[string]string{
			"schema.yaml": plainSchema,
			"notes/a.md":  indextest.Page("Mentoring in the harbour", "", "Mentors meet sailors."),
			"notes/b.md":  indextest.Page("A harbour", "", "Sailors have a mentor there."),
			"notes/c.md":  indextest.Page("A harbour", "", "Nothing else."),
			"notes/d.md":  indextest.Page("Pistachios", "", "An orchard."),
		}), "a", "", []string{"b en: en Mentoring harbour sailors", "c en: en harbour"}},
		{"values alone", filler(map[string]string{
			"notes/a.md": indextest.Page("Alpha", "place: [bay]\nmethod: [talk]", ""),
			"notes/b.md": indextest.Page("Bravo", "place: [bay]\nmethod: [talk]", ""),
			"notes/c.md": indextest.Page("Charlie", "place: [bay]\nmethod: [law]", ""),
			"notes/d.md": indextest.Page("Delta", "place: [isle]\nmethod: [law]", ""),
		}), "a", "", []string{"b en: method:talk, place:bay", "c en: place:bay"}},
		{"both count", filler(map[string]string{
			"notes/a.md": indextest.Page("Mentoring in the harbour", "place: [isle]\nmethod: [talk]", "Mentors meet sailors."),
			"notes/b.md": indextest.Page("Pistachios", "place: [isle]", "An orchard."),
			"notes/c.md": indextest.Page("Mentors", "", "A harbour of sailors."),
			"notes/d.md": indextest.Page("Mentors", "place: [isle]\nmethod: [talk]", "A harbour of sailors."),
		}), "a", "", []string{"d en: method:talk, place:isle, en Mentoring harbour sailors", "c en: en Mentoring harbour sailors", "b en: place:isle"}},
		{"what follows from a value is not said with it", filler(map[string]string{
			"notes/a.md": indextest.Page("Alpha", "place: [bay]", ""),
			"notes/b.md": indextest.Page("Bravo", "place: [bay]", ""),
			"notes/c.md": indextest.Page("Charlie", "place: [coast]", ""),
			"notes/d.md": indextest.Page("Delta", "place: [hill]", ""),
		}), "a", "", []string{"b en: place:bay", "c en: place:coast", "d en: place:north"}},
		{"a value counts once with what follows from it", filler(map[string]string{
			"notes/a.md": indextest.Page("Alpha", "place: [bay]\nmethod: [talk]", ""),
			"notes/b.md": indextest.Page("Bravo", "place: [bay]", ""),
			"notes/c.md": indextest.Page("Charlie", "method: [talk]", ""),
			"notes/d.md": indextest.Page("Delta", "place: [bay]", ""),
		}), "a", "", []string{"c en: method:talk", "b en: place:bay", "d en: place:bay"}},
		{"a region follows from its country", filler(map[string]string{
			"schema.yaml":            fromSchema,
			"vocabularies/land.yaml": "terms:\n  - {id: DK}\n  - {id: NO}\n  - {id: PE}\n",
			"vocabularies/area.yaml": "terms:\n  - {id: world}\n  - {id: north, broader: [world], countries: [DK, NO]}\n  - {id: south, broader: [world], countries: [PE]}\n",
			"notes/a.md":             indextest.Page("Alpha", "land: [DK]", ""),
			"notes/b.md":             indextest.Page("Bravo", "land: [DK]", ""),
			"notes/c.md":             indextest.Page("Charlie", "land: [NO]", ""),
			"notes/d.md":             indextest.Page("Delta", "land: [PE]", ""),
		}), "a", "", []string{"b en: land:DK", "c en: area:north", "d en: area:world"}},
		{"places on a scale are no likeness", filler(map[string]string{
			"notes/a.md": indextest.Page("Alpha", "grade: good\nperiod: 2014", ""),
			"notes/b.md": indextest.Page("Bravo", "grade: good\nperiod: 2014", ""),
		}), "a", "", nil},
		{"references are", filler(map[string]string{
			"books/one.md": indextest.Page("One", "", ""), "chapters/one/01.md": indextest.Page("Ch", "book: one", ""), "chapters/one/02.md": indextest.Page("Ch", "book: one", ""),
			"notes/a.md": indextest.Page("Alpha", "chapter: [one/01]", ""),
			"notes/b.md": indextest.Page("Bravo", "chapter: [one/01]", ""),
			"notes/c.md": indextest.Page("Charlie", "chapter: [one/02]", ""), // the same book is no likeness
		}), "a", "", []string{"b en: chapter:one/01"}},
		{"other kinds and drafts are left out", filler(map[string]string{
			"books/b.md": indextest.Page("Mentoring in the harbour", "", "Sailors."),
			"notes/a.md": indextest.Page("Mentoring in the harbour", "place: [bay]", "Sailors."),
			"notes/b.md": indextest.Page("Mentoring in the harbour", "place: [bay]\nstatus: draft", "Sailors."),
			"notes/c.md": indextest.Page("Harbour", "place: [bay]", ""),
		}), "a", "", []string{"c en: place:bay, en harbour"}},
		{"an empty body", filler(map[string]string{
			"notes/a.md": indextest.Page("Harbour mentors", "", ""),
			"notes/b.md": indextest.Page("Mentors", "", "Of a harbour."),
		}), "a", "", []string{"b en: en harbour mentors"}},
		{"nothing to go by", filler(map[string]string{"notes/a.md": indextest.Page("1234", "", "")}), "a", "", nil},
		{"one page", map[string]string{"notes/a.md": indextest.Page("Harbour mentors", "place: [bay]", "Text.")}, "a", "", nil},
		{"unknown", filler(map[string]string{"notes/a.md": indextest.Page("Harbour", "", "")}), "nowhere", "", nil},
		{"translations count once and are shown", filler(map[string]string{
			"notes/a.md": indextest.Page("Harbour mentors", "", "Sailors."), "notes/a.fr.md": indextest.Page("Les mentors du port", "", "Marins."),
			"notes/b.md": indextest.Page("Harbour", "", "Sailors."), "notes/b.fr.md": indextest.Page("Le port", "", "Marins."),
			"notes/c.md": indextest.Page("Harbour", "", "Storms."),
		}), "a", "fr", []string{"b fr: en Harbour Sailors", "c en: en Harbour"}},
		{"all languages of the page reach others", filler(map[string]string{
			"notes/a.md": indextest.Page("Harbour mentors", "", "Sailors."), "notes/a.fr.md": indextest.Page("Les mentors du port", "", "Marins bretons."),
			"notes/b.md": indextest.Page("Harbour", "", "Sailors."),
			"notes/c.md": indextest.Page("Le port", "lang: fr", "Des marins."),
			"notes/d.md": indextest.Page("Le port", "lang: fr", "Des tempêtes."),
		}), "a", "", []string{"c fr: fr marins port", "b en: en Harbour Sailors", "d fr: fr port"}},
		{"the reader's language, where it reaches as far", map[string]string{
			"notes/a.md": indextest.Page("Harbour mentors", "", "Sailors."), "notes/a.fr.md": indextest.Page("Les mentors du port", "", "Marins."),
			"notes/b.md": indextest.Page("Harbour", "", "Sailors."), "notes/b.fr.md": indextest.Page("Le port", "", "Marins."),
			"notes/c.md": indextest.Page("Pistachios", "", ""), "notes/c.fr.md": indextest.Page("Pistaches", "", ""),
		}, "a", "fr", []string{"b fr: fr Marins port"}},
		{"Arabic, however it is written", filler(map[string]string{
			"notes/a.md": indextest.Page("إعادة إدماج المقاتلين", "lang: ar", "برامج المدارس في المدينة. المدارس مفتوحة."),
			"notes/b.md": indextest.Page("مدارس المدينة", "lang: ar", "نص آخر."),
			"notes/c.md": indextest.Page("الصيد", "lang: ar", "البحر."),
			"notes/d.md": indextest.Page("البحارة", "lang: ar", "السفن."),
		}), "a", "ar", []string{"b ar: ar المدارس المدينة"}},
		{"accents that others leave out", filler(map[string]string{
			"notes/a.md": indextest.Page("The Élève", "", "An élève, an élève."),
			"notes/b.md": indextest.Page("The eleve", "", ""),
			"notes/c.md": indextest.Page("Sailors", "", ""),
		}), "a", "", []string{"b en: en élève"}},
		{"what is said in passing", filler(map[string]string{
			"notes/a.md": indextest.Page("Harbour mentors meet sailors, captains, pilots, widows, orphans, and merchants", "", "A giraffe."),
			"notes/b.md": indextest.Page("Giraffe", "", ""),
			"notes/c.md": indextest.Page("Widows and orphans", "", ""),
		}), "a", "", []string{"c en: en orphans widows"}},
		{"accents", filler(map[string]string{
			"notes/a.md": indextest.Page("Énergie des forêts", "lang: fr", "Une énergie, des forêts."),
			"notes/b.md": indextest.Page("ENERGIE DES FORETS", "lang: fr", ""),
			"notes/c.md": indextest.Page("Marins", "lang: fr", ""),
		}), "a", "fr", []string{"b fr: fr forêts énergie"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := index(t, tt.files)
			lang := tt.lang
			if lang == "" {
				lang = "en"
			}
			got := spoken(mustSimilar(t, s, "notes/"+tt.id, lang, 5))
			if !slices.Equal(got, tt.want) {
				t.Errorf("like %s:\n%s\nwant\n%s", tt.id, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

// Pages that are like a page to the same degree stand by their id.
func TestSimilarTies(t *testing.T) {
	files := map[string]string{"notes/m.md": indextest.Page("Harbour", "", "")}
	for _, id := range []string{"c", "a", "x", "b"} {
		files["notes/"+id+".md"] = indextest.Page("Harbour", "", "")
	}
	s := index(t, files)
	want := []string{"a en: en Harbour", "b en: en Harbour", "c en: en Harbour"}
	if got := spoken(mustSimilar(t, s, "notes/m", "en", 3)); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A page of a thousand words and values is compared by a bounded number of
// them, and soon.
func TestSimilarBounds(t *testing.T) {
	var words strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&words, "word%c%c%ck ", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26)
		if i%100 == 99 {
			words.WriteString("\n\n")
		}
	}
	files := map[string]string{"notes/a.md": indextest.Page("Long", "", words.String()), "notes/b.md": indextest.Page("Longer", "", words.String())}
	s := index(t, files)
	a, err := s.lib.Page("notes/a")
	if err != nil {
		t.Fatal(err)
	}
	keywords, err := s.keywords(s.ranker.Words.Reader(), a, 0, maxKeywords)
	if err != nil || len(keywords) != maxKeywords {
		t.Errorf("%d words, %v", len(keywords), err)
	}
	if found := mustSimilar(t, s, "notes/a", "en", -1); found != nil {
		t.Errorf("asked for none: %+v", found)
	}
	if found := mustSimilar(t, s, "notes/a", "en", 1<<30); len(found) != 1 || len(found[0].Words) > maxSharedWords {
		t.Errorf("%+v", found)
	}
}

// The lists of common words together are no longer than they may be; rarer
// words take their place.
func TestSimilarReadsNoLongLists(t *testing.T) {
	files := make(map[string]string)
	for i := range 1000 {
		text := strings.Join(indextest.MadeWords, " ")
		if i%100 == 0 {
			text += " seldom"
		}
		files[fmt.Sprintf("notes/%04d.md", i)] = indextest.Page("Alike", "", text+"\n\n"+text)
	}
	s := index(t, files)
	p, err := s.lib.Page("notes/0000")
	if err != nil {
		t.Fatal(err)
	}
	words, err := s.keywords(s.ranker.Words.Reader(), p, 0, maxKeywords)
	if err != nil {
		t.Fatal(err)
	}
	read, seldom := 0, false
	for _, w := range words {
		read += int(w.list.Docs.GetCardinality())
		seldom = seldom || w.whole == "seldom"
	}
	if read > minPostings || len(words) < 8 || !seldom {
		t.Errorf("%d words, seldom among them %v, with %d postings; at most %d", len(words), seldom, read, minPostings)
	}
}

// What a page says in its title and its summary counts more; compounds, numbers and
// stop words are no keywords; of the forms of a word the most frequent is named.
func TestMentions(t *testing.T) {
	l, err := text.NewLanguage("en")
	if err != nil {
		t.Fatal(err)
	}
	p := &content.Page{Title: "Harbour rules", Summary: "The pilots."}
	p.Body.Sections = []content.Section{{Title: "A 2014 x", Text: "Harbours, harbours: pilot wi-fi, sailors."}}
	var got []string
	for _, m := range mentions(text.NewAnalyzer(l), p) {
		got = append(got, fmt.Sprintf("%s %d", m.whole, m.n))
	}
	if want := []string{"harbour 5", "rules 3", "pilots 3", "wi 1", "fi 1", "sailors 1"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestFindStops(t *testing.T) {
	x := index(t, map[string]string{"notes/a.md": indextest.Page("Harbour", "place: bay", ""), "notes/b.md": indextest.Page("Harbour", "place: bay", "")})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Find(ctx, 0, "en", 5, rank.NewScratch(2)); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of its context: %v", err)
	}
}

// No value is worth less than nothing, and all together are worth one: a term that
// every page of two broader ones has says nothing beside them.
func TestWeightsOfValues(t *testing.T) {
	files := map[string]string{"notes/a.md": indextest.Page("A", "place: coast", ""), "notes/b.md": indextest.Page("B", "place: coast", "")}
	for i := range 8 {
		files[fmt.Sprintf("notes/w%d.md", i)] = indextest.Page("World", "place: world", "")
		files[fmt.Sprintf("notes/x%d.md", i)] = indextest.Page("None", "", "")
	}
	x := index(t, files)
	page, err := x.lib.Page("notes/a")
	if err != nil {
		t.Fatal(err)
	}
	sum, weights := float32(0), make(map[string]float32)
	for _, v := range x.ownValues(page, 0, x.docs.All) {
		sum += v.weight
		weights[v.id] = v.weight
	}
	if len(weights) != 4 || math.Abs(float64(sum)-1) > 1e-6 || weights["coast"] != 0 || weights["north"] <= 0 || weights["world"] <= 0 {
		t.Errorf("weights %v, %v in all", weights, sum)
	}
}

// At most so many values are compared.
func TestValuesAreBounded(t *testing.T) {
	var terms, chosen []string
	for i := range maxOwn + 20 {
		terms = append(terms, fmt.Sprintf("  - {id: t%d}", i))
		chosen = append(chosen, fmt.Sprintf("t%d", i))
	}
	x := index(t, map[string]string{
		"vocabularies/place.yaml": "terms:\n" + strings.Join(terms, "\n") + "\n",
		"notes/a.md":              indextest.Page("One", "place: ["+strings.Join(chosen, ", ")+"]", ""),
		"notes/b.md":              indextest.Page("Two", "place: ["+strings.Join(chosen, ", ")+"]", ""),
		"notes/c.md":              indextest.Page("Three", "", ""),
	})
	found := mustSimilar(t, x, "notes/a", "en", 5)
	if len(found) != 1 || len(found[0].Shared) != maxOwn || found[0].Score < 0.99 {
		t.Errorf("%d pages, %d values", len(found), len(found[0].Shared))
	}
}
