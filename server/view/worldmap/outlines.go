package worldmap

import (
	"bufio"
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"
)

//go:embed world.txt
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

// outlines are read once; the file is made by tools/worldmap.
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
