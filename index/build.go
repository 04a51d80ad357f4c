package index

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/document"

	"casebook/content"
)

// Options are what Build needs besides the content. The zero value is right
// for a server.
type Options struct {
	Workers int // goroutines that analyze pages; 0 means GOMAXPROCS
	// Progress is told how many of all pages are through a stage ("read", "index"), from several
	// goroutines; nil is nobody.
	Progress   func(stage string, done, all int)
	Deadline   time.Duration // longest time of one search; 0 means a second
	Concurrent int           // searches at once; 0 means twice GOMAXPROCS
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
	m := &memorySink{docs: make([]*document.Document, len(s.units))}
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
// is seen on the way.
func (s *Snapshot) build(ctx context.Context, to sink, opts Options) error {
	if opts.Workers <= 0 {
		opts.Workers = runtime.GOMAXPROCS(0)
	}
	seen := s.newFacts()
	memos, err := s.analyze(ctx, to, seen, opts)
	if err != nil {
		to.abandon()
		return err
	}
	if s.seg, s.reader, s.close, err = to.finish(); err != nil {
		return err
	}
	if err := s.numberDocuments(); err != nil {
		s.close()
		return fmt.Errorf("reading the new index: %w", err)
	}
	if err := s.complete(ctx, seen, memos); err != nil {
		s.close()
		return err
	}
	s.prepare()
	return nil
}

// newFacts returns room for what is learnt of the units of s.
func (s *Snapshot) newFacts() *facts {
	return &facts{lengths: make([]int, len(s.units)), titles: make([]string, len(s.units)), names: make([][]uint64, len(s.units))}
}

// complete works out, once documents have numbers, all that is kept in files.
func (s *Snapshot) complete(ctx context.Context, seen *facts, memos [][]*memo) error {
	s.measure(seen)
	s.learn(memos)
	if err := s.gather(ctx, seen); err != nil {
		return err
	}
	s.pageTitles = newPageTitles(seen.titles)
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
	reg := s.lib.Register()
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
	l, err := newLanguage(tag)
	if err != nil {
		return fmt.Errorf("language %s: %w", tag, err)
	}
	i := slices.IndexFunc(s.langs, func(o *language) bool { return o.code == l.code })
	if i < 0 {
		i = len(s.langs)
		s.langs = append(s.langs, l)
	}
	s.langOf[tag] = i
	return nil
}

// analyze analyzes all units and gives them to the sink. It returns what was
// learnt about words, by worker and language.
func (s *Snapshot) analyze(ctx context.Context, to sink, seen *facts, opts Options) ([][]*memo, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	memos := make([][]*memo, opts.Workers)
	progress := opts.stage("index")
	var next, done atomic.Int64
	var wg sync.WaitGroup
	for w := range opts.Workers {
		tallies := make([]tally, len(s.langs))
		memos[w] = make([]*memo, len(s.langs))
		for i, l := range s.langs {
			memos[w][i] = newMemo(l)
			tallies[i].memo = memos[w][i]
		}
		wg.Go(func() {
			for {
				slot := int(next.Add(1)) - 1
				if slot >= s.pages || ctx.Err() != nil {
					return
				}
				if err := s.analyzePage(slot, to, seen, tallies); err != nil {
					cancel(err)
					return
				}
				if progress != nil {
					progress(int(done.Add(1)), s.pages)
				}
			}
		})
	}
	wg.Wait()
	return memos, context.Cause(ctx)
}

// analyzePage analyzes one page in all its languages.
func (s *Snapshot) analyzePage(slot int, to sink, seen *facts, tallies []tally) error {
	page, err := s.lib.At(slot)
	if err != nil {
		return err
	}
	for i := s.firstOf[slot]; i < s.firstOf[slot+1]; i++ {
		u := s.units[i]
		p := page.In(s.tags[u.tag])
		fields, n := tallies[u.lang].fields(p, s.lib)
		doc := document.NewDocument(strconv.Itoa(int(i)))
		for _, f := range fields {
			doc.AddField(f)
		}
		seen.lengths[i], seen.titles[i] = n, strings.Clone(p.Title)
		if p.Of == nil {
			seen.names[i] = names(p)
		}
		if err := to.put(int(i), doc); err != nil {
			return err
		}
	}
	return nil
}

// numberDocuments learns which document bleve made of which unit: their order
// differs from build to build.
func (s *Snapshot) numberDocuments() error {
	n := len(s.units)
	s.unitOf = make([]uint32, n)
	if s.seg == nil && n == 0 {
		return s.mapDocuments()
	}
	if s.seg == nil || int(s.seg.Count()) != n {
		return fmt.Errorf("not the documents of %d pages and translations", n)
	}
	for d := range n {
		id, err := s.seg.DocID(uint64(d))
		if err != nil {
			return err
		}
		u, err := strconv.Atoi(string(id))
		if err != nil || u < 0 || u >= n {
			return fmt.Errorf("document %d has the id %q", d, id)
		}
		s.unitOf[d] = uint32(u)
	}
	return s.mapDocuments()
}

// mapDocuments works out what follows from the numbers of documents.
func (s *Snapshot) mapDocuments() error {
	n := len(s.units)
	s.all, s.reps, s.multi = roaring.New(), roaring.New(), roaring.New()
	s.inLang = make([]*roaring.Bitmap, len(s.langs))
	for i := range s.inLang {
		s.inLang[i] = roaring.New()
	}
	s.docOf, s.slotOf = make([]uint32, n), make([]uint32, n)
	seen := make([]bool, n)
	for d, u := range s.unitOf {
		if int(u) >= n || seen[u] {
			return fmt.Errorf("document %d is not one of %d", d, n)
		}
		seen[u] = true
		slot := s.units[u].slot
		s.docOf[u], s.slotOf[d] = uint32(d), slot
		s.inLang[s.units[u].lang].Add(uint32(d))
		if s.firstOf[slot] == u {
			s.reps.Add(uint32(d))
		}
		if s.firstOf[slot+1]-s.firstOf[slot] > 1 {
			s.multi.Add(uint32(d))
		}
	}
	s.all.AddRange(0, uint64(n))
	for _, b := range append(slices.Clone(s.inLang), s.all, s.reps, s.multi) {
		b.RunOptimize()
	}
	return nil
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
		s.cols = append(s.cols, m.column(s.lib, s.slotOf))
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
	s.consts = s.constants()
	s.lexicon = newLexicon(s.lib, s.cols)
	s.thesaurus = s.newThesaurus()
	s.completer = s.newCompleter()
	n := len(s.units)
	s.scratch.New = func() any { return newScratch(n) }
}
