package server

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"casebook/server/internal/plaincorpus"
)

// served is a server over the small content folder.
type served struct {
	*Server
	corpus *plaincorpus.Corpus
	log    *strings.Builder
}

// acquire counts how often a corpus is held.
func acquire(c *plaincorpus.Corpus) func() Corpus {
	return func() Corpus {
		c.Held.Add(1)
		return c
	}
}

func newSite(t testing.TB, change func(*Config)) *served {
	t.Helper()
	files := plaincorpus.Files()
	corpus := plaincorpus.New(t)
	log := new(strings.Builder)
	cfg := Config{
		Acquire: acquire(corpus), Log: slog.New(slog.NewTextHandler(log, nil)), Version: "test", Files: files,
		Now: func() time.Time { return plaincorpus.Today }, Timeout: time.Minute,
	}
	if change != nil {
		change(&cfg)
	}
	s, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if n := corpus.Held.Load(); n != 0 {
			t.Errorf("%d corpora were acquired and not released", n)
		}
	})
	return &served{s, corpus, log}
}

// get asks for a URL. Headers are pairs of name and value.
func (s *served) get(target string, headers ...string) *httptest.ResponseRecorder {
	return s.do(http.MethodGet, target, headers...)
}

func (s *served) do(method, target string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w
}
