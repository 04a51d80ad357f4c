package site

import (
	"context"
	"slices"

	"casebook/content"
	"casebook/search"
	"casebook/server/view"
)

// A TermPage shows a term of a facet: what it means, the terms around it, its
// pages.
type TermPage struct {
	view.Chrome
	Crumbs    []view.Link
	Heading   view.Label
	Field     view.Label
	Note      view.Label
	Alt       []string
	Broader   []view.TallyRow
	Narrower  []view.TallyRow
	Total     int
	Hits      []view.Hit
	SearchURL string
	Counts    []Counts // its pages by other facets
}

// A Counts is the numbers of one facet.
type Counts struct {
	Label view.Label
	Rows  []view.TallyRow
	More  int // values that are not shown
}

// maxCounts is how many values a term's page shows of another facet.
const maxCounts = 8

// Term makes the page of a term of a facet of terms.
func Term(ctx context.Context, r *view.Reader, f content.Facet, t *content.Term) (*TermPage, error) {
	q := search.Query{Page: 1, Size: search.DefaultSize, Lang: r.Lang}.Toggle(f.Name, t.ID)
	res, err := r.Corpus.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	return reader{r}.term(f, t, q, res), nil
}

// term makes the page of a term of the search for it.
func (r reader) term(f content.Facet, t *content.Term, q search.Query, res *search.Result) *TermPage {
	v := &TermPage{
		Chrome: r.Chrome(t.Label.In(r.Lang)), Heading: r.Said(t.Label), Field: r.FieldLabel(f.Name), Note: r.Said(t.Note),
		Total: res.Total, Hits: r.Hits(res.Hits), SearchURL: r.Links.Search(q),
	}
	v.Description = v.Note.Text
	v.Crumbs = r.termCrumbs(f, t)
	v.Alt = append(append(v.Alt, t.Alt[r.Lang]...), t.Alt[""]...)
	counts := view.Counts(res, f.Name)
	for _, id := range t.Broader {
		if above, ok := f.Vocabulary.Term(id); ok {
			v.Broader = append(v.Broader, r.TallyRow(f.Name, above, counts[id]))
		}
	}
	for _, below := range r.Ordered(f.Vocabulary) {
		if slices.Contains(below.Broader, t.ID) {
			v.Narrower = append(v.Narrower, r.TallyRow(f.Name, below, counts[below.ID]))
		}
	}
	for _, facet := range res.Facets {
		if facet.Field == f.Name || facet.Field == content.LanguageFacet || len(facet.Values) < 2 || byYears(r.Library, facet.Field) {
			continue
		}
		c := Counts{Label: r.FieldLabel(facet.Field), Rows: r.TopValues(q, facet, maxCounts)}
		c.More = len(facet.Values) - len(c.Rows)
		if len(c.Rows) > 0 && len(v.Counts) < 5 {
			v.Counts = append(v.Counts, c)
		}
	}
	return v
}

// termCrumbs leads from the search over the broader terms to t, by the first
// broader term of each.
func (r reader) termCrumbs(f content.Facet, t *content.Term) []view.Link {
	var up []view.Link
	for n := 0; len(t.Broader) > 0 && n < 8; n++ {
		above, ok := f.Vocabulary.Term(t.Broader[0])
		if !ok {
			break
		}
		up = append([]view.Link{{Label: r.Said(above.Label), URL: r.Links.Term(f.Name, above.ID)}}, up...)
		t = above
	}
	return append([]view.Link{{Label: view.Label{Text: r.Words.T("nav.search")}, URL: r.Links.SearchForm()}}, up...)
}

// byYears reports whether a facet is counted by year.
func byYears(lib *content.Library, facet string) bool {
	f, ok := lib.Facet(facet)
	return ok && f.ByYears()
}
