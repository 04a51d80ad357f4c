package server

import (
	"cmp"
	"math"
	"slices"

	"casebook/content"
	"casebook/search"
)

// A relatedView is a page like this one, with what they share.
type relatedView struct {
	Label label
	URL   string
	Why   string // "In common: Denmark, Mentoring"
}

const (
	maxRelated    = 5
	maxCandidates = 100 // pages looked at for each field that is compared
	maxShared     = 3   // common values that are named
)

// related finds the pages most like p: those that share with it the values
// that fewest others have. Candidates are the pages that share a place or a
// thing done there, by the fields of the gap map; all terms count.
func (r *request) related(p *content.Page, groups ...[]refGroup) ([]relatedView, error) {
	browse, err := r.corpus.Search(r.Context(), search.Query{Page: 1, Lang: r.lang})
	if err != nil || browse.Total == 0 {
		return nil, err
	}
	candidates, err := r.candidates(p)
	if err != nil {
		return nil, err
	}
	said := make(map[string]bool)
	for _, gs := range groups {
		for _, g := range gs {
			for _, part := range g.Parts {
				for _, ref := range part.Refs {
					said[ref.URL] = true
				}
			}
		}
	}
	type scored struct {
		page   *content.Page
		shared []sharedValue
		sum    float64
	}
	var found []scored
	for _, other := range candidates {
		if other.ID == p.ID || other.Kind != p.Kind || said[r.links.Page(other)] {
			continue
		}
		s := scored{page: other, shared: r.shared(p, other, browse)}
		for _, v := range s.shared {
			s.sum += v.weight
		}
		if len(s.shared) > 1 {
			found = append(found, s)
		}
	}
	slices.SortFunc(found, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.sum, a.sum), cmp.Compare(a.page.ID, b.page.ID))
	})
	var out []relatedView
	for _, s := range found[:min(maxRelated, len(found))] {
		out = append(out, relatedView{Label: r.pageLabel(s.page), URL: r.links.Page(s.page), Why: r.whyShared(s.shared)})
	}
	return out, nil
}

// candidates are the pages that share a value of a field of the gap map with p.
func (r *request) candidates(p *content.Page) ([]*content.Page, error) {
	var out []*content.Page
	seen := make(map[string]bool)
	for _, f := range r.tellingFields(p) {
		q := search.Query{Page: 1, Size: maxCandidates, Lang: r.lang}
		if r.isFacet(facetKind) {
			q = q.WithValue(facetKind, p.Kind.ID)
		}
		for _, v := range r.shownValues(p, f) {
			q = q.WithValue(f.Name, v.ID)
		}
		res, err := r.corpus.Search(r.Context(), q)
		if err != nil {
			return nil, err
		}
		for _, h := range res.Hits {
			if other, ok := r.corpus.Page(h.ID); ok && !seen[h.ID] {
				seen[h.ID] = true
				out = append(out, other)
			}
		}
	}
	return out, nil
}

// tellingFields are the filters of the gap map that p has values of, and what
// they are inferred from: a country tells more than its region.
func (r *request) tellingFields(p *content.Page) []*content.Field {
	var fields []*content.Field
	add := func(name string) {
		if f, ok := p.Kind.Field(name); ok && f.Type == content.TypeTerm && r.isFacet(name) && len(r.shownValues(p, f)) > 0 {
			fields = append(fields, f)
		}
	}
	for _, name := range r.lib.Site.Matrix {
		if f, ok := p.Kind.Field(name); ok && f.From != "" {
			add(f.From)
		}
		add(name)
	}
	return fields
}

// A sharedValue is a value that two pages have; the fewer have it, the more
// it weighs.
type sharedValue struct {
	name   string
	weight float64
}

// shared lists the terms that two pages were both given, the weightiest first.
func (r *request) shared(a, b *content.Page, browse *search.Result) []sharedValue {
	var out []sharedValue
	for _, f := range a.Kind.Fields {
		if f.Type != content.TypeTerm || f.Name == r.lib.Site.Map || !r.isFacet(f.Name) {
			continue
		}
		if _, graded := whyField(a.Kind, f.Name); graded {
			continue // how sure something is makes no likeness
		}
		theirs := r.shownValues(b, f)
		for _, v := range r.shownValues(a, f) {
			if !slices.ContainsFunc(theirs, func(w content.Value) bool { return w.ID == v.ID }) {
				continue
			}
			n := max(1, countOf(browse, f.Name, v.ID))
			out = append(out, sharedValue{
				name:   r.valueLabel(f.Name, v.ID).Text,
				weight: math.Log(1 + float64(browse.Total)/float64(n)),
			})
		}
	}
	slices.SortStableFunc(out, func(x, y sharedValue) int { return cmp.Compare(y.weight, x.weight) })
	return out
}

func countOf(res *search.Result, field, id string) int {
	for _, f := range res.Facets {
		if f.Field != field {
			continue
		}
		for _, v := range f.Values {
			if v.ID == id {
				return v.Count
			}
		}
	}
	return 0
}

func (r *request) whyShared(shared []sharedValue) string {
	var names []string
	for _, v := range shared[:min(maxShared, len(shared))] {
		names = append(names, v.name)
	}
	return r.m.T("page.shared", "what", r.list("list.and", names))
}
