package column

import (
	"cmp"
	"slices"
	"strings"

	"casebook/content"
	"casebook/index/docs"
)

// A Builder makes facets and orders of the pages of a library, which pass once,
// in the order of their places.
type Builder struct {
	lib     *content.Library
	columns []*columnBuilder
	sorts   []*sortKeys
}

// NewBuilder returns a Builder for the pages of a library.
func NewBuilder(lib *content.Library) *Builder {
	b := &Builder{lib: lib}
	for _, f := range facetsOf(lib) {
		b.columns = append(b.columns, &columnBuilder{facet: f, numbers: make(map[string]uint32), off: make([]uint32, 1, lib.Len()+1)})
	}
	for _, f := range lib.Schema.Sortable() {
		b.sorts = append(b.sorts, &sortKeys{field: f})
	}
	return b
}

// Add takes the next page.
func (b *Builder) Add(p *content.Page) {
	for _, c := range b.columns {
		c.add(p)
	}
	for _, k := range b.sorts {
		k.add(p)
	}
}

// Facets returns the columns of all pages.
func (b *Builder) Facets(m *docs.Map) *Facets {
	columns := make([]*Column, 0, len(b.columns))
	for _, c := range b.columns {
		columns = append(columns, c.column(m))
	}
	return newFacets(columns, m)
}

// A columnBuilder makes one column.
type columnBuilder struct {
	facet   content.Facet
	ids     []string // values in the order of their coming
	numbers map[string]uint32
	off     []uint32 // values of a page: values[off[page]:off[page+1]], as places in ids
	values  []uint32
	buf     []string
}

func (b *columnBuilder) add(p *content.Page) {
	b.buf = b.facet.AppendIDs(b.buf[:0], p)
	for _, id := range b.buf {
		v, ok := b.numbers[id]
		if !ok {
			id = strings.Clone(id) // the page may go
			v = uint32(len(b.ids))
			b.ids = append(b.ids, id)
			b.numbers[id] = v
		}
		b.values = append(b.values, v)
	}
	b.off = append(b.off, uint32(len(b.values)))
}

// column lays the values out by document.
func (b *columnBuilder) column(m *docs.Map) *Column {
	c := &Column{Facet: b.facet, IDs: slices.Clone(b.ids)}
	slices.SortFunc(c.IDs, b.facet.Order())
	rank := make([]uint32, len(b.ids))
	for v, id := range c.IDs {
		rank[b.numbers[id]] = uint32(v)
	}
	c.off = make([]uint32, len(m.Units)+1)
	c.values = make([]uint32, 0, len(b.values))
	for d, u := range m.Units {
		start := len(c.values)
		for _, v := range b.values[b.off[u.Page]:b.off[u.Page+1]] {
			c.values = append(c.values, rank[v])
		}
		slices.Sort(c.values[start:])
		c.values = c.values[:start+len(slices.Compact(c.values[start:]))]
		c.off[d+1] = uint32(len(c.values))
	}
	return c
}

// A sortKeys is by what pages stand in a field: the newest first, and what
// still runs before what ended; the largest number first.
type sortKeys struct {
	field *content.Field
	keys  []sortKey // by page
}

type sortKey struct {
	to, from int64   // years and dates: see latest
	number   float64 // numbers
}

func (k *sortKeys) add(p *content.Page) {
	values := p.Values(k.field.Name)
	var key sortKey
	if k.field.ByYears() {
		key.to, key.from = latest(values)
	} else {
		key.number = largest(values)
	}
	k.keys = append(k.keys, key)
}

func (k *sortKeys) compare(a, b uint32) int {
	x, y := &k.keys[a], &k.keys[b]
	return cmp.Or(cmp.Compare(y.to, x.to), cmp.Compare(y.from, x.from), cmp.Compare(y.number, x.number))
}
