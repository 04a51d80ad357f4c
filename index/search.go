package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content"
	"casebook/index/column"
	"casebook/index/passage"
	"casebook/index/query"
	"casebook/index/rank"
	"casebook/index/top"
	"casebook/search"
)

// Search answers q. It takes no longer than Options.Deadline, runs
// at most a bounded number of searches at once and gives search.ErrOverloaded past
// that, search.ErrTooDeep for a page past search.MaxDepth, and an error that wraps
// ctx's where that ends first. The caller must not change the result's
// facets.
func (s *Snapshot) Search(ctx context.Context, q search.Query) (*search.Result, error) {
	start := time.Now()
	q.Page, q.Size = max(1, q.Page), min(max(0, q.Size), search.MaxSize)
	if q.Page-1 > search.MaxDepth || (q.Page-1)*max(1, q.Size)+q.Size > search.MaxDepth {
		return nil, search.ErrTooDeep
	}
	var r *search.Result
	err := s.run(ctx, func(ctx context.Context, sc *rank.Scratch) (err error) {
		e := engine{Snapshot: s, q: q, sc: sc}
		r, err = e.answer(ctx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("searching: %w", err)
	}
	r.Took = time.Since(start)
	return r, nil
}

// Similar returns the pages most like one, best first, at most n: those of
// its kind that have its telling words and its terms. It is bounded as Search
// is and gives the same errors. For an id that no page has there are none.
func (s *Snapshot) Similar(ctx context.Context, id, lang string, n int) ([]search.Similar, error) {
	place, ok := s.lib.Place(id)
	if !ok || n <= 0 {
		return nil, nil
	}
	var found []search.Similar
	err := s.run(ctx, func(ctx context.Context, sc *rank.Scratch) (err error) {
		found, err = s.similar.Find(ctx, place, lang, n, sc)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("finding similar pages: %w", err)
	}
	return found, nil
}

// run lets one search run, with the deadline and the memory that it has.
func (s *Snapshot) run(ctx context.Context, do func(ctx context.Context, sc *rank.Scratch) error) error {
	if s.bounds.deadline >= 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, s.bounds.deadline)
		defer cancel()
	}
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.leave()
	sc := s.scratch.Get().(*rank.Scratch)
	if err := do(ctx, sc); err != nil {
		return err // the scratch is left to the collector: it may hold half a search
	}
	s.scratch.Put(sc)
	return nil
}

// enter takes a place to run, after a short wait if all are taken.
func (s *Snapshot) enter(ctx context.Context) error {
	select {
	case s.running <- struct{}{}:
		return nil
	default:
	}
	t := time.NewTimer(s.bounds.wait)
	defer t.Stop()
	select {
	case s.running <- struct{}{}:
		return nil
	case <-t.C:
		return search.ErrOverloaded
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return search.ErrOverloaded
		}
		return ctx.Err()
	}
}

func (s *Snapshot) leave() { <-s.running }

// An engine answers one query.
type engine struct {
	*Snapshot
	q  search.Query
	sc *rank.Scratch

	found *query.Found    // by the words; nil without
	pages *roaring.Bitmap // one document of every page that belongs to the answer, whatever the filters
	sel   *column.Selection
}

func (e *engine) answer(ctx context.Context) (*search.Result, error) {
	r := &search.Result{Notes: e.q.Notes}
	if err := e.find(ctx, r); err != nil {
		return nil, err
	}
	e.sel = e.facets.Select(e.q.Filters)
	hits := column.Meet(e.pages, e.sel.Pass)
	r.Total = int(hits.GetCardinality())
	if len(e.sel.Filters) == 0 && e.pages == e.docs.Originals {
		r.Facets = e.facets.Totals
	} else {
		var err error
		if r.Facets, err = e.facets.Count(ctx, e.pages, e.sel, e.sc.Docs); err != nil {
			return nil, err
		}
	}
	if err := e.hits(ctx, r, hits); err != nil {
		return nil, err
	}
	return r, e.alternatives(ctx, r)
}

// find decides which pages the words find.
func (e *engine) find(ctx context.Context, r *search.Result) (err error) {
	if e.q.Browsing() {
		e.pages = e.docs.Originals
		return nil
	}
	if e.found, err = e.query.Find(ctx, e.q, e.sc); err != nil {
		return err
	}
	e.q, e.pages = e.found.Query, e.found.Pages
	r.Match, r.Added = e.found.Match, e.found.Added
	if e.found.Bounded {
		r.Notes = append(slices.Clone(r.Notes), search.Note{Code: search.NoteManyForms})
	}
	return nil
}

// hits fills in the pages that the asked page of the answer shows.
func (e *engine) hits(ctx context.Context, r *search.Result, found *roaring.Bitmap) error {
	if e.q.Size == 0 || found.IsEmpty() {
		return nil
	}
	from := (e.q.Page - 1) * e.q.Size
	n := from + e.q.Size
	var keys []top.Key
	byScore := false
	if order := e.orders.For(e.q.Sort, e.q.Lang, e.found == nil); order != nil {
		e.sc.Keys = order.First(found, n, e.sc.Keys)
		keys = e.sc.Keys
	} else {
		byScore = true
		scored := e.found.Docs
		if e.sel.Pass != nil {
			scored = roaring.And(scored, e.sel.Pass)
		}
		defer e.sc.Forget(scored)
		var err error
		if keys, err = e.best(ctx, found, scored, n); err != nil {
			return err
		}
	}
	m := e.newMarker()
	shown := keys[min(from, len(keys)):min(len(keys), from+e.q.Size)]
	r.Hits = make([]search.Hit, 0, len(shown))
	for _, k := range shown {
		place := k.Page()
		h := search.Hit{ID: e.lib.ID(int(place))}
		if byScore {
			h.Score = float64(k.Score())
		}
		page, err := e.shown(place)
		if err != nil { // one damaged page must not hide the others; whoever shows the hit learns of it from Page
			r.Hits = append(r.Hits, h)
			continue
		}
		h.Lang = page.Lang
		if m != nil {
			h.Title, h.Passage = m.Title(page), m.Passage(page)
		}
		r.Hits = append(r.Hits, h)
	}
	return nil
}

// best returns the keys of the first n or more pages of found, by the scores of
// documents, which are in the scratch then.
func (e *engine) best(ctx context.Context, found, scored *roaring.Bitmap, n int) ([]top.Key, error) {
	words := e.found.Ranked()
	for _, list := range [][]*rank.Word{words, e.found.Related} {
		if err := e.ranker.Score(ctx, list, scored, e.sc); err != nil {
			return nil, err
		}
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if len(words) > 1 {
		n = max(n, rank.NearPages)
	}
	keys := e.ranker.Best(found, e.found.Sure, e.found.Exact, n, e.sc)
	return keys, e.ranker.Near(ctx, words, keys, e.sc)
}

// shown returns the version of a page that the reader gets: the one in the
// reader's language, else the one that was found best.
func (e *engine) shown(place uint32) (*content.Page, error) {
	p, err := e.lib.At(int(place))
	if err != nil || p.Lang == e.q.Lang {
		return p, err
	}
	if t, ok := p.Translations[e.q.Lang]; ok {
		return t, nil
	}
	best, end := e.docs.Versions(place)
	for d := best; d < end; d++ {
		if e.sc.Scores[d] > e.sc.Scores[best] {
			best = d
		}
	}
	return p.In(e.docs.TagOf(best)), nil
}

// newMarker returns the marker of the query; nil without words.
func (e *engine) newMarker() *passage.Marker {
	if e.found == nil || len(e.found.Words) == 0 {
		return nil
	}
	var wishes []passage.Wish
	for _, w := range e.found.Words {
		wishes = append(wishes, passage.Wish{Terms: w.Terms, Prefixes: w.Beginnings, Exact: w.Folded, Weight: w.IDF})
	}
	return passage.NewMarker(e.docs.Lang, e.words, wishes)
}
