// Package docs knows which documents there are: which page each is of, in which
// language, what of it is text, by which names it goes. A document, or unit, is a
// page in one language. Documents have numbers from 0, in the order of page ids,
// those of a page together and its original first. Pages have their places in the
// library. Sets of documents are roaring bitmaps; a set of whole pages has either
// all documents of a page or none.
package docs

import (
	"fmt"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content"
	"casebook/index/text"
)

// A Unit is one document: a page in one language.
type Unit struct {
	Page uint32 // its page
	Tag  uint16 // place of its language in Map.Tags
	Lang uint16 // place of that language's rules in Map.Langs
}

// A Map says which documents each page has, and the other way round. It must
// not be changed.
type Map struct {
	Tags  []string         // languages that pages are written in
	Langs []*text.Language // their rules; languages without rules of their own share some
	Units []Unit           // by document; those of a page follow one another, the original first

	All       *roaring.Bitmap   // all documents
	Originals *roaring.Bitmap   // one document of every page, its original
	Multi     *roaring.Bitmap   // documents of pages in several languages
	InLang    []*roaring.Bitmap // documents by place in Langs
	Having    []*roaring.Bitmap // by place in Langs: of every page that is in it, the original
	OfKind    []*roaring.Bitmap // documents by the place of their kind in the schema

	firstOf []uint32       // first document of a page; one more at the end
	langOf  map[string]int // language of a page -> place in Langs
	site    []string       // languages of the site, the most important first
}

// NewMap numbers the documents of a library: by page, and for each page as
// it gives its languages.
func NewMap(lib *content.Library) (*Map, error) {
	m := &Map{langOf: make(map[string]int), site: lib.Site.Languages}
	if err := m.number(lib); err != nil {
		return nil, err
	}
	m.divide(lib)
	return m, nil
}

func (m *Map) number(lib *content.Library) error {
	tagOf := make(map[string]uint16)
	table := lib.Table()
	m.firstOf = make([]uint32, 0, lib.Len()+1)
	m.Units = make([]Unit, 0, lib.Len())
	for slot := range lib.Len() {
		m.firstOf = append(m.firstOf, uint32(len(m.Units)))
		for _, tag := range table.Langs(slot) {
			t, ok := tagOf[tag]
			if !ok {
				if len(m.Tags) > math.MaxUint16 {
					return fmt.Errorf("more than %d languages", math.MaxUint16)
				}
				if err := m.addLanguage(tag); err != nil {
					return err
				}
				t = uint16(len(m.Tags))
				tagOf[tag] = t
				m.Tags = append(m.Tags, tag)
			}
			m.Units = append(m.Units, Unit{uint32(slot), t, uint16(m.langOf[tag])})
		}
	}
	m.firstOf = append(m.firstOf, uint32(len(m.Units)))
	return nil
}

// addLanguage finds the rules for a language of pages.
func (m *Map) addLanguage(tag string) error {
	l, err := text.NewLanguage(tag)
	if err != nil {
		return fmt.Errorf("language %s: %w", tag, err)
	}
	i := slices.IndexFunc(m.Langs, func(o *text.Language) bool { return o.Code == l.Code })
	if i < 0 {
		i = len(m.Langs)
		m.Langs = append(m.Langs, l)
	}
	m.langOf[tag] = i
	return nil
}

// divide works out the sets.
func (m *Map) divide(lib *content.Library) {
	m.All, m.Originals, m.Multi = roaring.New(), roaring.New(), roaring.New()
	m.InLang, m.Having, m.OfKind = bitmaps(len(m.Langs)), bitmaps(len(m.Langs)), bitmaps(len(lib.Schema.Kinds))
	kinds := lib.Table().Data().Kinds
	m.All.AddRange(0, uint64(len(m.Units)))
	for u, unit := range m.Units {
		d, first := uint32(u), m.firstOf[unit.Page]
		m.InLang[unit.Lang].Add(d)
		m.Having[unit.Lang].Add(first)
		m.OfKind[kinds[unit.Page]].Add(d)
		if first == d {
			m.Originals.Add(d)
		}
		if m.firstOf[unit.Page+1]-first > 1 {
			m.Multi.Add(d)
		}
	}
	for _, b := range slices.Concat(m.InLang, m.Having, m.OfKind, []*roaring.Bitmap{m.All, m.Originals, m.Multi}) {
		b.RunOptimize()
	}
}

func bitmaps(n int) []*roaring.Bitmap {
	out := make([]*roaring.Bitmap, n)
	for i := range out {
		out[i] = roaring.New()
	}
	return out
}

// Pages returns how many pages there are.
func (m *Map) Pages() int { return len(m.firstOf) - 1 }

// Original returns the first document of a page.
func (m *Map) Original(slot uint32) uint32 { return m.firstOf[slot] }

// Versions returns the documents of a page: from first on, before end.
func (m *Map) Versions(slot uint32) (first, end uint32) {
	return m.firstOf[slot], m.firstOf[slot+1]
}

// TagOf returns the language of a document.
func (m *Map) TagOf(doc uint32) string { return m.Tags[m.Units[doc].Tag] }

// Version returns the document of a page in a language, the original where it
// is not translated.
func (m *Map) Version(slot uint32, tag string) uint32 {
	for d := m.firstOf[slot]; d < m.firstOf[slot+1]; d++ {
		if m.TagOf(d) == tag {
			return d
		}
	}
	return m.firstOf[slot]
}

// WholePages returns a set of documents with all other versions of their pages.
// It may be the set itself.
func (m *Map) WholePages(docs *roaring.Bitmap) *roaring.Bitmap {
	if m.Multi.IsEmpty() || !docs.Intersects(m.Multi) {
		return docs
	}
	out := docs.Clone()
	for it := roaring.And(docs, m.Multi).Iterator(); it.HasNext(); {
		first, end := m.Versions(m.Units[it.Next()].Page)
		out.AddRange(uint64(first), uint64(end))
	}
	return out
}

// CountPages counts the pages of a set of whole pages.
func (m *Map) CountPages(docs *roaring.Bitmap) int {
	if m.Multi.IsEmpty() {
		return int(docs.GetCardinality())
	}
	return int(docs.AndCardinality(m.Originals))
}

// OnePerPage returns one document of every page of a set of whole pages.
func (m *Map) OnePerPage(docs *roaring.Bitmap) *roaring.Bitmap {
	if m.Multi.IsEmpty() {
		return docs
	}
	return roaring.And(docs, m.Originals)
}

// Lang returns the place in Langs of a language; false if no page is in it.
func (m *Map) Lang(tag string) (int, bool) {
	i, ok := m.langOf[tag]
	return i, ok
}

// LangFor returns the place of the reader's language, of the site's first
// language if no page is in the reader's, else 0.
func (m *Map) LangFor(reader string) int {
	for _, l := range append([]string{reader}, m.site...) {
		if i, ok := m.langOf[l]; ok {
			return i
		}
	}
	return 0
}
