package search

import (
	"strconv"
	"strings"
)

// String writes the query so that Parse reads it as the same words and
// filters. It is one form for all ways to write a query.
func (q Query) String() string {
	var b strings.Builder
	sep := func() {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
	}
	for _, f := range q.Filters {
		for _, v := range f.Values {
			sep()
			b.WriteString(f.Field + ":" + quoteValue(v))
		}
		if f.From != 0 || f.To != 0 {
			sep()
			b.WriteString(f.Field + ":" + yearString(f.From) + ".." + yearString(f.To))
		}
	}
	if words := q.Words(); words != "" {
		sep()
		b.WriteString(words)
	}
	return b.String()
}

// Words writes the words of the query alone, in the form of String.
func (q Query) Words() string {
	var parts []string
	for _, g := range q.Groups {
		var any []string
		for _, c := range g.Any {
			any = append(any, c.String())
		}
		parts = append(parts, strings.Join(any, " OR "))
	}
	for _, c := range q.Not {
		parts = append(parts, "-"+c.String())
	}
	return strings.Join(parts, " ")
}

// String writes the clause as a person would type it.
func (c Clause) String() string {
	s := strings.Join(c.Words, " ")
	switch {
	case c.Kind == Phrase, s == "OR":
		s = `"` + s + `"`
	case c.Kind == Prefix:
		s += "*"
	}
	if c.Field != "" {
		s = c.Field + ":" + s
	}
	return s
}

func quoteValue(v string) string {
	if strings.ContainsAny(v, " ") {
		return `"` + v + `"`
	}
	return v
}

func yearString(y int) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(y)
}
