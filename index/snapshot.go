// Package index makes one searchable, immutable Snapshot of a content library and
// answers queries from it. It is the face of the rooms below it:
//
//	text      texts → terms
//	docs      which documents there are: pages in one language each, and sets of them
//	rows      where terms stand in documents, and how often
//	words     which documents have a term: the one door to bleve, which keeps posting lists
//	column    values of pages: filters, the numbers beside them, orders
//	reading   the words of a query → wishes
//	synonyms  what things are called besides
//	spelling  what words may have been meant
//	query     which pages belong to the answer
//	rank, top scores, and the best of many
//	passage   the part of a page that is shown
//	suggest, similar, fields, disk, file
//
// A document has the same number everywhere, in the order of page ids. Sets of
// documents are roaring bitmaps, which bleve's lists are too, so that conditions
// meet before anything is scored.
package index

import (
	"context"
	"sync"
	"sync/atomic"

	"casebook/content"
	"casebook/index/column"
	"casebook/index/docs"
	"casebook/index/fields"
	"casebook/index/query"
	"casebook/index/rank"
	"casebook/index/similar"
	"casebook/index/suggest"
	"casebook/index/words"
	"casebook/search"
)

// A Snapshot is one state of the content, ready to be searched. Nothing in it
// changes after Build; it is safe for concurrent use until its last Release.
type Snapshot struct {
	*fields.Fields // reads field:value in the words of a query

	lib     *content.Library
	bounds  bounds
	running chan struct{} // a place for every search that may run
	refs    atomic.Int64
	close   func() // of all that is open; for the last Release

	// What is kept in files.
	docs       *docs.Map
	words      *words.Index
	norms      []float32
	facets     *column.Facets
	orders     *column.Orders
	titles     docs.Names
	pageTitles *suggest.Titles

	// What is worked out of it.
	ranker    *rank.Ranker
	query     *query.Index
	similar   *similar.Index
	completer *suggest.Completer
	scratch   sync.Pool // *rank.Scratch
}

// Library returns the content that the snapshot was built from.
func (s *Snapshot) Library() *content.Library { return s.lib }

// Page returns the published page with this id, in its original language; its
// errors are those of content.Library.Page.
func (s *Snapshot) Page(id string) (*content.Page, error) { return s.lib.Page(id) }

// Pages returns the number of pages; a page in several languages is one.
func (s *Snapshot) Pages() int { return s.docs.Pages() }

// Documents returns the number of pages and translations that were indexed.
func (s *Snapshot) Documents() int { return len(s.docs.Units) }

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
