package index

import (
	"errors"
	"fmt"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	bindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// A sink takes the analyzed documents and makes one segment of them.
type sink interface {
	// put takes the document of a unit, from several goroutines at once.
	put(unit int, doc *document.Document) error
	// finish returns the segment (nil without documents), a reader of it and
	// what closes both.
	finish() (segment.Segment, bindex.IndexReader, func(), error)
	// abandon ends a sink that won't be finished.
	abandon()
}

// memorySink makes a segment in memory: one batch of scorch.
type memorySink struct{ docs []*document.Document }

func (m *memorySink) put(unit int, doc *document.Document) error {
	m.docs[unit] = doc
	return nil
}

func (m *memorySink) abandon() {}

func (m *memorySink) finish() (segment.Segment, bindex.IndexReader, func(), error) {
	// The mapping is unused: documents come with their fields.
	idx, err := bleve.NewUsing("", mapping.NewIndexMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, nil, nil, err
	}
	closeIndex := func() { _ = idx.Close() } // an index in memory has nothing that closing could lose
	batch := idx.NewBatch()
	for _, d := range m.docs {
		if err := batch.IndexAdvanced(d); err != nil {
			closeIndex()
			return nil, nil, nil, err
		}
	}
	m.docs = nil
	if err := idx.Batch(batch); err != nil {
		closeIndex()
		return nil, nil, nil, err
	}
	advanced, err := idx.Advanced()
	if err != nil {
		closeIndex()
		return nil, nil, nil, err
	}
	return pin(advanced, closeIndex)
}

// pin takes the reader of an index with at most one segment.
func pin(idx bindex.Index, closeIndex func()) (segment.Segment, bindex.IndexReader, func(), error) {
	reader, err := idx.Reader()
	if err != nil {
		closeIndex()
		return nil, nil, nil, err
	}
	closeAll := func() {
		_ = reader.Close()
		closeIndex()
	}
	snap, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		closeAll()
		return nil, nil, nil, fmt.Errorf("reader is a %T", reader)
	}
	switch segs := snap.Segments(); len(segs) {
	case 0:
		return nil, reader, closeAll, nil
	case 1:
		return segs[0].Segment(), reader, closeAll, nil
	default:
		closeAll()
		return nil, nil, nil, fmt.Errorf("%d segments instead of one", len(segs))
	}
}

// A diskSink makes a segment in a folder with bleve's offline builder. Text
// goes to the disk by and by: memory holds one batch.
type diskSink struct {
	dir     string // that the builder works in and leaves the segment in
	mu      sync.Mutex
	builder *scorch.Builder // nil before the first document: one without any panics
}

// How the builder works: documents that become a segment together, and
// segments that are merged into one at once.
const (
	builderBatch = 2000
	builderMerge = 100
)

func (d *diskSink) put(_ int, doc *document.Document) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.builder == nil {
		var err error
		d.builder, err = scorch.NewBuilder(map[string]any{
			"path": d.dir, "buildPathPrefix": d.dir, "batchSize": builderBatch, "mergeMax": builderMerge,
		})
		if err != nil {
			return err
		}
	}
	return d.builder.Index(doc)
}

// abandon leaves the folder to whoever made it.
func (d *diskSink) abandon() {}

func (d *diskSink) finish() (segment.Segment, bindex.IndexReader, func(), error) {
	if d.builder != nil {
		if err := d.builder.Close(); err != nil {
			return nil, nil, nil, err
		}
		d.builder = nil
		return openSegment(d.dir)
	}
	return nil, nil, func() {}, nil
}

// openSegment opens read-only what a diskSink made, which the manifest has
// found undamaged.
func openSegment(dir string) (seg segment.Segment, reader bindex.IndexReader, closeAll func(), err error) {
	defer func() { // scorch closes a channel that it has not made when its files are no longer as they were
		if r := recover(); r != nil {
			err = fmt.Errorf("bleve can't open the segment: %v", r)
		}
	}()
	queue := bindex.NewAnalysisQueue(1)
	idx, err := scorch.NewScorch(scorch.Name, map[string]any{"path": dir, "read_only": true, "bolt_timeout": "1s"}, queue)
	if err != nil {
		queue.Close()
		return nil, nil, nil, err
	}
	if err := idx.Open(); err != nil {
		queue.Close()
		return nil, nil, nil, err
	}
	seg, reader, closeAll, err = pin(idx, func() {
		_ = idx.Close() // nothing was written
		queue.Close()
	})
	if err == nil && seg == nil {
		closeAll()
		err = errors.New("the segment is missing")
	}
	return seg, reader, closeAll, err
}
