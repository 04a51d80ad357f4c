package query

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/content"
	"casebook/index/indextest"
	"casebook/index/rank"
	"casebook/index/reading"
	"casebook/search"
)

// index is the Index of a library.
func index(t testing.TB, lib *content.Library) *Index {
	t.Helper()
	m, x := indextest.Words(t, lib)
	facets, _, titles := indextest.Facets(t, lib, m)
	ranker := &rank.Ranker{Docs: m, Words: x, Norms: rank.Norms(m, indextest.Lengths(t, lib, m))}
	return NewIndex(lib, ranker, titles, facets.Columns)
}

// notes is the Index of notes, a text each; files of other names are taken as they are.
func notes(t testing.TB, files map[string]string) *Index {
	t.Helper()
	all := make(map[string]string)
	for name, text := range files {
		if strings.Contains(name, "/") || strings.HasSuffix(name, ".yaml") {
			all[name] = text
		} else {
			all["notes/"+name+".md"] = indextest.Page("Note", "", text)
		}
	}
	return index(t, indextest.Load(t, indextest.Folder(all)))
}

// finder is that of a reader's language, without a query.
func (x *Index) finder(lang string) *finder {
	return &finder{Index: x, lists: x.words.Reader(), reader: reading.NewReader(x.docs.Langs), lang: x.docs.LangFor(lang), sc: rank.NewScratch(len(x.docs.Units))}
}

// find finds what words find for a reader of English.
func (x *Index) find(t testing.TB, text string) *Found {
	t.Helper()
	sc := rank.NewScratch(len(x.docs.Units))
	found, err := x.Find(t.Context(), search.Parse(text, search.NoFields{}).WithLang("en"), sc)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if slices.ContainsFunc(sc.Scores, func(s float32) bool { return s != 0 }) || slices.ContainsFunc(sc.Sums, func(s float32) bool { return s != 0 }) {
		t.Errorf("%s: scores are left behind", text)
	}
	return found
}

// pages are the places of the pages that words find.
func (x *Index) pages(t testing.TB, text string) []uint32 {
	t.Helper()
	out := []uint32{}
	for _, d := range x.find(t, text).Pages.ToArray() {
		out = append(out, x.docs.Units[d].Page)
	}
	return out
}

func TestFind(t *testing.T) {
	x := notes(t, map[string]string{
		"a": "bolam dorup", "b": "dorup bolam fanik", "c": "The who of golut", "notes/d.md": indextest.Page("Hepar rules", "", "The rule 5 of bolage."), "notes/d.fr.md": indextest.Page("Règles", "", "Un fanik."),
	})
	for _, tt := range []struct {
		text string
		want []uint32
	}{
		{"bolam", []uint32{0, 1}}, {"bolam fanik", []uint32{0, 1}}, {`"bolam dorup"`, []uint32{0}}, {`"dorup bolam"`, []uint32{1}}, {"bol*", []uint32{0, 1, 3}},
		{"bolam OR golut", []uint32{0, 1, 2}}, {"bolam -fanik", []uint32{0}}, {"-bolam", []uint32{2, 3}}, {`bolam -"dorup bolam"`, []uint32{0}},
		{"fanik", []uint32{1, 3}},    // in any language of a page
		{"hepar fanik", []uint32{3}}, // in several languages of a page
		{"the who", []uint32{2}},     // of stop words alone all must be there
		{"the nothing-at-all golut", []uint32{2}},
		{"title:hepar", []uint32{3}}, {"title:rule", []uint32{3}}, {"title:bolage", []uint32{}}, {"title:hep*", []uint32{3}}, {"-title:hepar bol*", []uint32{0, 1}},
		{"rule 05", []uint32{3}}, {"rule5", []uint32{3}}, {"golut/who", []uint32{2}}, {"xqzk/zzyw", []uint32{}}, {"title:hepar/rules", []uint32{3}},
		{"role of golut", []uint32{2}}, // a framing word may be missing
	} {
		if got := x.pages(t, tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.text, got, tt.want)
		}
	}
}

// A title that is just what was typed lets its page in, whatever else is wanted, but
// not what was to be left out; whole pages, first of all.
func TestExactTitles(t *testing.T) {
	x := notes(t, map[string]string{
		"notes/a.md": indextest.Page("Bolam of the hepar", "", "x"), "notes/a.fr.md": indextest.Page("Titre", "", "x"),
		"notes/b.md": indextest.Page("Other", "", "bolam hepar bolam hepar"), "notes/r.md": indextest.Page("Rule 7", "", "x"),
		"notes/c.md": indextest.Page("Golut-fanik", "", "x"),
	})
	found := x.find(t, "titre")
	if !slices.Equal(found.Exact, []uint32{1}) || !slices.Equal(found.Docs.ToArray(), []uint32{0, 1}) {
		t.Errorf("exact %v of %v", found.Exact, found.Docs.ToArray())
	}
	for _, text := range []string{"titre -hepar", "golut -fanik"} { // the second reads as a title
		if found := x.find(t, text); len(found.Exact) != 0 || found.Docs.Contains(0) || found.Docs.Contains(3) {
			t.Errorf("%s: exact %v of %v", text, found.Exact, found.Docs.ToArray())
		}
	}
	if found := x.find(t, "hepar7"); len(found.Exact) != 0 || len(found.Words) != 2 {
		t.Errorf("taken apart it is no title: %v", found.Exact)
	}
	if found := x.find(t, "rule7"); !slices.Equal(found.Exact, []uint32{4}) {
		t.Errorf("a title that was typed as one word: %v", found.Exact)
	}
	if found := x.find(t, "titre*"); len(found.Exact) != 0 {
		t.Errorf("the beginning of a title is none: %v", found.Exact)
	}
}

func TestWhoBelongs(t *testing.T) {
	files := map[string]string{}
	for i := range 60 {
		body := "bolam dorup"
		for _, w := range []struct {
			word string
			has  bool
		}{{"fanik", i%2 == 0}, {"golut", i%10 == 0}, {"hepar", i == 30}, {"lidon", i%10 == 1 || i == 10}, {"nuker", i%4 == 0}, {"polid", i%5 == 2 || i == 4}} {
			if w.has {
				body += " " + w.word
			}
		}
		files[fmt.Sprintf("n%02d", i)] = body
	}
	x := notes(t, files)
	for _, tt := range []struct {
		text        string
		pages, sure int
		match       search.Match
	}{
		{"bolam golut", 6, 6, search.MatchAll},
		{"golut fanik hepar", 1, 1, search.MatchAll},               // three words: all of them
		{"bolam dorup fanik golut", 30, 6, search.MatchMost},       // four: enough must remain
		{"bolam of dorup to golut", 6, 6, search.MatchAll},         // three that say something
		{"golut lidon", 6, 1, search.MatchMost},                    // few have both: all that have the rarer one
		{"fanik lidon", 7, 1, search.MatchMost},                    // no more than the rarer one finds
		{"dorup fanik nuker", 15, 15, search.MatchAll},             // enough have all
		{"fanik polid", 10, 7, search.MatchMost},                   // the best with one of them, up to ten
		{"golut polid lidon", 0, 0, search.MatchAll},               // nothing has all
		{`"golut hepar" bolam dorup fanik`, 1, 1, search.MatchAll}, // a phrase must be there
		{"title:golut bolam dorup", 0, 0, search.MatchAll},
		{"-golut", 54, 54, search.MatchAll},
		{"bolam dorup fanik golut -hepar", 29, 5, search.MatchMost},
	} {
		found := x.find(t, tt.text)
		pages, sure := int(found.Pages.GetCardinality()), int(found.Sure.GetCardinality())
		if tt.text == "golut polid lidon" {
			if pages < 20 || found.Match != search.MatchMost || sure != 0 {
				t.Errorf("%s: %d pages, %d sure, match %d", tt.text, pages, sure, found.Match)
			}
			continue
		}
		if pages != tt.pages || sure != tt.sure || found.Match != tt.match {
			t.Errorf("%s: %d pages, %d sure, match %d; want %d, %d, %d", tt.text, pages, sure, found.Match, tt.pages, tt.sure, tt.match)
		}
	}
}

// In a large collection few pages with all words are what was wanted.
func TestLargeCollectionsAreNotFilled(t *testing.T) {
	for _, tt := range []struct {
		pages, found int
		match        search.Match
	}{{smallPages, 3, search.MatchMost}, {smallPages + 1, 1, search.MatchAll}} {
		files := make(map[string]string)
		for i := range tt.pages {
			text := "dorup"
			switch {
			case i == 0:
				text = "bolam fanik"
			case i < 3:
				text = "bolam"
			case i < 20:
				text = "fanik"
			}
			files[fmt.Sprintf("n%04d", i)] = text
		}
		found := notes(t, files).find(t, "bolam fanik")
		if n := int(found.Pages.GetCardinality()); n != tt.found || found.Match != tt.match {
			t.Errorf("of %d pages: %d found, match %d; want %d, %d", tt.pages, n, found.Match, tt.found, tt.match)
		}
	}
}

// What was added to a word weighs less than the word, doesn't make it look common,
// and makes no page sure among most of the words.
func TestSynonyms(t *testing.T) {
	files := map[string]string{
		"glossary.yaml": "terms:\n  - id: x\n    preferred: golut\n    synonyms: [bolam, dorup of fanik, US]\n    definition: x\n",
		"typed":         "golut hepar", "phrase": "A fanik dorup.", "apart": "dorup and much that stands between it and a fanik", "us": "They told us.",
	}
	for i := range 30 {
		files[fmt.Sprintf("n%02d", i)] = "bolam jomil"
	}
	x := notes(t, files)
	found := x.find(t, "golut")
	w := found.Words[0]
	if n := found.Pages.GetCardinality(); n != 32 {
		t.Errorf("%d pages", n)
	}
	if w.TypedIDF <= w.IDF || w.Typed.GetCardinality() != 1 {
		t.Errorf("the word that was typed weighs %v, with what was added %v", w.TypedIDF, w.IDF)
	}
	weights := make(map[rank.Origin]float32)
	for _, l := range w.Leaves {
		weights[l.By] = l.Weight
	}
	if !maps.Equal(weights, map[rank.Origin]float32{rank.Typed: 1, rank.Synonym: synonymWeight}) {
		t.Errorf("weights %v", weights)
	}
	if want := []search.Expansion{{For: "golut", Added: []string{"bolam", "dorup of fanik"}}}; !reflect.DeepEqual(found.Added, want) {
		t.Errorf("added %v, want %v", found.Added, want)
	}
	if found := x.find(t, "US"); len(found.Added) != 1 || found.Pages.GetCardinality() != 33 {
		t.Errorf("a name that means it only in capitals: %v, %d pages", found.Added, found.Pages.GetCardinality())
	}
	if found := x.find(t, "us jomil"); found.Added != nil {
		t.Errorf("a word: %v", found.Added)
	}
	long := x.find(t, "golut jomil kurav lidon")
	if long.Sure.GetCardinality() != 0 || !long.Docs.Contains(5) {
		t.Errorf("%d pages are sure, by a synonym alone", long.Sure.GetCardinality())
	}
}

// A term that was named finds its pages, whatever their text, and counts more than a
// mention.
func TestTerms(t *testing.T) {
	x := notes(t, map[string]string{
		"notes/a.md": indextest.Page("A", "place: bay", "x"), "notes/b.md": indextest.Page("B", "place: hill", "x"), "c": "A bay, a seaside.",
	})
	for text, want := range map[string][]uint32{"bay": {0, 2}, "seaside": {0, 2}, "côte": {0}, "isle": {}} {
		if got := x.pages(t, text); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
	found := x.find(t, "bay")
	if i := slices.IndexFunc(found.Words[0].Leaves, func(l rank.Leaf) bool { return l.By == rank.Tagged }); i < 0 || found.Words[0].Leaves[i].Weight != termWeight {
		t.Errorf("leaves %+v", found.Words[0].Leaves)
	}
	if found := x.find(t, "seaside"); len(found.Added) != 1 || !slices.Contains(found.Added[0].Added, "Coast") {
		t.Errorf("a looser name: added %v", found.Added)
	}
}

// A rare name is helped by the names that its definition names: they are weaker, and
// find nothing.
func TestRelated(t *testing.T) {
	files := map[string]string{
		"glossary.yaml": "terms:\n  - {id: x, preferred: Golut, abbreviations: [GLT], definition: \"A group that left the Kurav League, and Nobody.\"}\n" +
			"  - {id: y, preferred: Kurav League, abbreviations: [KVL], definition: Another.}\n  - {id: z, preferred: Nobody, abbreviations: [NBD], definition: x}\n",
		"a": "golut", "b": "the Kurav League", "c": "KVL",
	}
	x := notes(t, files)
	found := x.find(t, "GLT")
	if len(found.Related) != 1 || found.Pages.GetCardinality() != 1 {
		t.Fatalf("%d related names, %d pages", len(found.Related), found.Pages.GetCardinality())
	}
	r := found.Related[0]
	if want := relatedWeight * rank.IDF(2, 3); r.IDF != want || r.TypedIDF != want || r.Any.GetCardinality() != 2 {
		t.Errorf("it weighs %v, %v on %d documents; want %v", r.IDF, r.TypedIDF, r.Any.GetCardinality(), want)
	}
	for i := range relatedFew {
		files[fmt.Sprintf("n%02d", i)] = "golut"
	}
	if found := notes(t, files).find(t, "GLT"); found.Related != nil {
		t.Errorf("a name on %d pages was helped", relatedFew+1)
	}
}

func TestMending(t *testing.T) {
	files := map[string]string{"a": "bolamation hepar", "b": "kurav", "slip": "bolamatoin hepar", "c": "fanik"}
	for i := range 60 {
		files[fmt.Sprintf("n%02d", i)] = "bolamation"
	}
	x := notes(t, files)
	for _, tt := range []struct {
		text            string
		mended, doubted map[string]string
		added           int
		pages           int
	}{
		{"bolamaton", map[string]string{"bolamaton": "bolamation"}, nil, 1, 61},
		{"bolamaton hepar", map[string]string{"bolamaton": "bolamation"}, nil, 1, 2}, // filled up
		{"bolamatoin", nil, map[string]string{"bolamatoin": "bolamation"}, 0, 1},     // some page has it: offered alone
		{"kurax fanik", map[string]string{"kurax": "kurav"}, nil, 0, 1},              // hardly sure: offered alone
		{"bolamation", nil, nil, 0, 61},
		{"xqzwvk", nil, nil, 0, 0},
		{`"bolamaton hepar"`, nil, nil, 0, 0}, // a phrase is meant as it is
	} {
		found := x.find(t, tt.text)
		n := int(found.Pages.GetCardinality())
		if !maps.Equal(found.Mended, tt.mended) || !maps.Equal(found.Doubted, tt.doubted) || len(found.Added) != tt.added || n != tt.pages {
			t.Errorf("%s: mended %v, doubted %v, added %v, %d pages; want %v, %v, %d, %d", tt.text, found.Mended, found.Doubted, found.Added, n, tt.mended, tt.doubted, tt.added, tt.pages)
		}
	}
	q := search.Parse("bolamaton", search.NoFields{}).WithLiteral(true)
	found, err := x.Find(t.Context(), q, rank.NewScratch(len(x.docs.Units)))
	if err != nil || len(found.Mended) != 0 || !found.Pages.IsEmpty() {
		t.Errorf("literally: %v, %v", found.Mended, err)
	}
}

// A name that the thesaurus knows is neither taken apart nor mended.
func TestNamesStayWhole(t *testing.T) {
	x := notes(t, map[string]string{
		"glossary.yaml": "terms:\n  - id: x\n    preferred: AB12\n    synonyms: [famik]\n    definition: x\n",
		"a":             "AB and 12", "b": "fanik",
	})
	if found := x.find(t, "AB12"); len(found.Words) != 1 || !found.Pages.IsEmpty() {
		t.Errorf("%d words, %d pages", len(found.Words), found.Pages.GetCardinality())
	}
	if found := x.find(t, "famik"); len(found.Mended) != 0 {
		t.Errorf("mended %v", found.Mended)
	}
}

// Forms of words may not multiply without end, and who asks is told.
func TestBounded(t *testing.T) {
	var b strings.Builder
	for i := range 5 * 260 {
		fmt.Fprintf(&b, "%c%c%c%c%c ", 'a'+i/260, 'a'+i/260, 'a'+i/260, 'a'+i%26, 'a'+i/26%10)
	}
	x := notes(t, map[string]string{"a": b.String()})
	if found := x.find(t, "aaa* bbb* ccc*"); found.Bounded {
		t.Error("three prefixes are bounded")
	}
	if found := x.find(t, "aaa* bbb* ccc* ddd* eee*"); !found.Bounded {
		t.Error("five prefixes are not bounded")
	}
}
