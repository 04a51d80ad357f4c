package server

import (
	"bufio"
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"

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
