package index

import (
	"context"
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
	term  string
	docs  *roaring.Bitmap // never changed: bleve's own
	freqs []byte          // by place in docs; nil stands for 1 each
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
		return &list{term: term, docs: roaring.BitmapOf(uint32(doc))}, nil
	}
	return &list{term: term, docs: it.ActualBitmap()}, nil
}

// each passes on the documents of the list that are within, in order, with
// weight times their frequencies, some at a time.
func (l *list) each(ctx context.Context, within *roaring.Bitmap, weight float32, sc *scratch, f func(docs []uint32, freqs []float32)) error {
	it := l.docs.ManyIterator()
	other := within.ManyIterator()
	if within.AndCardinality(l.docs) == l.docs.GetCardinality() {
		other = nil
	}
	var wanted []uint32 // the next of within
	for at := 0; ; {
		n := it.NextMany(sc.docs)
		if n == 0 {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		docs, freqs := sc.docs[:n], sc.freqs[:n]
		for i := range freqs {
			freqs[i] = weight
			if l.freqs != nil {
				freqs[i] *= float32(l.freqs[at+i])
			}
		}
		at += n
		if other != nil {
			kept := 0
			for i, d := range docs {
				for len(wanted) == 0 || wanted[0] < d {
					if len(wanted) == 0 {
						n := other.NextMany(sc.wanted)
						if n == 0 {
							f(docs[:kept], freqs[:kept])
							return nil
						}
						wanted = sc.wanted[:n]
						continue
					}
					wanted = wanted[1:]
				}
				if wanted[0] == d {
					docs[kept], freqs[kept] = d, freqs[i]
					kept++
				}
			}
			docs, freqs = docs[:kept], freqs[:kept]
		}
		f(docs, freqs)
	}
}
