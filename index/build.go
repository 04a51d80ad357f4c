package index

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	bindex "github.com/blevesearch/bleve_index_api"

	"casebook/content"
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
	m := &memorySink{docs: make([]bindex.Document, len(s.units))}
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
		pages:   lib.Len(),
		bounds:  bounds{opts.Deadline, min(maxWait, opts.Deadline)},
		running: make(chan struct{}, opts.Concurrent),
		close:   func() {},
	}
	s.refs.Store(1)
	if err := s.makeUnits(); err != nil {
		return nil, fmt.Errorf("preparing languages: %w", err)
	}
	return s, nil
}

// build fills a new snapshot: words go to sink, the rest is worked out of what
// is seen on the way, while the segment is made.
func (s *Snapshot) build(ctx context.Context, to sink, opts Options) error {
	opts.Workers = opts.workers()
	s.numberDocuments()
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
	for _, done := range []func(){s.forward.close, s.frequencies.close} {
		if done != nil {
			done()
		}
	}
}

// checkSegment makes sure that the segment has a document for every unit.
func (s *Snapshot) checkSegment() error {
	have := 0
	if s.seg != nil {
		have = int(s.seg.Count())
	}
	if have != len(s.units) {
		return fmt.Errorf("the segment has %d documents for %d pages and translations", have, len(s.units))
	}
	return nil
}

// newFacts returns room for what is learnt of the units of s.
func (s *Snapshot) newFacts() *facts {
	return &facts{lengths: make([]int, len(s.units)), titles: make([]string, len(s.units)), names: make([][]uint64, len(s.units))}
}

// complete works out all that is kept in files.
func (s *Snapshot) complete(ctx context.Context, to sink, seen *facts, memos [][]*text.Analyzer) error {
	s.measure(seen)
	numbers := s.forward.rank(s, s.learn(memos), memos)
	err := to.forward(&s.forward, func(w io.Writer, next func() (*rows, error)) (offs []uint64, err error) {
		return s.writeForward(w, next, numbers)
	})
	if err != nil {
		return fmt.Errorf("making the forward index: %w", err)
	}
	if err := s.frequencies.fill(s); err != nil {
		return fmt.Errorf("counting words: %w", err)
	}
	if err := to.frequencies(&s.frequencies); err != nil {
		return fmt.Errorf("writing frequencies: %w", err)
	}
	if err := s.gather(ctx, seen); err != nil {
		return err
	}
	s.pageTitles = newPageTitles(seen.titles, func(unit int, word string) bool { return s.langs[s.units[unit].lang].SaysNothing(word) })
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

// makeUnits numbers versions and languages of the pages.
func (s *Snapshot) makeUnits() error {
	s.langOf = make(map[string]int)
	tagOf := make(map[string]uint16)
	reg := s.lib.Table()
	s.firstOf = make([]uint32, 0, s.pages+1)
	s.units = make([]unit, 0, s.pages)
	for slot := range s.pages {
		s.firstOf = append(s.firstOf, uint32(len(s.units)))
		for _, tag := range reg.Langs(slot) {
			t, ok := tagOf[tag]
			if !ok {
				if len(s.tags) > math.MaxUint16 {
					return fmt.Errorf("more than %d languages", math.MaxUint16)
				}
				if err := s.addLanguage(tag); err != nil {
					return err
				}
				t = uint16(len(s.tags))
				tagOf[tag] = t
				s.tags = append(s.tags, tag)
			}
			s.units = append(s.units, unit{uint32(slot), t, uint16(s.langOf[tag])})
		}
	}
	s.firstOf = append(s.firstOf, uint32(len(s.units)))
	return nil
}

// addLanguage finds the rules for a language of pages. Languages without
// rules of their own share some.
func (s *Snapshot) addLanguage(tag string) error {
	l, err := text.NewLanguage(tag)
	if err != nil {
		return fmt.Errorf("language %s: %w", tag, err)
	}
	i := slices.IndexFunc(s.langs, func(o *text.Language) bool { return o.Code == l.Code })
	if i < 0 {
		i = len(s.langs)
		s.langs = append(s.langs, l)
	}
	s.langOf[tag] = i
	return nil
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
	step := max(1, min(portionPages, s.pages/opts.Workers/8))
	var next, done atomic.Int64
	progress := func() {}
	if told := opts.stage("index"); told != nil {
		progress = func() { told(int(done.Add(1)), s.pages) }
	}
	var wg sync.WaitGroup
	for w := range opts.Workers {
		tallies := make([]tally, len(s.langs))
		memos[w] = make([]*text.Analyzer, len(s.langs))
		for i, l := range s.langs {
			memos[w][i] = text.NewAnalyzer(l)
			tallies[i].Analyzer = memos[w][i]
		}
		wg.Go(func() {
			for ctx.Err() == nil {
				from := step * int(next.Add(1)-1)
				if from >= s.pages {
					return
				}
				if err := s.analyzePages(ctx, from, min(from+step, s.pages), w, to, seen, tallies, progress); err != nil {
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
	p := &portion{rows: rows{first: int(s.firstOf[from]), worker: worker}}
	words := 0
	for slot := from; slot < end && ctx.Err() == nil; slot++ {
		if err := s.analyzePage(slot, p, seen, tallies); err != nil {
			return err
		}
		for u := s.firstOf[slot]; u < s.firstOf[slot+1]; u++ {
			words += seen.lengths[u]
		}
		progress()
		if slot+1 == end || words >= portionWords {
			if err := to.put(p); err != nil {
				return err
			}
			p, words = &portion{rows: rows{first: int(s.firstOf[slot+1]), worker: worker}}, 0
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
	for i := s.firstOf[slot]; i < s.firstOf[slot+1]; i++ {
		u := s.units[i]
		p := page.In(s.tags[u.tag])
		t := &tallies[u.lang]
		fields, n := t.fields(p, s.lib)
		to.docs = append(to.docs, newUnitDocument(int(i), fields))
		to.data = t.row.appendTo(to.data)
		to.ends = append(to.ends, len(to.data))
		seen.lengths[i], seen.titles[i] = n, strings.Clone(p.Title)
		if p.Of == nil {
			seen.names[i] = names(p)
		}
	}
	return nil
}

// numberDocuments works out what follows from the numbers of documents, which
// are those of units.
func (s *Snapshot) numberDocuments() {
	s.all, s.reps, s.multi = roaring.New(), roaring.New(), roaring.New()
	s.inLang = make([]*roaring.Bitmap, len(s.langs))
	for i := range s.inLang {
		s.inLang[i] = roaring.New()
	}
	for u, unit := range s.units {
		d := uint32(u)
		s.inLang[unit.lang].Add(d)
		if s.firstOf[unit.slot] == d {
			s.reps.Add(d)
		}
		if s.firstOf[unit.slot+1]-s.firstOf[unit.slot] > 1 {
			s.multi.Add(d)
		}
	}
	s.all.AddRange(0, uint64(len(s.units)))
	for _, b := range append(slices.Clone(s.inLang), s.all, s.reps, s.multi) {
		b.RunOptimize()
	}
}

// divide tells pages apart by kind and by the languages that they are in.
func (s *Snapshot) divide() {
	s.having = make([]*roaring.Bitmap, len(s.langs))
	for i := range s.having {
		s.having[i] = roaring.New()
	}
	s.ofKind = make([]*roaring.Bitmap, len(s.lib.Schema.Kinds))
	for i := range s.ofKind {
		s.ofKind[i] = roaring.New()
	}
	kinds := s.lib.Table().Data().Kinds
	for d, u := range s.units {
		s.having[u.lang].Add(s.firstOf[u.slot])
		s.ofKind[kinds[u.slot]].Add(uint32(d))
	}
	for _, b := range slices.Concat(s.having, s.ofKind) {
		b.RunOptimize()
	}
}

// gather goes through all pages once more for what facets and orders need.
func (s *Snapshot) gather(ctx context.Context, seen *facts) error {
	for _, facet := range s.lib.Schema.Facets {
		if !slices.ContainsFunc(seen.columns, func(m *columnMaker) bool { return m.facet == facet }) {
			seen.columns = append(seen.columns, newColumnMaker(s.lib, facet, s.pages))
		}
	}
	seen.ranks = newRankings(s.lib.Schema, s.pages)
	for slot := range s.pages {
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
		s.cols = append(s.cols, m.column(s.lib, s.units))
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
		wg.Go(func() { s.cols[i].index(s.reps) })
	}
	wg.Wait()
	s.divide()
	s.consts = s.constants()
	s.lexicon = newLexicon(s.lib, s.cols)
	s.thesaurus = s.newThesaurus()
	s.completer = s.newCompleter()
	n := len(s.units)
	s.scratch.New = func() any { return newScratch(n) }
}
