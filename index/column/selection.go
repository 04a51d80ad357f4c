package column

import (
	"slices"
	"strconv"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/search"
)

// A Selection is what the filters of a query let through. Sets of documents
// are of whole pages; nil stands for all documents.
type Selection struct {
	Filters []search.Filter   // without those that choose nothing
	Without []*roaring.Bitmap // by filter: documents that pass all others
	Pass    *roaring.Bitmap   // documents that pass all
}

// Select prepares filters. A facet that there is not lets nothing through.
func (f *Facets) Select(filters []search.Filter) *Selection {
	sel := &Selection{}
	var sets []*roaring.Bitmap // by filter: documents that pass it
	for _, filter := range filters {
		if !filter.IsZero() {
			sel.Filters = append(sel.Filters, filter)
			sets = append(sets, f.chosen(filter))
		}
	}
	n := len(sets)
	sel.Without = make([]*roaring.Bitmap, n)
	for i := range n { // from the left: all filters before i
		sel.Without[i] = sel.Pass
		sel.Pass = Meet(sel.Pass, sets[i])
	}
	var right *roaring.Bitmap
	for i := n - 1; i >= 0; i-- { // and from the right
		sel.Without[i] = Meet(sel.Without[i], right)
		right = Meet(right, sets[i])
	}
	return sel
}

// Meet intersects two sets of which nil is everything.
func Meet(a, b *roaring.Bitmap) *roaring.Bitmap {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return roaring.And(a, b)
}

// chosen returns the documents that have one of the values of a filter: values
// widen. Both ends of a range of years are in it.
func (f *Facets) chosen(filter search.Filter) *roaring.Bitmap {
	c, ok := f.byName[filter.Field]
	if !ok {
		return roaring.New()
	}
	var sets []*roaring.Bitmap
	for _, id := range filter.Values {
		if v, ok := c.numbers[id]; ok {
			sets = append(sets, c.docs[v])
		}
	}
	if c.Facet.ByYears() && (filter.From != 0 || filter.To != 0) {
		for v, id := range c.IDs {
			y, err := strconv.Atoi(id)
			if err == nil && y >= filter.From && (filter.To == 0 || y <= filter.To) {
				sets = append(sets, c.docs[v])
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

// filterOf returns the place of the filter on a facet, -1 if there is none.
func (sel *Selection) filterOf(facet string) int {
	return slices.IndexFunc(sel.Filters, func(f search.Filter) bool { return f.Field == facet })
}
