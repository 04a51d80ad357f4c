package view

import (
	"cmp"
	"slices"

	"casebook/content"
	"casebook/search"
)

// A TallyRow is a term with the number of its pages, as a link.
type TallyRow struct {
	ID    string
	Label Label
	Note  Label // what the term means
	URL   string
	Count string
	N     int
	Sub   []TallyRow
}

// Counts returns the numbers beside the values of a facet.
func Counts(res *search.Result, field string) map[string]int {
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

// Tally lists the terms of a facet with their numbers, in the reader's
// order, those without a page too; narrower ones stand below the first of
// their broader ones.
func (r *Reader) Tally(f content.Facet, counts map[string]int) []TallyRow {
	if f.Vocabulary == nil {
		return nil
	}
	below := make(map[string][]*content.Term)
	for _, t := range r.Ordered(f.Vocabulary) {
		parent := ""
		if len(t.Broader) > 0 {
			parent = t.Broader[0]
		}
		below[parent] = append(below[parent], t)
	}
	var grow func(ts []*content.Term, depth int) []TallyRow
	grow = func(ts []*content.Term, depth int) []TallyRow {
		var rows []TallyRow
		for _, t := range ts {
			row := r.TallyRow(f.Name, t, counts[t.ID])
			if depth < 8 {
				row.Sub = grow(below[t.ID], depth+1)
			}
			rows = append(rows, row)
		}
		return rows
	}
	return grow(below[""], 0)
}

func (r *Reader) TallyRow(field string, t *content.Term, n int) TallyRow {
	return TallyRow{ID: t.ID, Label: r.Said(t.Label), Note: r.Said(t.Note), URL: r.Links.Term(field, t.ID), Count: r.Words.Num(n), N: n}
}

// Ordered returns the terms of a vocabulary in the reader's order.
func (r *Reader) Ordered(voc *content.Vocabulary) []*content.Term {
	rank := r.TermRank(voc.Name)
	terms := slices.Clone(voc.Terms)
	slices.SortStableFunc(terms, func(a, b *content.Term) int { return cmp.Compare(rank[a.ID], rank[b.ID]) })
	return terms
}

// Flat returns the rows and all rows below them.
func Flat(rows []TallyRow) []TallyRow {
	var out []TallyRow
	for _, row := range rows {
		sub := row.Sub
		row.Sub = nil
		out = append(append(out, row), Flat(sub)...)
	}
	return out
}

// TopValues lists the n values of a facet with the most pages, most first.
func (r *Reader) TopValues(q search.Query, f search.Facet, n int) []TallyRow {
	values := slices.Clone(f.Values)
	slices.SortStableFunc(values, func(a, b search.FacetValue) int { return cmp.Compare(b.Count, a.Count) })
	var rows []TallyRow
	for _, v := range values[:min(n, len(values))] {
		if v.Count == 0 {
			break
		}
		rows = append(rows, TallyRow{
			ID: v.ID, Label: r.ValueLabel(f.Field, v.ID), Count: r.Words.Num(v.Count), N: v.Count,
			URL: r.Links.Search(q.Toggle(f.Field, v.ID)),
		})
	}
	return rows
}
