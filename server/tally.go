package server

import (
	"cmp"
	"slices"

	"casebook/content"
	"casebook/search"
)

// A tallyRow is a term with the number of its pages, as a link.
type tallyRow struct {
	ID    string
	Label label
	Note  label // what the term means
	URL   string
	Count string
	N     int
	Sub   []tallyRow
}

// countsOf returns the numbers beside the values of a facet.
func countsOf(res *search.Result, field string) map[string]int {
	counts := make(map[string]int)
	for _, f := range res.Facets {
		if f.Field == field {
			for _, v := range f.Values {
				counts[v.ID] = v.Count
			}
		}
	}
	return counts
}

// tally lists the terms of a vocabulary with their numbers, in the reader's
// order, those without a page too; narrower ones stand below the first of
// their broader ones.
func (r *request) tally(field *content.Field, counts map[string]int) []tallyRow {
	voc, ok := r.lib.Vocabulary(field.Vocabulary)
	if !ok {
		return nil
	}
	below := make(map[string][]*content.Term)
	for _, t := range r.ordered(voc) {
		parent := ""
		if len(t.Broader) > 0 {
			parent = t.Broader[0]
		}
		below[parent] = append(below[parent], t)
	}
	var grow func(ts []*content.Term, depth int) []tallyRow
	grow = func(ts []*content.Term, depth int) []tallyRow {
		var rows []tallyRow
		for _, t := range ts {
			row := r.tallyRow(field, t, counts[t.ID])
			if depth < 8 {
				row.Sub = grow(below[t.ID], depth+1)
			}
			rows = append(rows, row)
		}
		return rows
	}
	return grow(below[""], 0)
}

func (r *request) tallyRow(field *content.Field, t *content.Term, n int) tallyRow {
	return tallyRow{ID: t.ID, Label: r.said(t.Label), Note: r.said(t.Note), URL: r.links.Term(field.Name, t.ID), Count: r.m.Num(n), N: n}
}

// ordered returns the terms of a vocabulary in the reader's order.
func (r *request) ordered(voc *content.Vocabulary) []*content.Term {
	rank := r.srv.catalogueOf(r.lib).termRank(r.lang, voc.Name)
	terms := slices.Clone(voc.Terms)
	slices.SortStableFunc(terms, func(a, b *content.Term) int { return cmp.Compare(rank[a.ID], rank[b.ID]) })
	return terms
}

// flat returns the rows and all rows below them.
func flat(rows []tallyRow) []tallyRow {
	var out []tallyRow
	for _, row := range rows {
		sub := row.Sub
		row.Sub = nil
		out = append(append(out, row), flat(sub)...)
	}
	return out
}

// topValues lists the n values of a facet with the most pages, most first.
func (r *request) topValues(q search.Query, f search.Facet, n int) []tallyRow {
	values := slices.Clone(f.Values)
	slices.SortStableFunc(values, func(a, b search.FacetValue) int { return cmp.Compare(b.Count, a.Count) })
	var rows []tallyRow
	for _, v := range values[:min(n, len(values))] {
		if v.Count == 0 {
			break
		}
		rows = append(rows, tallyRow{
			ID: v.ID, Label: r.valueLabel(f.Field, v.ID), Count: r.m.Num(v.Count), N: v.Count,
			URL: r.links.Search(q.Toggle(f.Field, v.ID)),
		})
	}
	return rows
}
