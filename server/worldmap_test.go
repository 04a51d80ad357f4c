package server

import (
	"bytes"
	"compress/gzip"
	"math"
	"strings"
	"testing"
)

// The outlines are small, and every country has its place in the drawing.
func TestOutlines(t *testing.T) {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	z.Write([]byte(worldText))
	z.Close()
	if b.Len() > 12_000 {
		t.Errorf("%d bytes compressed, more than 12,000", b.Len())
	}
	w := outlines()
	drawn := 0
	for _, l := range w.lands {
		if l.x < 0 || l.y < 0 || l.x > float64(w.width) || l.y > float64(w.height) {
			t.Errorf("%s is at %v, %v", l.code, l.x, l.y)
		}
		if strings.Trim(l.path, "mlz-0123456789 ") != "" {
			t.Errorf("%s has the path %q", l.code, l.path)
		}
		if l.path != "" {
			drawn++
		}
	}
	if drawn < 160 || len(w.lands) < 210 {
		t.Errorf("%d of %d countries are drawn", drawn, len(w.lands))
	}
	for _, code := range []string{"XK", "MV", "TT", "SG", "BH", "MT", "FR", "NO", "TN", "PS", "NZ"} {
		if _, ok := w.byCode[code]; !ok {
			t.Errorf("%s is missing", code)
		}
	}
}

// Every region of the shipped map has a label, in each language; labels stay
// within the drawing and apart from each other.
func TestRegionMap(t *testing.T) {
	lib := shipped(t)
	f, ok := lib.Schema.Field(lib.Site.Map)
	if !ok {
		t.Fatal("the shipped content has no map")
	}
	s := newSite(t, nil)
	counts := map[string]int{"FR": 9, "MV": 1, "XK": 2}
	for _, lang := range lib.Site.Languages {
		r := ask(t, s, lang)
		r.lib = lib
		voc, _ := lib.Vocabulary(f.Vocabulary)
		rows := flat(r.tally(f, map[string]int{}))
		for i := range rows {
			rows[i].Count = r.m.Num(188)
		}
		v := r.regionMap(voc, rows, counts)
		placed := make(map[string]bool)
		for i, a := range v.Labels {
			placed[a.ID] = true
			if a.RX < 0 || a.RY < 0 || a.RX+a.W > v.Width || a.RY+a.H > v.Height {
				t.Errorf("%s: %s is outside: %+v", lang, a.ID, a)
			}
			for _, b := range v.Labels[:i] {
				if a.RX < b.RX+b.W && b.RX < a.RX+a.W && a.RY < b.RY+b.H && b.RY < a.RY+a.H {
					t.Errorf("%s: %s and %s overlap", lang, a.ID, b.ID)
				}
			}
			if far := math.Hypot(float64(a.X-a.PinX), float64(a.Y-a.PinY)); far > 120 {
				t.Errorf("%s: %s is %.0f from its region", lang, a.ID, far)
			}
		}
		for _, row := range rows {
			term, _ := voc.Term(row.ID)
			if !placed[row.ID] && len(term.Countries) > 0 {
				t.Errorf("%s: %s has no label", lang, row.ID)
			}
		}
		if len(v.Dots) != 1 {
			t.Errorf("%s: %d countries too small to draw are marked, want Maldives alone", lang, len(v.Dots))
		}
	}
}

func TestShades(t *testing.T) {
	for _, tt := range []struct {
		most int
		want []int
	}{{0, []int{1}}, {1, []int{1}}, {2, []int{1}}, {3, []int{1, 3}}, {9, []int{1, 4, 6}}, {1000, []int{1, 11, 101}}} {
		got := shadeLimits(map[string]int{"a": tt.most})
		if len(got) != len(tt.want) {
			t.Errorf("at most %d: %v, want %v", tt.most, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("at most %d: %v, want %v", tt.most, got, tt.want)
			}
		}
	}
	if shadeOf([]int{1, 4, 6}, 0) != 0 || shadeOf([]int{1, 4, 6}, 3) != 1 || shadeOf([]int{1, 4, 6}, 6) != 3 {
		t.Error("the shade of a number")
	}
}
