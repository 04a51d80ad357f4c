package server

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"casebook/search"
	"casebook/server/api"
)

func TestErrorsHaveMessages(t *testing.T) {
	s := newSite(t, nil)
	var source []byte
	for _, file := range []string{"errors.go", "admit.go", "web/middleware.go"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		source = append(source, data...)
	}
	keys := regexp.MustCompile(`Key: "([^"]+)"`).FindAllSubmatch(source, -1)
	if len(keys) < 7 {
		t.Fatalf("only %d errors found", len(keys))
	}
	for _, m := range keys {
		for _, part := range []string{"title", "text"} {
			if text := s.readers.Messages.In("en").T("error." + string(m[1]) + "." + part); strings.Contains(text, "⟦") {
				t.Errorf("there is no message %s", text)
			}
		}
	}
}

// What the corpus can't do is told to the reader in general and to the log in
// particular. The clock is not that of the machine: see synctest.
func TestErrorsOfTheCorpus(t *testing.T) { synctest.Test(t, testErrorsOfTheCorpus) }

func testErrorsOfTheCorpus(t *testing.T) {
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
		{"too deep", func(context.Context, search.Query) (*search.Result, error) {
			return nil, fmt.Errorf("searching: %w", search.ErrTooDeep)
		}, 400, ""},
		{"no place", func(context.Context, search.Query) (*search.Result, error) {
			return nil, fmt.Errorf("searching: %w", search.ErrOverloaded)
		}, 503, "too many searches"},
	}
	for _, tt := range tests {
		for _, path := range []string{"/search?q=water", "/ar/search?q=water", "/api/v1/search?q=water"} {
			s := newSite(t, func(c *Config) { c.Timeout = time.Minute })
			s.corpus.Searching = tt.search
			w := s.get(path)
			if w.Code != tt.status {
				t.Errorf("%s: GET %s = %d, want %d", tt.name, path, w.Code, tt.status)
			}
			if tt.log != "" && strings.Contains(w.Body.String(), tt.log) {
				t.Errorf("%s: GET %s tells the reader the cause", tt.name, path)
			}
			if !strings.Contains(s.log.String(), tt.log) || strings.Contains(s.log.String(), "level=ERROR") != (tt.status == 500) {
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
func TestPlaces(t *testing.T) { synctest.Test(t, testPlaces) }

func testPlaces(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Places, c.Timeout = 1, time.Minute })
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
