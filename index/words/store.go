package words

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

	"casebook/index/rows"

	bindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// A portion is neighbouring documents, analyzed.
type portion struct {
	rows.Block
	docs []bindex.Document
}

// A store takes all documents and makes one segment of them, with their numbers,
// and a forward index.
type store interface {
	// put takes a portion, from several goroutines at once and in any order.
	put(*portion) error
	// segment returns the segment, nil without documents.
	segment(ctx context.Context, opts Options) (segment.Segment, error)
	// rows has the rows of all portions written, in order.
	rows(x *Index, write writeRows) error
	// frequencies takes the frequencies where they are kept.
	frequencies(*Index) error
}

// writeRows writes the rows that next gives, io.EOF in the end, and returns
// where in w each begins, and the end.
type writeRows = func(w io.Writer, next func() (*rows.Block, error)) (offs []uint64, err error)

// A memory makes both in memory.
type memory struct {
	docs   []bindex.Document
	mu     sync.Mutex
	blocks []*rows.Block
}

func (m *memory) put(p *portion) error {
	copy(m.docs[p.First:], p.docs)
	m.mu.Lock()
	defer m.mu.Unlock()
	r := p.Block // alone: the documents may go
	m.blocks = append(m.blocks, &r)
	return nil
}

func (m *memory) segment(context.Context, Options) (segment.Segment, error) {
	if len(m.docs) == 0 {
		return nil, nil
	}
	docs := m.docs
	m.docs = nil
	return newSegment(docs)
}

func (m *memory) rows(x *Index, write writeRows) (err error) {
	slices.SortFunc(m.blocks, func(a, b *rows.Block) int { return cmp.Compare(a.First, b.First) })
	var buf bytes.Buffer
	i := 0
	x.Rows.Offs, err = write(&buf, func() (*rows.Block, error) {
		if i == len(m.blocks) {
			return nil, io.EOF
		}
		i++
		return m.blocks[i-1], nil
	})
	m.blocks = nil
	x.Rows.Data = buf.Bytes()
	return err
}

func (m *memory) frequencies(*Index) error { return nil }

// A folder makes both in a folder. What it is given becomes a segment at
// once, in the caller's goroutine, and goes to the disk; in the end these are
// merged. bleve's own offline builder does the same in one goroutine only.
type folder struct {
	dir    string
	atOnce int // segments that become one
	mu     sync.Mutex
	parts  []string      // names of segments
	blocks []*rows.Block // of portions, their data in files
}

// mergeAtOnce is how many segments are merged at once: more take more memory,
// fewer are merged more often.
const mergeAtOnce = 128

func (d *folder) put(p *portion) error {
	seg, err := newSegment(p.docs)
	if err != nil {
		return err
	}
	name := filepath.Join(d.dir, fmt.Sprintf("part-%010d.zap", p.First)) // by name as by number
	if err := errors.Join(seg.Persist(name), seg.Close(), os.WriteFile(d.blockFile(&p.Block), p.Data, 0o666)); err != nil {
		return err
	}
	r := p.Block // alone: the documents may go
	r.Data = nil
	d.mu.Lock()
	defer d.mu.Unlock()
	d.parts, d.blocks = append(d.parts, name), append(d.blocks, &r)
	return nil
}

func (d *folder) blockFile(r *rows.Block) string {
	return filepath.Join(d.dir, fmt.Sprintf("part-%010d.blocks", r.First))
}

func (d *folder) rows(x *Index, write writeRows) error {
	slices.SortFunc(d.blocks, func(a, b *rows.Block) int { return cmp.Compare(a.First, b.First) })
	name := filepath.Join(d.dir, rowsFile)
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(file, 1<<20)
	x.Rows.Offs, err = write(out, func() (*rows.Block, error) {
		if len(d.blocks) == 0 {
			return nil, io.EOF
		}
		r := *d.blocks[0]
		d.blocks = d.blocks[1:]
		var err error
		if r.Data, err = os.ReadFile(d.blockFile(&r)); err != nil {
			return nil, err
		}
		return &r, os.Remove(d.blockFile(&r))
	})
	if err = errors.Join(err, out.Flush(), file.Close()); err != nil {
		return err
	}
	return x.mapRows(name)
}

func (d *folder) frequencies(x *Index) error {
	name := filepath.Join(d.dir, frequenciesFile)
	if err := os.WriteFile(name, x.frequencies.Data, 0o666); err != nil {
		return err
	}
	x.frequencies.Data = nil
	return x.mapFrequencies(name)
}

func (d *folder) segment(ctx context.Context, opts Options) (segment.Segment, error) {
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
func (d *folder) merge(ctx context.Context, round int, opts Options) error {
	all := len(d.parts)
	var merged atomic.Int64
	progress := func(n int) {
		if opts.Merged != nil {
			opts.Merged(int(merged.Add(int64(n))), all)
		}
	}
	progress(0)
	var groups [][]string
	for names := range slices.Chunk(d.parts, d.atOnce) {
		groups = append(groups, names)
	}
	errs := make([]error, len(groups))
	d.parts = make([]string, len(groups))
	running := make(chan struct{}, opts.Workers)
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
