package server

import (
	"strings"
	"testing"
)

// newDamagedSite is a site some of whose pages can't be read.
func newDamagedSite(t *testing.T, ids ...string) *served {
	t.Helper()
	s := newSite(t, nil)
	s.corpus.Damage(ids...)
	return s
}

// A page that can't be read is no page that isn't there: its address says that
// something went wrong, and the log says what.
func TestUnreadablePage(t *testing.T) {
	const id = "cases/plain-wells"
	s := newDamagedSite(t, id)
	for _, path := range []string{"/" + id, "/fr/" + id, "/api/v1/pages/" + id} {
		s.log.Reset()
		if w := s.get(path); w.Code != 500 {
			t.Errorf("GET %s = %d, want 500", path, w.Code)
		}
		if log := s.log.String(); !strings.Contains(log, "level=ERROR") || !strings.Contains(log, "sector not found") {
			t.Errorf("GET %s leaves no trace in the log: %s", path, log)
		}
	}
	for _, path := range []string{"/cases/none", "/api/v1/pages/cases/none"} {
		s.log.Reset()
		if w := s.get(path); w.Code != 404 || strings.Contains(s.log.String(), "ERROR") {
			t.Errorf("GET %s = %d, %s", path, w.Code, s.log)
		}
	}
	// What only asks whether there is such a page needs not read it.
	for path, to := range map[string]string{"/Cases/Plain-Wells.md": "/" + id, "/search?q=x&rule=dry-land/01&place=": "/search?q=x&rule=dry-land%2F01"} {
		if w := s.get(path); w.Header().Get("Location") != to {
			t.Errorf("GET %s = %d, to %q, want %q", path, w.Code, w.Header().Get("Location"), to)
		}
	}
}

func TestUnreadableAboutPage(t *testing.T) {
	s := newDamagedSite(t, "notes/evidence")
	site := *s.corpus.Lib.Site
	site.About = "notes/evidence"
	s.corpus.Lib.Site = &site
	if w := s.get("/about"); w.Code != 500 {
		t.Errorf("the site's own page about it can't be read: %d, want 500", w.Code)
	}
	site.About = "notes/none"
	if w := s.get("/about"); w.Code != 200 {
		t.Errorf("without one: %d, want 200", w.Code)
	}
}

// Lists leave out what can't be read, and the log has a line for it.
func TestListsLeaveUnreadablePagesOut(t *testing.T) {
	for _, tt := range []struct{ id, path, want, not string }{
		{"cases/plain-wells", "/", "/cases/hill-moons", "/cases/plain-wells"},
		{"cases/plain-wells", "/search", "/cases/hill-moons", "/cases/plain-wells"},
		{"cases/plain-wells", "/place/plain", "<h1", "/cases/plain-wells"},
		{"cases/plain-wells", "/api/v1/search", "cases/hill-moons", "cases/plain-wells"},
		{"cases/plain-wells", "/api/v1/suggest?q=wells", "[]", "cases/plain-wells"},
		{"cases/plain-wells", "/cases/hill-moons", "<h1", `href="/cases/plain-wells"`}, // as a related page
		{"rules/dry-land/01", "/books/dry-land", "/rules/dry-land/02", `href="/rules/dry-land/01"`},
		{"rules/dry-land/01", "/rules/dry-land/02", "<h1", `rel="prev"`},
		{"rules/dry-land/01", "/cases/cape-stones", "<h1", `<li><a href="/rules/dry-land/01"`},
		{"cases/cape-stones", "/rules/dry-land/01", "<h1", `href="/cases/cape-stones"`},
		{"books/dry-land", "/rules/dry-land/01", "<h1", `href="/books/dry-land"`},
		{"books/dry-land", "/search?kind=rule", "/rules/dry-land/01", `href="/books/dry-land"`},
		{"books/dry-land", "/api/v1/search", "rules/dry-land/01", "books/dry-land"},
	} {
		s := newDamagedSite(t, tt.id)
		w := s.get(tt.path)
		body := w.Body.String()
		if w.Code != 200 || !strings.Contains(body, tt.want) || strings.Contains(body, tt.not) {
			t.Errorf("without %s, GET %s = %d: %v for %s, %v for %s", tt.id, tt.path, w.Code,
				strings.Contains(body, tt.want), tt.want, strings.Contains(body, tt.not), tt.not)
		}
		if log := s.log.String(); !strings.Contains(log, "page left out") || !strings.Contains(log, "page="+tt.id) || !strings.Contains(log, "sector not found") {
			t.Errorf("without %s, GET %s leaves no trace in the log: %s", tt.id, tt.path, log)
		}
	}
}
