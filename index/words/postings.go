package words

import (
	"context"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// A Reader reads posting lists for one search. It is not safe for concurrent
// use: bleve's dictionaries are not.
type Reader struct {
	Index *Index
	// Bounded says that a list was not opened because the search had opened MaxLists
	// already.
	Bounded bool

	dicts  map[Field]segment.TermDictionary
	opened int
	list   segment.PostingsList // room for Count
}

// MaxLists bounds the posting lists that one search opens, whatever the
// words, languages, synonyms and prefixes multiply to.
const MaxLists = 1024

// Reader returns a reader for one search.
func (x *Index) Reader() *Reader { return &Reader{Index: x} }

func (r *Reader) dict(f Field) (segment.TermDictionary, error) {
	if d, ok := r.dicts[f]; ok {
		return d, nil
	}
	d, err := r.Index.seg.Dictionary(f.name(r.Index.docs))
	if err != nil {
		return nil, fmt.Errorf("opening dictionary of %s: %w", f.name(r.Index.docs), err)
	}
	if r.dicts == nil {
		r.dicts = make(map[Field]segment.TermDictionary)
	}
	r.dicts[f] = d
	return d, nil
}

// A List is the posting list of one term in one field.
type List struct {
	Term  string
	Docs  *roaring.Bitmap // not to be changed: bleve's own
	Freqs []byte          // by place in Docs: what the occurrences in the document count; nil stands for 1 each
}

// Docs returns the list of a term; nil if no document has it, or if the search
// has opened too many lists: then the reader is Bounded. Fields of whole texts in
// a language have frequencies.
func (r *Reader) Docs(f Field, term string) (*List, error) {
	if r.Index.seg == nil {
		return nil, nil
	}
	d, err := r.dict(f)
	if err != nil {
		return nil, err
	}
	pl, err := d.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return nil, fmt.Errorf("reading %s:%s: %w", f.name(r.Index.docs), term, err)
	}
	if pl.Count() == 0 {
		return nil, nil
	}
	if r.opened >= MaxLists {
		r.Bounded = true
		return nil, nil
	}
	r.opened++
	it, ok := pl.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator)
	if !ok {
		return nil, fmt.Errorf("reading %s:%s: no bitmap", f.name(r.Index.docs), term)
	}
	l := &List{Term: term}
	if doc, ok := it.DocNum1Hit(); ok {
		l.Docs = roaring.BitmapOf(uint32(doc))
	} else {
		l.Docs = it.ActualBitmap()
	}
	if f.kind == textField {
		l.Freqs, err = r.Index.freqs(f.lang, term, int(l.Docs.GetCardinality()))
	}
	return l, err
}

// freqs returns the frequencies of a term of a language, which n documents have.
func (x *Index) freqs(lang int, term string, n int) ([]byte, error) {
	rank, ok := x.rank(lang, term)
	if !ok {
		return nil, fmt.Errorf("the term %s of %s has no frequencies", term, x.docs.Langs[lang].Code)
	}
	return x.frequencies.Of(lang, rank, n)
}

// Count returns how many documents have a term. It opens no list.
func (r *Reader) Count(f Field, term string) (int, error) {
	if r.Index.seg == nil {
		return 0, nil
	}
	d, err := r.dict(f)
	if err != nil {
		return 0, err
	}
	if r.list, err = d.PostingsList([]byte(term), nil, r.list); err != nil {
		return 0, fmt.Errorf("reading %s:%s: %w", f.name(r.Index.docs), term, err)
	}
	return int(r.list.Count()), nil
}

// Chunk is how many documents are looked at together; between chunks a search
// looks at its deadline.
const Chunk = 2048

// A Buffer is room for a chunk of documents.
type Buffer struct {
	docs, wanted []uint32
	freqs        []float32
}

// NewBuffer returns a Buffer.
func NewBuffer() *Buffer {
	return &Buffer{make([]uint32, Chunk), make([]uint32, Chunk), make([]float32, Chunk)}
}

// Each passes on the documents of the list that are within, in order, with
// weight times their frequencies, some at a time. They are good until found
// returns.
func (l *List) Each(ctx context.Context, within *roaring.Bitmap, weight float32, b *Buffer, found func(docs []uint32, freqs []float32)) error {
	it := l.Docs.ManyIterator()
	other := within.ManyIterator()
	if within.AndCardinality(l.Docs) == l.Docs.GetCardinality() {
		other = nil
	}
	var wanted []uint32 // the next of within
	for at := 0; ; {
		n := it.NextMany(b.docs)
		if n == 0 {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		docs, freqs := b.docs[:n], b.freqs[:n]
		for i := range freqs {
			freqs[i] = weight
			if l.Freqs != nil {
				freqs[i] *= float32(l.Freqs[at+i])
			}
		}
		at += n
		if other != nil {
			kept := 0
			for i, d := range docs {
				for len(wanted) == 0 || wanted[0] < d {
					if len(wanted) == 0 {
						n := other.NextMany(b.wanted)
						if n == 0 {
							found(docs[:kept], freqs[:kept])
							return nil
						}
						wanted = b.wanted[:n]
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
		found(docs, freqs)
	}
}
