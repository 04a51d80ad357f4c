package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"casebook/server/api"
	"casebook/server/internal/plaincorpus"
	"casebook/server/web"
)

func TestRoutes(t *testing.T) {
	s := newSite(t, nil)
	const html, js, text = "text/html; charset=utf-8", "application/json", "text/plain; charset=utf-8"
	tests := []struct {
		path   string
		status int
		to     string // Location
		kind   string // media type
	}{
		{"/", 200, "", html},
		{"/fr/", 200, "", html},
		{"/ar/", 200, "", html},
		{"/search", 200, "", html},
		{"/search?q=water&place=coast", 200, "", html},
		{"/fr/search?q=eau", 200, "", html},
		{"/cases/cape-stones", 200, "", html},
		{"/fr/cases/cape-stones", 200, "", html},
		{"/ar/cases/plain-wells", 200, "", html},
		{"/rules/dry-land/01", 200, "", html},
		{"/books/dry-land", 200, "", html},
		{"/notes/evidence", 200, "", html},
		{"/place/coast", 200, "", html},
		{"/fr/place/cape", 200, "", html},
		{"/land/TN", 200, "", html},
		{"/glossary", 200, "", html},
		{"/ar/glossary", 200, "", html},
		{"/about", 200, "", html},
		{"/accessibility", 200, "", html},
		{"/status", 200, "", html},
		{"/opensearch.xml", 200, "", "application/opensearchdescription+xml; charset=utf-8"},
		{"/fr/opensearch.xml", 200, "", "application/opensearchdescription+xml; charset=utf-8"},
		{"/robots.txt", 200, "", text},
		{"/sitemap.xml", 200, "", "application/xml; charset=utf-8"},
		{"/healthz", 200, "", text},
		{"/readyz", 200, "", text},
		{"/favicon.ico", 200, "", "image/svg+xml"},
		{"/cases/wall.svg", 200, "", "image/svg+xml"},
		{"/api/openapi.json", 200, "", js},
		{"/api/v1/search", 200, "", js},
		{"/api/v1/suggest?q=ston", 200, "", js},
		{"/api/v1/pages/cases/cape-stones", 200, "", js},
		{"/api/v1/vocabularies/place", 200, "", js},

		{"/fr", 301, "/fr/", ""},
		{"/FR/about", 301, "/fr/about", ""},
		{"/en", 301, "/", ""},
		{"/en/", 301, "/", ""},
		{"/en/search?q=a", 301, "/search?q=a", ""},
		{"/search/", 301, "/search", ""},
		{"/fr/search/?q=eau", 301, "/fr/search?q=eau", ""},
		{"/cases//cape-stones", 301, "/cases/cape-stones", ""},
		{"/cases/../about", 301, "/about", ""},
		{"//example.org/about", 301, "/example.org/about", ""},
		{"/%5Cexample.org/", 301, "/%5Cexample.org", ""},
		{"/cases/cape-stones.md", 301, "/cases/cape-stones", ""},
		{"/cases/cape-stones.fr.md", 301, "/fr/cases/cape-stones", ""},
		{"/fr/cases/Cape-Stones", 301, "/fr/cases/cape-stones", ""},
		{"/Cases", 301, "/cases", ""},
		{"/cases", 302, "/search?kind=case", ""},
		{"/fr/cases/", 301, "/fr/cases", ""},
		{"/fr/cases", 302, "/fr/search?kind=case", ""},
		{"/rules/dry-land", 301, "/books/dry-land", ""},
		{"/land/tn", 301, "/land/TN", ""},
		{"/fr/land/tn", 301, "/fr/land/TN", ""},
		{"/Place/Coast", 301, "/place/coast", ""},
		{"/rule/dry-land/01", 301, "/rules/dry-land/01", ""},
		{"/place", 302, "/search#f-place", ""},
		{"/search?q=water&place=&period_from=", 303, "/search?q=water", ""},
		{"/ar/search?q=", 303, "/ar/search", ""},
		{"/search?q=water&page=9", 303, "/search?q=water", ""},
		{"/search?q=water&page=999999999999", 303, "/search?q=water", ""},
		{"/search?size=1&page=7", 200, "", html},
		{"/search?size=1&page=8", 303, "/search?size=1", ""},

		{"/nothing", 404, "", html},
		{"/fr/nothing", 404, "", html},
		{"/cases/nothing", 404, "", html},
		{"/place/nothing", 404, "", html},
		{"/place/coast/more", 404, "", html},
		{"/cases/cape-stones/", 301, "/cases/cape-stones", ""},
		{"/cases/none.svg", 404, "", html},
		{"/site.yaml", 404, "", html},
		{"/static/none.css", 404, "", text},
		{"/fr/robots.txt", 404, "", html},
		{"/sitemap-2.xml", 404, "", html},
		{"/%00", 400, "", html},
		{"/fr/a%0Ab", 400, "", html},
		{"/%ff", 400, "", html},
		{"/" + strings.Repeat("a", web.MaxURLBytes), 414, "", html},
		{"/api", 404, "", "application/problem+json"},
		{"/api/v1/nothing", 404, "", "application/problem+json"},
		{"/api/v1/pages/nothing", 404, "", "application/problem+json"},
		{"/api/v1/vocabularies/nothing", 404, "", "application/problem+json"},
		{"/api/v1/search?nothing=1", 400, "", "application/problem+json"},
		{"/api/v1/search?q=%zz", 400, "", "application/problem+json"},
		{"/api/v1/search?lang=xx", 400, "", "application/problem+json"},
		{"/api/v1/pages/cases/cape-stones?x=1", 400, "", "application/problem+json"},
		{"/api/v1/search?q=" + strings.Repeat("a", web.MaxURLBytes), 414, "", "application/problem+json"},
	}
	for _, tt := range tests {
		w := s.get(tt.path)
		if w.Code != tt.status || w.Header().Get("Location") != tt.to || tt.kind != "" && w.Header().Get("Content-Type") != tt.kind {
			t.Errorf("GET %.80s = %d %s, Location %q; want %d %s, %q", tt.path, w.Code, w.Header().Get("Content-Type"),
				w.Header().Get("Location"), tt.status, tt.kind, tt.to)
		}
		checkAnswer(t, tt.path, w)
		// A redirect leads straight to an answer.
		if to := w.Header().Get("Location"); to != "" {
			to, _, _ = strings.Cut(to, "#")
			if next := s.get(to); next.Code >= 400 && to != "/example.org/about" && to != "/%5Cexample.org" {
				t.Errorf("GET %s leads to %s, which is %d", tt.path, to, next.Code)
			}
		}
	}
}

// checkAnswer checks what all answers have, whatever they are.
func checkAnswer(t *testing.T, path string, w *httptest.ResponseRecorder) {
	t.Helper()
	for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy",
		"Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "X-Request-Id", "Cache-Control"} {
		if w.Header().Get(name) == "" {
			t.Errorf("%.80s: %d has no %s", path, w.Code, name)
		}
	}
	if csp := w.Header().Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("%.80s: Content-Security-Policy is %s", path, csp)
	}
	if strings.Contains(w.Body.String(), "⟦") {
		t.Errorf("%.80s: a message is missing: %.100s", path, w.Body.String()[strings.Index(w.Body.String(), "⟦"):])
	}
	if w.Code == http.StatusServiceUnavailable && w.Header().Get("Retry-After") == "" {
		t.Errorf("%.80s: 503 without Retry-After", path)
	}
}

func TestMethods(t *testing.T) {
	s := newSite(t, nil)
	for _, path := range []string{"/", "/search", "/cases/cape-stones", "/nothing", "/api/v1/search", "/static/site.css", "/healthz"} {
		for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"} {
			w := s.do(method, path)
			if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s = %d, Allow %q; want 405, GET, HEAD", method, path, w.Code, w.Header().Get("Allow"))
			}
			checkAnswer(t, path, w)
		}
	}
	if got := s.log.String(); strings.Count(got, "status=405") != 7*7 {
		t.Errorf("the log has %d lines of 405, want %d", strings.Count(got, "status=405"), 7*7)
	}
}

func TestRequestBodyIsRefused(t *testing.T) {
	s := newSite(t, nil)
	for _, path := range []string{"/search", "/api/v1/search", "/healthz"} {
		r := httptest.NewRequest("GET", path, strings.NewReader("q=water"))
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, r)
		if w.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("GET %s with a body = %d, want 413", path, w.Code)
		}
	}
}

// The Host stands in every address of the site map.
func TestLongHostIsRefused(t *testing.T) {
	s := newSite(t, nil)
	for _, path := range []string{"/sitemap.xml", "/", "/api/v1/search", "/healthz"} {
		for length, want := range map[int]int{200: 200, 5000: 400} {
			r := httptest.NewRequest("GET", path, nil)
			r.Host = strings.Repeat("a", length)
			w := httptest.NewRecorder()
			s.Handler().ServeHTTP(w, r)
			if w.Code != want {
				t.Errorf("GET %s with a Host of %d letters = %d, want %d", path, length, w.Code, want)
			}
		}
	}
}

func TestHead(t *testing.T) {
	s := newSite(t, nil)
	server := httptest.NewServer(s.Handler())
	defer server.Close()
	asset, err := s.static.URL("site.css")
	if err != nil {
		t.Fatal(err)
	}
	client := server.Client()
	client.Transport.(*http.Transport).DisableCompression = true // else it takes Content-Length off
	for _, path := range []string{"/", "/search?q=water", "/nothing", "/api/v1/pages/cases/cape-stones", asset, "/healthz"} {
		get, err := client.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		get.Body.Close()
		head, err := client.Head(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		head.Body.Close()
		for _, name := range []string{"Content-Type", "Content-Length", "ETag", "Content-Encoding", "Vary"} {
			if g, h := get.Header.Get(name), head.Header.Get(name); g != h {
				t.Errorf("%s: %s is %q for GET and %q for HEAD", path, name, g, h)
			}
		}
		if head.StatusCode != get.StatusCode {
			t.Errorf("HEAD %s = %d, GET %d", path, head.StatusCode, get.StatusCode)
		}
	}
}

func TestLogKeepsWordsPrivate(t *testing.T) {
	s := newSite(t, nil)
	s.get("/search?q=secretword")
	s.get("/api/v1/search?q=secretword")
	if strings.Contains(s.log.String(), "secretword") {
		t.Errorf("the log has what people search for: %s", s.log)
	}
	if n := strings.Count(s.log.String(), "msg=request"); n != 2 {
		t.Errorf("two requests leave %d lines", n)
	}
}

// What keeps the server from serving a library is found before it serves it.
func TestCheckFindsCollisions(t *testing.T) {
	s := newSite(t, nil)
	if err := s.Check(s.corpus.Lib); err != nil {
		t.Fatalf("the test's own content: %v", err)
	}
	lib := plaincorpus.New(t).Lib
	lib.Site.Languages = []string{"en", "search"}
	const want = "the language search has the address /search"
	if err := s.Check(lib); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("Check = %v, want %q", err, want)
	}
	if _, err := New(Config{Acquire: acquire(&plaincorpus.Corpus{Lib: lib})}); err == nil {
		t.Error("New accepts it")
	}
}

// Folders of kinds may stand in others.
func TestFolderBelowAnother(t *testing.T) {
	lib := plaincorpus.Library(t, fstest.MapFS{
		"schema.yaml":     {Data: []byte("kinds:\n  leaf: {folder: old/leaves, label: Leaf, fields: {size: {type: text}}}\nfacets: [kind]\n")},
		"old/leaves/a.md": {Data: []byte("---\ntitle: A leaf\n---\nGreen.\n")},
	})
	s, err := New(Config{Acquire: acquire(&plaincorpus.Corpus{Lib: lib})})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/old/leaves": "302 /search?kind=leaf", "/Old/Leaves": "301 /old/leaves", "/old/leaves/a": "200 ", "/old/leaves/b": "404 ", "/old": "404 ",
	} {
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if got := fmt.Sprint(w.Code, " ", w.Header().Get("Location")); got != want {
			t.Errorf("GET %s = %s, want %s", path, got, want)
		}
	}
}

// A language in a file's name leads to the page in that language where the site
// has it, and else to the page as it is.
func TestLanguageInTheName(t *testing.T) {
	lib := plaincorpus.Library(t, plaincorpus.With(plaincorpus.Files(), "notes/stein.md", "---\ntitle: Stein\nlang: de\n---\nText.\n"))
	s, err := New(Config{Acquire: acquire(&plaincorpus.Corpus{Lib: lib})})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/cases/cape-stones.fr.md": "301 /fr/cases/cape-stones",
		"/cases/cape-stones.ar.md": "404 ", // no version in it
		"/notes/stein.de.md":       "301 /notes/stein",
		"/fr/notes/stein.de":       "301 /fr/notes/stein",
	} {
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if got := fmt.Sprint(w.Code, " ", w.Header().Get("Location")); got != want {
			t.Errorf("GET %s = %s, want %s", path, got, want)
		}
	}
}

// A folder in languages that the program has no words in is served all the
// same: the pages in their languages, the program's own words in English.
func TestLanguagesWithoutMessages(t *testing.T) {
	lib := plaincorpus.Library(t, plaincorpus.Files())
	lib.Site.Languages = []string{"de", "he", "fa"}
	var log bytes.Buffer
	s, err := New(Config{Acquire: acquire(&plaincorpus.Corpus{Lib: lib}), Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ path, want string }{
		{"/search", `<html lang="de" dir="ltr">`}, {"/search", "Filters"}, {"/search", ">Deutsch<"}, {"/he/search", `<html lang="he" dir="rtl">`}, {"/he/search", "Filters"},
		{"/fa/cases/cape-stones", "۲۰"}, {"/de/search", ""}, {"/about", ""}, {"/status", ""}, {"/nothing", ""},
	} {
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, httptest.NewRequest("GET", tt.path, nil))
		if w.Code >= 500 || !strings.Contains(w.Body.String(), tt.want) || strings.Contains(w.Body.String(), "⟦") {
			t.Errorf("GET %s = %d, want %q in it, and no message missing", tt.path, w.Code, tt.want)
		}
	}
	if !strings.Contains(log.String(), "lang=he instead=en") {
		t.Errorf("the log does not say so: %s", &log)
	}
}

func TestBelowAPath(t *testing.T) {
	s := newSite(t, func(c *Config) { c.BaseURL = "https://example.org/books/wells/" })
	for _, path := range []string{"/books/wells/fr/cases/cape-stones", "/fr/cases/cape-stones"} { // as the proxy passes it on or not
		w := s.get(path)
		body := w.Body.String()
		if w.Code != 200 {
			t.Fatalf("GET %s = %d", path, w.Code)
		}
		for _, want := range []string{`href="/books/wells/static/site.`, `<link rel="canonical" href="https://example.org/books/wells/fr/cases/cape-stones"`, `href="/books/wells/fr/cases/plain-wells"`} {
			if !strings.Contains(body, want) {
				t.Errorf("GET %s has no %s", path, want)
			}
		}
	}
	if to := s.get("/books/wells/search/").Header().Get("Location"); to != "/books/wells/search" {
		t.Errorf("redirect to %q", to)
	}
	for _, bad := range []string{"example.org", "ftp://example.org", "https://", "https://a@example.org", "https://example.org/?x", "https://example.org/#x", "://"} {
		if _, err := New(Config{Acquire: acquire(s.corpus), BaseURL: bad}); err == nil {
			t.Errorf("New accepts the base URL %q", bad)
		}
	}
}

func TestProblemNamesWhatIsValid(t *testing.T) {
	s := newSite(t, nil)
	tests := []struct{ query, param, valid string }{
		{"plaec=coast", "plaec", "place"},
		{"place=moon", "place", "cape"},
		{"kind=nothing", "kind", "rule"},
		{"sort=up", "sort", "relevance"},
		{"size=101", "size", "0–100"},
		{"period_from=x", "period_from", "1–9999"},
		{"language=xx", "language", "ar"},
		{"language=de", "language", "ar"}, // a language, but no page is in it
		{"lang=xx", "lang", "fr"},
		{"q=a&q=b", "q", ""},
		{"rule=none", "rule", ""},
		{"period_from=2015&period_to=1999", "period_from", ""},
	}
	for _, tt := range tests {
		w := s.get("/api/v1/search?" + tt.query)
		var p api.Problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != 400 || p.Status != 400 {
			t.Errorf("%s: %d %s", tt.query, w.Code, w.Body)
			continue
		}
		if len(p.Errors) != 1 || p.Errors[0].Parameter != tt.param || p.Errors[0].Detail == "" || p.Detail != p.Errors[0].Detail {
			t.Errorf("%s: %+v", tt.query, p)
			continue
		}
		if got := strings.Join(p.Errors[0].Valid, " "); !strings.Contains(got, tt.valid) || tt.valid == "" && got != "" {
			t.Errorf("%s: valid is %q, want %q in it", tt.query, got, tt.valid)
		}
	}
}
