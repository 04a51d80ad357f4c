package server

import (
	"cmp"
	"context"
	"io/fs"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"casebook/content"
	"casebook/search"
)

var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// library loads a content folder, by default the small one of this package.
func library(t testing.TB, fsys fs.FS) *content.Library {
	t.Helper()
	lib, problems, err := content.Load(t.Context(), fsys, content.Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	if problems.Errors() > 0 {
		t.Fatal(problems[0])
	}
	return lib
}

// plainCorpus answers queries in the plainest way that is right: a page is
// found if its text has every word, and everything is counted anew. It stands
// in for the index, so that these tests see the server alone.
type plainCorpus struct {
	lib  *content.Library
	held atomic.Int64 // acquired and not released
	// damaged are pages that are found although lib can't give them.
	damaged []string
	// search replaces Search where a test wants a certain answer.
	search func(context.Context, search.Query) (*search.Result, error)
	// similar replaces Similar in the same way.
	similar func(id, lang string, n int) []search.Similar
}

func (c *plainCorpus) Page(id string) (*content.Page, error) { return c.lib.Page(id) }
func (c *plainCorpus) Library() *content.Library             { return c.lib }
func (c *plainCorpus) Release()                              { c.held.Add(-1) }

// pages yields the pages that can be read.
func (c *plainCorpus) pages() iter.Seq[*content.Page] {
	return func(yield func(*content.Page) bool) {
		for p, err := range c.lib.All() {
			if err == nil && !yield(p) {
				return
			}
		}
	}
}

func (c *plainCorpus) acquire() Corpus {
	c.held.Add(1)
	return c
}

func (c *plainCorpus) FieldName(name string) string {
	for _, f := range c.lib.Schema.Facets {
		if strings.EqualFold(f, name) {
			return f
		}
	}
	return ""
}

func (c *plainCorpus) FieldType(name string) string {
	if isYears(c.lib.Schema, name) {
		return "years"
	}
	if slices.Contains(c.lib.Schema.Facets, name) {
		return "term"
	}
	return ""
}

func (c *plainCorpus) Value(field, text string) (string, bool) {
	for p := range c.pages() {
		for _, v := range c.values(p, field) {
			if strings.EqualFold(v, text) {
				return v, true
			}
		}
	}
	f, ok := c.lib.Schema.Field(field)
	if !ok || f.Type != content.TypeTerm {
		return "", false
	}
	for _, t := range c.lib.Vocabularies[f.Vocabulary].Terms {
		for _, lang := range t.Label.Langs() {
			if strings.EqualFold(t.ID, text) || strings.EqualFold(t.Label.In(lang), text) {
				return t.ID, true
			}
		}
	}
	return "", false
}

func (c *plainCorpus) values(p *content.Page, field string) []string {
	var ids []string
	switch field {
	case facetKind:
		return []string{p.Kind.ID}
	case facetLanguage:
		return p.Langs()
	}
	for _, v := range p.Values(field) {
		if isYears(c.lib.Schema, field) {
			for y := v.Years.From; y <= v.Years.To; y++ {
				ids = append(ids, strconv.Itoa(y))
			}
			continue
		}
		ids = append(ids, v.ID)
	}
	return ids
}

func (c *plainCorpus) passes(p *content.Page, f search.Filter) bool {
	if f.IsZero() {
		return true
	}
	return slices.ContainsFunc(c.values(p, f.Field), func(v string) bool {
		if slices.Contains(f.Values, v) {
			return true
		}
		y, err := strconv.Atoi(v)
		return err == nil && (f.From != 0 || f.To != 0) && y >= f.From && (f.To == 0 || y <= f.To)
	})
}

func has(p *content.Page, q search.Query) bool {
	var b strings.Builder
	for _, lang := range p.Langs() {
		x := p.In(lang)
		b.WriteString(x.Title + " " + x.Summary + " ")
		for _, s := range x.Body.Sections {
			b.WriteString(s.Text + " ")
		}
	}
	text := strings.ToLower(b.String())
	contains := func(cl search.Clause) bool {
		return strings.Contains(text, strings.ToLower(strings.Join(cl.Words, " ")))
	}
	for _, g := range q.Groups {
		if !slices.ContainsFunc(g.Any, contains) {
			return false
		}
	}
	return !slices.ContainsFunc(q.Not, contains)
}

func (c *plainCorpus) Search(ctx context.Context, q search.Query) (*search.Result, error) {
	if c.search != nil {
		return c.search(ctx, q)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	res := &search.Result{Match: search.MatchAll, Notes: q.Notes, Took: 42 * time.Microsecond}
	if q.Browsing() {
		res.Match = search.MatchBrowse
	}
	counts := make(map[string]map[string]int)
	for p := range c.pages() {
		if !has(p, q) {
			continue
		}
		var fails []string
		for _, f := range q.Filters {
			if !c.passes(p, f) {
				fails = append(fails, f.Field)
			}
		}
		if len(fails) == 0 {
			hit := search.Hit{ID: p.ID, Lang: p.In(q.Lang).Lang, Score: 1}
			if !q.Browsing() {
				hit.Passage = search.Passage{{Text: "… "}, {Text: p.Summary, Marked: true}}
			}
			res.Hits = append(res.Hits, hit)
		}
		for _, field := range c.lib.Schema.Facets {
			if len(fails) == 0 || len(fails) == 1 && fails[0] == field {
				if counts[field] == nil {
					counts[field] = make(map[string]int)
				}
				for _, v := range c.values(p, field) {
					counts[field][v]++
				}
			}
		}
	}
	for _, field := range c.lib.Schema.Facets {
		f := search.Facet{Field: field}
		chosen, _ := q.Filter(field)
		for _, v := range chosen.Values {
			if counts[field][v] == 0 {
				f.Values = append(f.Values, search.FacetValue{ID: v, Selected: true})
			}
		}
		for v, n := range counts[field] {
			f.Values = append(f.Values, search.FacetValue{ID: v, Count: n, Selected: q.Has(field, v)})
		}
		slices.SortFunc(f.Values, func(a, b search.FacetValue) int { return cmp.Compare(a.ID, b.ID) })
		res.Facets = append(res.Facets, f)
	}
	for _, id := range c.damaged {
		if q.Browsing() {
			res.Hits = append([]search.Hit{{ID: id}}, res.Hits...)
		}
	}
	res.Total = len(res.Hits)
	from := min((q.Page-1)*q.Size, len(res.Hits))
	res.Hits = res.Hits[from:min(from+q.Size, len(res.Hits))]
	return res, nil
}

// Similar likens pages of a kind by the terms that both have, and by the words
// of their titles.
func (c *plainCorpus) Similar(ctx context.Context, id, lang string, n int) ([]search.Similar, error) {
	if c.similar != nil {
		return c.similar(id, lang, n), nil
	}
	p, err := c.Page(id)
	if err != nil {
		return nil, ctx.Err()
	}
	var out []search.Similar
	for other := range c.pages() {
		if other.ID == id || other.Kind != p.Kind {
			continue
		}
		s := search.Similar{ID: other.ID, Lang: other.In(lang).Lang, WordsLang: p.Lang}
		for _, f := range p.Kind.Fields {
			if f.Type != content.TypeTerm && f.Type != content.TypePage || !slices.Contains(c.lib.Schema.Facets, f.Name) {
				continue
			}
			for _, v := range p.Values(f.Name) {
				if v.Given && slices.Contains(c.values(other, f.Name), v.ID) {
					s.Shared = append(s.Shared, search.SharedValue{Field: f.Name, ID: v.ID})
				}
			}
		}
		for _, w := range strings.Fields(p.Title) {
			if slices.Contains(strings.Fields(other.Title), w) {
				s.Words = append(s.Words, w)
			}
		}
		if s.Score = float64(10*len(s.Shared) + len(s.Words)); s.Score > 0 {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b search.Similar) int { return cmp.Compare(b.Score, a.Score) })
	for _, id := range c.damaged {
		out = append([]search.Similar{{ID: id}}, out...)
	}
	return out[:min(n, len(out))], ctx.Err()
}

func (c *plainCorpus) Suggest(_ context.Context, text, lang string, n int) ([]search.Completion, error) {
	var out []search.Completion
	for p := range c.pages() {
		if len(out) < n && text != "" && strings.Contains(strings.ToLower(p.In(lang).Title), strings.ToLower(text)) {
			out = append(out, search.Completion{Kind: "page", Text: p.In(lang).Title, ID: p.ID, Lang: p.In(lang).Lang})
		}
	}
	for _, id := range c.damaged {
		out = append(out, search.Completion{Kind: "page", ID: id})
	}
	if id, ok := c.Value("place", text); ok && len(out) < n {
		out = append(out, search.Completion{Kind: "term", Text: text, ID: id, Field: "place", Lang: lang, Count: 1})
	}
	return out, nil
}

// a site is a server over the small content folder.
type site struct {
	*Server
	corpus *plainCorpus
	log    *strings.Builder
}

func newSite(t testing.TB, change func(*Config)) *site {
	t.Helper()
	files := os.DirFS("testdata/content")
	corpus := &plainCorpus{lib: library(t, files)}
	log := new(strings.Builder)
	cfg := Config{
		Acquire: corpus.acquire, Log: slog.New(slog.NewTextHandler(log, nil)), Version: "test", Files: files,
		Now: func() time.Time { return today }, Timeout: time.Minute,
	}
	if change != nil {
		change(&cfg)
	}
	s, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if n := corpus.held.Load(); n != 0 {
			t.Errorf("%d corpora were acquired and not released", n)
		}
	})
	return &site{s, corpus, log}
}

// get asks for a URL. Headers are pairs of name and value.
func (s *site) get(target string, headers ...string) *httptest.ResponseRecorder {
	return s.do(http.MethodGet, target, headers...)
}

func (s *site) do(method, target string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w
}
