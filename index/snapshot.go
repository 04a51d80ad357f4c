// Package index makes one searchable, immutable Snapshot of a content
// library and answers queries from it. It alone knows bleve.
//
// bleve finds words: it analyzes them and keeps posting lists with frequencies,
// in one segment, in memory or in a file. All else is computed here, over arrays
// beside the segment: where words stand, scores, filters, the numbers beside
// filter values, order, passages, synonyms, spelling. A document of the segment
// is a unit: one page in one language; both have the same number, in the order
// of page ids. Sets of documents are roaring bitmaps, which bleve's lists are
// too, so that conditions meet before anything is scored.
package index

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"casebook/content"
	"casebook/index/column"
	"casebook/index/docs"
	"casebook/index/fields"
	"casebook/index/rank"
	"casebook/index/suggest"
	"casebook/index/words"
	"casebook/search"
)

// Errors that a caller may branch on. Besides them Search returns errors that
// wrap context.DeadlineExceeded or context.Canceled.
var (
	// ErrOverloaded means that too many searches are running; later may be better.
	ErrOverloaded = search.ErrOverloaded
	// ErrTooDeep means that the query asks for hits past search.MaxDepth.
	ErrTooDeep = errors.New("page is too far from the first")
)

// A Snapshot is one state of the content, ready to be searched. Nothing in it
// changes after Build; it is safe for concurrent use until its last Release.
type Snapshot struct {
	*docs.Map
	lib     *content.Library
	bounds  bounds
	running chan struct{} // a place for every search that may run

	words *words.Index
	close func() // of all that is open; for the last Release
	refs  atomic.Int64

	ranker rank.Ranker
	norms  []float32 // by document: the part of BM25 that is its length

	facets *column.Facets
	orders *column.Orders
	titles docs.Names

	*fields.Fields
	thesaurus  *thesaurus
	completer  *suggest.Completer
	pageTitles *suggest.Titles
	scratch    sync.Pool // *scratch
}

// Library returns the content that the snapshot was built from.
func (s *Snapshot) Library() *content.Library { return s.lib }

// Page returns the published page with this id, in its original language; its
// errors are those of content.Library.Page.
func (s *Snapshot) Page(id string) (*content.Page, error) { return s.lib.Page(id) }

// Pages returns the number of pages; a page in several languages is one.
func (s *Snapshot) Pages() int { return s.Map.Pages() }

// Documents returns the number of pages and translations that were indexed.
func (s *Snapshot) Documents() int { return len(s.Units) }

// Counts returns the facets of browsing without words or filters: how many
// pages each value has. The caller must not change them.
func (s *Snapshot) Counts() []search.Facet { return s.facets.Totals }

// retain takes a reference, unless the last one is gone.
func (s *Snapshot) retain() bool {
	for {
		n := s.refs.Load()
		if n <= 0 {
			return false
		}
		if s.refs.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// Release gives a reference back: the one that Build or Acquire gave. The
// last one closes the index.
func (s *Snapshot) Release() {
	if s.refs.Add(-1) == 0 {
		s.close()
	}
}

// Suggest completes what a reader has typed so far; see suggest.Completer.
func (s *Snapshot) Suggest(ctx context.Context, text, lang string, n int) ([]search.Completion, error) {
	return s.completer.Suggest(ctx, text, lang, n)
}
