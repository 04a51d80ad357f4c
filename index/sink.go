package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	bindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// A sink takes the documents of all units and makes one segment of them, in
// which a document has the number of its unit.
type sink interface {
	// put takes the documents of the units from first on, from several
	// goroutines at once and in any order.
	put(first int, docs []bindex.Document) error
	// finish returns the segment, nil without documents.
	finish(ctx context.Context, workers int) (segment.Segment, error)
}

// memorySink makes a segment in memory.
type memorySink struct{ docs []bindex.Document }

func (m *memorySink) put(first int, docs []bindex.Document) error {
	copy(m.docs[first:], docs)
	return nil
}

func (m *memorySink) finish(context.Context, int) (segment.Segment, error) {
	if len(m.docs) == 0 {
		return nil, nil
	}
	docs := m.docs
	m.docs = nil
	return newSegment(docs)
}

// A diskSink makes a segment in a folder. What it is given becomes a segment
// at once, in the caller's goroutine, and goes to the disk; in the end these
// are merged. bleve's own offline builder does the same in one goroutine only.
type diskSink struct {
	dir    string
	atOnce int // segments that become one
	mu     sync.Mutex
	parts  []string
}

const segmentFile = "segment.zap"

// mergeAtOnce is how many segments are merged at once: more take more memory,
// fewer are merged more often.
const mergeAtOnce = 128

func (d *diskSink) put(first int, docs []bindex.Document) error {
	seg, err := newSegment(docs)
	if err != nil {
		return err
	}
	name := filepath.Join(d.dir, fmt.Sprintf("part-%010d.zap", first)) // by name as by number
	if err := errors.Join(seg.Persist(name), seg.Close()); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.parts = append(d.parts, name)
	return nil
}

func (d *diskSink) finish(ctx context.Context, workers int) (segment.Segment, error) {
	if len(d.parts) == 0 {
		return nil, nil
	}
	slices.Sort(d.parts)
	for round := 0; len(d.parts) > 1; round++ {
		if err := d.merge(ctx, round, workers); err != nil {
			return nil, fmt.Errorf("merging: %w", err)
		}
	}
	name := filepath.Join(d.dir, segmentFile)
	if err := os.Rename(d.parts[0], name); err != nil {
		return nil, err
	}
	return openSegment(name)
}

// merge makes one of every so many neighbouring segments.
func (d *diskSink) merge(ctx context.Context, round, workers int) error {
	var groups [][]string
	for names := range slices.Chunk(d.parts, d.atOnce) {
		groups = append(groups, names)
	}
	errs := make([]error, len(groups))
	d.parts = make([]string, len(groups))
	running := make(chan struct{}, workers)
	var wg sync.WaitGroup
	for i, names := range groups {
		if len(names) == 1 {
			d.parts[i] = names[0]
			continue
		}
		d.parts[i] = filepath.Join(d.dir, fmt.Sprintf("merged-%d-%06d.zap", round, i))
		running <- struct{}{}
		wg.Go(func() {
			defer func() { <-running }()
			if errs[i] = ctx.Err(); errs[i] == nil {
				errs[i] = mergeSegments(names, d.parts[i])
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
