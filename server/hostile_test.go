package server

import (
	"net/http/httptest"
	"strings"
	"testing"
)

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
