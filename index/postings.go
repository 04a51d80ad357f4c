package index

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// lists reads posting lists for one search. It is not safe for concurrent
// use: bleve's dictionaries are not.
type lists struct {
	seg    segment.Segment
	dicts  map[string]segment.TermDictionary
	opened int
}

// maxLists bounds the posting lists that one search opens, whatever the
// words, languages, synonyms and prefixes multiply to.
const maxLists = 1024

func (l *lists) dict(field string) (segment.TermDictionary, error) {
	if d, ok := l.dicts[field]; ok {
		return d, nil
	}
	d, err := l.seg.Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("opening dictionary of %s: %w", field, err)
	}
	if l.dicts == nil {
		l.dicts = make(map[string]segment.TermDictionary)
	}
	l.dicts[field] = d
	return d, nil
}

// A list is the posting list of one term in one field.
type list struct {
	term string
	pl   segment.PostingsList
	docs *roaring.Bitmap // never changed: bleve's own
}

// open returns the list of a term, nil if no document has it or the search
// has opened too many.
func (l *lists) open(field, term string) (*list, error) {
	if l.seg == nil || l.opened >= maxLists {
		return nil, nil
	}
	d, err := l.dict(field)
	if err != nil {
		return nil, err
	}
	pl, err := d.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return nil, fmt.Errorf("reading %s:%s: %w", field, term, err)
	}
	if pl.Count() == 0 {
		return nil, nil
	}
	l.opened++
	it, ok := pl.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator)
	if !ok {
		return nil, fmt.Errorf("reading %s:%s: no bitmap", field, term)
	}
	if doc, ok := it.DocNum1Hit(); ok {
		return &list{term, pl, roaring.BitmapOf(uint32(doc))}, nil
	}
	return &list{term, pl, it.ActualBitmap()}, nil
}

// iterator returns the postings of the documents within, or of all if within
// is nil, with frequencies.
func (l *list) iterator(within *roaring.Bitmap) segment.PostingsIterator {
	it := l.pl.Iterator(true, false, false, nil)
	if within == nil {
		return it
	}
	opt := it.(segment.OptimizablePostingsIterator)
	if _, single := opt.DocNum1Hit(); single {
		return it // the caller has met within already
	}
	opt.ReplaceActual(within)
	return it
}
