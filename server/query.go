package server

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"casebook/content"
	"casebook/search"
)

// A queryError is a parameter that can't be read. Pages pass over it, the
// API refuses it.
type queryError struct {
	Param string
	Value string
	Want  []string // what would be right: parameter names, ids, or a description
}

// readQuery reads a search from the parameters of a URL:
//
//	q            the words
//	FACET        a value of a facet; repeated for several (they widen)
//	FACET_from   for a facet of years or dates: the first year …
//	FACET_to     … and the last; either may be missing
//	sort         reviewed, title, or a field of years, date or number
//	page, size   from 1; 0 to search.MaxSize
//	literal      1: without synonyms
//
// It always returns a query that can be asked; what it passed over is in the
// errors. Values are not looked up: an id that doesn't exist finds nothing.
func readQuery(v url.Values, lib *content.Library, lex search.Lexicon, lang string) (search.Query, []queryError) {
	q := search.Query{Text: v.Get("q"), Page: 1, Size: search.DefaultSize, Lang: lang, Sort: v.Get("sort"), Literal: v.Get("literal") == "1"}
	for _, f := range lib.Schema.Facets {
		for _, id := range v[f] {
			if id = strings.TrimSpace(id); id != "" && !q.Has(f, id) {
				q = toggle(q, f, id)
			}
		}
	}
	if n, err := strconv.Atoi(v.Get("page")); err == nil && n > 0 {
		q.Page = n
	}
	return q, nil
}

// toggle returns q on its first page with value chosen in field, or without
// it where it was chosen.
func toggle(q search.Query, field, value string) search.Query {
	f, _ := q.Filter(field)
	f.Field = field
	values := slices.Clone(f.Values)
	if i := slices.Index(values, value); i >= 0 {
		values = slices.Delete(values, i, i+1)
	} else {
		values = append(values, value)
		slices.Sort(values)
	}
	f.Values = values
	q = withoutFilter(q, field)
	if !f.IsZero() {
		q.Filters = append(q.Filters, f)
		slices.SortFunc(q.Filters, func(a, b search.Filter) int { return cmp.Compare(a.Field, b.Field) })
	}
	return q
}

// withoutFilter returns q on its first page with nothing chosen in field.
func withoutFilter(q search.Query, field string) search.Query {
	var filters []search.Filter
	for _, f := range q.Filters {
		if f.Field != field {
			filters = append(filters, f)
		}
	}
	q.Filters, q.Page = filters, 1
	return q
}
