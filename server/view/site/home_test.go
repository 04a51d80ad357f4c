package site

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
	"casebook/server/view"
)

// Every page of the table that is made of the corpus alone is in Own, and no other.
func TestOwnIsInTheTable(t *testing.T) {
	for key, page := range Own {
		if p, ok := address.Own(key); !ok || !p.InLanguages {
			t.Errorf("%s isn't among the pages that each language has", key)
		}
		if v, err := page(t.Context(), viewtest.Reader(t, plaincorpus.New(t), "en")); err != nil || v == nil {
			t.Errorf("%s: %v", key, err)
		}
	}
}

// What the corpus can't answer is an error of the page.
func TestErrorsOfTheCorpus(t *testing.T) {
	c := plaincorpus.New(t)
	c.Searching = func(context.Context, search.Query) (*search.Result, error) { return nil, search.ErrOverloaded }
	r := viewtest.Reader(t, c, "en")
	place, _ := c.Lib.Facet("place")
	coast, _ := place.Vocabulary.Term("coast")
	_, home := Home(t.Context(), r)
	_, term := Term(t.Context(), r, place, coast)
	_, status := Status(t.Context(), r, nil, false)
	for _, err := range []error{home, term, status} {
		if !errors.Is(err, search.ErrOverloaded) {
			t.Errorf("%v", err)
		}
	}
}

// The ways in over references lead to the pages at the top, those with the most
// first, six of them and then a link to the rest; those that nothing hangs below
// lead nowhere.
func TestWaysOverPages(t *testing.T) {
	pairs := []string{}
	for i := range 8 {
		pairs = append(pairs, fmt.Sprintf("books/b%d.md", i), fmt.Sprintf("---\ntitle: Book %d\n---\nText.\n", i))
		if i != 3 {
			pairs = append(pairs, fmt.Sprintf("rules/b%d/01.md", i), fmt.Sprintf("---\ntitle: Rule of %d\nbook: b%d\n---\nText.\n", i, i))
		}
	}
	c := &plaincorpus.Corpus{Lib: plaincorpus.Library(t, plaincorpus.With(plaincorpus.Files(), pairs...))}
	r := reader{viewtest.Reader(t, c, "fr")}
	res := &search.Result{Facets: []search.Facet{{Field: "rule", Values: []search.FacetValue{{ID: "b5", Count: 2}, {ID: "b6", Count: 9}, {ID: "dry-land", Count: 1}, {ID: "b3", Count: 5}}}}}
	way, ok := r.wayIn("rule", res)
	var got []string
	for _, row := range way.Rows {
		got = append(got, fmt.Sprintf("%s=%s", row.URL, row.Count))
	}
	want := "/fr/books/b6=9 /fr/books/b5=2 /fr/books/dry-land=1 /fr/books/b0=0 /fr/books/b1=0 /fr/books/b2=0"
	if !ok || strings.Join(got, " ") != want || way.All != "/fr/books" || way.Kind != "livres" || way.ID != "way-rule" || way.Title != "Règles dans les livres" || way.Plain {
		t.Errorf("%v %+v\n%s\nwant %s", ok, way, strings.Join(got, " "), want)
	}
	if way.Rows[2].Note.Text != "Two rules for holding water." || way.Rows[2].Note.Lang != "en" || way.Rows[2].Label.Text != "The dry land book" {
		t.Errorf("%+v", way.Rows[2])
	}
	c = plaincorpus.New(t)
	if way, ok := (reader{viewtest.Reader(t, c, "en")}).wayIn("rule", res); !ok || len(way.Rows) != 1 || way.All != "" {
		t.Errorf("few: %v, %+v", ok, way)
	}
	for _, name := range []string{"none", "period", "kind"} {
		if way, ok := r.wayIn(name, res); ok {
			t.Errorf("%s: %+v", name, way)
		}
	}
	note, _ := c.Lib.Schema.Kind("note")
	book, _ := c.Lib.Schema.Kind("book")
	rule, _ := c.Lib.Schema.Kind("rule")
	if r.topKind(note) != note || r.topKind(rule).ID != book.ID {
		t.Error("the top kinds")
	}
}

// The link to the rest stands where there is a rest.
func TestWayHasLinkToTheRest(t *testing.T) {
	for _, tt := range []struct {
		books, rows int
		all         string
	}{{maxPages - 1, maxPages - 1, ""}, {maxPages, maxPages, ""}, {maxPages + 1, maxPages, "/books"}} {
		files := plaincorpus.Files()
		for i := 1; i < tt.books; i++ { // besides the one of the corpus
			files = plaincorpus.With(files,
				fmt.Sprintf("books/b%d.md", i), fmt.Sprintf("---\ntitle: Book %d\n---\nText.\n", i),
				fmt.Sprintf("rules/b%d/01.md", i), fmt.Sprintf("---\ntitle: Rule of %d\nbook: b%d\n---\nText.\n", i, i))
		}
		r := reader{viewtest.Reader(t, &plaincorpus.Corpus{Lib: plaincorpus.Library(t, files)}, "en")}
		way, ok := r.wayIn("rule", &search.Result{})
		if !ok || len(way.Rows) != tt.rows || way.All != tt.all {
			t.Errorf("%d books: %d rows, the rest at %q; want %d, %q", tt.books, len(way.Rows), way.All, tt.rows, tt.all)
		}
	}
}

// A way in over terms has the broadest; it is a plain list where no term has a note.
func TestWaysOverTerms(t *testing.T) {
	r := reader{viewtest.Reader(t, plaincorpus.New(t), "en")}
	way, ok := r.wayIn("method", &search.Result{})
	if !ok || len(way.Rows) != 3 || !way.Plain || way.Title != "Browse by method" {
		t.Errorf("%v, %+v", ok, way)
	}
	way, ok = r.wayIn("place", &search.Result{})
	if !ok || len(way.Rows) != 3 || way.Plain || way.Rows[0].Sub != nil {
		t.Errorf("%v, %+v", ok, way)
	}
}

// Without a facet to show there is no map, and without countries only its list.
func TestHomeWithoutMap(t *testing.T) {
	for field, want := range map[string]string{"": "none", "period": "none", "method": "list", "place": "map"} {
		c := plaincorpus.New(t)
		site := *c.Lib.Site
		site.Map = field
		c.Lib.Site = &site
		v, err := Home(t.Context(), viewtest.Reader(t, c, "en"))
		if err != nil {
			t.Fatal(err)
		}
		got := "none"
		if v.Regions != nil {
			got = "list"
		}
		if v.Map != nil {
			got = "map"
		}
		if got != want || v.JSONLD != nil {
			t.Errorf("a map of %q: %s, want %s", field, got, want)
		}
	}
}

// A term's page has eight values of five other facets at most, and none of what
// counts by years, of one value, of the languages and of the facet itself.
func TestTermCounts(t *testing.T) {
	c := plaincorpus.New(t)
	values := func(n int) (out []search.FacetValue) {
		for i := range n {
			out = append(out, search.FacetValue{ID: fmt.Sprint("v", i), Count: 9 - i%3})
		}
		return out
	}
	res := &search.Result{Total: 1}
	for _, field := range []string{"place", "language", "period", "land", "method", "rule", "grade", "kind", "builder"} {
		res.Facets = append(res.Facets, search.Facet{Field: field, Values: values(10)})
	}
	res.Facets[3].Values = values(1)
	res.Facets[4].Values = values(2)
	res.Facets[5].Values = []search.FacetValue{{ID: "x"}, {ID: "y"}}
	c.Searching = func(_ context.Context, q search.Query) (*search.Result, error) {
		if !q.Has("place", "coast") || q.Page != 1 || q.Size != search.DefaultSize || q.Lang != "en" {
			t.Errorf("asked %+v", q)
		}
		return res, nil
	}
	place, _ := c.Lib.Facet("place")
	coast, _ := place.Vocabulary.Term("coast")
	v, err := Term(t.Context(), viewtest.Reader(t, c, "en"), place, coast)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, counts := range v.Counts {
		got = append(got, fmt.Sprintf("%s %d+%d", counts.Label.Text, len(counts.Rows), counts.More))
	}
	if want := "Method 2+0, Grade 8+2, Kind of page 8+2, Built by 8+2"; strings.Join(got, ", ") != want {
		t.Errorf("%s, want %s", strings.Join(got, ", "), want)
	}
	for _, field := range []string{"families", "running", "home"} {
		res.Facets = append(res.Facets, search.Facet{Field: field, Values: values(10)})
	}
	if v, err = Term(t.Context(), viewtest.Reader(t, c, "en"), place, coast); err != nil || len(v.Counts) != 5 {
		t.Errorf("%d facets, %v", len(v.Counts), err)
	}
}

// A page that isn't there guesses four pages and terms; no other error does.
func TestTrouble(t *testing.T) {
	c := plaincorpus.New(t)
	r := viewtest.At(t, c, "fr", "https://example.org", "/old/coast", "x=y")
	v := Trouble(t.Context(), r, 404, NotFound)
	if v.Q != "coast" || len(v.Near) != 1 || v.Near[0].URL != "/fr/place/coast" || v.Canonical != "" || !v.NoIndex || v.Status != 404 || v.Key != NotFound {
		t.Errorf("%+v", v)
	}
	if v := Trouble(t.Context(), r, 500, "internal"); v.Q != "" || v.Near != nil || v.Title == "" || v.Canonical != "" || !v.NoIndex {
		t.Errorf("%+v", v)
	}
	if v := Trouble(t.Context(), viewtest.At(t, c, "fr", "", "/", ""), 404, NotFound); v.Near != nil {
		t.Errorf("without words: %+v", v.Near)
	}
	failing := failing{c}
	if v := Trouble(t.Context(), viewtest.At(t, failing, "fr", "", "/coast", ""), 404, NotFound); v.Near != nil {
		t.Errorf("where the corpus fails: %+v", v.Near)
	}
}

// failing is a corpus that completes nothing.
type failing struct{ view.Corpus }

func (failing) Suggest(context.Context, string, string, int) ([]search.Completion, error) {
	return []search.Completion{{Kind: "page", Text: "x", ID: "x"}}, search.ErrOverloaded
}

func TestGlossaryEntries(t *testing.T) {
	for in, want := range map[string]string{"wells": "wells", "dry land": `"dry land"`, `a "b" c`: `"a b c"`, "half-moon": `"half-moon"`, "l’eau": `"l’eau"`, "l'eau": `"l'eau"`, `"x"`: "x"} {
		if got := quoted(in); got != want {
			t.Errorf("quoted(%q) = %s, want %s", in, got, want)
		}
	}
	for in, want := range map[string]string{"(dry) land": "dry) land", "المنطقة": "منطقة", "ال": "ال", "الب": "الب", "المن": "من", "2178": "2178", "«é": "é", "": "", "--": ""} {
		if got := sortable(in); got != want {
			t.Errorf("sortable(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"écu": "E", "7 days": "#", "": "#", "…": "#", "المنطقة": "م", "ß": "ß", "(x)": "X"} {
		if got := firstLetter(in); got != want {
			t.Errorf("firstLetter(%q) = %q, want %q", in, got, want)
		}
	}
	for _, tt := range []struct{ letter, lang, want string }{{"#", "", "letter-digits"}, {"A", "", "letter-a"}, {"É", "en", "letter-é-en"}, {"#", "en", "letter-digits-en"}} {
		if got := letterID(tt.letter, tt.lang); got != tt.want {
			t.Errorf("letterID(%q, %q) = %s, want %s", tt.letter, tt.lang, got, tt.want)
		}
	}
	c := plaincorpus.New(t)
	v := ask(t, c, "fr").glossary(nil)
	if v.Total != 0 || v.Letters != nil || v.Title == "" || v.Description == "" {
		t.Errorf("without a glossary: %+v", v)
	}
	e := &content.Entry{
		ID: "x", Preferred: content.NewText(map[string]string{"en": "dry land", "ar": "أرض"}, "en"), Definition: content.NewText(map[string]string{"fr": "Sec."}, "fr"),
		Synonyms: []string{"desert"}, Abbreviations: []string{"DL"},
	}
	got := ask(t, c, "fr").entry(e)
	if got.URL != "/fr/search?q=%22dry+land%22" || got.Label != (view.Label{Text: "dry land", Lang: "en", Dir: "ltr"}) || got.Definition.Text != "Sec." ||
		strings.Join(got.Synonyms, " ") != "DL desert" || len(got.Translations) != 1 || got.Translations[0] != (view.Label{Text: "أرض", Lang: "ar", Dir: "rtl"}) {
		t.Errorf("%+v", got)
	}
}

// What the site says of itself explains each scale once.
func TestAbout(t *testing.T) {
	c := plaincorpus.New(t)
	v := About(viewtest.Reader(t, c, "en"))
	if len(v.Graded) != 1 || len(v.Graded[0].Terms) != 2 || v.Graded[0].Terms[0].ID != "measured" || v.Total != 7 || len(v.Kinds) != 4 || v.Kinds[0].N != 3 || v.Licence.Text != "CC BY 4.0" {
		t.Errorf("%+v", v)
	}
	again := *c.Lib.Schema.Kinds[0]
	c.Lib.Schema.Kinds = append(c.Lib.Schema.Kinds, &again)
	if v := About(viewtest.Reader(t, c, "en")); len(v.Graded) != 1 {
		t.Errorf("a field of two kinds: %+v", v.Graded)
	}
}
