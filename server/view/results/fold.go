package results

import (
	"cmp"
	"slices"
)

// How much of a facet stands open: beyond maxOpen values a long one shows its
// openRoots best filled and folds the rest; from findFrom values on, the
// script offers a box to filter them. The whole page has at most 1,500 elements.
const (
	maxOpen   = 9
	openRoots = 6
	foldFrom  = 3 // narrower values that are worth folding away
	findFrom  = 20
	MaxRows   = 110 // values of one facet that a page carries unless asked for all …
	maxTitles = 60  // … and of one whose values are pages
)

// trim leaves of too many values the broadest, at most most of them, best
// filled first, and those that are chosen, with what is below a chosen one.
func trim(roots []Row, most int) []Row {
	byCount := slices.Clone(roots)
	slices.SortStableFunc(byCount, func(a, b Row) int { return cmp.Compare(b.count, a.count) })
	keep := make(map[string]bool)
	for _, row := range byCount[:min(most, len(byCount))] {
		keep[row.ID] = true
	}
	var out []Row
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

// size counts the rows, those below them included.
func size(rows []Row) int {
	n := 0
	for _, row := range rows {
		n += row.size
	}
	return n
}

// fold decides what of a facet stands open. A short one does as a whole. A
// long one shows its best filled values and those that hold a chosen one, in
// their order, and folds what is below them; the rest goes behind a summary.
func (r reader) fold(roots []Row) ([]Row, *Fold) {
	if size(roots) <= maxOpen {
		return roots, nil
	}
	r.foldSubs(roots)
	if len(roots) <= maxOpen {
		return roots, nil
	}
	byCount := slices.Clone(roots)
	slices.SortStableFunc(byCount, func(a, b Row) int { return cmp.Compare(b.count, a.count) })
	open := make(map[string]bool)
	for i, row := range byCount {
		if i < openRoots || row.chosen {
			open[row.ID] = true
		}
	}
	var rows []Row
	more := &Fold{}
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

func (r reader) foldSubs(rows []Row) {
	for i := range rows {
		row := &rows[i]
		if row.size-1 < foldFrom {
			continue
		}
		row.Fold = r.Words.T("facet.within", "n", row.size-1, "label", row.Label.Text)
		for _, s := range row.Sub {
			row.Open = row.Open || s.chosen
		}
	}
}
