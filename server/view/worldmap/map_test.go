package worldmap

import (
	"math"
	"testing"

	"casebook/content"
	"casebook/content/load"
	"casebook/server/say"
	"casebook/templates"
)

// Every region of the shipped map has a label, in each language; labels stay
// within the drawing and apart from each other.
func TestRegionMap(t *testing.T) {
	lib, _, err := load.Load(t.Context(), content.Default, load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f, ok := lib.Facet(lib.Site.Map)
	if !ok {
		t.Fatal("the shipped content has no map")
	}
	messages, err := say.Load(templates.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{"FR": 9, "MV": 1, "XK": 2}
	for _, lang := range lib.Site.Languages {
		words := messages.In(lang)
		var rows []Region
		for _, term := range f.Vocabulary.Terms {
			rows = append(rows, Region{ID: term.ID, Text: term.Label.In(lang), Count: words.Num(188)})
		}
		v := Draw(words, f.Vocabulary, rows, counts)
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
			term, _ := f.Vocabulary.Term(row.ID)
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
