package results

import (
	"fmt"
	"slices"
	"testing"

	"casebook/search"
	"casebook/server/internal/plaincorpus"
)

// Each chosen value has a link that takes away just that value.
func TestChips(t *testing.T) {
	c := plaincorpus.New(t)
	r := ask(t, c, "en")
	q := search.Query{Text: "stones", Page: 3, Filters: []search.Filter{
		{Field: "period", From: 2007, Values: []string{"2001"}}, {Field: "place", Values: []string{"cape", "hills"}},
	}}
	var got []string
	for _, c := range r.chips(q) {
		got = append(got, c.Field.Text+" "+c.Value.Text+" "+c.URL)
	}
	want := []string{
		"Place Coast › Cape /search?q=stones&place=hills&period=2001&period_from=2007",
		"Place Hills /search?q=stones&place=cape&period=2001&period_from=2007",
		"Period 2001 /search?q=stones&place=cape&place=hills&period_from=2007",
		"Period from 2007 /search?q=stones&place=cape&place=hills&period=2001",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

// Of a query with as many values as there may be,
// what is chosen in the longest filters can be taken away as one.
func TestManyChips(t *testing.T) {
	c := plaincorpus.New(t)
	r := ask(t, c, "en")
	q := search.Query{Text: "stones", Page: 1, Size: search.DefaultSize, Filters: []search.Filter{
		{Field: "period", From: 2007}, {Field: "place", Values: []string{"cape", "hills"}},
	}}
	land := search.Filter{Field: "land"}
	for i := range search.MaxValues - 2 {
		land.Values = append(land.Values, fmt.Sprintf("x%03d", i))
	}
	q.Filters = append([]search.Filter{land}, q.Filters...)
	var got []string
	for _, c := range r.chips(q) {
		got = append(got, c.Field.Text+" "+c.Value.Text)
		if c.Field.Text == "Country" && c.URL != "/search?q=stones&place=cape&place=hills&period_from=2007" {
			t.Fatalf("taking the countries away leads to %.200s", c.URL)
		}
	}
	if want := []string{"Place Coast › Cape", "Place Hills", "Country 198 chosen", "Period from 2007"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if n := chosenValues(q); n != 201 {
		t.Errorf("%d values chosen, want 201", n)
	}
}
