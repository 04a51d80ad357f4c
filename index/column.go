package index

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content"
	"casebook/index/docs"
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

// A columnMaker makes a column while pages pass in the order of their slots.
type columnMaker struct {
	facet string
	field *content.Field // nil for a facet that is no field
	ids   []string       // values in the order of their coming
	seen  map[string]uint32
	off   []uint32 // values of a slot: ord[off[slot]:off[slot+1]], as places in ids
	ord   []uint32
}

func newColumnMaker(lib *content.Library, facet string, pages int) *columnMaker {
	f, _ := lib.Schema.Field(facet)
	return &columnMaker{facet: facet, field: f, seen: make(map[string]uint32), off: make([]uint32, 1, pages+1)}
}

// add takes the next page.
func (m *columnMaker) add(p *content.Page) {
	for _, id := range facetIDs(p, m.facet, m.field) {
		o, ok := m.seen[id]
		if !ok {
			id = strings.Clone(id) // the page may go
			o = uint32(len(m.ids))
			m.ids = append(m.ids, id)
			m.seen[id] = o
		}
		m.ord = append(m.ord, o)
	}
	m.off = append(m.off, uint32(len(m.ord)))
}

// column lays the values out by document.
func (m *columnMaker) column(lib *content.Library, units []docs.Unit) column {
	c := column{field: m.facet, dict: slices.Clone(m.ids)}
	c.years = m.field != nil && (m.field.Type == content.TypeYears || m.field.Type == content.TypeDate)
	slices.SortFunc(c.dict, valueOrder(lib, m.facet, m.field))
	rank := make([]uint32, len(m.ids))
	for o, id := range c.dict {
		rank[m.seen[id]] = uint32(o)
	}
	c.off = make([]uint32, len(units)+1)
	c.ord = make([]uint32, 0, len(m.ord))
	for d, u := range units {
		start := len(c.ord)
		for _, o := range m.ord[m.off[u.Page]:m.off[u.Page+1]] {
			c.ord = append(c.ord, rank[o])
		}
		slices.Sort(c.ord[start:])
		c.ord = c.ord[:start+len(slices.Compact(c.ord[start:]))]
		c.off[d+1] = uint32(len(c.ord))
	}
	return c
}

// index works out the sets of documents; reps has one of every page.
func (c *column) index(reps *roaring.Bitmap) {
	c.ords = make(map[string]uint32, len(c.dict))
	c.bits = make([]*roaring.Bitmap, len(c.dict))
	for i, id := range c.dict {
		c.ords[id] = uint32(i)
		c.bits[i] = roaring.New()
	}
	for d := range len(c.off) - 1 {
		for _, o := range c.values(uint32(d)) {
			c.bits[o].Add(uint32(d))
		}
	}
	c.total = make([]uint32, len(c.dict))
	for i, b := range c.bits {
		b.RunOptimize()
		c.total[i] = uint32(b.AndCardinality(reps))
	}
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
