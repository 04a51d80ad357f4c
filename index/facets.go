package index

import (
	"context"
	"strconv"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/search"
)

// A selection is what the filters of a query let through.
type selection struct {
	filters []search.Filter
	sets    []*roaring.Bitmap // by filter: documents that pass it
	without []*roaring.Bitmap // by filter: documents that pass all others; nil stands for all documents
	pass    *roaring.Bitmap   // documents that pass all; nil stands for all documents
}

// selectBy prepares the filters of q. A facet that there is not lets nothing
// through.
func (s *Snapshot) selectBy(filters []search.Filter) *selection {
	sel := &selection{}
	for _, f := range filters {
		if f.IsZero() {
			continue
		}
		sel.filters = append(sel.filters, f)
		sel.sets = append(sel.sets, s.chosen(f))
	}
	n := len(sel.sets)
	sel.without = make([]*roaring.Bitmap, n)
	for i := range n { // from the left: all filters before i
		sel.without[i] = sel.pass
		sel.pass = meet(sel.pass, sel.sets[i])
	}
	var right *roaring.Bitmap
	for i := n - 1; i >= 0; i-- { // and from the right
		sel.without[i] = meet(sel.without[i], right)
		right = meet(right, sel.sets[i])
	}
	return sel
}

// meet intersects two sets of which nil is everything.
func meet(a, b *roaring.Bitmap) *roaring.Bitmap {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return roaring.And(a, b)
}

// chosen returns the documents that have one of the values of f. Values
// widen.
func (s *Snapshot) chosen(f search.Filter) *roaring.Bitmap {
	i, ok := s.colOf[f.Field]
	if !ok {
		return roaring.New()
	}
	c := &s.cols[i]
	var sets []*roaring.Bitmap
	for _, v := range f.Values {
		if o, ok := c.ords[v]; ok {
			sets = append(sets, c.bits[o])
		}
	}
	if c.years && (f.From != 0 || f.To != 0) {
		for o, id := range c.dict {
			y, err := strconv.Atoi(id)
			if err == nil && y >= f.From && (f.To == 0 || y <= f.To) {
				sets = append(sets, c.bits[o])
			}
		}
	}
	switch len(sets) {
	case 0:
		return roaring.New()
	case 1:
		return sets[0]
	}
	return roaring.FastOr(sets...)
}

// filterOf returns the place of the filter on a field, -1 if there is none.
func (sel *selection) filterOf(field string) int {
	for i, f := range sel.filters {
		if f.Field == field {
			return i
		}
	}
	return -1
}

// facets counts the pages of found (one document of each) beside every value
// of every facet: a page that passes all filters counts in all facets, one
// that fails exactly one only in the facet of that filter.
func (s *Snapshot) facets(ctx context.Context, found *roaring.Bitmap, sel *selection, sc *scratch) ([]search.Facet, error) {
	counts := make([][]uint32, len(s.cols))
	var open []int // columns without a filter
	for i := range s.cols {
		counts[i] = make([]uint32, len(s.cols[i].dict))
		f := sel.filterOf(s.cols[i].field)
		if f < 0 {
			open = append(open, i)
			continue
		}
		if err := s.count(ctx, meet(found, sel.without[f]), []int{i}, counts, sc); err != nil {
			return nil, err
		}
	}
	if err := s.count(ctx, meet(found, sel.pass), open, counts, sc); err != nil {
		return nil, err
	}
	out := make([]search.Facet, len(s.cols))
	for i := range s.cols {
		var chosen search.Filter
		if f := sel.filterOf(s.cols[i].field); f >= 0 {
			chosen = sel.filters[f]
		}
		out[i] = s.cols[i].facet(counts[i], chosen)
	}
	return out, nil
}

// count adds the documents to the counts of the given columns. A set of more
// than half of all pages is counted by what it lacks.
func (s *Snapshot) count(ctx context.Context, docs *roaring.Bitmap, cols []int, counts [][]uint32, sc *scratch) error {
	if len(cols) == 0 {
		return nil
	}
	n := int(docs.GetCardinality())
	lacking := n > s.Pages()/2
	if lacking {
		docs = roaring.AndNot(s.Originals, docs)
	}
	it := docs.ManyIterator()
	for n := it.NextMany(sc.docs); n > 0; n = it.NextMany(sc.docs) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for _, i := range cols {
			s.cols[i].count(sc.docs[:n], counts[i])
		}
	}
	if lacking {
		for _, i := range cols {
			for o, total := range s.cols[i].total {
				counts[i][o] = total - counts[i][o]
			}
		}
	}
	return nil
}

// facet makes what readers see of counts: values with results, and chosen
// ones.
func (c *column) facet(counts []uint32, chosen search.Filter) search.Facet {
	out := search.Facet{Field: c.field}
	selected := make(map[string]bool, len(chosen.Values))
	for _, v := range chosen.Values {
		selected[v] = true
	}
	n := len(selected)
	for _, count := range counts {
		if count > 0 {
			n++
		}
	}
	out.Values = make([]search.FacetValue, 0, n)
	for o, id := range c.dict {
		if counts[o] > 0 || selected[id] {
			out.Values = append(out.Values, search.FacetValue{ID: id, Count: int(counts[o]), Selected: selected[id]})
			delete(selected, id)
		}
	}
	for _, v := range chosen.Values { // values that no page has
		if selected[v] {
			out.Values = append(out.Values, search.FacetValue{ID: v, Selected: true})
		}
	}
	return out
}

// constants returns the facets of all pages.
func (s *Snapshot) constants() []search.Facet {
	out := make([]search.Facet, len(s.cols))
	for i := range s.cols {
		out[i] = s.cols[i].facet(s.cols[i].total, search.Filter{})
	}
	return out
}

// Counts returns the facets of browsing without words or filters: how many
// pages each value has. The caller must not change them.
func (s *Snapshot) Counts() []search.Facet { return s.consts }
