package index

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"casebook/content"
	"casebook/index/column"
	"casebook/index/docs"
	"casebook/index/fields"
	"casebook/index/query"
	"casebook/index/rank"
	"casebook/index/similar"
	"casebook/index/suggest"
	"casebook/index/words"
)

// Options are what Build needs besides the content. The zero value is right
// for a server.
type Options struct {
	Workers int // goroutines that analyze pages; 0 means GOMAXPROCS
	// Progress is told how many of all pages are through a stage ("read", "pack", "index", "merge": of what is merged), from several
	// goroutines; nil is nobody.
	Progress   func(stage string, done, all int)
	Deadline   time.Duration // longest time of one search; 0 means a second, less than 0 none: where nobody else waits
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
	deadline time.Duration // none if less than 0
	wait     time.Duration // longest wait for a place to run
}

// maxWait is how long a search waits for one of the places to run before it
// gives up with search.ErrOverloaded.
const maxWait = 250 * time.Millisecond

// Build makes a Snapshot of lib. The caller holds one reference to it and
// must Release it (or hand it to a Live). The work is proportional to the
// text; all of it happens in memory and stops when ctx ends.
func Build(ctx context.Context, lib *content.Library, opts Options) (*Snapshot, error) {
	s, err := newSnapshot(lib, opts)
	if err != nil {
		return nil, err
	}
	if err := s.build(ctx, "", opts); err != nil {
		return nil, fmt.Errorf("building the index: %w", err)
	}
	return s, nil
}

// newSnapshot numbers the pages of lib and their languages.
func newSnapshot(lib *content.Library, opts Options) (*Snapshot, error) {
	if opts.Concurrent <= 0 {
		opts.Concurrent = 2 * runtime.GOMAXPROCS(0)
	}
	if opts.Deadline == 0 {
		opts.Deadline = time.Second
	}
	s := &Snapshot{
		lib:     lib,
		bounds:  bounds{opts.Deadline, maxWait},
		running: make(chan struct{}, opts.Concurrent),
		close:   func() {},
	}
	s.refs.Store(1)
	var err error
	if s.docs, err = docs.NewMap(lib); err != nil {
		return nil, fmt.Errorf("preparing languages: %w", err)
	}
	return s, nil
}

// build fills a new snapshot. Words are kept in a folder, in memory where it is "".
func (s *Snapshot) build(ctx context.Context, folder string, opts Options) error {
	seen := s.newFacts()
	w := words.NewWriter(s.docs, folder)
	if err := s.analyze(ctx, w, seen, opts); err != nil {
		return err
	}
	made := make(chan error, 1)
	go func() {
		var err error
		s.words, err = w.Finish(ctx, words.Options{Workers: opts.Workers, Merged: opts.stage("merge")})
		made <- err
	}()
	err := s.complete(ctx, seen)
	if err = errors.Join(err, <-made); err != nil {
		if s.words != nil {
			s.words.Close()
		}
		return err
	}
	s.close = s.words.Close
	s.prepare()
	return nil
}

// newFacts returns room for what is learnt of the units of s.
func (s *Snapshot) newFacts() *facts {
	return &facts{lengths: make([]int, len(s.docs.Units)), titles: make([]string, len(s.docs.Units)), names: make([][]uint64, len(s.docs.Units))}
}

// complete works out all besides words that is kept in files.
func (s *Snapshot) complete(ctx context.Context, seen *facts) error {
	s.norms = rank.Norms(s.docs, seen.lengths)
	s.titles = docs.NewNames(seen.titles, seen.names)
	if err := s.gather(ctx, seen.titles); err != nil {
		return err
	}
	s.pageTitles = suggest.NewTitles(s.docs, seen.titles)
	return nil
}

// facts are what is learnt of pages while they pass.
type facts struct {
	lengths []int      // by unit
	titles  []string   // by unit
	names   [][]uint64 // by unit: hashes of what an original is called besides
}

// portionPages is how many pages a worker takes at once.
const portionPages = 1000

// analyze analyzes all pages.
func (s *Snapshot) analyze(ctx context.Context, to *words.Writer, seen *facts, opts Options) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	workers := opts.workers()
	step := max(1, min(portionPages, s.Pages()/workers/8))
	var next, done atomic.Int64
	progress := func() {}
	if told := opts.stage("index"); told != nil {
		progress = func() { told(int(done.Add(1)), s.Pages()) }
	}
	var wg sync.WaitGroup
	for range workers {
		w := to.Worker()
		wg.Go(func() {
			for ctx.Err() == nil {
				from := step * int(next.Add(1)-1)
				if from >= s.Pages() {
					return
				}
				if err := s.analyzePages(ctx, from, min(from+step, s.Pages()), w, seen, progress); err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

// analyzePages has neighbouring pages analyzed in all their languages.
func (s *Snapshot) analyzePages(ctx context.Context, from, end int, to *words.Worker, seen *facts, progress func()) error {
	for slot := from; slot < end && ctx.Err() == nil; slot++ {
		page, err := s.lib.At(slot)
		if err != nil {
			return err
		}
		for d, end := s.docs.Versions(uint32(slot)); d < end; d++ {
			p := page.In(s.docs.TagOf(d))
			if seen.lengths[d], err = to.Add(d, docs.Parts(p, s.lib)); err != nil {
				return err
			}
			seen.titles[d] = strings.Clone(p.Title)
			if p.Of == nil {
				seen.names[d] = docs.OtherNames(p)
			}
		}
		progress()
	}
	return to.Flush()
}

// gather goes through all pages once more for what facets and orders need.
func (s *Snapshot) gather(ctx context.Context, titles []string) error {
	b := column.NewBuilder(s.lib)
	for slot := range s.Pages() {
		if slot%words.Chunk == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p, err := s.lib.At(slot)
		if err != nil {
			return err
		}
		b.Add(p)
	}
	s.facets, s.orders = b.Facets(s.docs), b.Orders(s.docs, titles)
	return nil
}

// prepare works out the rest, from what is kept in files too.
func (s *Snapshot) prepare() {
	s.ranker = &rank.Ranker{Docs: s.docs, Words: s.words, Norms: s.norms}
	s.Fields = fields.New(s.lib, s.docs, s.facets, s.titles)
	s.query = query.NewIndex(s.lib, s.ranker, s.titles, s.facets.Columns)
	s.similar = similar.NewIndex(s.lib, s.ranker, s.facets)
	s.completer = suggest.New(s.lib, s.docs, s.facets.Columns, s.pageTitles)
	n := len(s.docs.Units)
	s.scratch.New = func() any { return rank.NewScratch(n) }
}
