package results

import (
	"cmp"
	"html/template"
	"slices"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
	"casebook/server/view"
)

// A Facet is one filter of the search page.
type Facet struct {
	Field  string
	Label  view.Label
	Chosen int    // values chosen
	Note   string // "2 chosen", "" if none
	Rows   []Row
	More   *Fold  // the values that are folded away, nil if none
	Find   bool   // long enough for a box that filters its values
	Total  int    // values in all
	AllURL string // where there are too many for one page: the search with all of them
	Years  *Years // for years and dates, instead of values
}

// A Row is one value, with the narrower ones below it. All texts are
// made already: there are hundreds of rows.
type Row struct {
	Field   string
	ID      string
	Label   view.Label
	Box     template.HTML // checkbox, label and number: one step for the template instead of a dozen
	Checked bool
	Sub     []Row
	Fold    string // "Show 5 within Coast"; "" where Sub stands open
	Open    bool   // the fold is open, for it holds a chosen value

	count  int
	chosen bool // Checked, or one below it is
	size   int  // rows in all, its own included
}

// A Fold is what a long facet hides behind a summary.
type Fold struct {
	N    int
	Rows []Row
}

// facetViews returns the filters of a result, in the order of the schema.
func (r reader) facetViews(q search.Query, res *search.Result) []Facet {
	var views []Facet
	for _, f := range res.Facets {
		if v, ok := r.facetView(q, f); ok {
			views = append(views, v)
		}
	}
	return views
}

// facetView returns the view of one facet; false where it offers no choice.
func (r reader) facetView(q search.Query, f search.Facet) (Facet, bool) {
	filter, _ := q.Filter(f.Field)
	v := Facet{Field: f.Field, Label: r.FieldLabel(f.Field), Chosen: len(filter.Values)}
	if filter.From != 0 || filter.To != 0 {
		v.Chosen++
	}
	if v.Chosen > 0 {
		v.Note = r.Words.T("facet.chosen", "n", v.Chosen)
	}
	facet, _ := r.Library.Facet(f.Field)
	if facet.ByYears() {
		v.Years = r.yearsView(filter, f)
		return v, v.Years != nil
	}
	roots := r.facetTree(facet, f)
	if len(roots) == 0 || len(roots) == 1 && roots[0].size == 1 && v.Chosen == 0 && f.Field == content.LanguageFacet {
		return v, false
	}
	v.Total = size(roots)
	most := MaxRows
	if facet.Type == content.FacetOfPages {
		most = maxTitles
	}
	if v.Total > most && !slices.Contains(address.Unfolded(r.Query), f.Field) {
		roots = trim(roots, most)
		v.AllURL = r.Links.Unfolded(q, f.Field)
	}
	v.Rows, v.More = r.fold(roots)
	v.Find = size(roots) >= findFrom
	return v, true
}

// facetTree puts the values of a facet below their broader ones, in the
// reader's order. A value with several broader ones stands under the first.
func (r reader) facetTree(facet content.Facet, f search.Facet) []Row {
	rows := make(map[string]*Row, len(f.Values))
	var order []string
	for _, v := range f.Values {
		row := &Row{Field: f.Field, ID: v.ID, Label: r.Value(facet, v.ID), Checked: v.Selected, count: v.Count}
		row.Box = row.box(r.Words.Num(v.Count), r.Words.T("facet.results", "n", v.Count))
		rows[v.ID] = row
		order = append(order, v.ID)
	}
	parentOf := func(id string) string {
		for _, above := range facet.Above(id) {
			if rows[above] != nil {
				return above
			}
		}
		return ""
	}
	if facet.Vocabulary != nil {
		rank := r.TermRank(facet.Vocabulary.Name)
		slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(rank[a], rank[b]) })
	}
	below := make(map[string][]string)
	for _, id := range order {
		p := parentOf(id)
		below[p] = append(below[p], id)
	}
	var grow func(ids []string, depth int) []Row
	grow = func(ids []string, depth int) []Row {
		var out []Row
		for _, id := range ids {
			row := *rows[id]
			row.size, row.chosen = 1, row.Checked
			if depth < 8 {
				row.Sub = grow(below[id], depth+1)
			}
			for _, s := range row.Sub {
				row.size += s.size
				row.chosen = row.chosen || s.chosen
			}
			out = append(out, row)
		}
		return out
	}
	return grow(below[""], 0)
}

// box returns the row's checkbox, its label and the number beside it: count in
// the reader's digits, said what it is of, for those who hear it.
func (row *Row) box(count, said string) template.HTML {
	escape := template.HTMLEscapeString
	checked := ""
	if row.Checked {
		checked = " checked"
	}
	label := escape(row.Label.Text)
	if row.Label.Lang != "" {
		label = `<bdi lang="` + escape(row.Label.Lang) + `" dir="` + escape(row.Label.Dir) + `">` + label + "</bdi>"
	}
	return template.HTML(`<input type="checkbox" name="` + escape(row.Field) + `" value="` + escape(row.ID) + `"` + checked + ">" + label +
		` <i data-of="` + escape(said) + `">` + escape(count) + "</i>")
}
