package results

import (
	"cmp"
	"slices"

	"casebook/search"
	"casebook/server/view"
)

// A Chip is a chosen value, with the link that takes it away.
type Chip struct {
	Field view.Label
	Value view.Label
	URL   string
}

// maxChips bounds the links that take one chosen value away. Each repeats the
// whole query, so that two hundred would make a page of 700 kB, and a list that
// nobody reads before the results.
const maxChips = 20

// chips lists what is chosen, in the order of the filters: each value with a
// link that takes it away. Where there are very many, the values of the longest
// filters stand as one; each can still be unticked in its filter.
func (r reader) chips(q search.Query) []Chip {
	var chips []Chip
	together := manyValues(q)
	for _, field := range r.Library.Schema.Facets {
		f, ok := q.Filter(field)
		if !ok {
			continue
		}
		name := r.FieldLabel(field)
		if together[field] {
			span := f
			span.Values = nil
			chips = append(chips, Chip{Field: name, Value: view.Label{Text: r.Words.T("facet.chosen", "n", len(f.Values))}, URL: r.Links.Search(q.SetFilter(span))})
		} else {
			for _, id := range f.Values {
				chips = append(chips, Chip{Field: name, Value: r.pathLabel(field, id), URL: r.Links.Toggle(q, field, id)})
			}
		}
		if s := r.spanText(f); s != "" {
			years := f
			years.From, years.To = 0, 0
			chips = append(chips, Chip{Field: name, Value: view.Label{Text: s}, URL: r.Links.Search(q.SetFilter(years))})
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
func (r reader) pathLabel(field, id string) view.Label {
	l := r.ValueLabel(field, id)
	f, ok := r.Library.Schema.Field(field)
	if !ok {
		return l
	}
	v, ok := r.Library.Vocabulary(f.Vocabulary)
	if !ok {
		return l
	}
	t, ok := v.Term(id)
	if !ok || len(t.Broader) == 0 {
		return l
	}
	if above := r.ValueLabel(field, t.Broader[0]); above.Lang == l.Lang {
		l.Text = r.Words.T("path", "broader", above.Text, "narrower", l.Text)
	}
	return l
}
