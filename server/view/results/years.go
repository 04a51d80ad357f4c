package results

import (
	"fmt"
	"strconv"
	"strings"

	"casebook/search"
)

// Years is a filter by years: two boxes.
type Years struct {
	From, To string // as chosen, ASCII digits
	Min, Max int    // years that there are
	Bars     *Bars
	Bad      bool // the first year is after the last
}

// yearsView returns the boxes of a facet by years, nil where no page has any.
func (r reader) yearsView(filter search.Filter, f search.Facet) *Years {
	v := &Years{}
	counts := make(map[int]int)
	for _, value := range f.Values {
		y, err := strconv.Atoi(value.ID)
		if err != nil || value.Count == 0 {
			continue
		}
		counts[y] = value.Count
		if v.Min == 0 || y < v.Min {
			v.Min = y
		}
		v.Max = max(v.Max, y)
	}
	// A single chosen year (period=2015) is a span of one year in the boxes.
	if len(filter.Values) == 1 && filter.From == 0 && filter.To == 0 {
		v.From, v.To = filter.Values[0], filter.Values[0]
	}
	if filter.From != 0 {
		v.From = strconv.Itoa(filter.From)
	}
	if filter.To != 0 {
		v.To = strconv.Itoa(filter.To)
	}
	if v.Min == 0 && v.From == "" && v.To == "" {
		return nil
	}
	v.Bars = yearBars(counts, v.Min, v.Max)
	return v
}

// Bars are a small row of bars, one a year, as the path of one SVG shape.
type Bars struct {
	Width, Height int
	Path          string
}

const (
	barHeight = 24
	barStep   = 4
	barWidth  = 3
	maxBars   = 80 // years; a longer span shows its last ones
	minBars   = 3  // fewer years say nothing as a picture
)

// yearBars draws how many pages there are in each year from first to last;
// nil where that is too little to draw.
func yearBars(counts map[int]int, first, last int) *Bars {
	first = max(first, last-maxBars+1)
	if first <= 0 || last-first+1 < minBars {
		return nil
	}
	most := 0
	for y := first; y <= last; y++ {
		most = max(most, counts[y])
	}
	if most == 0 {
		return nil
	}
	var b strings.Builder
	for y := first; y <= last; y++ {
		n := counts[y]
		if n == 0 {
			continue
		}
		h := max(1, (n*barHeight+most/2)/most)
		fmt.Fprintf(&b, "M%d %dh%dv%dh-%dz", (y-first)*barStep, barHeight-h, barWidth, h, barWidth)
	}
	return &Bars{Width: (last-first)*barStep + barWidth, Height: barHeight, Path: b.String()}
}
