package index

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"casebook/index/file"
	"casebook/index/rows"

	bindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// A portion is neighbouring units, analyzed.
type portion struct {
	rows.Block
	docs []bindex.Document
}

// A sink takes all units and makes one segment of them, in which a document
// has the number of its unit, and a forward index.
type sink interface {
	// put takes a portion, from several goroutines at once and in any order.
	put(*portion) error
	// finish returns the segment, nil without documents.
	finish(ctx context.Context, opts Options) (segment.Segment, error)
	// forward has the forward index written from the rows of all portions, in order.
	forward(s *Snapshot, write writeRows) error
	// frequencies takes the frequencies where they are kept.
	frequencies(*Snapshot) error
}

// writeRows writes the rows that next gives, io.EOF in the end, and returns
// where in w each begins, and the end.
type writeRows = func(w io.Writer, next func() (*rows.Block, error)) (offs []uint64, err error)

// memorySink makes both in memory.
type memorySink struct {
	docs []bindex.Document
	mu   sync.Mutex
	rows []*rows.Block
}

func (m *memorySink) put(p *portion) error {
	copy(m.docs[p.First:], p.docs)
	m.mu.Lock()
	defer m.mu.Unlock()
	r := p.Block // alone: the documents may go
	m.rows = append(m.rows, &r)
	return nil
}

func (m *memorySink) finish(context.Context, Options) (segment.Segment, error) {
	if len(m.docs) == 0 {
		return nil, nil
	}
	docs := m.docs
	m.docs = nil
	return newSegment(docs)
}

func (m *memorySink) forward(s *Snapshot, write writeRows) (err error) {
	slices.SortFunc(m.rows, func(a, b *rows.Block) int { return cmp.Compare(a.First, b.First) })
	var buf bytes.Buffer
	i := 0
	s.forward.Offs, err = write(&buf, func() (*rows.Block, error) {
		if i == len(m.rows) {
			return nil, io.EOF
		}
		i++
		return m.rows[i-1], nil
	})
	m.rows = nil
	s.forward.Data = buf.Bytes()
	return err
}

func (m *memorySink) frequencies(*Snapshot) error { return nil }

// A diskSink makes both in a folder. What it is given becomes a segment at
// once, in the caller's goroutine, and goes to the disk; in the end these are
// merged. bleve's own offline builder does the same in one goroutine only.
type diskSink struct {
	dir    string
	atOnce int // segments that become one
	mu     sync.Mutex
	parts  []string      // names of segments
	rows   []*rows.Block // of portions, their data in files
}

// The files in the folder.
const (
	segmentFile     = "segment.zap"
	forwardFile     = "forward"
	frequenciesFile = "frequencies"
)

// mergeAtOnce is how many segments are merged at once: more take more memory,
// fewer are merged more often.
const mergeAtOnce = 128

func (d *diskSink) put(p *portion) error {
	seg, err := newSegment(p.docs)
	if err != nil {
		return err
	}
	name := filepath.Join(d.dir, fmt.Sprintf("part-%010d.zap", p.First)) // by name as by number
	if err := errors.Join(seg.Persist(name), seg.Close(), os.WriteFile(d.rowsFile(&p.Block), p.Data, 0o666)); err != nil {
		return err
	}
	r := p.Block // alone: the documents may go
	r.Data = nil
	d.mu.Lock()
	defer d.mu.Unlock()
	d.parts, d.rows = append(d.parts, name), append(d.rows, &r)
	return nil
}

func (d *diskSink) rowsFile(r *rows.Block) string {
	return filepath.Join(d.dir, fmt.Sprintf("part-%010d.rows", r.First))
}

func (d *diskSink) forward(s *Snapshot, write writeRows) error {
	slices.SortFunc(d.rows, func(a, b *rows.Block) int { return cmp.Compare(a.First, b.First) })
	name := filepath.Join(d.dir, forwardFile)
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(file, 1<<20)
	s.forward.Offs, err = write(out, func() (*rows.Block, error) {
		if len(d.rows) == 0 {
			return nil, io.EOF
		}
		r := *d.rows[0]
		d.rows = d.rows[1:]
		var err error
		if r.Data, err = os.ReadFile(d.rowsFile(&r)); err != nil {
			return nil, err
		}
		return &r, os.Remove(d.rowsFile(&r))
	})
	if err = errors.Join(err, out.Flush(), file.Close()); err != nil {
		return err
	}
	return s.openForward(name)
}

func (d *diskSink) frequencies(s *Snapshot) error {
	name := filepath.Join(d.dir, frequenciesFile)
	if err := os.WriteFile(name, s.frequencies.Data, 0o666); err != nil {
		return err
	}
	s.frequencies.Data = nil
	return s.openFrequencies(name)
}

// openForward maps the file of the forward index, whose offsets are known.
func (s *Snapshot) openForward(name string) error {
	if len(s.forward.Offs) == 0 {
		return rows.ErrDamaged
	}
	data, done, err := file.Map(name, s.forward.Offs[len(s.forward.Offs)-1])
	if err != nil {
		return err
	}
	s.forward.Data, s.closeFiles = data, append(s.closeFiles, done)
	return nil
}

// openFrequencies maps the file of the frequencies, whose places are known.
func (s *Snapshot) openFrequencies(name string) error {
	data, done, err := file.Map(name, s.frequencies.Size())
	if err != nil {
		return err
	}
	s.frequencies.Data, s.closeFiles = data, append(s.closeFiles, done)
	return nil
}

func (d *diskSink) finish(ctx context.Context, opts Options) (segment.Segment, error) {
	if len(d.parts) == 0 {
		return nil, nil
	}
	slices.Sort(d.parts)
	for round := 0; len(d.parts) > 1; round++ {
		if err := d.merge(ctx, round, opts); err != nil {
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
func (d *diskSink) merge(ctx context.Context, round int, opts Options) error {
	told, all := opts.stage("merge"), len(d.parts)
	var merged atomic.Int64
	progress := func(n int) {
		if told != nil {
			told(int(merged.Add(int64(n))), all)
		}
	}
	progress(0)
	var groups [][]string
	for names := range slices.Chunk(d.parts, d.atOnce) {
		groups = append(groups, names)
	}
	errs := make([]error, len(groups))
	d.parts = make([]string, len(groups))
	running := make(chan struct{}, opts.workers())
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
				progress(len(names))
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
