package server

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"casebook/search"
)

// How long a search took must not keep a reader from having its answer.
func TestAPISearchIsTheSameWhateverItTook(t *testing.T) {
	s := newSite(t, nil)
	var took time.Duration
	total := 0
	s.corpus.Searching = func(context.Context, search.Query) (*search.Result, error) {
		took += time.Millisecond
		return &search.Result{Took: took, Total: total}, nil
	}
	tag := s.get("/api/v1/search").Header().Get("ETag")
	if w := s.get("/api/v1/search", "If-None-Match", tag); w.Code != 304 || w.Body.Len() > 0 {
		t.Errorf("asked again: %d, ETag %s after %s", w.Code, w.Header().Get("ETag"), tag)
	}
	total = 1
	if w := s.get("/api/v1/search", "If-None-Match", tag); w.Code != 200 {
		t.Errorf("with another answer: %d", w.Code)
	}
}

// More addresses than one site map may have come in several.
func TestSiteMapParts(t *testing.T) {
	s := newSite(t, nil)
	body := s.get("/sitemap.xml").Body.String()
	all := strings.Count(body, "<loc>")
	s.siteMapSize = 10
	index := s.get("/sitemap.xml").Body.String()
	parts, n := strings.Count(index, "<sitemap>"), 0
	for i := range parts {
		w := s.get(fmt.Sprintf("/sitemap-%d.xml", i+1))
		n += strings.Count(w.Body.String(), "<loc>")
	}
	if parts != (all+9)/10 || n != all {
		t.Errorf("%d addresses come in %d parts with %d", all, parts, n)
	}
	for _, path := range []string{"/sitemap-0.xml", fmt.Sprintf("/sitemap-%d.xml", parts+1)} {
		if w := s.get(path); w.Code != 404 {
			t.Errorf("%s = %d", path, w.Code)
		}
	}
}
