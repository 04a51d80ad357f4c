package server

import (
	"fmt"
	"strings"
)

// A barsView is a small row of bars, one a year, as the path of one SVG shape.
type barsView struct {
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
func yearBars(counts map[int]int, first, last int) *barsView {
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
	return &barsView{Width: (last-first)*barStep + barWidth, Height: barHeight, Path: b.String()}
}
