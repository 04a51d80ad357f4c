package worldmap

import (
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"casebook/content"
)

// An anchor is where a region's label would best stand.
type anchor struct {
	region Region
	x, y   float64
	size   int    // countries
	others []land // other places in the region
}

// anchors finds the middle of each region from its countries and those of the
// terms below it.
func anchors(w *world, voc *content.Vocabulary, regions []Region) []anchor {
	var out []anchor
	for _, region := range regions {
		t, ok := voc.Term(region.ID)
		if !ok {
			continue
		}
		var x, y, sum float64
		a := anchor{region: region}
		for _, code := range countriesOf(voc, t, 0) {
			i, ok := w.byCode[code]
			if !ok {
				continue
			}
			l := w.lands[i]
			x, y, sum = x+l.x*l.weight, y+l.y*l.weight, sum+l.weight
			a.others = append(a.others, l)
		}
		if sum == 0 {
			continue
		}
		a.x, a.y, a.size = x/sum, y/sum, len(a.others)
		out = append(out, a)
	}
	return out
}

// countriesOf returns the countries of a term and of those below it, each once.
func countriesOf(voc *content.Vocabulary, t *content.Term, depth int) []string {
	codes := slices.Clone(t.Countries)
	if depth < 8 {
		for _, id := range t.Narrower {
			if n, ok := voc.Term(id); ok {
				codes = append(codes, countriesOf(voc, n, depth+1)...)
			}
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// Sizes of a label in units of the drawing, for the text of site.css.
const (
	letterWidth = 7.4
	labelHeight = 25
	labelGap    = 3
	leadFrom    = 26 // a label farther than this from its region gets a line
)

// placeLabels puts each label where it belongs or, where others stand there,
// on the nearest free place. Small regions choose first: large ones have more
// room.
func placeLabels(w *world, as []anchor) []Label {
	slices.SortStableFunc(as, func(a, b anchor) int { return a.size - b.size })
	var placed []Label
	for _, a := range as {
		width := int(letterWidth*float64(utf8.RuneCountInString(a.region.Text)+1+utf8.RuneCountInString(a.region.Count))) + 10
		l, ok := freePlace(w, a, width, placed)
		if !ok {
			continue // the list below the map has it
		}
		placed = append(placed, l)
	}
	return placed
}

func freePlace(w *world, a anchor, width int, placed []Label) (Label, bool) {
	best, found := Label{}, math.Inf(1)
	try := func(x, y, cost float64) {
		if cost >= found {
			return
		}
		l := Label{
			Region: a.region, X: int(x), Y: int(y) + 5, RX: int(x) - width/2, RY: int(y) - labelHeight/2,
			W: width, H: labelHeight, PinX: int(a.x), PinY: int(a.y),
		}
		if l.RX < 0 || l.RY < 0 || l.RX+l.W > w.width || l.RY+l.H > w.height {
			return
		}
		for _, p := range placed {
			if l.RX < p.RX+p.W+labelGap && p.RX < l.RX+l.W+labelGap && l.RY < p.RY+p.H+labelGap && p.RY < l.RY+l.H+labelGap {
				return
			}
		}
		best, found = l, cost
	}
	for radius := 0.0; radius <= 160; radius += 6 {
		for step := range 24 {
			angle := 2 * math.Pi * float64(step) / 24
			dx, dy := radius*math.Cos(angle), radius*math.Sin(angle)
			try(a.x+dx, a.y+dy, math.Hypot(dx*.8, dy))
		}
		if found < radius*.8 {
			break
		}
	}
	if math.IsInf(found, 1) {
		return best, false
	}
	if nearest(a, float64(best.X), float64(best.Y)) > leadFrom {
		best.Lead = lead(best)
	}
	return best, true
}

// nearest is how far a point is from the region's middle or any of its countries.
func nearest(a anchor, x, y float64) float64 {
	d := math.Hypot(a.x-x, a.y-y)
	for _, l := range a.others {
		d = min(d, math.Hypot(l.x-x, l.y-y))
	}
	return d
}

// lead draws the line from the edge of a label to its region.
func lead(l Label) string {
	y := l.RY
	if l.PinY > l.RY {
		y = l.RY + l.H
	}
	x := max(l.RX+6, min(l.PinX, l.RX+l.W-6))
	return "M" + strconv.Itoa(x) + " " + strconv.Itoa(y) + "L" + strconv.Itoa(l.PinX) + " " + strconv.Itoa(l.PinY)
}
