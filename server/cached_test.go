package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"casebook/search"
	"casebook/server/client"
	"casebook/server/internal/plaincorpus"
)

// What is kept is, to the byte, what would be made anew: for every kind of
// address, encoding and method, the first time and the second.
func TestKeptAnswersAreTheSame(t *testing.T) {
	fresh := newSite(t, nil)
	keeping := newSite(t, func(c *Config) { c.PageCache = 64 << 20 })
	for _, path := range []string{
		"/", "/ar/", "/search", "/search?q=water", "/search?q=water&page=9", "/search?q=", "/fr/search?q=eau", "/glossary", "/about", "/status",
		"/no-such-page", "/wells/no-such", "/SEARCH", "/robots.txt", "/sitemap.xml", "/opensearch.xml", "/api/openapi.json", "/api/v1/search?q=water", "/api/v1/search?nope=1",
		"/api/v1/suggest?q=wa", "/" + fresh.corpus.Library().ID(0), "/healthz", "/a%00b",
	} {
		for _, method := range []string{"GET", "HEAD", "POST"} {
			for _, accept := range []string{"", "gzip", "br"} {
				for _, time := range []string{"first", "second"} {
					want, got := fresh.do(method, path, "Accept-Encoding", accept), keeping.do(method, path, "Accept-Encoding", accept)
					name := fmt.Sprintf("%s %s %q, the %s time", method, path, accept, time)
					if got.Code != want.Code || !sameBody(path, got.Body.String(), want.Body.String()) {
						t.Errorf("%s: %d with %d bytes, want %d with %d", name, got.Code, got.Body.Len(), want.Code, want.Body.Len())
					}
					want.Header().Del("X-Request-Id")
					got.Header().Del("X-Request-Id")
					if g, w := fmt.Sprint(got.Header()), fmt.Sprint(want.Header()); g != w {
						t.Errorf("%s: headers %s, want %s", name, g, w)
					}
					if tag := got.Header().Get("ETag"); tag != "" && method == "GET" {
						if again := keeping.get(path, "Accept-Encoding", accept, "If-None-Match", tag); again.Code != http.StatusNotModified || again.Body.Len() != 0 {
							t.Errorf("%s: %d with %d bytes for its own tag", name, again.Code, again.Body.Len())
						}
					}
				}
			}
		}
	}
}

// sameBody compares two bodies; answers of the interface for programs say how
// long they took.
func sameBody(path, got, want string) bool {
	return got == want || strings.HasPrefix(path, "/api/v1/search")
}

// The same request is worked on once, others and failures each time.
func TestWhatIsKept(t *testing.T) {
	var asked atomic.Int64
	var broken error
	now := plaincorpus.Today
	s := newSite(t, func(c *Config) { c.PageCache = 64 << 20; c.Now = func() time.Time { return now } })
	s.corpus.Searching = func(context.Context, search.Query) (*search.Result, error) {
		asked.Add(1)
		return &search.Result{}, broken
	}
	steps := []struct {
		what   string
		path   string
		header string
		before func()
		asked  int64
	}{
		{"the first time", "/search?q=a", "", nil, 1},
		{"the same", "/search?q=a", "", nil, 0},
		{"another encoding", "/search?q=a", "br", nil, 1},
		{"other words", "/search?q=b", "", nil, 1},
		{"another language", "/ar/search?q=a", "", nil, 1},
		{"another host", "http://other.example/search?q=a", "", nil, 1},
		{"another day", "/search?q=a", "", func() { now = now.AddDate(0, 0, 1) }, 1},
		{"an error", "/search?q=c", "", func() { broken = errors.New("broken") }, 1},
		{"after the error", "/search?q=c", "", func() { broken = nil }, 1},
	}
	for _, step := range steps {
		if step.before != nil {
			step.before()
		}
		asked.Store(0)
		s.get(step.path, "Accept-Encoding", step.header)
		if asked.Load() != step.asked {
			t.Errorf("%s: asked %d times, want %d", step.what, asked.Load(), step.asked)
		}
	}
}

// Readers of one address wait for each other, and nobody else does.
func TestOneAddressLeavesOthersServed(t *testing.T) {
	proxies, err := client.ParseProxies("10.0.0.0/8")
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t, func(c *Config) { c.Places, c.PerClient, c.TrustedProxies = 4, 2, proxies })
	ask := func(ctx context.Context, remote, forwarded, path string) int {
		r := httptest.NewRequestWithContext(ctx, "GET", path, nil)
		r.RemoteAddr = remote
		if forwarded != "" {
			r.Header.Set("X-Forwarded-For", forwarded)
		}
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, r)
		return w.Code
	}
	working, done := make(chan bool), make(chan bool)
	var atOnce, most atomic.Int64
	s.corpus.Searching = func(ctx context.Context, q search.Query) (*search.Result, error) {
		if q.Text == "slow" {
			if n := atOnce.Add(1); n > 2 {
				most.Store(n)
			}
			defer atOnce.Add(-1)
			select {
			case working <- true:
				<-done
			case <-ctx.Done(): // has left, but was let in at the same moment
				return nil, ctx.Err()
			}
		}
		return &search.Result{}, nil
	}
	ctx, cancel := context.WithCancel(t.Context())
	var flood sync.WaitGroup
	for range 20 {
		flood.Go(func() { ask(ctx, "10.0.0.1:80", "192.0.2.1", "/search?q=slow") })
	}
	<-working
	<-working
	for name, from := range map[string][2]string{"directly": {"192.0.2.2:80", ""}, "through the same proxy": {"10.0.0.1:80", "192.0.2.3"}} {
		if code := ask(t.Context(), from[0], from[1], "/search?q=quick"); code != http.StatusOK {
			t.Errorf("another reader, %s: %d", name, code)
		}
	}
	cancel() // those who wait give up
	done <- true
	done <- true
	flood.Wait()
	if n := most.Load(); n > 0 {
		t.Errorf("%d of the flooding address were worked on at once", n)
	}
}

// A request with a body closes its connection, however it says that it has one.
func TestBodyClosesTheConnection(t *testing.T) {
	s := newSite(t, nil)
	for _, method := range []string{"GET", "POST"} {
		for _, path := range []string{"/", "/healthz", "/static/site.css", "/api/v1/search?q=water"} {
			r := httptest.NewRequest(method, path, strings.NewReader("x"))
			r.ContentLength, r.TransferEncoding = -1, []string{"chunked"}
			w := httptest.NewRecorder()
			s.Handler().ServeHTTP(w, r)
			if w.Code < 400 || w.Header().Get("Connection") != "close" {
				t.Errorf("%s %s: %d, Connection %q", method, path, w.Code, w.Header().Get("Connection"))
			}
		}
	}
}
