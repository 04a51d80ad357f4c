package results

import (
	"reflect"
	"testing"

	"casebook/search"
	"casebook/server/internal/plaincorpus"
)

func TestYearsView(t *testing.T) {
	r := ask(t, plaincorpus.New(t), "ar")
	f := search.Facet{Field: "period", Values: []search.FacetValue{{ID: "2007", Count: 2}, {ID: "2008", Count: 4}, {ID: "2010", Count: 1}}}
	got := r.yearsView(search.Filter{Field: "period", From: 2008}, f)
	want := &Years{From: "2008", Min: 2007, Max: 2010, Bars: &Bars{Width: 15, Height: 24, Path: "M0 12h3v12h-3zM4 0h3v24h-3zM12 18h3v6h-3z"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %+v; want %+v, %+v", got, got.Bars, want, want.Bars)
	}
	if one := r.yearsView(search.Filter{Field: "period", Values: []string{"2008"}}, f); one.From != "2008" || one.To != "2008" {
		t.Errorf("a single year is %q to %q", one.From, one.To)
	}
	if v := r.yearsView(search.Filter{}, search.Facet{Field: "period"}); v != nil {
		t.Errorf("without any year: %+v", v)
	}
}

func TestYearBars(t *testing.T) {
	if b := yearBars(map[int]int{2007: 1, 2008: 2}, 2007, 2008); b != nil {
		t.Error("two years are no picture")
	}
	if b := yearBars(map[int]int{1: 5, 2000: 1}, 1, 2000); b == nil || b.Width != (maxBars-1)*barStep+barWidth {
		t.Errorf("a long span: %+v", b)
	}
	if b := yearBars(nil, 0, 0); b != nil {
		t.Error("nothing to draw")
	}
}

// Bars end with the last year and are as high as its number to the highest.
func TestHeightOfBars(t *testing.T) {
	for _, tt := range []struct {
		counts      map[int]int
		first, last int
		want        string
	}{
		{map[int]int{0: 1, 1: 1, 2: 1, 3: 1}, 0, 3, ""}, {map[int]int{1: 1}, 1, 3, "M0 0h3v24h-3z"}, {map[int]int{}, 2000, 2010, ""}, {map[int]int{2000: 3, 2001: 0, 2002: 1}, 2000, 2002, "M0 0h3v24h-3zM8 16h3v8h-3z"},
		{map[int]int{2000: 1000, 2002: 1}, 2000, 2002, "M0 0h3v24h-3zM8 23h3v1h-3z"}, {map[int]int{1: 9, 81: 2}, 1, 81, "M316 0h3v24h-3z"},
	} {
		got := ""
		if b := yearBars(tt.counts, tt.first, tt.last); b != nil {
			got = b.Path
		}
		if got != tt.want {
			t.Errorf("%v: %q, want %q", tt.counts, got, tt.want)
		}
	}
}
