package main

import (
	"bytes"
	"math"
	"testing"
)

// Two neighbours that share an arc, a country of two islands of which the small
// one is dropped, one too small to be drawn, one without a code, Antarctica.
const small = `{
  "transform": {"scale": [0.5, 0.5], "translate": [0, 0]},
  "arcs": [
    [[20, 0], [0, 20]],
    [[20, 20], [-20, 0], [0, -20], [20, 0]],
    [[20, 0], [20, 0], [0, 20], [-20, 0]],
    [[60, 40], [20, 0], [0, 20], [-20, 0], [0, -20]],
    [[90, 40], [1, 0], [0, 1], [-1, 0], [0, -1]],
    [[100, 80], [1, 0], [0, 1], [-1, 0], [0, -1]]
  ],
  "objects": {"countries": {"geometries": [
    {"id": "250", "type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "France"}},
    {"id": "788", "type": "Polygon", "arcs": [[2, -1]], "properties": {"name": "Tunisia"}},
    {"id": "554", "type": "MultiPolygon", "arcs": [[[4]], [[3]]], "properties": {"name": "New Zealand"}},
    {"id": "462", "type": "Polygon", "arcs": [[5]], "properties": {"name": "Maldives"}},
    {"type": "Polygon", "arcs": [[5]], "properties": {"name": "Kosovo"}},
    {"id": "x", "type": "Polygon", "arcs": [[3]], "properties": {"name": "Nowhere"}},
    {"id": "010", "type": "Polygon", "arcs": [[3]], "properties": {"name": "Antarctica"}}
  ]}}
}`

func TestDrawWorld(t *testing.T) {
	var b bytes.Buffer
	if err := drawWorld(&b, []byte(small)); err != nil {
		t.Fatal(err)
	}
	// The two neighbours meet in the line from 464 308 to 464 260.
	const want = `# Natural Earth, public domain; drawn by tools/worldmap. Code, middle, path; a country without path is a dot.
size 1000 551
FR 447 284 m464 308l0-48-35 0 0 48z
MV 591 124
NZ 549 191 m533 213l34 0-3-45-33 0z
TN 482 284 m464 308l36 0-1-48-35 0z
XK 591 124
`
	if got := b.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestDrawWorldErrors(t *testing.T) {
	for name, data := range map[string]string{
		"no JSON":      "x",
		"no such arc":  `{"objects": {"countries": {"geometries": [{"id": "250", "type": "Polygon", "arcs": [[7]], "properties": {"name": "France"}}]}}}`,
		"empty ring":   `{"objects": {"countries": {"geometries": [{"id": "250", "type": "Polygon", "arcs": [[]], "properties": {"name": "France"}}]}}}`,
		"other arcs":   `{"objects": {"countries": {"geometries": [{"id": "250", "type": "Polygon", "arcs": [["a"]], "properties": {"name": "France"}}]}}}`,
		"other Russia": `{"objects": {"countries": {"geometries": [{"id": "643", "type": "MultiPolygon", "arcs": [1], "properties": {"name": "Russia"}}]}}}`,
	} {
		if err := drawWorld(new(bytes.Buffer), []byte(data)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// A bend that is flatter than the tolerance goes; ends stay.
func TestSimplify(t *testing.T) {
	line := []point{{0, 0}, {1, 0.5}, {2, 0}, {3, 5}, {4, 0}}
	got := simplify(line)
	if len(got) != 4 || got[0] != line[0] || got[1] != line[2] || got[2] != line[3] || got[3] != line[4] {
		t.Errorf("simplify(%v) = %v", line, got)
	}
	if two := line[:2]; len(simplify(two)) != 2 {
		t.Error("a line of two points")
	}
}

// The measures of a square of 4, wherever it lies and whichever way round.
func TestAreaAndMiddle(t *testing.T) {
	square := []point{{10, 10}, {12, 10}, {12, 12}, {10, 12}}
	x, y := centroid(square)
	if a := area(square); math.Abs(a) != 4 || x != 11 || y != 11 {
		t.Errorf("area %v, middle %v, %v", a, x, y)
	}
	if x, y := centroid([]point{{5, 6}, {5, 6}}); x != 5 || y != 6 {
		t.Errorf("of no area: %v, %v", x, y)
	}
	if d := distance(point{1, 3}, point{0, 0}, point{2, 0}); d != 3 {
		t.Errorf("3 above a line is %v", d)
	}
	if d := distance(point{3, 4}, point{0, 0}, point{0, 0}); d != 5 {
		t.Errorf("5 from a point is %v", d)
	}
}

// Equal Earth keeps the equator level and areas comparable.
func TestEqualEarth(t *testing.T) {
	if x, y := equalEarth(meridian, 0); x != 0 || y != 0 {
		t.Errorf("the middle is at %v, %v", x, y)
	}
	_, north := equalEarth(0, 60)
	_, south := equalEarth(0, -60)
	if north >= 0 || north != -south {
		t.Errorf("60° north is at %v, south at %v", north, south)
	}
	cell := func(lat float64) float64 { // area of a square degree, by its corners
		x0, y0 := equalEarth(20, lat)
		x1, _ := equalEarth(21, lat)
		_, y1 := equalEarth(20, lat+1)
		return (x1 - x0) * (y0 - y1) / (math.Sin((lat+1)*math.Pi/180) - math.Sin(lat*math.Pi/180))
	}
	if ratio := cell(0) / cell(50); math.Abs(ratio-1) > 0.03 {
		t.Errorf("a square degree at the equator is drawn %v times too large", ratio)
	}
}
