package index

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content"
	"casebook/index/column"
	"casebook/index/passage"
	"casebook/index/rank"
	"casebook/index/top"
	"casebook/search"
)

// Search answers q. It never takes longer than the snapshot's deadline, runs
// at most a bounded number of searches at once and gives ErrOverloaded past
// that, ErrTooDeep for a page past search.MaxDepth, and an error that wraps
// ctx's where that ends first. The caller must not change the result's
// facets.
func (s *Snapshot) Search(ctx context.Context, q search.Query) (*search.Result, error) {
	start := time.Now()
	q.Page, q.Size = max(1, q.Page), min(max(0, q.Size), search.MaxSize)
	if q.Page-1 > search.MaxDepth || (q.Page-1)*max(1, q.Size)+q.Size > search.MaxDepth {
		return nil, ErrTooDeep
	}
	ctx, cancel := context.WithTimeout(ctx, s.bounds.deadline)
	defer cancel()
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.leave()
	sc := s.scratch.Get().(*rank.Scratch)
	e := engine{Snapshot: s, q: q, sc: sc}
	r, err := e.answer(ctx)
	if err != nil {
		// The scratch is left to the collector: it may hold half a search.
		return nil, fmt.Errorf("searching: %w", err)
	}
	s.scratch.Put(sc)
	r.Took = time.Since(start)
	return r, nil
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
		return ErrOverloaded
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return ErrOverloaded
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

	plan  *plan
	docs  *roaring.Bitmap // belong to the answer, whatever the filters; whole pages
	sure  *roaring.Bitmap // have all words; nil stands for docs
	exact []uint32        // have the words as their title
	found *roaring.Bitmap // one document of every page of docs
	sel   *column.Selection
}

func (e *engine) answer(ctx context.Context) (*search.Result, error) {
	r := &search.Result{Notes: e.q.Notes}
	if err := e.find(ctx, r); err != nil {
		return nil, err
	}
	e.sel = e.facets.Select(e.q.Filters)
	hits := column.Meet(e.found, e.sel.Pass)
	r.Total = int(hits.GetCardinality())
	if len(e.sel.Filters) == 0 && e.found == e.Originals {
		r.Facets = e.facets.Totals
	} else {
		var err error
		if r.Facets, err = e.facets.Count(ctx, e.found, e.sel, e.sc.Docs); err != nil {
			return nil, err
		}
	}
	if err := e.hits(ctx, r, hits); err != nil {
		return nil, err
	}
	return r, e.suggest(ctx, r)
}

// find decides which pages the words find.
func (e *engine) find(ctx context.Context, r *search.Result) error {
	if e.q.Browsing() {
		e.docs, e.found = e.All, e.Originals
		return nil
	}
	p := e.newPlanner(ctx)
	var err error
	if e.q, err = p.apart(e.q); err != nil {
		return err
	}
	if e.plan, err = p.plan(e.q); err != nil {
		return err
	}
	e.docs, e.sure, r.Match, err = p.members(ctx, e.plan, e.LangFor(e.q.Lang), e.sc)
	if err != nil {
		return err
	}
	r.Added = e.plan.added
	e.exactTitles()
	e.found = e.OnePerPage(e.docs)
	return nil
}

// exactTitles lets in the pages whose title is just what was typed: they come
// first.
func (e *engine) exactTitles() {
	for _, g := range e.q.Groups {
		if len(g.Any) != 1 || g.Any[0].Kind == search.Prefix {
			return
		}
	}
	docs := e.titles.Of(e.q.Text)
	for _, d := range docs {
		if e.plan.not.Contains(d) {
			continue
		}
		e.exact = append(e.exact, d)
		if !e.docs.Contains(d) {
			first, end := e.Versions(e.Units[d].Page)
			whole := roaring.New()
			whole.AddRange(uint64(first), uint64(end))
			e.docs = roaring.Or(e.docs, whole)
			e.sure = roaring.Or(e.sure, whole)
		}
	}
}

// hits fills in the pages that the asked page of the answer shows.
func (e *engine) hits(ctx context.Context, r *search.Result, found *roaring.Bitmap) error {
	if e.q.Size == 0 || found.IsEmpty() {
		return nil
	}
	order := e.orders.For(e.q.Sort, e.q.Lang, e.q.Browsing())
	byScore := order == nil
	scored := e.docs
	if byScore {
		if e.sel.Pass != nil {
			scored = roaring.And(e.docs, e.sel.Pass)
		}
		defer e.sc.Forget(scored)
		if err := e.ranker.Score(ctx, scoredWords(e.plan.groups), scored, e.sc); err != nil {
			return err
		}
		if err := e.ranker.Score(ctx, scoredWords(e.plan.related), scored, e.sc); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	from := (e.q.Page - 1) * e.q.Size
	n := from + e.q.Size
	var keys []top.Key
	if byScore {
		if len(e.plan.groups) > 1 {
			n = max(n, rank.NearPages)
		}
		keys = e.ranker.Best(found, e.sure, e.exact, n, e.sc)
		if err := e.ranker.Near(ctx, scoredWords(e.plan.groups), keys, e.sc); err != nil {
			return err
		}
	} else {
		e.sc.Keys = order.First(found, n, e.sc.Keys)
		keys = e.sc.Keys
	}
	m := e.newMarker()
	shown := keys[min(from, len(keys)):min(len(keys), from+e.q.Size)]
	r.Hits = make([]search.Hit, 0, len(shown))
	for _, k := range shown {
		slot := k.Page()
		h := search.Hit{ID: e.lib.ID(int(slot))}
		if byScore {
			h.Score = float64(k.Score())
		}
		page, err := e.shown(slot)
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

// shown returns the version of a page that the reader gets: the one in the
// reader's language, else the one that was found best.
func (e *engine) shown(slot uint32) (*content.Page, error) {
	p, err := e.lib.At(int(slot))
	if err != nil || p.Lang == e.q.Lang {
		return p, err
	}
	if t, ok := p.Translations[e.q.Lang]; ok {
		return t, nil
	}
	best, end := e.Versions(slot)
	for d := best; d < end; d++ {
		if e.sc.Scores[d] > e.sc.Scores[best] {
			best = d
		}
	}
	return p.In(e.TagOf(best)), nil
}

// newMarker returns the marker of the query; nil without words.
func (e *engine) newMarker() *passage.Marker {
	if e.plan == nil || len(e.plan.groups) == 0 {
		return nil
	}
	var wishes []passage.Wish
	for _, g := range e.plan.groups {
		wishes = append(wishes, passage.Wish{Terms: g.terms, Prefixes: g.prefixes, Exact: g.exact, Weight: g.IDF})
	}
	return passage.NewMarker(e.Lang, e.words, wishes)
}
