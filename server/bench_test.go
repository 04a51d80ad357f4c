package server_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"casebook/content"
	"casebook/server"
)

// BenchmarkPages is the work on one request over the shipped content, without
// the network: gate for what a page may cost.
func BenchmarkPages(b *testing.B) {
	s := newServer(b, content.Default)
	for _, path := range []string{
		"/healthz", "/", "/search", "/search?q=prison+children", "/ar/search?q=prison", "/case-studies/ma-moussalaha", "/glossary",
		"/api/v1/search?q=prison+children", "/api/v1/search?size=0", "/api/v1/suggest?q=reha", "/api/openapi.json", "/sitemap.xml",
	} {
		for _, accept := range []string{"", "br"} {
			b.Run(strings.ReplaceAll(path, "/", "_")+" "+accept, func(b *testing.B) {
				b.ReportAllocs()
				var n int
				for b.Loop() {
					r := httptest.NewRequest("GET", path, nil)
					r.Header.Set("Accept-Encoding", accept)
					w := httptest.NewRecorder()
					s.Handler().ServeHTTP(w, r)
					if w.Code != 200 {
						b.Fatal(w.Code)
					}
					n = w.Body.Len()
				}
				b.ReportMetric(float64(n), "bytes-sent")
			})
		}
	}
}

// BenchmarkKept asks for pages that are kept, over HTTP, and for a handler
// that says hello, in the same run: what a page costs whose answer is known.
func BenchmarkKept(b *testing.B) {
	s := httptest.NewServer(newServer(b, content.Default, func(c *server.Config) { c.PageCache = 64 << 20 }).Handler())
	defer s.Close()
	hello := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello, world") }))
	defer hello.Close()
	for _, page := range []struct{ name, url string }{
		{"hello", hello.URL},
		{"home", s.URL + "/"},
		{"search", s.URL + "/search?q=prison+children"},
		{"case", s.URL + "/case-studies/ma-moussalaha"},
		{"glossary", s.URL + "/glossary"},
	} {
		for _, accept := range []string{"identity", "br"} {
			b.Run(page.name+"/"+accept, func(b *testing.B) {
				req, err := http.NewRequest("GET", page.url, nil)
				if err != nil {
					b.Fatal(err)
				}
				req.Header.Set("Accept-Encoding", accept)
				for b.Loop() {
					res, err := http.DefaultClient.Do(req)
					if err != nil {
						b.Fatal(err)
					}
					if n, err := io.Copy(io.Discard, res.Body); err != nil || n == 0 || res.StatusCode != http.StatusOK {
						b.Fatal(res.StatusCode, n, err)
					}
					_ = res.Body.Close()
				}
			})
		}
	}
}
