package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"casebook/search"
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

func TestErrorsThatReadersDoNotCause(t *testing.T) {
	tests := []struct {
		name   string
		search func(context.Context, search.Query) (*search.Result, error)
		status int
		log    string
	}{
		{"an error", func(context.Context, search.Query) (*search.Result, error) { return nil, errors.New("disk on fire") }, 500, "disk on fire"},
		{"a panic", func(context.Context, search.Query) (*search.Result, error) { panic("out of ink") }, 500, "out of ink"},
		{"no time", func(ctx context.Context, _ search.Query) (*search.Result, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}, 503, "deadline exceeded"},
		{"no place", func(context.Context, search.Query) (*search.Result, error) {
			return nil, fmt.Errorf("searching: %w", search.ErrOverloaded)
		}, 503, "too many searches"},
	}
	for _, tt := range tests {
		for _, path := range []string{"/search?q=water", "/ar/search?q=water", "/api/v1/search?q=water"} {
			s := newSite(t, func(c *Config) { c.Timeout = time.Millisecond })
			s.corpus.Searching = tt.search
			w := s.get(path)
			if w.Code != tt.status {
				t.Errorf("%s: GET %s = %d, want %d", tt.name, path, w.Code, tt.status)
			}
			if strings.Contains(w.Body.String(), tt.log) {
				t.Errorf("%s: GET %s tells the reader the cause", tt.name, path)
			}
			if !strings.Contains(s.log.String(), tt.log) {
				t.Errorf("%s: GET %s leaves no trace in the log: %s", tt.name, path, s.log)
			}
			if strings.HasPrefix(path, "/api") != (w.Header().Get("Content-Type") == api.TypeProblem) {
				t.Errorf("%s: GET %s is %s", tt.name, path, w.Header().Get("Content-Type"))
			}
			checkAnswer(t, path, w)
		}
	}
}

// More requests than places wait and get 503; one whose answer is being sent
// holds none.
func TestPlaces(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Places, c.Timeout = 1, 20*time.Millisecond })
	working, done := make(chan bool), make(chan bool)
	s.corpus.Searching = func(context.Context, search.Query) (*search.Result, error) {
		working <- true
		<-done
		return &search.Result{}, nil
	}
	first := make(chan int)
	slow := &slowWriter{ResponseRecorder: httptest.NewRecorder(), sending: make(chan bool), onward: make(chan bool)}
	go func() {
		s.Handler().ServeHTTP(slow, httptest.NewRequest("GET", "/search", nil))
		first <- slow.Code
	}()
	<-working
	if w := s.get("/about"); w.Code != 503 || w.Header().Get("Retry-After") == "" {
		t.Errorf("with no place free: %d", w.Code)
	}
	done <- true
	<-slow.sending
	if w := s.get("/about"); w.Code != 200 {
		t.Errorf("while an answer is sent slowly: %d", w.Code)
	}
	close(slow.onward)
	if code := <-first; code != 200 {
		t.Errorf("the first: %d", code)
	}
}

// A slowWriter is a reader who takes nothing until told to.
type slowWriter struct {
	*httptest.ResponseRecorder
	sending, onward chan bool
}

func (w *slowWriter) Write(p []byte) (int, error) {
	w.sending <- true
	<-w.onward
	return w.ResponseRecorder.Write(p)
}

func TestReaderWhoLeft(t *testing.T) {
	s := newSite(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	s.corpus.Searching = func(ctx context.Context, _ search.Query) (*search.Result, error) {
		cancel()
		<-ctx.Done()
		return nil, ctx.Err()
	}
	s.Handler().ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, "GET", "/search?q=water", nil))
	if strings.Contains(s.log.String(), "ERROR") {
		t.Errorf("a reader who leaves is logged as an error: %s", s.log)
	}
}

func TestNotReady(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Acquire = func() Corpus { return nil } })
	tests := []struct {
		path   string
		status int
		want   string
	}{
		{"/", 503, `<html lang="en" dir="ltr">`},
		{"/ar/search", 503, `<html lang="ar" dir="rtl">`},
		{"/nothing/like/it", 503, "<h1>"},
		{"/api/v1/search", 503, `"status":503`},
		{"/readyz", 503, "not ready"},
		{"/healthz", 200, "ok"},
	}
	for _, tt := range tests {
		w := s.get(tt.path)
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.want) {
			t.Errorf("GET %s = %d %s, want %d, %s", tt.path, w.Code, w.Body, tt.status, tt.want)
		}
		checkAnswer(t, tt.path, w)
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

func TestHostileURLs(t *testing.T) {
	s := newSite(t, nil)
	long := strings.Repeat("x", 2000)
	many := strings.Repeat("place=coast&place=nowhere&", 150)
	deep := strings.Repeat("/a", 2000)
	for _, q := range []string{
		"q=%00", "q=a%00b", "q=%ff%fe", "q=%zz", "q=" + strings.Repeat("y", 7000), "q=" + strings.Repeat("%22", 500), "q=" + strings.Repeat("-a+", 500),
		"q=" + strings.Repeat("(", 500), "q=title:", "q=place:coast+place:", "q=*", "q=%E2%80%AE", "page=999999999999", "page=99999999999999999999999",
		"page=-1", "page=0", "page=1.5", "page=x", "size=0", "size=-5", "size=100000", "size=99999999999999999999", "page=10000&size=100", "sort=nothing",
		"sort=", "period=abcd", "period_from=-1", "period_from=99999", "period_from=2015&period_to=1999", "period=2015..2019", many, "place=" + long,
		long + "=1", "=", "&&&", ";", "a;b=c", "place[]=coast", "lang=xx", "literal=2", "literal=true", "q=a&q=b", "place=%ff", "place=coast%00",
		strings.Repeat("land=TN&rule=dry-land/01&", 40) + "period_from=1999&started_from=2000", "q=<script>alert(1)</script>",
	} {
		for _, path := range []string{"/search?", "/ar/search?", "/api/v1/search?", "/api/v1/suggest?", "/cases/cape-stones?", "/?", "/glossary?", "/place/coast?"} {
			checkHostile(t, s, path+q)
		}
	}
	for _, path := range []string{
		deep, "/cases" + deep, "/api/v1/pages" + deep, "/fr" + deep, "/..", "/../../etc/passwd", "/static/../server.go", "/static/..%2f..%2fserver.go",
		"/%2e%2e/%2e%2e/etc/passwd", "/cases/%2e%2e/site.yaml", "/%00", "/\xff", "/cases/" + long, "/place/" + long, "/%E2%80%AE", "/.well-known/security.txt",
		"/cases/cape-stones%00.md", "/cases/.md", "/.md", "/.", "/place/", "/fr/fr/", "/en/en/search", "/api/v1/vocabularies/..", "/sitemap-99999999999.xml",
		"/sitemap-0.xml", "/static/", "/static", "/%2f%2fexample.org", "/\\example.org",
	} {
		checkHostile(t, s, path)
	}
}

func checkHostile(t *testing.T, s *served, target string) {
	t.Helper()
	r := httptest.NewRequest("GET", "/", nil)
	r.RequestURI = target
	u, err := r.URL.Parse(target)
	if err != nil {
		return // net/http answers 400 itself
	}
	if path, _, _ := strings.Cut(target, "?"); strings.HasPrefix(path, "//") {
		u.Host, u.Path = "", path
	}
	r.URL = u
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	if w.Code >= 500 || w.Code < 200 {
		t.Errorf("GET %.120q = %d", target, w.Code)
	}
	if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") && strings.Contains(w.Body.String(), "<script>alert") {
		t.Errorf("GET %.120q comes back unescaped", target)
	}
	if to := w.Header().Get("Location"); to != "" && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`)) {
		t.Errorf("GET %.120q leads to another host: %q", target, to)
	}
	checkAnswer(t, target, w)
}

func FuzzURL(f *testing.F) {
	s := newSite(f, nil)
	for _, seed := range []string{"/search?q=water&place=coast&period_from=1999", "/fr/cases/cape-stones.md", "/api/v1/search?size=0&lang=ar", "/%00?q=%ff", "//x/../place/COAST"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, target string) {
		if !strings.HasPrefix(target, "/") || strings.ContainsAny(target, " \t\r\n") {
			return // no request line
		}
		s.log.Reset()
		checkHostile(t, s, target)
	})
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
