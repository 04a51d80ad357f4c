package index

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	bindex "github.com/blevesearch/bleve_index_api"

	"casebook/content"
	"casebook/index/docs"
	"casebook/index/rows"
	"casebook/index/text"
)

// Options are what Build needs besides the content. The zero value is right
// for a server.
type Options struct {
	Workers int // goroutines that analyze pages; 0 means GOMAXPROCS
	// Progress is told how many of all pages are through a stage ("read", "pack", "index", "merge": of what is merged), from several
	// goroutines; nil is nobody.
	Progress   func(stage string, done, all int)
	Deadline   time.Duration // longest time of one search; 0 means a second
	Concurrent int           // searches at once; 0 means twice GOMAXPROCS
}

func (o *Options) workers() int {
	if o.Workers <= 0 {
		return runtime.GOMAXPROCS(0)
	}
	return o.Workers
}

// stage returns what is told of the progress of one stage.
func (o *Options) stage(name string) func(done, all int) {
	if o.Progress == nil {
		return nil
	}
	return func(done, all int) { o.Progress(name, done, all) }
}

// bounds protect the process from what one reader may ask.
type bounds struct {
	deadline time.Duration
	wait     time.Duration // longest wait for a place to run
}

// maxWait is how long a search waits for one of the places to run before it
// gives up with ErrOverloaded.
const maxWait = 250 * time.Millisecond

// Build makes a Snapshot of lib. The caller holds one reference to it and
// must Release it (or hand it to a Live). The work is proportional to the
// text; all of it happens in memory and stops when ctx ends.
func Build(ctx context.Context, lib *content.Library, opts Options) (*Snapshot, error) {
	s, err := newSnapshot(lib, opts)
	if err != nil {
		return nil, err
	}
	m := &memorySink{docs: make([]bindex.Document, len(s.Units))}
	if err := s.build(ctx, m, opts); err != nil {
		return nil, fmt.Errorf("building the index: %w", err)
	}
	return s, nil
}

// newSnapshot numbers the pages of lib and their languages.
func newSnapshot(lib *content.Library, opts Options) (*Snapshot, error) {
	if opts.Concurrent <= 0 {
		opts.Concurrent = 2 * runtime.GOMAXPROCS(0)
	}
	if opts.Deadline <= 0 {
		opts.Deadline = time.Second
	}
	s := &Snapshot{
		lib:     lib,
		bounds:  bounds{opts.Deadline, min(maxWait, opts.Deadline)},
		running: make(chan struct{}, opts.Concurrent),
		close:   func() {},
	}
	s.refs.Store(1)
	var err error
	if s.Map, err = docs.NewMap(lib); err != nil {
		return nil, fmt.Errorf("preparing languages: %w", err)
	}
	return s, nil
}

// build fills a new snapshot: words go to sink, the rest is worked out of what
// is seen on the way, while the segment is made.
func (s *Snapshot) build(ctx context.Context, to sink, opts Options) error {
	opts.Workers = opts.workers()
	seen := s.newFacts()
	memos, err := s.analyze(ctx, to, seen, opts)
	if err != nil {
		return err
	}
	made := make(chan error, 1)
	go func() {
		var err error
		s.seg, err = to.finish(ctx, opts)
		made <- err
	}()
	err = s.complete(ctx, to, seen, memos)
	if err = errors.Join(err, <-made); err == nil {
		err = s.checkSegment()
	}
	if err != nil {
		s.closeWords()
		return err
	}
	s.close = s.closeWords
	s.prepare()
	return nil
}

// closeWords closes the segment and what belongs to it. They were only read:
// nothing can be lost.
func (s *Snapshot) closeWords() {
	if s.seg != nil {
		_ = s.seg.Close()
	}
	for _, done := range s.closeFiles {
		done()
	}
}

// checkSegment makes sure that the segment has a document for every unit.
func (s *Snapshot) checkSegment() error {
	have := 0
	if s.seg != nil {
		have = int(s.seg.Count())
	}
	if have != len(s.Units) {
		return fmt.Errorf("the segment has %d documents for %d pages and translations", have, len(s.Units))
	}
	return nil
}

// newFacts returns room for what is learnt of the units of s.
func (s *Snapshot) newFacts() *facts {
	return &facts{lengths: make([]int, len(s.Units)), titles: make([]string, len(s.Units)), names: make([][]uint64, len(s.Units))}
}

// complete works out all that is kept in files.
func (s *Snapshot) complete(ctx context.Context, to sink, seen *facts, memos [][]*text.Analyzer) error {
	s.measure(seen)
	numbers := s.rankTerms(s.learn(memos), memos)
	err := to.forward(s, func(w io.Writer, next func() (*rows.Block, error)) (offs []uint64, err error) {
		return rows.Write(w, s.Map, next, numbers)
	})
	if err != nil {
		return fmt.Errorf("making the forward index: %w", err)
	}
	if err := s.frequencies.Fill(s.Map, &s.forward, s.termCounts()); err != nil {
		return fmt.Errorf("counting words: %w", err)
	}
	if err := to.frequencies(s); err != nil {
		return fmt.Errorf("writing frequencies: %w", err)
	}
	if err := s.gather(ctx, seen); err != nil {
		return err
	}
	s.pageTitles = newPageTitles(seen.titles, func(unit int, word string) bool { return s.Langs[s.Units[unit].Lang].SaysNothing(word) })
	return nil
}

// facts are what is learnt of pages while they pass.
type facts struct {
	lengths []int      // by unit
	titles  []string   // by unit
	names   [][]uint64 // by unit: hashes of what an original is called besides
	columns []*columnMaker
	ranks   []*ranking
}

// What becomes a segment together, before segments are merged: pages, but no
// more words than so many.
const (
	portionPages = 1000
	portionWords = 1 << 20
)

// analyze analyzes all units and gives them to the sink. It returns what was
// learnt about words, by worker and language.
func (s *Snapshot) analyze(ctx context.Context, to sink, seen *facts, opts Options) ([][]*text.Analyzer, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	memos := make([][]*text.Analyzer, opts.Workers)
	step := max(1, min(portionPages, s.Pages()/opts.Workers/8))
	var next, done atomic.Int64
	progress := func() {}
	if told := opts.stage("index"); told != nil {
		progress = func() { told(int(done.Add(1)), s.Pages()) }
	}
	var wg sync.WaitGroup
	for w := range opts.Workers {
		tallies := make([]tally, len(s.Langs))
		memos[w] = make([]*text.Analyzer, len(s.Langs))
		for i, l := range s.Langs {
			memos[w][i] = text.NewAnalyzer(l)
			tallies[i].Analyzer = memos[w][i]
		}
		wg.Go(func() {
			for ctx.Err() == nil {
				from := step * int(next.Add(1)-1)
				if from >= s.Pages() {
					return
				}
				if err := s.analyzePages(ctx, from, min(from+step, s.Pages()), w, to, seen, tallies, progress); err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	wg.Wait()
	return memos, context.Cause(ctx)
}

// analyzePages analyzes neighbouring pages with the tallies of a worker.
func (s *Snapshot) analyzePages(ctx context.Context, from, end, worker int, to sink, seen *facts, tallies []tally, progress func()) error {
	p := &portion{Block: rows.Block{First: int(s.Original(uint32(from))), Worker: worker}}
	words := 0
	for slot := from; slot < end && ctx.Err() == nil; slot++ {
		if err := s.analyzePage(slot, p, seen, tallies); err != nil {
			return err
		}
		for u, end := s.Versions(uint32(slot)); u < end; u++ {
			words += seen.lengths[u]
		}
		progress()
		if slot+1 == end || words >= portionWords {
			if err := to.put(p); err != nil {
				return err
			}
			p, words = &portion{Block: rows.Block{First: int(s.Original(uint32(slot + 1))), Worker: worker}}, 0
		}
	}
	return nil
}

// analyzePage adds one page in all its languages to a portion.
func (s *Snapshot) analyzePage(slot int, to *portion, seen *facts, tallies []tally) error {
	page, err := s.lib.At(slot)
	if err != nil {
		return err
	}
	for i, end := s.Versions(uint32(slot)); i < end; i++ {
		u := s.Units[i]
		p := page.In(s.Tags[u.Tag])
		t := &tallies[u.Lang]
		fields, n := t.fields(p, s.lib)
		to.docs = append(to.docs, newUnitDocument(int(i), fields))
		to.Data = t.row.AppendTo(to.Data)
		to.Ends = append(to.Ends, len(to.Data))
		seen.lengths[i], seen.titles[i] = n, strings.Clone(p.Title)
		if p.Of == nil {
			seen.names[i] = docs.OtherNames(p)
		}
	}
	return nil
}

// gather goes through all pages once more for what facets and orders need.
func (s *Snapshot) gather(ctx context.Context, seen *facts) error {
	for _, facet := range s.lib.Schema.Facets {
		if !slices.ContainsFunc(seen.columns, func(m *columnMaker) bool { return m.facet == facet }) {
			seen.columns = append(seen.columns, newColumnMaker(s.lib, facet, s.Pages()))
		}
	}
	seen.ranks = newRankings(s.lib.Schema, s.Pages())
	for slot := range s.Pages() {
		if slot%chunk == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p, err := s.lib.At(slot)
		if err != nil {
			return err
		}
		for _, m := range seen.columns {
			m.add(p)
		}
		for _, r := range seen.ranks {
			r.add(slot, p)
		}
	}
	for _, m := range seen.columns {
		s.cols = append(s.cols, m.column(s.lib, s.Units))
	}
	s.order = s.orders(seen)
	return nil
}

// prepare works out the rest, from what is kept in files too.
func (s *Snapshot) prepare() {
	s.colOf = make(map[string]int)
	var wg sync.WaitGroup
	for i := range s.cols {
		s.colOf[s.cols[i].field] = i
		wg.Go(func() { s.cols[i].index(s.Originals) })
	}
	wg.Wait()
	s.consts = s.constants()
	s.lexicon = newLexicon(s.lib, s.cols)
	s.thesaurus = s.newThesaurus()
	s.completer = s.newCompleter()
	n := len(s.Units)
	s.scratch.New = func() any { return newScratch(n) }
}
