package index

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/search"
)

func mustSimilar(t testing.TB, s *Snapshot, id, lang string, n int) []search.Similar {
	t.Helper()
	found, err := s.Similar(context.Background(), id, lang, n)
	if err != nil {
		t.Fatal(err)
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
			files[fmt.Sprintf("notes/z%02d.md", i)] = page(fmt.Sprintf("Filler %d", i), "", "")
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
			"notes/a.md":  page("Mentoring in the harbour", "", "Mentors meet sailors."),
			"notes/b.md":  page("A harbour", "", "Sailors have a mentor there."),
			"notes/c.md":  page("A harbour", "", "Nothing else."),
			"notes/d.md":  page("Pistachios", "", "An orchard."),
		}), "a", "", []string{"b en: en Mentoring harbour sailors", "c en: en harbour"}},
		{"values alone", filler(map[string]string{
			"notes/a.md": page("Alpha", "place: [bay]\nmethod: [talk]", ""),
			"notes/b.md": page("Bravo", "place: [bay]\nmethod: [talk]", ""),
			"notes/c.md": page("Charlie", "place: [bay]\nmethod: [law]", ""),
			"notes/d.md": page("Delta", "place: [isle]\nmethod: [law]", ""),
		}), "a", "", []string{"b en: method:talk, place:bay", "c en: place:bay"}},
		{"both count", filler(map[string]string{
			"notes/a.md": page("Mentoring in the harbour", "place: [isle]\nmethod: [talk]", "Mentors meet sailors."),
			"notes/b.md": page("Pistachios", "place: [isle]", "An orchard."),
			"notes/c.md": page("Mentors", "", "A harbour of sailors."),
			"notes/d.md": page("Mentors", "place: [isle]\nmethod: [talk]", "A harbour of sailors."),
		}), "a", "", []string{"d en: method:talk, place:isle, en Mentoring harbour sailors", "c en: en Mentoring harbour sailors", "b en: place:isle"}},
		{"what follows from a value is not said with it", filler(map[string]string{
			"notes/a.md": page("Alpha", "place: [bay]", ""),
			"notes/b.md": page("Bravo", "place: [bay]", ""),
			"notes/c.md": page("Charlie", "place: [coast]", ""),
			"notes/d.md": page("Delta", "place: [hill]", ""),
		}), "a", "", []string{"b en: place:bay", "c en: place:coast", "d en: place:north"}},
		{"a value counts once with what follows from it", filler(map[string]string{
			"notes/a.md": page("Alpha", "place: [bay]\nmethod: [talk]", ""),
			"notes/b.md": page("Bravo", "place: [bay]", ""),
			"notes/c.md": page("Charlie", "method: [talk]", ""),
			"notes/d.md": page("Delta", "place: [bay]", ""),
		}), "a", "", []string{"c en: method:talk", "b en: place:bay", "d en: place:bay"}},
		{"a region follows from its country", filler(map[string]string{
			"schema.yaml":            fromSchema,
			"vocabularies/land.yaml": "terms:\n  - {id: DK}\n  - {id: NO}\n  - {id: PE}\n",
			"vocabularies/area.yaml": "terms:\n  - {id: world}\n  - {id: north, broader: [world], countries: [DK, NO]}\n  - {id: south, broader: [world], countries: [PE]}\n",
			"notes/a.md":             page("Alpha", "land: [DK]", ""),
			"notes/b.md":             page("Bravo", "land: [DK]", ""),
			"notes/c.md":             page("Charlie", "land: [NO]", ""),
			"notes/d.md":             page("Delta", "land: [PE]", ""),
		}), "a", "", []string{"b en: land:DK", "c en: area:north", "d en: area:world"}},
		{"places on a scale are no likeness", filler(map[string]string{
			"notes/a.md": page("Alpha", "grade: good\nperiod: 2014", ""),
			"notes/b.md": page("Bravo", "grade: good\nperiod: 2014", ""),
		}), "a", "", nil},
		{"references are", filler(map[string]string{
			"books/one.md": page("One", "", ""), "chapters/one/01.md": page("Ch", "book: one", ""), "chapters/one/02.md": page("Ch", "book: one", ""),
			"notes/a.md": page("Alpha", "chapter: [one/01]", ""),
			"notes/b.md": page("Bravo", "chapter: [one/01]", ""),
			"notes/c.md": page("Charlie", "chapter: [one/02]", ""), // the same book is no likeness
		}), "a", "", []string{"b en: chapter:one/01"}},
		{"other kinds and drafts are left out", filler(map[string]string{
			"books/b.md": page("Mentoring in the harbour", "", "Sailors."),
			"notes/a.md": page("Mentoring in the harbour", "place: [bay]", "Sailors."),
			"notes/b.md": page("Mentoring in the harbour", "place: [bay]\nstatus: draft", "Sailors."),
			"notes/c.md": page("Harbour", "place: [bay]", ""),
		}), "a", "", []string{"c en: place:bay, en harbour"}},
		{"an empty body", filler(map[string]string{
			"notes/a.md": page("Harbour mentors", "", ""),
			"notes/b.md": page("Mentors", "", "Of a harbour."),
		}), "a", "", []string{"b en: en harbour mentors"}},
		{"nothing to go by", filler(map[string]string{"notes/a.md": page("1234", "", "")}), "a", "", nil},
		{"one page", map[string]string{"notes/a.md": page("Harbour mentors", "place: [bay]", "Text.")}, "a", "", nil},
		{"unknown", filler(map[string]string{"notes/a.md": page("Harbour", "", "")}), "nowhere", "", nil},
		{"translations count once and are shown", filler(map[string]string{
			"notes/a.md": page("Harbour mentors", "", "Sailors."), "notes/a.fr.md": page("Les mentors du port", "", "Marins."),
			"notes/b.md": page("Harbour", "", "Sailors."), "notes/b.fr.md": page("Le port", "", "Marins."),
			"notes/c.md": page("Harbour", "", "Storms."),
		}), "a", "fr", []string{"b fr: en Harbour Sailors", "c en: en Harbour"}},
		{"all languages of the page reach others", filler(map[string]string{
			"notes/a.md": page("Harbour mentors", "", "Sailors."), "notes/a.fr.md": page("Les mentors du port", "", "Marins bretons."),
			"notes/b.md": page("Harbour", "", "Sailors."),
			"notes/c.md": page("Le port", "lang: fr", "Des marins."),
			"notes/d.md": page("Le port", "lang: fr", "Des tempêtes."),
		}), "a", "", []string{"c fr: fr marins port", "b en: en Harbour Sailors", "d fr: fr port"}},
		{"the reader's language, where it reaches as far", map[string]string{
			"notes/a.md": page("Harbour mentors", "", "Sailors."), "notes/a.fr.md": page("Les mentors du port", "", "Marins."),
			"notes/b.md": page("Harbour", "", "Sailors."), "notes/b.fr.md": page("Le port", "", "Marins."),
			"notes/c.md": page("Pistachios", "", ""), "notes/c.fr.md": page("Pistaches", "", ""),
		}, "a", "fr", []string{"b fr: fr Marins port"}},
		{"Arabic, however it is written", filler(map[string]string{
			"notes/a.md": page("إعادة إدماج المقاتلين", "lang: ar", "برامج المدارس في المدينة. المدارس مفتوحة."),
			"notes/b.md": page("مدارس المدينة", "lang: ar", "نص آخر."),
			"notes/c.md": page("الصيد", "lang: ar", "البحر."),
			"notes/d.md": page("البحارة", "lang: ar", "السفن."),
		}), "a", "ar", []string{"b ar: ar المدارس المدينة"}},
		{"accents that others leave out", filler(map[string]string{
			"notes/a.md": page("The Élève", "", "An élève, an élève."),
			"notes/b.md": page("The eleve", "", ""),
			"notes/c.md": page("Sailors", "", ""),
		}), "a", "", []string{"b en: en élève"}},
		{"what is said in passing", filler(map[string]string{
			"notes/a.md": page("Harbour mentors meet sailors, captains, pilots, widows, orphans, and merchants", "", "A giraffe."),
			"notes/b.md": page("Giraffe", "", ""),
			"notes/c.md": page("Widows and orphans", "", ""),
		}), "a", "", []string{"c en: en orphans widows"}},
		{"accents", filler(map[string]string{
			"notes/a.md": page("Énergie des forêts", "lang: fr", "Une énergie, des forêts."),
			"notes/b.md": page("ENERGIE DES FORETS", "lang: fr", ""),
			"notes/c.md": page("Marins", "lang: fr", ""),
		}), "a", "fr", []string{"b fr: fr forêts énergie"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := build(t, loaded(t, folder(tt.files)), Options{})
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

// Whatever the content: no page is like itself, none comes twice, all are of
// its kind and have what they are said to share, the best come first, fewer
// that are asked for are the first of more, and another build or the index on
// disk says the same.
func TestSimilarAlways(t *testing.T) {
	for _, seed := range []uint64{5, 6} {
		files := made(seed, 80)
		a, b := build(t, loaded(t, files), Options{Workers: 1}), build(t, loaded(t, files), Options{Workers: 3})
		dir, src := written(t, files)
		stored := opened(t, dir, src).Snapshot
		for p := range a.Library().All() {
			found := mustSimilar(t, a, p.ID, "fr", 100)
			if p.Kind.ID == "note" && len(found) < 3 {
				t.Errorf("%s is like %d pages", p.ID, len(found))
			}
			seen := map[string]bool{p.ID: true}
			for i, f := range found {
				other, err := a.Page(f.ID)
				if err != nil || seen[f.ID] || other.Kind != p.Kind || other.In("fr").Lang != f.Lang {
					t.Fatalf("like %s: %+v (%v)", p.ID, f, found)
				}
				seen[f.ID] = true
				if f.Score < minSimilar || i > 0 && f.Score > found[i-1].Score {
					t.Errorf("like %s: score %v of number %d", p.ID, f.Score, i)
				}
				for _, v := range f.Shared {
					facet, _ := a.Library().Facet(v.Field)
					if !slices.Contains(facet.AppendIDs(nil, p), v.ID) || !slices.Contains(facet.AppendIDs(nil, other), v.ID) {
						t.Errorf("%s and %s don't both have %v", p.ID, f.ID, v)
					}
				}
			}
			if few := mustSimilar(t, a, p.ID, "fr", 4); !reflect.DeepEqual(few, found[:min(4, len(found))]) {
				t.Errorf("the first four like %s: %v", p.ID, few)
			}
			for what, s := range map[string]*Snapshot{"another build": b, "the index on disk": stored} {
				if again := mustSimilar(t, s, p.ID, "fr", 100); !reflect.DeepEqual(found, again) {
					t.Errorf("%s answers otherwise for %s:\n%v\n%v", what, p.ID, found, again)
				}
			}
		}
	}
}

// Pages that are like a page to the same degree stand by their id.
func TestSimilarTies(t *testing.T) {
	files := map[string]string{"notes/m.md": page("Harbour", "", "")}
	for _, id := range []string{"c", "a", "x", "b"} {
		files["notes/"+id+".md"] = page("Harbour", "", "")
	}
	s := build(t, loaded(t, folder(files)), Options{})
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
	files := map[string]string{"notes/a.md": page("Long", "", words.String()), "notes/b.md": page("Longer", "", words.String())}
	s := build(t, loaded(t, folder(files)), Options{})
	p := s.newPlanner(context.Background())
	a, _ := s.Page("notes/a")
	telling, err := p.telling(a, 0, 0, maxTelling)
	if err != nil || len(telling) != maxTelling {
		t.Errorf("%d words, %v", len(telling), err)
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
		text := strings.Join(madeWords, " ")
		if i%100 == 0 {
			text += " seldom"
		}
		files[fmt.Sprintf("notes/%04d.md", i)] = page("Alike", "", text+"\n\n"+text)
	}
	s := build(t, loaded(t, folder(files)), Options{})
	p, _ := s.Page("notes/0000")
	words, err := s.newPlanner(context.Background()).telling(p, 0, 0, maxTelling)
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

// It keeps to the places to run and to the time that searches have, and an
// answer that was broken off leaves nothing behind.
func TestSimilarLimits(t *testing.T) {
	s := build(t, loaded(t, made(1, 50)), Options{Concurrent: 1})
	want := mustSimilar(t, s, "notes/n0001", "en", 5)
	s.bounds.wait = 0
	s.running <- struct{}{}
	if _, err := s.Similar(context.Background(), "notes/n0001", "en", 5); !errors.Is(err, ErrOverloaded) {
		t.Errorf("with no place free: %v", err)
	}
	<-s.running
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Similar(ctx, "notes/n0001", "en", 5); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of its context: %v", err)
	}
	if got := mustSimilar(t, s, "notes/n0001", "en", 5); !reflect.DeepEqual(got, want) || len(s.running) != 0 {
		t.Errorf("then: %v, want %v; %d places taken", got, want, len(s.running))
	}
	q := search.Parse("bolam dorup", s)
	a, b := mustSearch(t, s, q), mustSearch(t, build(t, s.lib, Options{}), q)
	if fmt.Sprint(a.Hits) != fmt.Sprint(b.Hits) {
		t.Errorf("a search after it: %v, want %v", a.Hits, b.Hits)
	}
}
