package index

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"casebook/content"
	"casebook/index/column"
	"casebook/search"
)

// alternatives fills in what helps a reader on: another spelling, and ways out
// where nothing was found.
func (e *engine) alternatives(ctx context.Context, r *search.Result) error {
	if err := e.didYouMean(ctx, r); err != nil {
		return err
	}
	if r.Total == 0 {
		e.ways(r)
	}
	return nil
}

// didYouMean offers the query with its unknown words mended, and with doubtful
// ones where that finds more.
func (e *engine) didYouMean(ctx context.Context, r *search.Result) error {
	if e.found == nil || e.q.Literal {
		return nil
	}
	by, least := e.found.Mended, 1
	if len(e.found.Doubted) > 0 {
		by = maps.Clone(by)
		maps.Copy(by, e.found.Doubted)
		least = r.Total + 1
	}
	if len(by) == 0 {
		return nil
	}
	other := engine{Snapshot: e.Snapshot, q: e.q.ReplaceWords(by), sc: e.sc}
	var as search.Result
	if err := other.find(ctx, &as); err != nil {
		return err
	}
	if len(e.found.Doubted) > 0 && as.Match != r.Match {
		return nil // with fewer of the words
	}
	if found := column.Meet(other.pages, e.sel.Pass); int(found.GetCardinality()) >= least {
		r.DidYou = &search.Suggestion{Text: other.q.Words(), Total: int(found.GetCardinality())}
	}
	return nil
}

// maxWays bounds the ways out of an answer without pages.
const maxWays = 5

// ways says what would find something: one filter less, or a broader value in
// one.
func (e *engine) ways(r *search.Result) {
	for i, f := range e.sel.Filters {
		rest := column.Meet(e.pages, e.sel.Without[i])
		if n := int(rest.GetCardinality()); n > 0 {
			r.Instead = append(r.Instead, search.Way{Drop: f.Field, Total: n})
		}
		c, ok := e.facets.Column(f.Field)
		if !ok {
			continue
		}
		for _, v := range broader(c.Facet.Vocabulary, f.Values) {
			o, ok := c.Value(v)
			if !ok {
				continue
			}
			if n := int(rest.AndCardinality(c.Docs(o))); n > 0 {
				r.Instead = append(r.Instead, search.Way{Field: f.Field, Value: v, Total: n})
			}
		}
	}
	slices.SortStableFunc(r.Instead, func(a, b search.Way) int { // a broader value keeps more of what was asked
		switch {
		case a.Drop == "" && b.Drop != "":
			return -1
		case a.Drop != "" && b.Drop == "":
			return 1
		}
		return cmp.Compare(b.Total, a.Total)
	})
	r.Instead = r.Instead[:min(len(r.Instead), maxWays)]
}

// broader returns the broader terms of some values, nearest first; a facet of no
// terms has no vocabulary.
func broader(v *content.Vocabulary, values []string) []string {
	if v == nil {
		return nil
	}
	var out []string
	for _, id := range values {
		if t, ok := v.Term(id); ok {
			for _, a := range t.Ancestors {
				if !slices.Contains(out, a) && !slices.Contains(values, a) {
					out = append(out, a)
				}
			}
		}
	}
	return out
}
