package index

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"

	"casebook/content"
)

// Options are what Build needs besides the content. The zero value is right
// for a server.
type Options struct {
	Workers    int           // goroutines that analyze pages; 0 means GOMAXPROCS
	Deadline   time.Duration // longest time of one search; 0 means a second
	Concurrent int           // searches at once; 0 means twice GOMAXPROCS
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
	if opts.Workers <= 0 {
		opts.Workers = runtime.GOMAXPROCS(0)
	}
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
		pages:   slices.Collect(lib.All()),
	}
	s.refs.Store(1)
	slices.SortFunc(s.pages, func(a, b *content.Page) int { return compareStrings(a.ID, b.ID) })
	if err := s.makeUnits(); err != nil {
		return nil, fmt.Errorf("preparing languages: %w", err)
	}
	memos, lengths, err := s.writeIndex(ctx, opts.Workers)
	if err != nil {
		return nil, fmt.Errorf("building the index: %w", err)
	}
	if err := s.mapDocuments(); err != nil {
		_ = s.idx.Close()
		return nil, fmt.Errorf("reading the new index: %w", err)
	}
	s.measure(lengths)
	s.learn(memos)
	for _, facet := range lib.Schema.Facets {
		if _, twice := s.colOf[facet]; !twice {
			s.colOf[facet] = len(s.cols)
			s.cols = append(s.cols, newColumn(lib, facet, s.pages, s.slotOf, s.reps))
		}
	}
	s.consts = s.constants()
	s.order = s.orders()
	s.lexicon = newLexicon(lib, s.pages, s.cols)
	s.thesaurus = s.newThesaurus()
	s.completer = s.newCompleter()
	n := len(s.units)
	s.scratch.New = func() any { return newScratch(n) }
	if err := ctx.Err(); err != nil {
		s.Release()
		return nil, fmt.Errorf("building the index: %w", err)
	}
	return s, nil
}

// makeUnits numbers pages, versions and languages.
func (s *Snapshot) makeUnits() error {
	s.slots = make(map[string]uint32, len(s.pages))
	s.langOf = make(map[string]int)
	s.colOf = make(map[string]int)
	byCode := make(map[string]int)
	lang := func(tag string) (int, error) {
		if i, ok := s.langOf[tag]; ok {
			return i, nil
		}
		l, err := newLanguage(tag)
		if err != nil {
			return 0, fmt.Errorf("language %s: %w", tag, err)
		}
		i, ok := byCode[l.code]
		if !ok {
			i = len(s.langs)
			byCode[l.code] = i
			s.langs = append(s.langs, l)
		}
		s.langOf[tag] = i
		return i, nil
	}
	for slot, p := range s.pages {
		s.slots[p.ID] = uint32(slot)
		s.firstOf = append(s.firstOf, uint32(len(s.units)))
		versions := []*content.Page{p}
		for _, l := range p.Langs() {
			if v := p.In(l); v != p {
				versions = append(versions, v)
			}
		}
		for _, v := range versions {
			i, err := lang(v.Lang)
			if err != nil {
				return err
			}
			s.units = append(s.units, unit{v, uint32(slot), i})
		}
	}
	s.firstOf = append(s.firstOf, uint32(len(s.units)))
	return nil
}

// writeIndex analyzes all units and gives them to bleve in one batch. It
// returns what was learnt about words, by worker and language, and the length
// of every unit.
func (s *Snapshot) writeIndex(ctx context.Context, workers int) ([][]*memo, []int, error) {
	m := mapping.NewIndexMapping() // unused: documents come with their fields
	idx, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, nil, err
	}
	s.idx = idx
	docs := make([]*document.Document, len(s.units))
	lengths := make([]int, len(s.units))
	memos := make([][]*memo, workers)
	var wg sync.WaitGroup
	for w := range workers {
		tallies := make([]tally, len(s.langs))
		memos[w] = make([]*memo, len(s.langs))
		for i, l := range s.langs {
			memos[w][i] = newMemo(l)
			tallies[i].memo = memos[w][i]
		}
		wg.Go(func() {
			for i := w; i < len(s.units); i += workers {
				if i%64 == w%64 && ctx.Err() != nil {
					return
				}
				u := s.units[i]
				fields, n := tallies[u.lang].fields(u, s.lib)
				doc := document.NewDocument(strconv.Itoa(i))
				for _, f := range fields {
					doc.AddField(f)
				}
				docs[i], lengths[i] = doc, n
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		_ = idx.Close()
		return nil, nil, err
	}
	batch := idx.NewBatch()
	for _, d := range docs {
		if err := batch.IndexAdvanced(d); err != nil {
			_ = idx.Close()
			return nil, nil, err
		}
	}
	if err := idx.Batch(batch); err != nil {
		_ = idx.Close()
		return nil, nil, err
	}
	return memos, lengths, nil
}

// mapDocuments pins a reader and learns which document bleve made of which
// unit: a batch is a map, so their order differs from build to build.
func (s *Snapshot) mapDocuments() error {
	advanced, err := s.idx.Advanced()
	if err != nil {
		return err
	}
	if s.reader, err = advanced.Reader(); err != nil {
		return err
	}
	snap, ok := s.reader.(*scorch.IndexSnapshot)
	if !ok {
		return fmt.Errorf("reader is a %T", s.reader)
	}
	n := len(s.units)
	s.all, s.reps, s.multi = roaring.New(), roaring.New(), roaring.New()
	s.inLang = make([]*roaring.Bitmap, len(s.langs))
	for i := range s.inLang {
		s.inLang[i] = roaring.New()
	}
	s.unitOf, s.docOf, s.slotOf = make([]uint32, n), make([]uint32, n), make([]uint32, n)
	switch segs := snap.Segments(); {
	case len(segs) == 0 && n == 0:
		return nil
	case len(segs) != 1:
		return fmt.Errorf("%d segments instead of one", len(segs))
	default:
		s.seg = segs[0].Segment()
	}
	if got := int(s.seg.Count()); got != n {
		return fmt.Errorf("%d documents for %d pages and translations", got, n)
	}
	seen := make([]bool, n)
	for d := range n {
		id, err := s.seg.DocID(uint64(d))
		if err != nil {
			return err
		}
		u, err := strconv.Atoi(string(id))
		if err != nil || u < 0 || u >= n || seen[u] {
			return fmt.Errorf("document %d has the id %q", d, id)
		}
		seen[u] = true
		slot := s.units[u].slot
		s.unitOf[d], s.docOf[u], s.slotOf[d] = uint32(u), uint32(d), slot
		s.all.Add(uint32(d))
		s.inLang[s.units[u].lang].Add(uint32(d))
		if s.firstOf[slot] == uint32(u) {
			s.reps.Add(uint32(d))
		}
		if s.firstOf[slot+1]-s.firstOf[slot] > 1 {
			s.multi.Add(uint32(d))
		}
	}
	for _, b := range append(slices.Clone(s.inLang), s.all, s.reps, s.multi) {
		b.RunOptimize()
	}
	return nil
}

// measure computes what the length of a text does to its score, against the
// average of its language.
func (s *Snapshot) measure(lengths []int) {
	sum, count := make([]float64, len(s.langs)), make([]float64, len(s.langs))
	for i, u := range s.units {
		sum[u.lang] += float64(lengths[i])
		count[u.lang]++
	}
	s.norms = make([]float32, len(s.units))
	s.titles = make(map[string][]uint32)
	for i, u := range s.units {
		avg := max(1, sum[u.lang]/count[u.lang])
		s.norms[s.docOf[i]] = float32(k1 * (1 - b + b*float64(lengths[i])/avg))
		if key := titleKey(u.page.Title); key != "" {
			s.titles[key] = append(s.titles[key], s.docOf[i])
		}
	}
}

// learn keeps how words are written: for marks in passages, and to show words
// in suggestions as readers know them.
func (s *Snapshot) learn(memos [][]*memo) {
	s.surfaces = make([]map[string][]string, len(s.langs))
	s.display = make(map[string]string)
	for i := range s.langs {
		seen := make(map[string]*analyzed)
		for _, byLang := range memos {
			for surface, a := range byLang[i].seen {
				if have, ok := seen[surface]; ok {
					have.count += a.count
				} else {
					seen[surface] = a
				}
			}
		}
		s.surfaces[i] = make(map[string][]string)
		best := make(map[string]int)
		for _, surface := range sortedKeys(seen) {
			a := seen[surface]
			for _, t := range a.terms {
				s.surfaces[i][t] = append(s.surfaces[i][t], surface)
			}
			n := a.count
			if strings.ToLower(surface) == surface {
				n *= 4 // a word at the head of sentences and titles is no name
			}
			if n > best[a.whole] {
				best[a.whole] = n
				s.display[a.whole] = surface
			}
		}
	}
}
