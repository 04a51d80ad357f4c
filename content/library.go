// Package content has the nouns: what a content folder is once it has been read.
// It knows no domain; which kinds of page there are, which fields and terms, all
// comes from the folder. docs/editors.md describes the format.
//
//	Library     all that can be served from one folder, its pages and the rest
//	Page        one page in one language: fields with their values, and a body
//	Schema      the kinds of page and their fields, from schema.yaml
//	Facet       one way in which pages are counted and chosen: a field, the kind, the language
//	Vocabulary  a list of terms that a field may have, broader and narrower ones, from vocabularies/
//	Glossary    what words mean and which mean the same, from glossary.yaml: no page is tagged with them
//	Site        what the whole is called and where its parts stand, from site.yaml
//	Text        a few words in several languages
//	Problem     what is wrong in a file, where, and what would be right
//
// The rooms beside it make these of files: source reads files and says where a
// problem is, definitions reads all but the pages, markdown and frontmatter read
// the two parts of a page, and load puts it together. lexical says which words
// are the same, record writes a page as bytes.
package content

import (
	"cmp"
	"errors"
	"iter"
	"sort"
	"sync"
)

// A Library is everything in one content folder that can be served. It does
// not change once it is made (NewLibrary).
//
// Its pages are numbered in the order of their ids: a page's place is from 0
// to Len()-1. A PageStore gives them one by one: out of memory or out of a file.
type Library struct {
	Site         *Site
	Schema       *Schema
	Vocabularies map[string]*Vocabulary // by name
	Glossary     *Glossary
	Images       []string // paths of the images that stand among the pages, sorted
	LeftOut      []string // paths of files with errors, sorted
	Revision     string   // 12 hex digits that change with any byte of the content

	pages PageStore

	once  *sync.Once // makes table
	table *PageTable
}

// A PageStore holds published originals without errors, translations with them,
// in the order of their ids. It is safe for concurrent use.
type PageStore interface {
	Len() int
	ID(place int) string
	// Page fails only where the store itself does; it may give the same page
	// as another value each time.
	Page(place int) (*Page, error)
}

// NewLibrary returns a library of the pages of a store, with everything else
// from data, which may have no pages itself. table is what is known of these
// pages; where it is nil they are all read once when it is asked for, which must
// not fail.
func NewLibrary(data *Library, pages PageStore, table *PageTable) *Library {
	l := *data
	l.pages, l.once, l.table = pages, new(sync.Once), table
	return &l
}

// Len returns the number of pages; a page in several languages is one.
func (l *Library) Len() int { return l.pages.Len() }

// ID returns the id of the page at a place.
func (l *Library) ID(place int) string { return l.pages.ID(place) }

// At returns the page at a place, in its original language.
func (l *Library) At(place int) (*Page, error) { return l.pages.Page(place) }

// Place returns the place of the page with this id; for another id, the
// place that it would have.
func (l *Library) Place(id string) (place int, ok bool) {
	return sort.Find(l.pages.Len(), func(i int) int { return cmp.Compare(id, l.pages.ID(i)) })
}

// Has reports whether there is a published page with this id, without reading it.
func (l *Library) Has(id string) bool {
	_, ok := l.Place(id)
	return ok
}

// ErrNoPage is what Page returns for an id that no published page has.
var ErrNoPage = errors.New("there is no such page")

// Page returns the published page with this id, in its original language. Its
// errors are ErrNoPage and, for a page that there is, those of the store.
func (l *Library) Page(id string) (*Page, error) {
	place, ok := l.Place(id)
	if !ok {
		return nil, ErrNoPage
	}
	return l.pages.Page(place)
}

// All yields every page in the order of the ids, or the error of the store for
// one that can't be read. From a file that is slow: see Table for what needs no
// page itself.
func (l *Library) All() iter.Seq2[*Page, error] {
	return func(yield func(*Page, error) bool) {
		for i := range l.pages.Len() {
			if !yield(l.pages.Page(i)) {
				return
			}
		}
	}
}

// Table returns what is known of all pages without reading them.
func (l *Library) Table() *PageTable {
	l.once.Do(func() {
		if l.table == nil {
			l.table = newPageTable(l)
		}
	})
	return l.table
}

// Vocabulary returns the vocabulary of this name.
func (l *Library) Vocabulary(name string) (*Vocabulary, bool) {
	v, ok := l.Vocabularies[name]
	return v, ok
}
