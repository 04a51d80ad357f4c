// Package worldmap draws the map of the world on which regions are chosen: the
// countries as shapes for an SVG image, shaded by how many pages each has, and
// a label for each region where there is room. A region is a term whose
// vocabulary says its countries.
package worldmap

import (
	"math"
	"strconv"
	"strings"

	"casebook/content"
	"casebook/server/say"
)

// A Map is the map of the home page: countries in four shades, and a link
// for each region.
type Map struct {
	Width, Height int
	Shades        []Shade
	Dots          []Dot
	Labels        []Label
	Key           []Key
}

// A Shade is the countries of one shade.
type Shade struct {
	Class string
	Path  string
}

// A Dot is a country that is too small to draw.
type Dot struct {
	Class string
	X, Y  int
}

// A Label is a region's link on the map. All numbers are units of the drawing.
type Label struct {
	Region
	X, Y       int // middle of the text
	RX, RY     int // corner of the area that can be clicked
	W, H       int
	Lead       string // line to the region where the text had to move, "" if none
	PinX, PinY int
}

// A Key explains a shade.
type Key struct {
	Class string
	Text  string
}

// A Region is a term whose countries the map shows, as it is labelled there.
type Region struct {
	ID    string // of the term
	Text  string
	Lang  string // of Text, where that isn't the page's
	Count string // of its pages, in the reader's digits
	URL   string
}

// Draw draws the map: each country in the shade of the number of its pages,
// which counts has by code, and a label for each region that has a country in
// the vocabulary and room on the map. words say the key.
func Draw(words *say.Printer, voc *content.Vocabulary, regions []Region, counts map[string]int) *Map {
	w := outlines()
	v := &Map{Width: w.width, Height: w.height}
	limits := shadeLimits(counts)
	paths := make([]strings.Builder, len(limits)+1)
	for _, l := range w.lands {
		n := counts[l.code]
		shade := shadeOf(limits, n)
		if l.path == "" {
			if n > 0 {
				v.Dots = append(v.Dots, Dot{Class: shadeClass(shade), X: int(l.x), Y: int(l.y)})
			}
			continue
		}
		// Each outline begins with a relative move from the corner of the drawing.
		paths[shade].WriteString("M0 0" + l.path)
	}
	for shade := range paths {
		if d := paths[shade].String(); d != "" {
			v.Shades = append(v.Shades, Shade{Class: shadeClass(shade), Path: d})
		}
	}
	v.Key = key(words, limits)
	v.Labels = placeLabels(w, anchors(w, voc, regions))
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

// key explains the shades.
func key(words *say.Printer, limits []int) []Key {
	keys := []Key{{Class: shadeClass(0), Text: words.T("map.none")}}
	for i, least := range limits {
		k := Key{Class: shadeClass(i + 1)}
		switch {
		case i+1 == len(limits):
			k.Text = words.T("map.from", "n", least)
		case limits[i+1]-1 == least:
			k.Text = words.Num(least)
		default:
			k.Text = words.T("years.span", "from", words.Num(least), "to", words.Num(limits[i+1]-1))
		}
		keys = append(keys, k)
	}
	return keys
}
