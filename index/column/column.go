// Package column has the values of pages, facet by facet and in the order of the
// documents: how many pages of an answer have each value, which documents a filter
// lets through, in which order pages stand by a field.
//
// Counting is sideways (drill sideways): beside the values of a facet stands how
// many pages there would be if one of them were chosen instead, so a facet is
// counted under all filters but its own.
package column

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content"
	"casebook/index/docs"
	"casebook/search"
)

// A Column holds the values of one facet for every document. Values are
// numbered in the order in which they stand. It must not be changed.
type Column struct {
	Facet content.Facet
	IDs   []string // of the values

	numbers map[string]uint32 // by id
	off     []uint32          // values of document d: values[off[d]:off[d+1]], each once, ascending
	values  []uint32
	docs    []*roaring.Bitmap // documents by value
	pages   []uint32          // pages by value
}

// Values returns the values of a document, ascending.
func (c *Column) Values(doc uint32) []uint32 { return c.values[c.off[doc]:c.off[doc+1]] }

// Value returns the number of a value; false if no page has it.
func (c *Column) Value(id string) (uint32, bool) {
	v, ok := c.numbers[id]
	return v, ok
}

// Docs returns the documents that have a value: all versions of their pages.
func (c *Column) Docs(value uint32) *roaring.Bitmap { return c.docs[value] }

// Pages returns how many pages have a value.
func (c *Column) Pages(value uint32) int { return int(c.pages[value]) }

// prepare works out what is not kept in files.
func (c *Column) prepare(m *docs.Map) {
	c.numbers = make(map[string]uint32, len(c.IDs))
	c.docs = make([]*roaring.Bitmap, len(c.IDs))
	for i, id := range c.IDs {
		c.numbers[id] = uint32(i)
		c.docs[i] = roaring.New()
	}
	for d := range len(c.off) - 1 {
		for _, v := range c.Values(uint32(d)) {
			c.docs[v].Add(uint32(d))
		}
	}
	c.pages = make([]uint32, len(c.IDs))
	for i, b := range c.docs {
		b.RunOptimize()
		c.pages[i] = uint32(b.AndCardinality(m.Originals))
	}
}

// count adds the documents to counts, which is as long as IDs.
func (c *Column) count(list []uint32, counts []uint32) {
	off, values := c.off, c.values
	for _, d := range list {
		for _, v := range values[off[d]:off[d+1]] {
			counts[v]++
		}
	}
}

// counted makes what readers see of counts: values with results, and chosen
// ones.
func (c *Column) counted(counts []uint32, chosen search.Filter) search.Facet {
	var selected []uint32 // ascending
	var unknown []string  // that no page has
	for _, id := range chosen.Values {
		if v, ok := c.numbers[id]; ok {
			selected = append(selected, v)
		} else if !slices.Contains(unknown, id) {
			unknown = append(unknown, id)
		}
	}
	slices.Sort(selected)
	selected = slices.Compact(selected)
	n := len(chosen.Values)
	for _, count := range counts {
		if count > 0 {
			n++
		}
	}
	out := search.Facet{Field: c.Facet.Name, Values: make([]search.FacetValue, 0, n)}
	for v, count := range counts {
		is := len(selected) > 0 && selected[0] == uint32(v)
		if is {
			selected = selected[1:]
		}
		if count > 0 || is {
			out.Values = append(out.Values, search.FacetValue{ID: c.IDs[v], Count: int(count), Selected: is})
		}
	}
	for _, id := range unknown {
		out.Values = append(out.Values, search.FacetValue{ID: id, Selected: true})
	}
	return out
}
