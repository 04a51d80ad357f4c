package server

import (
	"bufio"
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"casebook/content"
)

//go:embed worldmap/world.txt
var worldText string

// A world is the outlines of the countries.
type world struct {
	width, height int
	lands         []land
	byCode        map[string]int
}

// A land is one country: its middle, and its outline or "" where it is too
// small to be drawn.
type land struct {
	code   string
	x, y   float64
	path   string
	weight float64 // grows with its size
}

// outlines are read once; the file is made by worldmap/gen.go.
var outlines = sync.OnceValue(func() *world { return readWorld(worldText) })

func readWorld(text string) *world {
	w := &world{byCode: make(map[string]int)}
	sc := bufio.NewScanner(strings.NewReader(text))
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		f := strings.SplitN(sc.Text(), " ", 4)
		if len(f) < 3 || f[0] == "#" {
			continue
		}
		x, _ := strconv.Atoi(f[1])
		y, _ := strconv.Atoi(f[2])
		if f[0] == "size" {
			w.width, w.height = x, y
			continue
		}
		l := land{code: f[0], x: float64(x), y: float64(y), weight: 1}
		if len(f) == 4 {
			l.path = f[3]
			l.weight = 1 + math.Sqrt(float64(len(l.path)))
		}
		w.byCode[l.code] = len(w.lands)
		w.lands = append(w.lands, l)
	}
	return w
}

// A mapView is the map of the home page: countries in four shades, and a link
// for each region.
type mapView struct {
	Width, Height int
	Empty         string     // outline of all countries without a page
	Shades        []mapShade // of those with pages
	Dots          []mapDot   // countries too small to draw
	Labels        []mapLabel
	Key           []mapKey
}

type mapShade struct {
	Class string
	Path  string
}

type mapDot struct {
	Class string
	X, Y  int
}

// A mapLabel is a region's link on the map. All numbers are units of the drawing.
type mapLabel struct {
	tallyRow
	X, Y       int // middle of the text
	RX, RY     int // corner of the area that can be clicked
	W, H       int
	Lead       string // line to the region where the text had to move, "" if none
	PinX, PinY int
}

// A mapKey explains a shade.
type mapKey struct {
	Class string
	Text  string
}

// regionMap draws the map for the facet field, whose terms hold countries;
// rows are its terms with their numbers, counts the pages of each country.
// Without countries there is no map.
func (r *request) regionMap(voc *content.Vocabulary, rows []tallyRow, counts map[string]int) *mapView {
	w := outlines()
	v := &mapView{Width: w.width, Height: w.height}
	limits := shadeLimits(counts)
	paths := make([]strings.Builder, len(limits)+1)
	for _, l := range w.lands {
		n := counts[l.code]
		shade := shadeOf(limits, n)
		if l.path == "" {
			if n > 0 {
				v.Dots = append(v.Dots, mapDot{Class: shadeClass(shade), X: int(l.x), Y: int(l.y)})
			}
			continue
		}
		// Each outline begins with a relative move from the corner of the drawing.
		paths[shade].WriteString("M0 0" + l.path)
	}
	for shade := range paths {
		if d := paths[shade].String(); d != "" {
			v.Shades = append(v.Shades, mapShade{Class: shadeClass(shade), Path: d})
		}
	}
	v.Key = r.mapKey(limits)
	v.Labels = placeLabels(w, anchors(w, voc, rows))
	return v
}

func shadeClass(shade int) string { return "s" + strconv.Itoa(shade) }

// shadeLimits returns the least number of pages of each shade above the
// lightest; they grow by the same factor.
func shadeLimits(counts map[string]int) []int {
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	limits := []int{1}
	for i := 1; i < 3; i++ {
		limit := int(math.Ceil(math.Pow(float64(most), float64(i)/3))) + 1
		if limit > limits[len(limits)-1] && limit <= most {
			limits = append(limits, limit)
		}
	}
	return limits
}

func shadeOf(limits []int, n int) int {
	shade := 0
	for i, least := range limits {
		if n >= least {
			shade = i + 1
		}
	}
	return shade
}

func (r *request) mapKey(limits []int) []mapKey {
	keys := []mapKey{{Class: shadeClass(0), Text: r.m.T("map.none")}}
	for i, least := range limits {
		k := mapKey{Class: shadeClass(i + 1)}
		switch {
		case i+1 == len(limits):
			k.Text = r.m.T("map.from", "n", least)
		case limits[i+1]-1 == least:
			k.Text = r.m.Num(least)
		default:
			k.Text = r.m.T("years.span", "from", r.m.Num(least), "to", r.m.Num(limits[i+1]-1))
		}
		keys = append(keys, k)
	}
	return keys
}

// An anchor is where a region's label would best stand.
type anchor struct {
	row    tallyRow
	x, y   float64
	size   int    // countries
	others []land // other places in the region
}

// anchors finds the middle of each region from its countries and those of the
// terms below it.
func anchors(w *world, voc *content.Vocabulary, rows []tallyRow) []anchor {
	var out []anchor
	for _, row := range rows {
		t, ok := voc.Term(row.ID)
		if !ok {
			continue
		}
		var x, y, sum float64
		a := anchor{row: row}
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
func placeLabels(w *world, as []anchor) []mapLabel {
	slices.SortStableFunc(as, func(a, b anchor) int { return a.size - b.size })
	var placed []mapLabel
	for _, a := range as {
		width := int(letterWidth*float64(utf8.RuneCountInString(a.row.Label.Text)+1+utf8.RuneCountInString(a.row.Count))) + 10
		l, ok := freePlace(w, a, width, placed)
		if !ok {
			continue // the list below the map has it
		}
		placed = append(placed, l)
	}
	return placed
}

func freePlace(w *world, a anchor, width int, placed []mapLabel) (mapLabel, bool) {
	best, found := mapLabel{}, math.Inf(1)
	try := func(x, y, cost float64) {
		if cost >= found {
			return
		}
		l := mapLabel{
			tallyRow: a.row, X: int(x), Y: int(y) + 5, RX: int(x) - width/2, RY: int(y) - labelHeight/2,
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
func lead(l mapLabel) string {
	y := l.RY
	if l.PinY > l.RY {
		y = l.RY + l.H
	}
	x := max(l.RX+6, min(l.PinX, l.RX+l.W-6))
	return "M" + strconv.Itoa(x) + " " + strconv.Itoa(y) + "L" + strconv.Itoa(l.PinX) + " " + strconv.Itoa(l.PinY)
}
