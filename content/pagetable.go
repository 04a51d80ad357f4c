package content

import (
	"errors"
	"iter"
	"math"
	"slices"
	"strings"
	"time"
)

// A PageTable says of all pages, by place, what a whole site is made of
// without reading a page: kinds, dates, languages, which page stands below
// which, and who refers to whom.
type PageTable struct {
	schema   *Schema
	data     PageTableData
	children [][]uint32          // by place of the page above; nil for most
	roots    map[string][]uint32 // kind → pages without a page above
	perKind  map[string]int
}

// PageTableData is a PageTable as plain arrays, to be kept in a file.
type PageTableData struct {
	Kinds    []uint32 // place → place in Schema.Kinds
	Parents  []uint32 // place → 1 + place of the page above, 0 without
	Reviewed []uint32 // place → days since 1 January of the year 1
	Langs    []uint32 // place → place in LangSets
	LangSets []string // languages, the original's first, with spaces between
	// Mentions of page p are From[Off[p]:Off[p+1]], by place, each in the
	// field of that place in Fields.
	Off    []uint32
	From   []uint32
	In     []uint32
	Fields []string
}

// A Mention is a reference to a page by another.
type Mention struct {
	From  int    // place of the page that refers
	Field string // in which of its fields
}

var dayOne = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)

const day = 24 * 60 * 60

// newPageTable reads all pages of a library once.
func newPageTable(l *Library) *PageTable {
	t, _ := MakePageTable(l, func(i int) (*Page, error) { return l.pages.Page(i) }) // pages in memory never fail
	return t
}

// MakePageTable makes the table of a library whose pages page gives; it asks
// for each once, in order.
func MakePageTable(l *Library, page func(place int) (*Page, error)) (*PageTable, error) {
	n := l.Len()
	d := PageTableData{
		Kinds: make([]uint32, n), Parents: make([]uint32, n), Reviewed: make([]uint32, n), Langs: make([]uint32, n),
		Off: make([]uint32, n+1),
	}
	number := func(list *[]string) func(s string) uint32 {
		seen := make(map[string]uint32)
		return func(s string) uint32 {
			i, ok := seen[s]
			if !ok {
				i = uint32(len(*list))
				seen[s] = i
				*list = append(*list, s)
			}
			return i
		}
	}
	langSet, field := number(&d.LangSets), number(&d.Fields)
	type mention struct{ to, from, in uint32 }
	var mentions []mention
	for i := range n {
		p, err := page(i)
		if err != nil {
			return nil, err
		}
		d.Kinds[i] = uint32(slices.Index(l.Schema.Kinds, p.Kind))
		if above, ok := l.Place(p.Parent); ok && p.Parent != "" {
			d.Parents[i] = uint32(above) + 1
		}
		if days := (p.Reviewed.Unix() - dayOne.Unix()) / day; days > 0 && days < math.MaxUint32 {
			d.Reviewed[i] = uint32(days)
		}
		d.Langs[i] = langSet(strings.Join(p.Langs(), " "))
		for _, f := range p.Kind.Fields {
			if f.Type != TypePage || f.Name == p.Kind.Parent {
				continue
			}
			for _, v := range p.Values(f.Name) {
				if !v.Given {
					continue
				}
				if to, ok := l.Place(v.Page); ok {
					mentions = append(mentions, mention{uint32(to), uint32(i), field(f.Name)})
					d.Off[to+1]++
				}
			}
		}
	}
	for i := range n {
		d.Off[i+1] += d.Off[i]
	}
	d.From, d.In = make([]uint32, len(mentions)), make([]uint32, len(mentions))
	next := slices.Clone(d.Off)
	for _, m := range mentions {
		d.From[next[m.to]], d.In[next[m.to]] = m.from, m.in
		next[m.to]++
	}
	return OpenPageTable(l.Schema, d)
}

// OpenPageTable makes a PageTable of its data, if that is sound.
func OpenPageTable(schema *Schema, d PageTableData) (*PageTable, error) {
	n := len(d.Kinds)
	damaged := errors.New("the table of pages is damaged")
	if len(d.Parents) != n || len(d.Reviewed) != n || len(d.Langs) != n || len(d.Off) != n+1 || len(d.In) != len(d.From) ||
		d.Off[0] != 0 || int(d.Off[n]) != len(d.From) {
		return nil, damaged
	}
	t := &PageTable{schema: schema, data: d, roots: map[string][]uint32{}, perKind: map[string]int{}}
	for i := range n {
		if int(d.Kinds[i]) >= len(schema.Kinds) || int(d.Parents[i]) > n || int(d.Langs[i]) >= len(d.LangSets) || d.Off[i] > d.Off[i+1] {
			return nil, damaged
		}
		kind := schema.Kinds[d.Kinds[i]].ID
		t.perKind[kind]++
		if above := d.Parents[i]; above == 0 {
			t.roots[kind] = append(t.roots[kind], uint32(i))
		} else {
			if t.children == nil {
				t.children = make([][]uint32, n)
			}
			t.children[above-1] = append(t.children[above-1], uint32(i))
		}
	}
	for i, from := range d.From {
		if int(from) >= n || int(d.In[i]) >= len(d.Fields) {
			return nil, damaged
		}
	}
	if inCircle(d.Parents) {
		return nil, damaged
	}
	return t, nil
}

// inCircle reports whether some page is above itself; parents are as in
// PageTableData.
func inCircle(parents []uint32) bool {
	from := make([]uint32, len(parents)) // the walk that came by first
	for i := range parents {
		walk, at := uint32(i)+1, uint32(i)+1
		for at > 0 && from[at-1] == 0 {
			from[at-1] = walk
			at = parents[at-1]
		}
		if at > 0 && from[at-1] == walk {
			return true
		}
	}
	return false
}

// Data returns the arrays of the table, not to be changed.
func (t *PageTable) Data() PageTableData { return t.data }

// Kind returns the kind of the page at a place.
func (t *PageTable) Kind(place int) *Kind { return t.schema.Kinds[t.data.Kinds[place]] }

// PerKind returns how many pages are of a kind.
func (t *PageTable) PerKind(kind string) int { return t.perKind[kind] }

// Reviewed returns when the page at a place was last reviewed; zero if that
// is not known.
func (t *PageTable) Reviewed(place int) time.Time {
	if d := t.data.Reviewed[place]; d > 0 {
		return time.Unix(dayOne.Unix()+int64(d)*day, 0).UTC()
	}
	return time.Time{}
}

// Langs returns the languages of the page at a place, the original's first.
func (t *PageTable) Langs(place int) []string {
	return strings.Fields(t.data.LangSets[t.data.Langs[place]])
}

// Languages returns all languages that a page is in, sorted.
func (t *PageTable) Languages() []string {
	var all []string
	for _, set := range t.data.LangSets {
		all = append(all, strings.Fields(set)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Parent returns the place of the page above a page; false where it has none.
func (t *PageTable) Parent(place int) (int, bool) {
	above := t.data.Parents[place]
	return int(above) - 1, above > 0
}

// Children returns the places of the pages directly below a page.
func (t *PageTable) Children(place int) []uint32 {
	if t.children == nil {
		return nil
	}
	return t.children[place]
}

// Roots returns the places of the pages of a kind that have no page above.
func (t *PageTable) Roots(kind string) []uint32 { return t.roots[kind] }

// Mentions yields the references to the page at a place, in the order of the
// pages that refer. Those to the page above are not among them.
func (t *PageTable) Mentions(place int) iter.Seq[Mention] {
	return func(yield func(Mention) bool) {
		for i := t.data.Off[place]; i < t.data.Off[place+1]; i++ {
			if !yield(Mention{int(t.data.From[i]), t.data.Fields[t.data.In[i]]}) {
				return
			}
		}
	}
}

// Citing returns how many pages refer to the page at a place or to one below
// it.
func (t *PageTable) Citing(place int) int {
	if len(t.Children(place)) == 0 && t.data.Off[place+1]-t.data.Off[place] < 2 {
		return int(t.data.Off[place+1] - t.data.Off[place])
	}
	seen := make([]uint64, len(t.data.Kinds)/64+1)
	n := 0
	var count func(place, depth int)
	count = func(place, depth int) {
		for _, from := range t.data.From[t.data.Off[place]:t.data.Off[place+1]] {
			if seen[from/64]&(1<<(from%64)) == 0 {
				seen[from/64] |= 1 << (from % 64)
				n++
			}
		}
		if depth < 8 {
			for _, c := range t.Children(place) {
				count(int(c), depth+1)
			}
		}
	}
	count(place, 0)
	return n
}
