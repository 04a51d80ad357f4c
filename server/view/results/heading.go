package results

import (
	"strings"

	"casebook/content"
	"casebook/search"
)

// heading states the result in words, for the page and its title.
func (r reader) heading(q search.Query, total int) string {
	h := r.Words.T("search.count", "n", total)
	if q.Text != "" {
		h = r.Words.T("search.heading.words", "count", h, "words", q.Text)
	}
	kind, one := r.oneKind(q)
	if one {
		q = q.Without(content.KindFacet)
	}
	if by := r.filterWords(q); by != "" {
		h = r.Words.T("search.heading.filters", "heading", h, "filters", by)
	}
	if one {
		h = r.Words.T("search.heading.kind", "kind", kind.Plural.In(r.Lang), "heading", h)
	}
	return h
}

// oneKind returns the only kind of page that a query asks for.
func (r reader) oneKind(q search.Query) (*content.Kind, bool) {
	f, _ := q.Filter(content.KindFacet)
	if len(f.Values) != 1 {
		return nil, false
	}
	return r.Library.Schema.Kind(f.Values[0])
}

// filterWords says the chosen filters as a list: "Coast or Hills; Stone lines".
// Values hold an "and" of their own too often to be joined by one.
func (r reader) filterWords(q search.Query) string {
	const maxNamed = 3
	var parts []string
	for _, field := range r.Library.Schema.Facets {
		f, ok := q.Filter(field)
		if !ok {
			continue
		}
		var values []string
		for _, id := range f.Values {
			values = append(values, r.ValueLabel(field, id).Text)
		}
		if s := r.spanText(f); s != "" {
			values = append(values, s)
		}
		if len(values) > maxNamed {
			parts = append(parts, r.Words.T("search.heading.many", "n", len(values), "field", r.FieldLabel(field).Text))
		} else if len(values) > 0 {
			parts = append(parts, r.Words.List("list.or", values))
		}
	}
	return strings.Join(parts, r.Words.T("list.semicolon"))
}

// spanText says a filter by years: "2014–2019", "from 2014", "until 2019".
func (r reader) spanText(f search.Filter) string {
	switch {
	case f.From != 0 && f.From == f.To:
		return r.Words.Year(f.From)
	case f.From != 0 && f.To != 0:
		return r.Words.T("years.span", "from", r.Words.Year(f.From), "to", r.Words.Year(f.To))
	case f.From != 0:
		return r.Words.T("years.from", "from", r.Words.Year(f.From))
	case f.To != 0:
		return r.Words.T("years.to", "to", r.Words.Year(f.To))
	}
	return ""
}
