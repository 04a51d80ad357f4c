package search

import (
	"fmt"
	"reflect"
	"testing"
)

func TestChangesAreCopies(t *testing.T) {
	q := Parse("a b OR c -d topic:a1 period:2015", topics{})
	before := fmt.Sprintf("%+v", q)
	changes := map[string]func() Query{
		"Toggle on":     func() Query { return q.Toggle("topic", "b2") },
		"Toggle off":    func() Query { return q.Toggle("topic", "a1") },
		"Only":          func() Query { return q.Only("topic", "b2") },
		"SetFilter":     func() Query { return q.SetFilter(Filter{Field: "period", From: 2001}) },
		"Without":       func() Query { return q.Without("topic") },
		"ClearFilters":  func() Query { return q.ClearFilters() },
		"WithText":      func() Query { return q.WithText("x topic:b2", topics{}) },
		"WithPage":      func() Query { return q.WithPage(3) },
		"WithSort":      func() Query { return q.WithSort("title") },
		"WithSize":      func() Query { return q.WithSize(5) },
		"WithLang":      func() Query { return q.WithLang("fr") },
		"WithLiteral":   func() Query { return q.WithLiteral(true) },
		"WithoutWords":  func() Query { return q.WithoutWords() },
		"WithValue new": func() Query { return q.WithValue("aaa", "x") },
	}
	for name, change := range changes {
		c := change()
		if reflect.DeepEqual(c, q) {
			t.Errorf("%s changes nothing", name)
		}
		for i := range c.Filters { // scribble over the copy
			for j := range c.Filters[i].Values {
				c.Filters[i].Values[j] = "scribble"
			}
			c.Filters[i].Field = "scribble"
		}
		for i := range c.Groups {
			c.Groups[i].Any[0].Words[0] = "scribble"
		}
		if got := fmt.Sprintf("%+v", q); got != before {
			t.Fatalf("%s shares a slice with its original:\n%s\n%s", name, got, before)
		}
	}
}

func TestToggle(t *testing.T) {
	q := Query{Page: 4, Size: 20}
	q = q.Toggle("b", "2").Toggle("a", "9").Toggle("b", "1")
	want := []Filter{{Field: "a", Values: []string{"9"}}, {Field: "b", Values: []string{"1", "2"}}}
	if !reflect.DeepEqual(q.Filters, want) || q.Page != 1 {
		t.Errorf("filters %v, page %d, want %v and page 1", q.Filters, q.Page, want)
	}
	q = q.Toggle("b", "2").Toggle("b", "1")
	if _, ok := q.Filter("b"); ok || len(q.Filters) != 1 {
		t.Errorf("an empty filter stays: %v", q.Filters)
	}
	if got := q.Toggle("a", "9").Filters; len(got) != 0 {
		t.Errorf("toggled off: %v", got)
	}
}

func TestRangesMerge(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []Filter
	}{
		{"period:2012..2014 period:2016..2018", []Filter{{Field: "period", From: 2012, To: 2018}}},
		{"period:2012.. period:2010..2011", []Filter{{Field: "period", From: 2010}}},
		{"period:2012.. period:..2015", nil},
		{"period:2012..2014 period:2020", []Filter{{Field: "period", Values: []string{"2020"}, From: 2012, To: 2014}}},
	} {
		if got := Parse(tt.text, topics{}).Filters; len(got)+len(tt.want) > 0 && !reflect.DeepEqual(got, tt.want) {
			t.Errorf("Parse(%q).Filters = %v, want %v", tt.text, got, tt.want)
		}
	}
}

func TestManyValues(t *testing.T) {
	q := Query{}
	for i := range MaxValues + 50 {
		q = q.WithValue(fmt.Sprintf("f%d", i%7), fmt.Sprint(i))
	}
	if n := q.countValues(); n != MaxValues || !hasNote(q, NoteManyValues) {
		t.Errorf("%d values, notes %v; want %d and a note", n, q.Notes, MaxValues)
	}
}

// Ranges of years count as values too; a query that holds more than fits takes no further value and does not panic.
func TestSetFilterPastTheBound(t *testing.T) {
	var q Query
	for i := range MaxValues + 5 {
		q.Filters = append(q.Filters, Filter{Field: fmt.Sprintf("f%03d", i), From: 2000})
	}
	got := q.SetFilter(Filter{Field: "g", Values: []string{"x"}})
	if f, ok := got.Filter("g"); ok && len(f.Values) > 0 {
		t.Errorf("a value past MaxValues was taken: %v", f)
	}
}
