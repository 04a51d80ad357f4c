package search

import (
	"slices"
	"strings"
)

// The methods of this file return changed copies of a Query. The copy shares
// no slice with the original. Whatever changes the answer goes to page 1.

// clone returns a copy with slices of its own.
func (q Query) clone() Query {
	q.Filters = slices.Clone(q.Filters)
	for i := range q.Filters {
		q.Filters[i].Values = slices.Clone(q.Filters[i].Values)
	}
	q.Groups = slices.Clone(q.Groups)
	for i, g := range q.Groups {
		q.Groups[i].Any = slices.Clone(g.Any)
		for j, c := range g.Any {
			q.Groups[i].Any[j].Words = slices.Clone(c.Words)
		}
	}
	q.Not = slices.Clone(q.Not)
	for i, c := range q.Not {
		q.Not[i].Words = slices.Clone(c.Words)
	}
	q.Notes = slices.Clone(q.Notes)
	return q
}

// Toggle chooses value in field, or lets it go where it is chosen. A value
// past MaxValues is not added.
func (q Query) Toggle(field, value string) Query {
	if !q.Has(field, value) {
		return q.WithValue(field, value)
	}
	f, _ := q.Filter(field)
	f.Values = slices.DeleteFunc(slices.Clone(f.Values), func(v string) bool { return v == value })
	return q.SetFilter(f)
}

// WithValue chooses value in field besides what is chosen. A value past
// MaxValues is not added, and a Note says so.
func (q Query) WithValue(field, value string) Query {
	if q.Has(field, value) {
		return q.first()
	}
	if q.countValues() >= MaxValues {
		q = q.first()
		if n := (Note{Code: NoteManyValues}); !slices.Contains(q.Notes, n) {
			q.Notes = append(q.Notes, n)
		}
		return q
	}
	return q.first().withFilter(Filter{Field: field, Values: []string{value}})
}

// Only chooses value in field and lets go what else is chosen there.
func (q Query) Only(field, value string) Query {
	return q.SetFilter(Filter{Field: field, Values: []string{value}})
}

// SetFilter puts f in place of what is chosen in its field. A zero filter
// removes it.
func (q Query) SetFilter(f Filter) Query {
	q = q.Without(f.Field)
	if f.IsZero() {
		return q
	}
	f.Values = f.Values[:min(len(f.Values), max(0, MaxValues-q.countValues()))]
	return q.withFilter(f)
}

// Without lets go all that is chosen in field.
func (q Query) Without(field string) Query {
	q = q.first()
	q.Filters = slices.DeleteFunc(q.Filters, func(f Filter) bool { return f.Field == field })
	if len(q.Filters) == 0 {
		q.Filters = nil // one form for no filters
	}
	return q
}

// ClearFilters lets go all that is chosen.
func (q Query) ClearFilters() Query {
	q = q.first()
	q.Filters = nil
	return q
}

// WithText asks other words. Filters that stand in them join those there are.
func (q Query) WithText(text string, lex Fields) Query {
	p := Parse(text, lex)
	q = q.first()
	q.Text, q.Groups, q.Not, q.Notes = p.Text, p.Groups, p.Not, p.Notes
	for _, f := range p.Filters {
		q = q.withFilter(f)
	}
	return q
}

// WithoutWords asks no words.
func (q Query) WithoutWords() Query { return q.WithText("", nil) }

// WithPage asks another page of the same answer, at least the first.
func (q Query) WithPage(n int) Query {
	q = q.clone()
	q.Page = max(1, n)
	return q
}

// WithSize asks for n hits a page, 0 to MaxSize.
func (q Query) WithSize(n int) Query {
	q = q.first()
	q.Size = min(max(0, n), MaxSize)
	return q
}

// WithSort asks for another order.
func (q Query) WithSort(sort string) Query {
	q = q.first()
	q.Sort = sort
	return q
}

// WithLang sets the reader's language. It changes neither answer nor page.
func (q Query) WithLang(lang string) Query {
	q = q.clone()
	q.Lang = lang
	return q
}

// WithLiteral asks for only the words typed, or for their synonyms too.
func (q Query) WithLiteral(on bool) Query {
	q = q.first()
	q.Literal = on
	return q
}

// first returns a copy at page 1.
func (q Query) first() Query {
	q = q.clone()
	q.Page = 1
	return q
}

// withFilter merges f into the filters, in their order. q must be a clone.
func (q Query) withFilter(f Filter) Query {
	i, found := slices.BinarySearchFunc(q.Filters, f.Field, func(x Filter, name string) int {
		return strings.Compare(x.Field, name)
	})
	if !found {
		q.Filters = slices.Insert(q.Filters, i, Filter{Field: f.Field})
	}
	have := &q.Filters[i]
	have.Values = append(have.Values, f.Values...)
	slices.Sort(have.Values)
	have.Values = slices.Compact(have.Values)
	switch {
	case have.From == 0 && have.To == 0:
		have.From, have.To = f.From, f.To
	case f.From != 0 || f.To != 0: // two ranges: the years from the first to the last
		have.From = min(have.From, f.From) // 0 is open
		if have.To != 0 && f.To != 0 {
			have.To = max(have.To, f.To)
		} else {
			have.To = 0
		}
	}
	if have.From == 0 && have.To == 0 && len(have.Values) == 0 { // ..2015 and 2012.. together
		if q.Filters = slices.Delete(q.Filters, i, i+1); len(q.Filters) == 0 {
			q.Filters = nil
		}
	}
	return q
}

func (q Query) countValues() int {
	n := 0
	for _, f := range q.Filters {
		n += len(f.Values)
		if f.From != 0 || f.To != 0 {
			n++
		}
	}
	return n
}

// ReplaceWords returns the query with words of its positive clauses replaced:
// another spelling of the same question. Two words in place of one become two
// wishes where the one was a wish of its own.
func (q Query) ReplaceWords(by map[string]string) Query {
	q = q.first()
	var groups []Group
	for _, g := range q.Groups {
		if len(g.Any) == 1 && g.Any[0].Kind == Word {
			r, ok := by[strings.Join(g.Any[0].Words, " ")]
			if !ok {
				groups = append(groups, g)
				continue
			}
			for _, w := range strings.Fields(r) {
				groups = append(groups, Group{Any: []Clause{{Kind: Word, Field: g.Any[0].Field, Words: []string{w}}}})
			}
			continue
		}
		for _, c := range g.Any {
			for i, w := range c.Words {
				if r, ok := by[w]; ok {
					c.Words[i] = r
				}
			}
		}
		groups = append(groups, g)
	}
	q.Groups = groups
	q.Text = q.Words()
	return q
}
