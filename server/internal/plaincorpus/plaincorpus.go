// Package plaincorpus is a corpus for tests: a small folder of pages, and
// answers found in the plainest way that is right. A page is found if its text
// has every word, and everything is counted anew. It stands in for the index,
// so that tests of the server see the server alone.
package plaincorpus

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"io/fs"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"casebook/content"
	"casebook/content/load"
	"casebook/search"
)

//go:embed content
var files embed.FS

// Files returns the small content folder: wells and stone lines in three
// languages, with a field of each type.
func Files() fs.FS {
	sub, err := fs.Sub(files, "content")
	if err != nil { // not for a name that is a valid path
		panic(err)
	}
	return sub
}

// Today is the day on which the pages are read.
var Today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// Library loads a content folder that has no errors.
func Library(t testing.TB, fsys fs.FS) *content.Library {
	t.Helper()
	lib, problems, err := load.Load(t.Context(), fsys, load.Options{Today: Today})
	if err != nil {
		t.Fatal(err)
	}
	if problems.Errors() > 0 {
		t.Fatal(problems[0])
	}
	return lib
}

// A Corpus answers from a library.
type Corpus struct {
	Lib  *content.Library
	Held atomic.Int64 // acquired and not released
	// Searching replaces Search where a test wants a certain answer.
	Searching func(context.Context, search.Query) (*search.Result, error)
	// Likening replaces Similar in the same way.
	Likening func(id, lang string, n int) []search.Similar

	damaged []string // pages that are found although Lib can't give them
}

// New returns the corpus of Files.
func New(t testing.TB) *Corpus {
	t.Helper()
	return &Corpus{Lib: Library(t, Files())}
}

// ErrDamaged is why a page can't be read that Damage has made so.
var ErrDamaged = errors.New("sector not found")

// Damage makes pages unreadable: they are found, but can't be had.
func (c *Corpus) Damage(ids ...string) {
	c.damaged = ids
	c.Lib = content.NewLibrary(c.Lib, damagedStore{c.Lib, ids}, c.Lib.Table())
}

type damagedStore struct {
	*content.Library
	damaged []string
}

func (s damagedStore) Page(place int) (*content.Page, error) {
	if slices.Contains(s.damaged, s.ID(place)) {
		return nil, ErrDamaged
	}
	return s.At(place)
}

func (c *Corpus) Page(id string) (*content.Page, error) { return c.Lib.Page(id) }
func (c *Corpus) Library() *content.Library             { return c.Lib }
func (c *Corpus) Release()                              { c.Held.Add(-1) }

// pages yields the pages that can be read.
func (c *Corpus) pages() iter.Seq[*content.Page] {
	return func(yield func(*content.Page) bool) {
		for p, err := range c.Lib.All() {
			if err == nil && !yield(p) {
				return
			}
		}
	}
}

func (c *Corpus) FieldName(name string) string {
	for _, f := range c.Lib.Schema.Facets {
		if strings.EqualFold(f, name) {
			return f
		}
	}
	return ""
}

func (c *Corpus) FieldType(name string) string {
	if f, ok := c.Lib.Facet(name); ok && f.ByYears() {
		return "years"
	}
	if slices.Contains(c.Lib.Schema.Facets, name) {
		return "term"
	}
	return ""
}

func (c *Corpus) Value(field, text string) (string, bool) {
	for p := range c.pages() {
		for _, v := range c.values(p, field) {
			if strings.EqualFold(v, text) {
				return v, true
			}
		}
	}
	f, ok := c.Lib.Schema.Field(field)
	if !ok || f.Type != content.TypeTerm {
		return "", false
	}
	for _, t := range c.Lib.Vocabularies[f.Vocabulary].Terms {
		for _, lang := range t.Label.Langs() {
			if strings.EqualFold(t.ID, text) || strings.EqualFold(t.Label.In(lang), text) {
				return t.ID, true
			}
		}
	}
	return "", false
}

func (c *Corpus) values(p *content.Page, field string) []string {
	f, ok := c.Lib.Facet(field)
	if !ok {
		return nil
	}
	return f.AppendIDs(nil, p)
}

func (c *Corpus) passes(p *content.Page, f search.Filter) bool {
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

func (c *Corpus) Search(ctx context.Context, q search.Query) (*search.Result, error) {
	if c.Searching != nil {
		return c.Searching(ctx, q)
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
		for _, field := range c.Lib.Schema.Facets {
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
	for _, field := range c.Lib.Schema.Facets {
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
func (c *Corpus) Similar(ctx context.Context, id, lang string, n int) ([]search.Similar, error) {
	if c.Likening != nil {
		return c.Likening(id, lang, n), nil
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
			if f.Type != content.TypeTerm && f.Type != content.TypePage || !slices.Contains(c.Lib.Schema.Facets, f.Name) {
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

func (c *Corpus) Suggest(_ context.Context, text, lang string, n int) ([]search.Completion, error) {
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

// With is a folder with some files replaced or added.
func With(base fs.FS, pairs ...string) fs.FS {
	out := fstest.MapFS{}
	_ = fs.WalkDir(base, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			data, _ := fs.ReadFile(base, name)
			out[name] = &fstest.MapFile{Data: data}
		}
		return err
	})
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return out
}
