package server

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
)

// How much of a facet stands open: beyond maxOpen values a long one shows its
// openRoots best filled and folds the rest; from findFrom values on, the
// script offers a box to filter them. The whole page has at most 1,500 elements.
const (
	maxOpen   = 9
	openRoots = 6
	foldFrom  = 3 // narrower values that are worth folding away
	findFrom  = 20
	maxRows   = 110 // values of one facet that a page carries unless asked for all …
	maxTitles = 60  // … and of one whose values are pages
)

// A facetView is one filter of the search page.
type facetView struct {
	Field  string
	Label  label
	Chosen int    // values chosen
	Note   string // "2 chosen", "" if none
	Rows   []facetRow
	More   *facetFold // the values that are folded away, nil if none
	Find   bool       // long enough for a box that filters its values
	Total  int        // values in all
	AllURL string     // where there are too many for one page: the search with all of them
	Years  *yearsView // for years and dates, instead of values
}

// A facetRow is one value, with the narrower ones below it. All texts are
// made already: there are hundreds of rows.
type facetRow struct {
	Field   string
	ID      string
	Attrs   template.HTMLAttr // of the checkbox: one step for the template instead of five
	Label   label
	Count   string // in the reader's digits
	Say     string // what the number is of, for those who hear it
	Checked bool
	Sub     []facetRow
	Fold    string // "Show 5 within Coast"; "" where Sub stands open
	Open    bool   // the fold is open, for it holds a chosen value

	count  int
	chosen bool // Checked, or one below it is
	size   int  // rows in all, its own included
}

// A facetFold is what a long facet hides behind a summary.
type facetFold struct {
	N    int
	Rows []facetRow
}

// A yearsView is a filter by years: two boxes.
type yearsView struct {
	From, To string // as chosen, ASCII digits
	Min, Max int    // years that there are
	Bars     *barsView
	Bad      bool // the first year is after the last
}

// facetViews returns the filters of a result, in the order of the schema.
func (r *request) facetViews(q search.Query, res *search.Result) []facetView {
	cat := r.srv.catalogueOf(r.lib)
	var views []facetView
	for _, f := range res.Facets {
		if v, ok := r.facetView(cat, q, f); ok {
			views = append(views, v)
		}
	}
	return views
}

// facetView returns the view of one facet; false where it offers no choice.
func (r *request) facetView(cat *catalogue, q search.Query, f search.Facet) (facetView, bool) {
	filter, _ := q.Filter(f.Field)
	v := facetView{Field: f.Field, Label: r.fieldLabel(f.Field), Chosen: len(filter.Values)}
	if filter.From != 0 || filter.To != 0 {
		v.Chosen++
	}
	if v.Chosen > 0 {
		v.Note = r.m.T("facet.chosen", "n", v.Chosen)
	}
	if field, ok := r.lib.Schema.Field(f.Field); ok && (field.Type == content.TypeYears || field.Type == content.TypeDate) {
		v.Years = r.yearsView(filter, f)
		return v, v.Years != nil
	}
	roots := r.facetTree(cat, f)
	if len(roots) == 0 || len(roots) == 1 && roots[0].size == 1 && v.Chosen == 0 && f.Field == content.LanguageFacet {
		return v, false
	}
	v.Total = size(roots)
	most := maxRows
	if field, ok := r.lib.Schema.Field(f.Field); ok && field.Type == content.TypePage {
		most = maxTitles
	}
	if v.Total > most && !slices.Contains(r.URL.Query()[address.ParamUnfold], f.Field) {
		roots = trim(roots, most)
		v.AllURL = r.links.Unfolded(q, f.Field)
	}
	v.Rows, v.More = r.fold(roots)
	v.Find = size(roots) >= findFrom
	return v, true
}

// trim leaves of too many values the broadest, at most most of them, best
// filled first, and those that are chosen, with what is below a chosen one.
func trim(roots []facetRow, most int) []facetRow {
	byCount := slices.Clone(roots)
	slices.SortStableFunc(byCount, func(a, b facetRow) int { return cmp.Compare(b.count, a.count) })
	keep := make(map[string]bool)
	for _, row := range byCount[:min(most, len(byCount))] {
		keep[row.ID] = true
	}
	var out []facetRow
	for _, row := range roots {
		if !row.chosen {
			if !keep[row.ID] {
				continue
			}
			row.Sub, row.size = nil, 1
		}
		out = append(out, row)
	}
	return out
}

func size(rows []facetRow) int {
	n := 0
	for _, row := range rows {
		n += row.size
	}
	return n
}

// checkbox returns the attributes of a value's checkbox.
func checkbox(field, id string, checked bool) template.HTMLAttr {
	s := `name="` + template.HTMLEscapeString(field) + `" value="` + template.HTMLEscapeString(id) + `"`
	if checked {
		s += " checked"
	}
	return template.HTMLAttr(s)
}

// facetTree puts the values of a facet below their broader ones, in the
// reader's order. A value with several broader ones stands under the first.
func (r *request) facetTree(cat *catalogue, f search.Facet) []facetRow {
	rows := make(map[string]*facetRow, len(f.Values))
	var order []string
	for _, v := range f.Values {
		rows[v.ID] = &facetRow{
			Field: f.Field, ID: v.ID, Attrs: checkbox(f.Field, v.ID, v.Selected), Label: r.valueLabel(f.Field, v.ID), Checked: v.Selected,
			Count: r.m.Num(v.Count), Say: r.m.T("facet.results", "n", v.Count), count: v.Count,
		}
		order = append(order, v.ID)
	}
	parentOf := func(string) string { return "" }
	rank := map[string]int(nil)
	if field, ok := r.lib.Schema.Field(f.Field); ok {
		switch field.Type {
		case content.TypeTerm:
			voc, ok := r.lib.Vocabulary(field.Vocabulary)
			if !ok {
				break
			}
			rank = cat.termRank(r.lang, field.Vocabulary)
			parentOf = func(id string) string {
				if t, ok := voc.Term(id); ok {
					for _, b := range t.Broader {
						if rows[b] != nil {
							return b
						}
					}
				}
				return ""
			}
		case content.TypePage:
			byPage := make(map[string]string, len(order)) // page id → value
			pages := make(map[string]*content.Page, len(order))
			for _, id := range order {
				if p, ok := r.refPage(field, id); ok {
					byPage[p.ID], pages[id] = id, p
				}
			}
			parentOf = func(id string) string {
				if p, ok := pages[id]; ok && p.Parent != "" {
					return byPage[p.Parent]
				}
				return ""
			}
		}
	}
	if rank != nil {
		slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(rank[a], rank[b]) })
	}
	below := make(map[string][]string)
	for _, id := range order {
		p := parentOf(id)
		below[p] = append(below[p], id)
	}
	var grow func(ids []string, depth int) []facetRow
	grow = func(ids []string, depth int) []facetRow {
		var out []facetRow
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

// fold decides what of a facet stands open. A short one does as a whole. A
// long one shows its best filled values and those that hold a chosen one, in
// their order, and folds what is below them; the rest goes behind a summary.
func (r *request) fold(roots []facetRow) ([]facetRow, *facetFold) {
	if size(roots) <= maxOpen {
		return roots, nil
	}
	r.foldSubs(roots)
	if len(roots) <= maxOpen {
		return roots, nil
	}
	byCount := slices.Clone(roots)
	slices.SortStableFunc(byCount, func(a, b facetRow) int { return cmp.Compare(b.count, a.count) })
	open := make(map[string]bool)
	for i, row := range byCount {
		if i < openRoots || row.chosen {
			open[row.ID] = true
		}
	}
	var rows []facetRow
	more := &facetFold{}
	for _, row := range roots {
		if open[row.ID] {
			rows = append(rows, row)
		} else {
			more.Rows = append(more.Rows, row)
			more.N += row.size
		}
	}
	if len(more.Rows) == 0 {
		more = nil
	}
	return rows, more
}

func (r *request) foldSubs(rows []facetRow) {
	for i := range rows {
		row := &rows[i]
		if row.size-1 < foldFrom {
			continue
		}
		row.Fold = r.m.T("facet.within", "n", row.size-1, "label", row.Label.Text)
		for _, s := range row.Sub {
			row.Open = row.Open || s.chosen
		}
	}
}

// yearsView returns the boxes of a facet by years, nil where no page has any.
func (r *request) yearsView(filter search.Filter, f search.Facet) *yearsView {
	v := &yearsView{}
	counts := make(map[int]int)
	for _, value := range f.Values {
		y, err := strconv.Atoi(value.ID)
		if err != nil || value.Count == 0 {
			continue
		}
		counts[y] = value.Count
		if v.Min == 0 || y < v.Min {
			v.Min = y
		}
		v.Max = max(v.Max, y)
	}
	// A single chosen year (period=2015) is a span of one year in the boxes.
	if len(filter.Values) == 1 && filter.From == 0 && filter.To == 0 {
		v.From, v.To = filter.Values[0], filter.Values[0]
	}
	if filter.From != 0 {
		v.From = strconv.Itoa(filter.From)
	}
	if filter.To != 0 {
		v.To = strconv.Itoa(filter.To)
	}
	if v.Min == 0 && v.From == "" && v.To == "" {
		return nil
	}
	v.Bars = yearBars(counts, v.Min, v.Max)
	return v
}
