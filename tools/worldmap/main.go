// Command worldmap draws server/view/worldmap/world.txt, the outlines behind the
// home page's map, from Natural Earth's public-domain borders as the npm package
// world-atlas packs them (TopoJSON):
//
//	npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
//	go run ./tools/worldmap package/countries-50m.json > server/view/worldmap/world.txt
//
// Borders are projected with Equal Earth, so that areas compare, simplified
// arc by arc, so that neighbours keep a common line, and rounded to whole
// units of a drawing 1000 units wide.
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

const (
	width        = 1000.0 // units of the drawing
	tolerance    = 1.1    // units: a bend flatter than this is dropped
	smallestIsle = 9.0    // square units: smaller rings are dropped, unless they are the whole country
	smallestLand = 9.0    // square units: a smaller country becomes a dot
	meridian     = 11.0   // in the middle of the drawing
)

// The edges of the drawing touch Alaska, New Zealand, Greenland and Tierra del Fuego.
var (
	left, _   = equalEarth(-168, 62)
	right, _  = equalEarth(178.6, -38)
	_, top    = equalEarth(0, 84)
	_, bottom = equalEarth(0, -56)
	scale     = width / (right - left)
	height    = math.Round((bottom - top) * scale)
)

// Codes of areas that Natural Earth draws apart and that have no number of
// their own in ISO 3166-1: XK by custom, the others with the country that the
// United Nations count them to.
var byName = map[string]string{"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}

type topology struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]float64
	Objects   struct {
		Countries struct {
			Geometries []struct {
				ID         string
				Type       string
				Arcs       json.RawMessage
				Properties struct{ Name string }
			}
		}
	}
}

type point struct{ x, y float64 }

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: go run ./tools/worldmap countries-50m.json > server/view/worldmap/world.txt")
	}
	data, err := os.ReadFile(os.Args[1])
	if err == nil {
		err = drawWorld(os.Stdout, data)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// drawWorld writes a line for each country of a topology in JSON.
func drawWorld(out io.Writer, data []byte) error {
	var t topology
	if err := json.Unmarshal(data, &t); err != nil {
		return err
	}
	arcs, err := project(t)
	if err != nil {
		return err
	}
	lands := map[string][][]point{}
	for _, g := range t.Objects.Countries.Geometries {
		code, ok := codeOf(g.ID, g.Properties.Name)
		if !ok || code == "AQ" { // Antarctica lies below the drawing
			continue
		}
		rs, err := rings(g.Type, g.Arcs)
		if err != nil {
			return fmt.Errorf("%s: %w", g.Properties.Name, err)
		}
		for _, ring := range rs {
			if len(ring) == 0 || slices.ContainsFunc(ring, func(i int) bool { return max(i, ^i) >= len(arcs) || len(arcs[max(i, ^i)]) == 0 }) {
				return fmt.Errorf("%s: an outline of arcs that aren't there: %v", g.Properties.Name, ring)
			}
			lands[code] = append(lands[code], join(arcs, ring))
		}
	}
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "# Natural Earth, public domain; drawn by tools/worldmap. Code, middle, path; a country without path is a dot.\n")
	fmt.Fprintf(w, "size %d %d\n", int(width), int(height))
	for _, c := range slices.Sorted(maps.Keys(lands)) {
		if line := draw(lands[c]); line != "" {
			fmt.Fprintf(w, "%s %s\n", c, line)
		}
	}
	return w.Flush()
}

// codeOf returns the ISO 3166-1 code of a country by its number; false where
// it has none: nobody can have a page about it.
func codeOf(number, name string) (string, bool) {
	if code, ok := byName[name]; ok {
		return code, true
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		return "", false
	}
	r, err := language.EncodeM49(n)
	return r.String(), err == nil
}

// draw returns the middle of a country and its path; "" if it is out of sight.
func draw(rs [][]point) string {
	slices.SortStableFunc(rs, func(a, b []point) int { return cmp.Compare(math.Abs(area(b)), math.Abs(area(a))) })
	mx, my := centroid(rs[0])
	if mx < 0 || my < 0 || mx > width || my > height {
		return ""
	}
	var total float64
	for _, r := range rs {
		total += math.Abs(area(r))
	}
	middle := fmt.Sprintf("%d %d", int(math.Round(mx)), int(math.Round(my)))
	if total < smallestLand {
		return middle
	}
	var b strings.Builder
	px, py := 0, 0
	for i, r := range rs {
		if i > 0 && math.Abs(area(r)) < smallestIsle || outside(r) {
			continue
		}
		type xy struct{ x, y int }
		var ps []xy
		for _, p := range r {
			q := xy{int(math.Round(p.x)), int(math.Round(p.y))}
			if n := len(ps); n > 0 && ps[n-1] == q {
				continue
			} else if n > 1 && (ps[n-1].x-ps[n-2].x)*(q.y-ps[n-1].y) == (ps[n-1].y-ps[n-2].y)*(q.x-ps[n-1].x) {
				ps[n-1] = q // on one line with the two before
				continue
			}
			ps = append(ps, q)
		}
		if len(ps) > 1 && ps[0] == ps[len(ps)-1] {
			ps = ps[:len(ps)-1]
		}
		if len(ps) < 3 {
			continue
		}
		b.WriteString("m")
		number(&b, ps[0].x-px, true)
		number(&b, ps[0].y-py, false)
		px, py = ps[0].x, ps[0].y
		b.WriteString("l")
		x, y := px, py
		for i, p := range ps[1:] {
			number(&b, p.x-x, i == 0)
			number(&b, p.y-y, false)
			x, y = p.x, p.y
		}
		b.WriteString("z")
	}
	if b.Len() == 0 {
		return middle
	}
	return middle + " " + b.String()
}

func number(b *strings.Builder, n int, first bool) {
	if n >= 0 && !first {
		b.WriteByte(' ')
	}
	b.WriteString(strconv.Itoa(n))
}

func outside(r []point) bool {
	for _, p := range r {
		if p.x > 0 && p.x < width && p.y > 0 && p.y < height {
			return false
		}
	}
	return true
}

// equalEarth projects degrees; y grows to the south.
func equalEarth(lon, lat float64) (x, y float64) {
	const a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
	m := math.Sqrt(3) / 2
	l := math.Asin(m * math.Sin(lat*math.Pi/180))
	l2 := l * l
	l6 := l2 * l2 * l2
	lambda := (lon - meridian) * math.Pi / 180
	x = lambda * math.Cos(l) / (m * (a1 + 3*a2*l2 + l6*(7*a3+9*a4*l2)))
	return x, -l * (a1 + a2*l2 + l6*(a3+a4*l2))
}

// project turns every arc into drawing units and drops its flat bends. Ends
// stay, so that arcs still meet.
func project(t topology) ([][]point, error) {
	// The end of Asia lies behind the date line; without this it would be drawn beside Alaska.
	eastern := map[int]bool{}
	for _, g := range t.Objects.Countries.Geometries {
		if g.Properties.Name == "Russia" {
			rs, err := rings(g.Type, g.Arcs)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", g.Properties.Name, err)
			}
			for _, i := range slices.Concat(rs...) {
				eastern[max(i, ^i)] = true
			}
		}
	}
	out := make([][]point, len(t.Arcs))
	for i, arc := range t.Arcs {
		var sx, sy float64
		ps := make([]point, len(arc))
		for j, d := range arc {
			sx, sy = sx+d[0], sy+d[1]
			lon := sx*t.Transform.Scale[0] + t.Transform.Translate[0]
			lat := sy*t.Transform.Scale[1] + t.Transform.Translate[1]
			if lon < 0 && eastern[i] {
				lon += 360
			}
			x, y := equalEarth(lon, lat)
			ps[j] = point{(x - left) * scale, (y - top) * scale}
		}
		out[i] = simplify(ps)
	}
	return out, nil
}

// simplify is Douglas and Peucker's; a closed arc is cut at its farthest point first.
func simplify(ps []point) []point {
	if len(ps) < 3 {
		return ps
	}
	a, b := ps[0], ps[len(ps)-1]
	far, at := 0.0, 0
	for i := 1; i < len(ps)-1; i++ {
		if d := distance(ps[i], a, b); d > far {
			far, at = d, i
		}
	}
	if far <= tolerance {
		return []point{a, b}
	}
	head := simplify(ps[:at+1])
	return append(head[:len(head)-1:len(head)-1], simplify(ps[at:])...)
}

func distance(p, a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	n := math.Hypot(dx, dy)
	if n == 0 {
		return math.Hypot(p.x-a.x, p.y-a.y)
	}
	return math.Abs(dx*(a.y-p.y)-dy*(a.x-p.x)) / n
}

// rings returns the outlines of a country as lists of arcs; ^i is arc i backwards.
func rings(kind string, raw json.RawMessage) ([][]int, error) {
	switch kind {
	case "Polygon":
		var p [][]int
		err := json.Unmarshal(raw, &p)
		return p, err
	case "MultiPolygon":
		var ps [][][]int
		err := json.Unmarshal(raw, &ps)
		return slices.Concat(ps...), err
	}
	return nil, nil
}

// join puts arcs together to one outline.
func join(arcs [][]point, ring []int) []point {
	var out []point
	for _, i := range ring {
		var ps []point
		if i >= 0 {
			ps = arcs[i]
		} else {
			ps = slices.Clone(arcs[^i])
			slices.Reverse(ps)
		}
		if len(out) > 0 {
			ps = ps[1:]
		}
		out = append(out, ps...)
	}
	return out
}

func area(r []point) float64 {
	var s float64
	for i, p := range r {
		q := r[(i+1)%len(r)]
		s += p.x*q.y - q.x*p.y
	}
	return s / 2
}

func centroid(r []point) (x, y float64) {
	s := area(r)
	if math.Abs(s) < 1e-6 {
		return r[0].x, r[0].y
	}
	for i, p := range r {
		q := r[(i+1)%len(r)]
		k := p.x*q.y - q.x*p.y
		x += (p.x + q.x) * k
		y += (p.y + q.y) * k
	}
	return x / (6 * s), y / (6 * s)
}
