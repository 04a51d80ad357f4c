package column

import (
	"context"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content"
	"casebook/index/docs"
	"casebook/index/file"
	"casebook/search"
)

// Facets are the columns of all facets.
type Facets struct {
	Columns []*Column      // in the order of the schema
	Totals  []search.Facet // counts over all pages, without filters

	docs   *docs.Map
	byName map[string]*Column
}

// facetsOf returns the facets of a library, each once.
func facetsOf(lib *content.Library) []content.Facet {
	var facets []content.Facet
	for _, f := range lib.Facets() {
		if !slices.ContainsFunc(facets, func(o content.Facet) bool { return o.Name == f.Name }) {
			facets = append(facets, f)
		}
	}
	return facets
}

// newFacets works out what is not kept in files.
func newFacets(columns []*Column, m *docs.Map) *Facets {
	f := &Facets{Columns: columns, docs: m, byName: make(map[string]*Column)}
	var wg sync.WaitGroup
	for _, c := range columns {
		f.byName[c.Facet.Name] = c
		wg.Go(func() { c.prepare(m) })
	}
	wg.Wait()
	f.Totals = make([]search.Facet, len(columns))
	for i, c := range columns {
		f.Totals[i] = c.counted(c.pages, search.Filter{})
	}
	return f
}

// Column returns the column of a facet.
func (f *Facets) Column(name string) (*Column, bool) {
	c, ok := f.byName[name]
	return c, ok
}

// Count counts the pages of found (one document of each) beside every value
// of every facet: a page that passes all filters counts in all facets, one
// that fails exactly one only in the facet of that filter. buf is memory for some
// documents; between two bufs full of them the context is looked at.
func (f *Facets) Count(ctx context.Context, found *roaring.Bitmap, sel *Selection, buf []uint32) ([]search.Facet, error) {
	counts := make([][]uint32, len(f.Columns))
	var open []int // columns without a filter
	for i, c := range f.Columns {
		counts[i] = make([]uint32, len(c.IDs))
		filter := sel.filterOf(c.Facet.Name)
		if filter < 0 {
			open = append(open, i)
			continue
		}
		if err := f.count(ctx, Meet(found, sel.Without[filter]), []int{i}, counts, buf); err != nil {
			return nil, err
		}
	}
	if err := f.count(ctx, Meet(found, sel.Pass), open, counts, buf); err != nil {
		return nil, err
	}
	out := make([]search.Facet, len(f.Columns))
	for i, c := range f.Columns {
		var chosen search.Filter
		if filter := sel.filterOf(c.Facet.Name); filter >= 0 {
			chosen = sel.Filters[filter]
		}
		out[i] = c.counted(counts[i], chosen)
	}
	return out, nil
}

// count adds the documents to the counts of the columns at some places. A set of
// more than half of all pages is counted by what it lacks.
func (f *Facets) count(ctx context.Context, set *roaring.Bitmap, columns []int, counts [][]uint32, buf []uint32) error {
	if len(columns) == 0 {
		return nil
	}
	lacking := int(set.GetCardinality()) > f.docs.Pages()/2
	if lacking {
		set = roaring.AndNot(f.docs.Originals, set)
	}
	it := set.ManyIterator()
	for n := it.NextMany(buf); n > 0; n = it.NextMany(buf) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for _, i := range columns {
			f.Columns[i].count(buf[:n], counts[i])
		}
	}
	if lacking {
		for _, i := range columns {
			for v, total := range f.Columns[i].pages {
				counts[i][v] = total - counts[i][v]
			}
		}
	}
	return nil
}

// Write writes the columns.
func (f *Facets) Write(w *file.Writer) {
	w.Uint64(uint64(len(f.Columns)))
	for _, c := range f.Columns {
		w.Text(c.Facet.Name)
		w.Uint64(yearsFlag(c.Facet))
		w.Texts(c.IDs)
		w.Uint32s(c.off)
		w.Uint32s(c.values)
	}
}

// yearsFlag is 1 where values are years.
func yearsFlag(f content.Facet) uint64 {
	if f.ByYears() {
		return 1
	}
	return 0
}

// ReadFacets reads the columns of the facets of a library.
func ReadFacets(r *file.Reader, lib *content.Library, m *docs.Map) *Facets {
	n, facets := len(m.Units), facetsOf(lib)
	columns := make([]*Column, 0, len(facets))
	r.Check(r.Count(1) == len(facets))
	for _, facet := range facets {
		r.Check(r.Text() == facet.Name && r.Uint64() == yearsFlag(facet))
		c := &Column{Facet: facet, IDs: r.Texts(), off: r.Uint32s(), values: r.Uint32s()}
		r.Check(len(c.off) == n+1 && c.off[0] == 0 && int(c.off[n]) == len(c.values) && slices.IsSorted(c.off) && file.Below(c.values, len(c.IDs)))
		if r.Err() != nil {
			return nil
		}
		columns = append(columns, c)
	}
	return newFacets(columns, m)
}
