package server

import (
	"net/http"

	"casebook/content"
	"casebook/search"
)

// A termPage shows a term of a facet: what it means, the terms around it, its
// pages.
type termPage struct {
	chrome
	Crumbs    []crumb
	Heading   label
	Field     label
	Note      label
	Alt       []string
	Broader   []tallyRow
	Narrower  []tallyRow
	Total     int
	Hits      []hitView
	SearchURL string
	Counts    []countsView // its pages by other facets
}

// A countsView is the numbers of one facet.
type countsView struct {
	Label label
	Rows  []tallyRow
	More  int // values that are not shown
}

// maxCounts is how many values a term's page shows of another facet.
const maxCounts = 8

// term shows the page of a term of a facet.
func (s *Server) term(w http.ResponseWriter, r *request, f *content.Field, t *content.Term) error {
	q := search.Query{Page: 1, Size: search.DefaultSize, Lang: r.lang}.Toggle(f.Name, t.ID)
	res, err := r.corpus.Search(r.Context(), q)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "term", r.termPage(f, t, q, res))
}

// termPage makes the page of a term of the search for it.
func (r *request) termPage(f *content.Field, t *content.Term, q search.Query, res *search.Result) *termPage {
	v := &termPage{
		chrome: r.chrome(t.Label.In(r.lang)), Heading: r.said(t.Label), Field: r.fieldLabel(f.Name), Note: r.said(t.Note),
		Total: res.Total, Hits: r.hitViews(res.Hits), SearchURL: r.links.Search(q),
	}
	v.Description = v.Note.Text
	v.Crumbs = r.termCrumbs(f, t)
	v.Alt = append(append(v.Alt, t.Alt[r.lang]...), t.Alt[""]...)
	counts := countsOf(res, f.Name)
	if voc, ok := r.lib.Vocabulary(f.Vocabulary); ok {
		add := func(rows []tallyRow, id string) []tallyRow {
			if other, ok := voc.Term(id); ok {
				rows = append(rows, r.tallyRow(f, other, counts[id]))
			}
			return rows
		}
		for _, id := range t.Broader {
			v.Broader = add(v.Broader, id)
		}
		for _, other := range r.ordered(voc) {
			for _, id := range other.Broader {
				if id == t.ID {
					v.Narrower = add(v.Narrower, other.ID)
				}
			}
		}
	}
	for _, facet := range res.Facets {
		if facet.Field == f.Name || facet.Field == content.LanguageFacet || len(facet.Values) < 2 || r.byYears(facet.Field) {
			continue
		}
		c := countsView{Label: r.fieldLabel(facet.Field), Rows: r.topValues(q, facet, maxCounts)}
		c.More = len(facet.Values) - len(c.Rows)
		if len(c.Rows) > 0 && len(v.Counts) < 5 {
			v.Counts = append(v.Counts, c)
		}
	}
	return v
}

// termCrumbs leads from the search over the broader terms to t, by the first
// broader term of each.
func (r *request) termCrumbs(f *content.Field, t *content.Term) []crumb {
	var up []crumb
	if voc, ok := r.lib.Vocabulary(f.Vocabulary); ok {
		for n := 0; len(t.Broader) > 0 && n < 8; n++ {
			if t, ok = voc.Term(t.Broader[0]); !ok {
				break
			}
			up = append([]crumb{{Label: r.said(t.Label), URL: r.links.Term(f.Name, t.ID)}}, up...)
		}
	}
	return append([]crumb{{Label: label{Text: r.m.T("nav.search")}, URL: r.links.SearchForm()}}, up...)
}
