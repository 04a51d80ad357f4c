package server

import (
	"context"
	"encoding/json"
	"fmt"
	"go/scanner"
	"go/token"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/content/load"
	"casebook/search"
	"casebook/server/address"
	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
	"casebook/server/view"
	"casebook/server/view/article"
	"casebook/server/view/results"
	"casebook/server/view/site"
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
	paths := slices.Clone(full)
	for _, p := range address.OwnPages {
		if p.InLanguages && !strings.Contains(p.Path, "{") && !slices.Contains(paths, p.Path) {
			paths = append(paths, p.Path)
		}
	}
	for _, lang := range []string{"", "/fr", "/ar"} {
		for _, path := range paths {
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

// The browser tests open every page of the program that readers see.
func TestBrowserTestsKnowAllPages(t *testing.T) {
	list, err := os.ReadFile("../e2e/pages.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range address.OwnPages {
		if p.InLanguages && !strings.Contains(p.Path, "{") && !strings.Contains(p.Path, ".") && !strings.Contains(string(list), "'"+p.Path+"'") {
			t.Errorf("e2e/pages.js lacks %s", p.Path)
		}
	}
}

// A template that is given nothing still makes a page.
func TestEmptyPages(t *testing.T) {
	s := newSite(t, nil)
	r := &request{Request: httpGet(t, "/search"), Reader: viewtest.Reader(t, s.corpus, "en")}
	c := r.Chrome("Empty")
	pages := map[string]view.Page{
		"home": &site.HomePage{Chrome: c}, "search": &results.Page{Chrome: c}, "page": &article.Page{Chrome: c}, "term": &site.TermPage{Chrome: c},
		"glossary": &site.GlossaryPage{Chrome: c}, "about": &site.AboutPage{Chrome: c}, "accessibility": &site.AccessibilityPage{Chrome: c},
		"status": &site.StatusPage{Chrome: c}, "error": &site.ErrorPage{Chrome: c, Key: "not-found"},
	}
	for name, page := range pages {
		if err := s.render(httptest.NewRecorder(), r, 200, name, page); err != nil {
			t.Error(err)
		}
	}
	for name := range s.pages {
		if pages[name] == nil && name != "standalone" {
			t.Errorf("no test renders %s.html empty", name)
		}
	}
}

// No template, and no name or text in Go, knows what the pages are about: the
// shipped vocabularies do.
func TestNoDomainWords(t *testing.T) {
	lib, _, err := load.Load(t.Context(), os.DirFS("../content"), load.Options{Today: plaincorpus.Today}) // whatever is wrong with it now
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, v := range lib.Vocabularies {
		for _, term := range v.Terms {
			if id := term.ID; strings.Contains(id, "-") { // single words may be a program's own
				words = append(words, regexp.QuoteMeta(id))
			}
		}
	}
	re := regexp.MustCompile(`(?i)\b(` + strings.Join(words, "|") + `|sahel|maghreb|gctf|terroris[mt]|fighters?|reintegration)\b`)
	for _, root := range []string{".", "../templates"} {
		err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "internal/") {
				return err
			}
			data, err := os.ReadFile(file)
			text := string(data)
			if strings.HasSuffix(file, ".go") {
				text = namesAndTexts(data)
			}
			if m := re.FindString(text); m != "" {
				t.Errorf("%s names %q", file, m)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
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

// A page of results that doesn't exist leads to the first.
func TestPageBeyondTheLast(t *testing.T) {
	s := newSite(t, nil)
	w := s.get("/search?q=stones&page=77")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/search?q=stones" {
		t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
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

// A query with as many values as there may be makes a page of ordinary size.
func TestPageOfManyValues(t *testing.T) {
	s := newSite(t, nil)
	var query strings.Builder
	for i := range search.MaxValues {
		fmt.Fprintf(&query, "&period=%d", 1000+i)
	}
	plain, many := s.get("/search"), s.get("/search?"+query.String()[1:])
	if many.Code != http.StatusOK || many.Body.Len() > plain.Body.Len()+100_000 {
		t.Errorf("status %d, %d bytes; without a filter %d", many.Code, many.Body.Len(), plain.Body.Len())
	}
}

// What makes pages alike is said in the language of the words.
func TestWordsOfRelatedPages(t *testing.T) {
	s := newSite(t, nil)
	s.corpus.Likening = func(string, string, int) []search.Similar {
		return []search.Similar{{ID: "cases/hill-moons", Words: []string{"stone", "<b>"}, WordsLang: "fr"}}
	}
	w := s.get("/cases/cape-stones")
	if want := `<p>Words in common: <bdi lang="fr" dir="ltr">stone</bdi>, <bdi lang="fr" dir="ltr">&lt;b&gt;</bdi>.</p>`; !strings.Contains(w.Body.String(), want) {
		t.Errorf("the page lacks %s", want)
	}
}
