package words

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	bindex "github.com/blevesearch/bleve_index_api"

	"casebook/index/docs"
	"casebook/index/rows"
	"casebook/index/text"
)

// A Writer makes an Index of documents that several workers analyze.
type Writer struct {
	docs    *docs.Map
	to      store
	workers []*Worker
}

// NewWriter returns a Writer of the documents of m that keeps the index in a
// folder; in memory where dir is "".
func NewWriter(m *docs.Map, dir string) *Writer {
	if dir == "" {
		return &Writer{docs: m, to: &memory{docs: make([]bindex.Document, len(m.Units))}}
	}
	return &Writer{docs: m, to: &folder{dir: dir, atOnce: mergeAtOnce}}
}

// A Worker analyzes documents for a Writer. It belongs to one goroutine.
type Worker struct {
	w       *Writer
	number  int
	tallies []tally // by language
	block   portion
	words   int // in the block
}

// Worker returns another worker. Workers are made before any of them works.
func (w *Writer) Worker() *Worker {
	k := &Worker{w: w, number: len(w.workers), tallies: make([]tally, len(w.docs.Langs))}
	for i, l := range w.docs.Langs {
		k.tallies[i].Analyzer = text.NewAnalyzer(l)
	}
	w.workers = append(w.workers, k)
	return k
}

// maxBlockWords is how many words become a segment together, before segments are
// merged.
const maxBlockWords = 1 << 20

// Add takes the text of a document and returns its length: words that say
// something, weighted. Documents that are added between two calls of Flush are
// neighbours.
func (k *Worker) Add(doc uint32, parts []docs.Part) (length int, err error) {
	if len(k.block.docs) == 0 {
		k.block.Block = rows.Block{First: int(doc), Worker: k.number}
	}
	lang := int(k.w.docs.Units[doc].Lang)
	t := &k.tallies[lang]
	length = t.count(parts)
	k.block.docs = append(k.block.docs, newDocument(int(doc), t.fields(k.w.docs, lang)))
	k.block.Data = t.row.AppendTo(k.block.Data)
	k.block.Ends = append(k.block.Ends, len(k.block.Data))
	if k.words += length; k.words >= maxBlockWords {
		err = k.Flush()
	}
	return length, err
}

// Flush hands on the documents that were added.
func (k *Worker) Flush() error {
	if len(k.block.docs) == 0 {
		return nil
	}
	p := k.block
	k.block, k.words = portion{}, 0
	return k.w.to.put(&p)
}

// Options say how Finish works.
type Options struct {
	Workers int                 // goroutines that merge; 0 means GOMAXPROCS
	Merged  func(done, all int) // is told how many segments are merged, from several goroutines; nil is nobody
}

// Finish makes the index when every document is added and flushed. The caller
// closes it.
func (w *Writer) Finish(ctx context.Context, opts Options) (*Index, error) {
	if opts.Workers <= 0 {
		opts.Workers = runtime.GOMAXPROCS(0)
	}
	x := &Index{docs: w.docs}
	made := make(chan error, 1)
	go func() {
		var err error
		x.seg, err = w.to.segment(ctx, opts)
		made <- err
	}()
	err := w.finishRows(x)
	if err = errors.Join(err, <-made); err == nil {
		err = x.check()
	}
	if err != nil {
		x.Close()
		return nil, err
	}
	return x, nil
}

// finishRows makes all of an index but the segment.
func (w *Writer) finishRows(x *Index) error {
	analyzers := make([][]*text.Analyzer, len(w.workers)) // by worker and language
	for i, k := range w.workers {
		for j := range k.tallies {
			analyzers[i] = append(analyzers[i], k.tallies[j].Analyzer)
		}
	}
	x.vocabulary = newVocabulary(len(w.docs.Langs), analyzers)
	ranks := x.ranksOf(analyzers)
	err := w.to.rows(x, func(to io.Writer, next func() (*rows.Block, error)) ([]uint64, error) {
		return rows.Write(to, w.docs, next, ranks)
	})
	if err != nil {
		return fmt.Errorf("making the forward index: %w", err)
	}
	if err := x.frequencies.Fill(w.docs, &x.Rows, x.terms()); err != nil {
		return fmt.Errorf("counting words: %w", err)
	}
	if err := w.to.frequencies(x); err != nil {
		return fmt.Errorf("writing frequencies: %w", err)
	}
	return nil
}
