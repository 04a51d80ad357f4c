package index

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content"
)

// The names of the facets that are no fields of a kind.
const (
	kindFacet     = "kind"
	languageFacet = "language"
)

// maxSpan bounds the years that one page counts for, against 1-9999.
const maxSpan = 500

// A column holds the values of one facet for every document, in the order of
// the documents. Values are numbered by their place in dict.
type column struct {
	field string
	years bool // values are years; ranges choose among them
	dict  []string
	ords  map[string]uint32
	off   []uint32 // values of document d: ord[off[d]:off[d+1]], each once
	ord   []uint32
	bits  []*roaring.Bitmap // documents by value
	total []uint32          // pages by value, over all pages
}

// values returns the numbers of the values of a document.
func (c *column) values(doc uint32) []uint32 { return c.ord[c.off[doc]:c.off[doc+1]] }

// count adds the documents to counts, which is as long as dict.
func (c *column) count(docs []uint32, counts []uint32) {
	off, ord := c.off, c.ord
	for _, d := range docs {
		for _, o := range ord[off[d]:off[d+1]] {
			counts[o]++
		}
	}
}

// facetIDs returns the values of a page in a facet, in any order, perhaps
// twice.
func facetIDs(p *content.Page, facet string, f *content.Field) []string {
	switch facet {
	case kindFacet:
		return []string{p.Kind.ID}
	case languageFacet:
		return p.Langs()
	}
	if f == nil {
		return nil
	}
	var ids []string
	for _, v := range p.Values(facet) {
		switch f.Type {
		case content.TypeYears, content.TypeDate:
			from, to := v.Years.From, v.Years.To
			if from == 0 && to == 0 {
				from = v.Date.Year()
				to = from
			}
			for y := max(from, to-maxSpan); y <= to; y++ {
				ids = append(ids, strconv.Itoa(y))
			}
		case content.TypeTerm, content.TypePage, content.TypeText, content.TypeNumber, content.TypeBoolean, content.TypeURL:
			if v.ID != "" {
				ids = append(ids, v.ID)
			}
		}
	}
	return ids
}

// newColumn lays out one facet. pages are by slot, slotOf by document, reps
// has one document of every page.
func newColumn(lib *content.Library, facet string, pages []*content.Page, slotOf []uint32, reps *roaring.Bitmap) column {
	f, _ := lib.Schema.Field(facet)
	c := column{field: facet, ords: make(map[string]uint32)}
	c.years = f != nil && (f.Type == content.TypeYears || f.Type == content.TypeDate)
	perPage := make([][]string, len(pages))
	for i, p := range pages {
		perPage[i] = facetIDs(p, facet, f)
		for _, id := range perPage[i] {
			c.ords[id] = 0
		}
	}
	for id := range c.ords {
		c.dict = append(c.dict, id)
	}
	slices.SortFunc(c.dict, valueOrder(lib, facet, f))
	for i, id := range c.dict {
		c.ords[id] = uint32(i)
	}
	c.off = make([]uint32, len(slotOf)+1)
	for d, slot := range slotOf {
		start := len(c.ord)
		for _, id := range perPage[slot] {
			c.ord = append(c.ord, c.ords[id])
		}
		slices.Sort(c.ord[start:])
		c.ord = c.ord[:start+len(slices.Compact(c.ord[start:]))]
		c.off[d+1] = uint32(len(c.ord))
	}
	c.bits = make([]*roaring.Bitmap, len(c.dict))
	for i := range c.bits {
		c.bits[i] = roaring.New()
	}
	for d := range slotOf {
		for _, o := range c.values(uint32(d)) {
			c.bits[o].Add(uint32(d))
		}
	}
	c.total = make([]uint32, len(c.dict))
	for i, b := range c.bits {
		b.RunOptimize()
		c.total[i] = uint32(b.AndCardinality(reps))
	}
	return c
}

// valueOrder returns how the values of a facet stand: as the vocabulary, the
// schema or the site has them, years by number, else by id.
func valueOrder(lib *content.Library, facet string, f *content.Field) func(a, b string) int {
	rank := make(map[string]int)
	switch {
	case facet == kindFacet:
		for i, k := range lib.Schema.Kinds {
			rank[k.ID] = i + 1
		}
	case facet == languageFacet:
		for i, l := range lib.Site.Languages {
			rank[l] = i + 1
		}
	case f == nil:
	case f.Type == content.TypeTerm:
		if v, ok := lib.Vocabulary(f.Vocabulary); ok {
			for i, t := range v.Terms {
				rank[t.ID] = i + 1
			}
		}
	case f.Type == content.TypeYears, f.Type == content.TypeDate, f.Type == content.TypeNumber:
		return func(a, b string) int {
			x, _ := strconv.ParseFloat(a, 64)
			y, _ := strconv.ParseFloat(b, 64)
			return cmp.Or(cmp.Compare(x, y), cmp.Compare(a, b))
		}
	}
	return func(a, b string) int {
		ra, rb := rank[a], rank[b]
		if (ra == 0) != (rb == 0) { // what no list has comes last
			return cmp.Compare(rb, ra)
		}
		return cmp.Or(cmp.Compare(ra, rb), cmp.Compare(a, b))
	}
}
