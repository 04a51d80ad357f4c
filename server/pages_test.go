package server

import (
	"context"
	"encoding/json"
	"fmt"
	"go/scanner"
	"go/token"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/content"
	"casebook/content/load"
	"casebook/search"
	"casebook/server/address"
	"casebook/server/internal/plaincorpus"
)

func httpGet(t testing.TB, target string) *http.Request {
	t.Helper()
	return httptest.NewRequest(http.MethodGet, target, nil)
}

// full is one request for each kind of page.
var full = []string{
	"/", "/search", "/search?q=stones&place=coast&period_from=2006&sort=title", "/search?q=nothing-at-all&place=cape", "/cases/cape-stones",
	"/rules/dry-land/01", "/books/dry-land", "/place/coast", "/place/plain", "/glossary", "/about", "/accessibility", "/status", "/nope",
}

// Every text that a page says exists, in every language, and is called with
// what it needs.
func TestMessagesOfPages(t *testing.T) {
	s := newSite(t, nil)
	for _, lang := range []string{"", "/fr", "/ar"} {
		for _, path := range full {
			w := s.get(lang + path)
			if want := map[bool]int{true: 404, false: 200}[path == "/nope"]; w.Code != want {
				t.Errorf("%s%s = %d\n%s", lang, path, w.Code, s.log)
			}
			if strings.Contains(s.log.String(), "msg=message") {
				t.Fatalf("%s%s: %s", lang, path, s.log)
			}
		}
	}
}

// A template that is given nothing still makes a page.
func TestEmptyPages(t *testing.T) {
	s := newSite(t, nil)
	r := ask(t, s, "en")
	c := r.chrome("Empty")
	for name, data := range map[string]any{
		"home": &homePage{chrome: c}, "search": &searchPage{chrome: c}, "page": &pagePage{chrome: c}, "term": &termPage{chrome: c},
		"glossary": &glossaryPage{chrome: c}, "about": &aboutPage{chrome: c}, "accessibility": &accessibilityPage{chrome: c},
		"status": &statusPage{chrome: c}, "error": &errorPage{chrome: c, Key: "not-found"},
	} {
		if err := s.render(httptest.NewRecorder(), r, 200, name, data); err != nil {
			t.Error(err)
		}
	}
	for name := range s.pages {
		if !slices.Contains([]string{"home", "search", "page", "term", "glossary", "about", "accessibility", "status", "error", "bare"}, name) {
			t.Errorf("no test renders %s.html empty", name)
		}
	}
}

// shipped is the content of the repository, whatever is wrong with it now.
func shipped(t testing.TB) *content.Library {
	t.Helper()
	lib, _, err := load.Load(t.Context(), os.DirFS("../content"), load.Options{Today: plaincorpus.Today})
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// No template, and no name or text in Go, knows what the pages are about: the
// shipped vocabularies do.
func TestNoDomainWords(t *testing.T) {
	lib := shipped(t)
	var words []string
	for _, v := range lib.Vocabularies {
		for _, term := range v.Terms {
			if id := term.ID; strings.Contains(id, "-") { // single words may be a program's own
				words = append(words, regexp.QuoteMeta(id))
			}
		}
	}
	re := regexp.MustCompile(`(?i)\b(` + strings.Join(words, "|") + `|sahel|maghreb|gctf|terroris[mt]|fighters?|reintegration)\b`)
	for _, dir := range []string{".", "../templates", "../templates/parts", "../templates/static", "../templates/messages"} {
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if f.IsDir() || strings.HasSuffix(f.Name(), "_test.go") {
				continue
			}
			data, err := os.ReadFile(dir + "/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			text := string(data)
			if strings.HasSuffix(f.Name(), ".go") {
				text = namesAndTexts(data)
			}
			if m := re.FindString(text); m != "" {
				t.Errorf("%s/%s names %q", dir, f.Name(), m)
			}
		}
	}
}

// namesAndTexts is a Go file without its comments.
func namesAndTexts(src []byte) string {
	var sc scanner.Scanner
	set := token.NewFileSet()
	sc.Init(set.AddFile("", set.Base(), len(src)), src, nil, 0)
	var b strings.Builder
	for {
		_, tok, lit := sc.Scan()
		if tok == token.EOF {
			return b.String()
		}
		b.WriteString(lit + " ")
	}
}

func TestHeading(t *testing.T) {
	s := newSite(t, nil)
	q := search.Query{Text: "stones", Filters: []search.Filter{
		{Field: "period", From: 2007, To: 2010}, {Field: "place", Values: []string{"cape", "hills"}},
	}}
	for _, tt := range []struct {
		lang  string
		q     search.Query
		total int
		want  string
	}{
		{"en", search.Query{}, 0, "No results"},
		{"en", search.Query{}, 1, "1 result"},
		{"en", q, 1234, "1,234 results for “stones”, filtered by Cape or Hills; 2007–2010"},
		{"fr", q, 2, "2 résultats pour « stones », en filtrant par Cap ou Collines\u00a0; 2007–2010"},
		{"ar", q, 3, "٣ نتائج عن «stones»، بعد التصفية حسب الرأس أو التلال؛ ٢٠٠٧–٢٠١٠"},
		{"ar", search.Query{}, 2, "نتيجتان"},
		{"en", search.Query{Filters: []search.Filter{{Field: "method", Values: []string{"a", "b", "c", "d"}}}}, 5, "5 results, filtered by 4 values of Method"},
		{"en", search.Query{Filters: []search.Filter{{Field: "kind", Values: []string{"rule"}}}}, 5, "Rules: 5 results"},
		{"fr", search.Query{Text: "x", Filters: []search.Filter{{Field: "kind", Values: []string{"rule"}}, {Field: "place", Values: []string{"cape"}}}}, 5, "Règles : 5 résultats pour « x », en filtrant par Cap"},
		{"en", search.Query{Filters: []search.Filter{{Field: "period", To: 2010}}}, 5, "5 results, filtered by until 2010"},
	} {
		if got := ask(t, s, tt.lang).heading(tt.q, tt.total); strings.ReplaceAll(got, "\u00a0", " ") != strings.ReplaceAll(tt.want, "\u00a0", " ") {
			t.Errorf("%s: %q, want %q", tt.lang, got, tt.want)
		}
	}
}

// The search box takes every question that counts, on each page that has one.
func TestSearchBoxTakesLongQuestions(t *testing.T) {
	s := newSite(t, nil)
	box := regexp.MustCompile(`<input type="search"[^>]*\bmaxlength="(\d+)"`)
	for _, path := range []string{"/", "/search", "/ar/search?q=x", "/nope"} {
		body := s.get(path).Body.String()
		m := box.FindStringSubmatch(body)
		if strings.Contains(body, `type="search"`) && (m == nil || m[1] != fmt.Sprint(search.MaxQueryBytes)) {
			t.Errorf("%s: %q; a question may have %d bytes", path, m, search.MaxQueryBytes)
		}
	}
	if !strings.Contains(s.get("/").Body.String(), `type="search"`) {
		t.Error("the home page has no search box")
	}
}

// Each chosen value has a link that takes away just that value.
func TestChips(t *testing.T) {
	s := newSite(t, nil)
	r := ask(t, s, "en")
	q := search.Query{Text: "stones", Page: 3, Filters: []search.Filter{
		{Field: "period", From: 2007, Values: []string{"2001"}}, {Field: "place", Values: []string{"cape", "hills"}},
	}}
	var got []string
	for _, c := range r.chips(q) {
		got = append(got, c.Field.Text+" "+c.Value.Text+" "+c.URL)
	}
	want := []string{
		"Place Coast › Cape /search?q=stones&place=hills&period=2001&period_from=2007",
		"Place Hills /search?q=stones&place=cape&period=2001&period_from=2007",
		"Period 2001 /search?q=stones&place=cape&place=hills&period_from=2007",
		"Period from 2007 /search?q=stones&place=cape&place=hills&period=2001",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

// A query with as many values as there may be makes a page of ordinary size:
// what is chosen in the longest filters can be taken away as one.
func TestManyChips(t *testing.T) {
	s := newSite(t, nil)
	r := ask(t, s, "en")
	q := search.Query{Text: "stones", Page: 1, Size: search.DefaultSize, Filters: []search.Filter{
		{Field: "period", From: 2007}, {Field: "place", Values: []string{"cape", "hills"}},
	}}
	land := search.Filter{Field: "land"}
	for i := range search.MaxValues - 2 {
		land.Values = append(land.Values, fmt.Sprintf("x%03d", i))
	}
	q.Filters = append([]search.Filter{land}, q.Filters...)
	var got []string
	for _, c := range r.chips(q) {
		got = append(got, c.Field.Text+" "+c.Value.Text)
		if c.Field.Text == "Country" && c.URL != "/search?q=stones&place=cape&place=hills&period_from=2007" {
			t.Fatalf("taking the countries away leads to %.200s", c.URL)
		}
	}
	if want := []string{"Place Coast › Cape", "Place Hills", "Country 198 chosen", "Period from 2007"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if n := chosenValues(q); n != 201 {
		t.Errorf("%d values chosen, want 201", n)
	}
	plain, many := s.get("/search"), s.get(r.links.Search(q))
	if many.Code != http.StatusOK || many.Body.Len() > plain.Body.Len()+100_000 {
		t.Errorf("status %d, %d bytes; without a filter %d", many.Code, many.Body.Len(), plain.Body.Len())
	}
}

func TestPageNumbers(t *testing.T) {
	for _, tt := range []struct {
		current, last int
		want          []int
	}{
		{1, 2, []int{1, 2}},
		{1, 5, []int{1, 2, 5}},
		{3, 5, []int{1, 2, 3, 4, 5}},
		{4, 9, []int{1, 2, 3, 4, 5, 9}},
		{5, 9, []int{1, 4, 5, 6, 9}},
		{6, 9, []int{1, 5, 6, 7, 8, 9}},
		{9, 9, []int{1, 8, 9}},
	} {
		if got := pageNumbers(tt.current, tt.last); !slices.Equal(got, tt.want) {
			t.Errorf("page %d of %d: %v, want %v", tt.current, tt.last, got, tt.want)
		}
	}
}

// A page of results that doesn't exist leads to the first.
func TestPageBeyondTheLast(t *testing.T) {
	s := newSite(t, nil)
	w := s.get("/search?q=stones&page=77")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/search?q=stones" {
		t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
	}
}

// Every note of a query has its text, and names what it is about.
func TestNotes(t *testing.T) {
	s := newSite(t, nil)
	codes := []search.NoteCode{
		search.NoteTooLong, search.NoteManyWords, search.NoteManyPhrases, search.NoteManyNot, search.NoteShortPrefix, search.NoteOpenQuote,
		search.NoteUnknownField, search.NoteUnknownValue, search.NoteManyValues, search.NoteFilter, address.NoteFilterIgnored,
	}
	for _, lang := range []string{"en", "fr", "ar"} {
		r := ask(t, s, lang)
		seen := make(map[string]bool)
		for _, code := range codes {
			text := r.noteText(search.Note{Code: code, Arg: "place:cape"})
			if seen[text] || strings.Contains(text, "⟦") || text == "place:cape" {
				t.Errorf("%s: %s says %q", lang, code, text)
			}
			seen[text] = true
		}
	}
	if got, want := ask(t, s, "fr").noteText(search.Note{Code: search.NoteFilter, Arg: "place:cape"}), "le filtre Lieu : Cap"; !strings.Contains(got, want) {
		t.Errorf("%q, want …%s…", got, want)
	}
}

// Whoever finds nothing is told what to do.
func TestNothingFound(t *testing.T) {
	s := newSite(t, nil)
	s.corpus.Searching = func(context.Context, search.Query) (*search.Result, error) {
		return &search.Result{
			DidYou:  &search.Suggestion{Text: "stones", Total: 3},
			Instead: []search.Way{{Drop: "place", Total: 2}, {Field: "place", Value: "coast", Total: 1}, {Total: 9}},
			Notes:   []search.Note{{Code: search.NoteOpenQuote}},
		}, nil
	}
	body := s.get("/search?q=stonse&place=cape").Body.String()
	for _, want := range []string{
		"<h1>No results for “stonse”, filtered by Cape</h1>",
		`<a href="/search?q=stones&amp;place=cape">stones</a>`,
		`<a href="/search?q=stonse" rel="nofollow">Drop the filter “Place”</a>`,
		`<a href="/search?q=stonse&amp;place=coast" rel="nofollow">Choose “Coast” instead, in Place</a>`,
		"(9 results)", "A quotation mark was missing", "<title>No results for",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// What was searched for besides the words is said in the reader's script
// first, and the rest is counted.
func TestAddedWords(t *testing.T) {
	s := newSite(t, nil)
	added := []search.Expansion{{For: "child", Added: []string{"children", "أطفال", "enfants", "Children", "قاصرون"}}}
	for lang, want := range map[string][]string{"en": {"children", "enfants"}, "ar": {"أطفال", "قاصرون"}} {
		words, more := ask(t, s, lang).addedWords(added)
		if !slices.Equal(words, want) || more != 2 {
			t.Errorf("%s: %q and %d more", lang, words, more)
		}
	}
	if words, more := ask(t, s, "ar").addedWords([]search.Expansion{{Added: []string{"enfants"}}}); len(words) != 1 || more != 0 {
		t.Errorf("without any in the script: %q and %d more", words, more)
	}
}

// A case names its rules with the reason, the rule names its cases, the book
// counts them, and says where there are none.
func TestReferencesBothWays(t *testing.T) {
	s := newSite(t, nil)
	for path, wants := range map[string][]string{
		"/cases/cape-stones": {`<a href="/rules/dry-land/01">`, `href="https://example.org/stones"`, "Measured over six years.", `href="/place/cape"`, "2007, still running", "<dd>Yes", "1250"},
		"/rules/dry-land/01": {`<h2 id="from-case">Cases <small>1</small></h2>`, `<a href="/cases/cape-stones">`, `<a href="/books/dry-land">`},
		"/books/dry-land":    {`<h2 id="items">Rules</h2>`, `<span class="num gap">none yet</span>`, ">1 page<", "1 of 2 has no page that illustrates it yet."},
	} {
		body := s.get(path).Body.String()
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %s", path, want)
			}
		}
	}
}

// The footnotes of a text stand below it, in the list of contents and in the
// API, their links in the reader's language.
func TestFootnotes(t *testing.T) {
	s := newSite(t, nil)
	body := s.get("/ar/cases/plain-wells").Body.String()
	for _, want := range []string{`<a href="#fn:1"`, `<h2 id="page-notes">`, `<li id="fn:1">`, `<a href="#page-notes">`, `<a href="/ar/cases/cape-stones">the stones</a>`} {
		if !strings.Contains(body, want) {
			t.Errorf("lacks %s", want)
		}
	}
	if strings.Contains(s.get("/cases/cape-stones").Body.String(), "page-notes") {
		t.Error("a page without footnotes has a list of them")
	}
	var doc struct{ Notes string }
	if err := json.Unmarshal(s.get("/api/v1/pages/cases/plain-wells").Body.Bytes(), &doc); err != nil || !strings.Contains(doc.Notes, "Between 30 and 60 metres") {
		t.Errorf("the API has the notes %q, %v", doc.Notes, err)
	}
}

// How well a page is known shows as dots, fewer the weaker, and as a word.
func TestGradeHasDotsAndWord(t *testing.T) {
	s := newSite(t, nil)
	for path, want := range map[string]string{
		"/cases/plain-wells": `●○</i> <a href="/grade/told">Told</a>`,
		"/search":            `<span class="vh">Grade: </span><i class="dots" aria-hidden="true">●○</i> Told</span>`,
		"/fr/search?land=NE": `●○</i> Raconté</span>`,
	} {
		if body := s.get(path).Body.String(); !strings.Contains(body, want) {
			t.Errorf("%s lacks %s", path, want)
		}
	}
}

// A page in another language than the reader's says so and is marked; a
// translation that nobody has reviewed says that.
func TestLanguagesOfAPage(t *testing.T) {
	s := newSite(t, nil)
	body := s.get("/ar/cases/plain-wells").Body.String()
	for _, want := range []string{`<h1 lang="en" dir="ltr">`, "ليست هذه الصفحة متاحة بالعربية بعد"} {
		if !strings.Contains(body, want) {
			t.Errorf("an English page for an Arabic reader lacks %s", want)
		}
	}
	r := ask(t, s, "fr")
	p, _ := s.corpus.Page("cases/cape-stones")
	copied := *p.In("fr")
	copied.Translation = "machine-assisted, not reviewed"
	original := *p
	original.Translations = map[string]*content.Page{"fr": &copied}
	copied.Of = &original
	v, err := r.pagePage(&original)
	if err != nil {
		t.Fatal(err)
	}
	if v.Translation == "" || v.OriginalURL != "/cases/cape-stones" || v.Untranslated {
		t.Errorf("translation %q, original %q, untranslated %v", v.Translation, v.OriginalURL, v.Untranslated)
	}
}

func TestOverdue(t *testing.T) {
	for day, want := range map[string]bool{"2028-05-03": false, "2028-05-05": true} {
		s := newSite(t, func(c *Config) {
			c.Now = func() time.Time { d, _ := time.Parse(time.DateOnly, day); return d }
		})
		body := s.get("/cases/cape-stones").Body.String()
		if got := strings.Contains(body, "Review overdue since May 2028"); got != want {
			t.Errorf("on %s overdue is %v", day, got)
		}
	}
}

// The data for machines is sound JSON and can't break out of its element.
func TestJSONLD(t *testing.T) {
	s := newSite(t, func(c *Config) { c.BaseURL = "https://cases.example" })
	for _, path := range []string{"/", "/cases/cape-stones"} {
		body := s.get(path).Body.String()
		_, rest, _ := strings.Cut(body, `<script type="application/ld+json">`)
		data, _, ok := strings.Cut(rest, "</script>")
		if !ok {
			t.Errorf("%s has none", path)
			continue
		}
		var v map[string]any
		if err := json.Unmarshal([]byte(data), &v); err != nil {
			t.Errorf("%s: %v in %s", path, err, data)
		}
		if strings.ContainsAny(data, "<>") {
			t.Errorf("%s: %s", path, data)
		}
	}
	body := s.get("/cases/cape-stones").Body.String()
	if !strings.Contains(body, `<meta name="citation_public_url" content="https://cases.example/cases/cape-stones">`) {
		t.Error("no citation_public_url")
	}
}

// An address that leads nowhere is answered with what it may have meant.
func TestNearMisses(t *testing.T) {
	s := newSite(t, nil)
	body := s.get("/old/half-moons.php").Body.String()
	for _, want := range []string{`value="half moons"`, `href="/search"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if body := s.get("/old/wells").Body.String(); !strings.Contains(body, `<a href="/cases/plain-wells">`) {
		t.Error("no guess for /old/wells")
	}
}

func TestGlossaryOrder(t *testing.T) {
	s := newSite(t, nil)
	entry := func(id string, pairs ...string) *content.Entry {
		m := make(map[string]string)
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return &content.Entry{ID: id, Preferred: content.NewText(m, "en")}
	}
	g := &content.Glossary{Entries: []*content.Entry{
		entry("z", "en", "zone", "ar", "المنطقة"), entry("e", "en", "écu", "ar", "بئر"), entry("f", "en", "Fog"), entry("d", "en", "(dry) land", "ar", "أرض جافة"), entry("n", "en", "2178"),
	}}
	for lang, want := range map[string]string{"en": "#:n D:d E:e F:f Z:z", "ar": "ا:d ب:e م:z #en:n Fen:f"} {
		var got []string
		for _, l := range ask(t, s, lang).glossaryPage(g).Letters {
			part := l.Letter + l.Lang + ":"
			for _, e := range l.Entries {
				part += e.ID
			}
			got = append(got, part)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", lang, strings.Join(got, " "), want)
		}
	}
}

// said writes reasons as the template does.
func said(reasons []reason) string {
	var parts []string
	for _, why := range reasons {
		var what []string
		for _, l := range why.What {
			if l.Lang != "" {
				l.Text += "@" + l.Lang
			}
			what = append(what, l.Text)
		}
		parts = append(parts, why.Say+" "+strings.Join(what, ", ")+".")
	}
	return strings.Join(parts, " ")
}

// The page says in the reader's language what makes pages alike: fields of
// which "same" can be said by their name, others without, words where little
// else is shared.
func TestReasons(t *testing.T) {
	s := newSite(t, nil)
	land, method, moons := search.SharedValue{Field: "land", ID: "TN"}, search.SharedValue{Field: "method", ID: "stone-lines"}, search.SharedValue{Field: "method", ID: "half-moons"}
	rule, grade := search.SharedValue{Field: "rule", ID: "dry-land/01"}, search.SharedValue{Field: "grade", ID: "told"}
	shared := func(values ...search.SharedValue) search.Similar { return search.Similar{Shared: values} }
	withWords := func(s search.Similar, lang string, words ...string) search.Similar {
		s.Words, s.WordsLang = words, lang
		return s
	}
	title := ask(t, s, "en").valueLabel("rule", "dry-land/01").Text
	for _, tt := range []struct {
		name, lang string
		similar    search.Similar
		want       string
	}{
		{"a field", "en", shared(land, method), "Same country: Tunisia. Same method: Stone lines."},
		{"French", "fr", shared(land, method), "Même pays\u00a0: Tunisie. Même méthode\u00a0: Cordons pierreux."},
		{"Arabic", "ar", shared(land, method), "نفس البلد: تونس. نفس الطريقة: خطوط الحجارة."},
		{"two values of a field", "en", shared(method, land, moons), "Same method: Stone lines, Half-moons. Same country: Tunisia."},
		{"three values, no more", "en", shared(method, moons, land, grade), "Same method: Stone lines, Half-moons. Same country: Tunisia."},
		{"one name in two fields", "en", shared(search.SharedValue{Field: "grade", ID: "Tunisia"}, land, method), "Same method: Stone lines. Also in common: Tunisia."},
		{"a field of another sort besides", "en", shared(grade, method), "Same method: Stone lines. Also in common: Told."},
		{"a field of another sort alone", "en", shared(grade), "In common: Told."},
		{"terms before references", "en", shared(rule, land, method), "Same country: Tunisia. Same method: Stone lines."},
		{"references alone", "en", shared(rule), "Same rule: " + title + "."},
		{"enough terms need no words", "en", withWords(shared(land, method), "en", "water"), "Same country: Tunisia. Same method: Stone lines."},
		{"words too", "en", withWords(shared(land), "en", "tunisia", "water", "wall"), "Same country: Tunisia. Words in common: water, wall."},
		{"words alone", "en", withWords(shared(), "en", "a1", "b1", "c1", "d1", "e1"), "Words in common: a1, b1, c1, d1."},
		{"a word", "en", withWords(shared(), "en", "water"), "Word in common: water."},
		{"words of another language", "ar", withWords(shared(), "en", "water", "wall"), "كلمتان مشتركتان: water@en, wall@en."},
		{"French words", "fr", withWords(shared(), "fr", "eau"), "Mot en commun\u00a0: eau."},
		{"nothing", "en", shared(), ""},
	} {
		if got := said(ask(t, s, tt.lang).reasons(tt.similar)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A site whose schema draws no gap map names no field.
func TestReasonsWithoutMap(t *testing.T) {
	s := newSite(t, nil)
	site := *s.corpus.Lib.Site
	site.Map, site.Matrix = "", [2]string{}
	s.corpus.Lib.Site = &site
	similar := search.Similar{Shared: []search.SharedValue{{Field: "land", ID: "TN"}, {Field: "method", ID: "wells"}}}
	if got, want := said(ask(t, s, "en").reasons(similar)), "In common: Tunisia, Wells."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// What the page links to already is not said again, and others take its place.
func TestRelated(t *testing.T) {
	s := newSite(t, nil)
	var asked int
	s.corpus.Likening = func(id, lang string, n int) []search.Similar {
		asked = n
		return []search.Similar{{ID: "cases/hill-moons"}, {ID: "cases/gone"}, {ID: "cases/plain-wells"}}
	}
	r := ask(t, s, "ar")
	p, _ := s.corpus.Page("cases/cape-stones")
	urls := func(views []relatedView) (out []string) {
		for _, v := range views {
			out = append(out, v.URL)
		}
		return out
	}
	got, err := r.related(p)
	if want := []string{"/ar/cases/hill-moons", "/ar/cases/plain-wells"}; err != nil || !slices.Equal(urls(got), want) || asked != maxRelated {
		t.Errorf("%v, want %v; asked for %d; %v", urls(got), want, asked, err)
	}
	if got[0].Label.Lang != "" || got[1].Label.Lang != "en" {
		t.Errorf("titles in %q and %q, want the reader's language where there is one", got[0].Label.Lang, got[1].Label.Lang)
	}
	linked := []refGroup{{Parts: []refPart{{Refs: []refView{{URL: "/ar/cases/hill-moons"}}}}}}
	got, err = r.related(p, linked)
	if want := []string{"/ar/cases/plain-wells"}; err != nil || !slices.Equal(urls(got), want) || asked != maxRelated+1 {
		t.Errorf("%v, want %v; asked for %d; %v", urls(got), want, asked, err)
	}
	s.corpus.Likening = func(string, string, int) []search.Similar {
		return []search.Similar{{ID: "cases/hill-moons", Words: []string{"stone", "<b>"}, WordsLang: "fr"}}
	}
	w := s.get("/cases/cape-stones")
	if want := `<p>Words in common: <bdi lang="fr" dir="ltr">stone</bdi>, <bdi lang="fr" dir="ltr">&lt;b&gt;</bdi>.</p>`; !strings.Contains(w.Body.String(), want) {
		t.Errorf("the page lacks %s", want)
	}
}

func TestStatusOfLeftOutFiles(t *testing.T) {
	e := &content.Problem{Path: "b.md", Severity: content.Error, Msg: "x"}
	w := &content.Problem{Path: "c.md", Severity: content.Warning, Msg: "y"}
	left, warnings, hidden := sortOut(content.Problems{e, w}, []string{"a.md"})
	if len(left) != 2 || left[0].Path != "a.md" || left[1].Problems[0] != e || len(warnings) != 1 || warnings[0] != w || hidden != 0 {
		t.Errorf("%+v, %v, %d", left, warnings, hidden)
	}
	var many content.Problems
	for range maxProblems + 5 {
		many = append(many, w)
	}
	if _, shown, hidden := sortOut(many, nil); len(shown) != maxProblems || hidden != 5 {
		t.Errorf("%d shown, %d hidden", len(shown), hidden)
	}
}
