package server

import (
	"cmp"
	"slices"
	"strings"

	"casebook/content"
	"casebook/search"
)

// heading states the result in words, for the page and its title.
func (r *request) heading(q search.Query, total int) string {
	h := r.m.T("search.count", "n", total)
	if q.Text != "" {
		h = r.m.T("search.heading.words", "count", h, "words", q.Text)
	}
	kind, one := r.oneKind(q)
	if one {
		q = q.Without(content.KindFacet)
	}
	if by := r.filterWords(q); by != "" {
		h = r.m.T("search.heading.filters", "heading", h, "filters", by)
	}
	if one {
		h = r.m.T("search.heading.kind", "kind", kind.Plural.In(r.lang), "heading", h)
	}
	return h
}

// oneKind returns the only kind of page that a query asks for.
func (r *request) oneKind(q search.Query) (*content.Kind, bool) {
	f, _ := q.Filter(content.KindFacet)
	if len(f.Values) != 1 {
		return nil, false
	}
	return r.lib.Schema.Kind(f.Values[0])
}

// filterWords says the chosen filters as a list: "Coast or Hills; Stone lines".
// Values hold an "and" of their own too often to be joined by one.
func (r *request) filterWords(q search.Query) string {
	const maxNamed = 3
	var parts []string
	for _, field := range r.lib.Schema.Facets {
		f, ok := q.Filter(field)
		if !ok {
			continue
		}
		var values []string
		for _, id := range f.Values {
			values = append(values, r.valueLabel(field, id).Text)
		}
		if s := r.spanText(f); s != "" {
			values = append(values, s)
		}
		if len(values) > maxNamed {
			parts = append(parts, r.m.T("search.heading.many", "n", len(values), "field", r.fieldLabel(field).Text))
		} else if len(values) > 0 {
			parts = append(parts, r.m.List("list.or", values))
		}
	}
	return strings.Join(parts, r.m.T("list.semicolon"))
}

// spanText says a filter by years: "2014–2019", "from 2014", "until 2019".
func (r *request) spanText(f search.Filter) string {
	switch {
	case f.From != 0 && f.From == f.To:
		return r.m.Year(f.From)
	case f.From != 0 && f.To != 0:
		return r.m.T("years.span", "from", r.m.Year(f.From), "to", r.m.Year(f.To))
	case f.From != 0:
		return r.m.T("years.from", "from", r.m.Year(f.From))
	case f.To != 0:
		return r.m.T("years.to", "to", r.m.Year(f.To))
	}
	return ""
}

// maxChips bounds the links that take one chosen value away. Each repeats the
// whole query, so that two hundred would make a page of 700 kB, and a list that
// nobody reads before the results.
const maxChips = 20

// chips lists what is chosen, in the order of the filters: each value with a
// link that takes it away. Where there are very many, the values of the longest
// filters stand as one; each can still be unticked in its filter.
func (r *request) chips(q search.Query) []chipView {
	var chips []chipView
	together := manyValues(q)
	for _, field := range r.lib.Schema.Facets {
		f, ok := q.Filter(field)
		if !ok {
			continue
		}
		name := r.fieldLabel(field)
		if together[field] {
			span := f
			span.Values = nil
			chips = append(chips, chipView{Field: name, Value: label{Text: r.m.T("facet.chosen", "n", len(f.Values))}, URL: r.links.Search(q.SetFilter(span))})
		} else {
			for _, id := range f.Values {
				chips = append(chips, chipView{Field: name, Value: r.pathLabel(field, id), URL: r.links.Toggle(q, field, id)})
			}
		}
		if s := r.spanText(f); s != "" {
			years := f
			years.From, years.To = 0, 0
			chips = append(chips, chipView{Field: name, Value: label{Text: s}, URL: r.links.Search(q.SetFilter(years))})
		}
	}
	return chips
}

// manyValues returns the filters whose values share one chip, the longest
// first until no more than maxChips values have one each.
func manyValues(q search.Query) map[string]bool {
	byLength := slices.Clone(q.Filters)
	slices.SortStableFunc(byLength, func(a, b search.Filter) int { return cmp.Compare(len(b.Values), len(a.Values)) })
	n := 0
	for _, f := range byLength {
		n += len(f.Values)
	}
	together := make(map[string]bool)
	for _, f := range byLength {
		if n <= maxChips {
			break
		}
		together[f.Field] = true
		n -= len(f.Values)
	}
	return together
}

// pathLabel names a term with its broader one: "Coast › Cape".
func (r *request) pathLabel(field, id string) label {
	l := r.valueLabel(field, id)
	f, ok := r.lib.Schema.Field(field)
	if !ok {
		return l
	}
	v, ok := r.lib.Vocabulary(f.Vocabulary)
	if !ok {
		return l
	}
	t, ok := v.Term(id)
	if !ok || len(t.Broader) == 0 {
		return l
	}
	if above := r.valueLabel(field, t.Broader[0]); above.Lang == l.Lang {
		l.Text = r.m.T("path", "broader", above.Text, "narrower", l.Text)
	}
	return l
}
