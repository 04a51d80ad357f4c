package worldmap

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/content"
	"casebook/server/internal/plaincorpus"
	"casebook/server/say"
	"casebook/templates"
)

func TestReadWorld(t *testing.T) {
	w := readWorld("# a comment\nsize 100 50\nFR 10 20 m1 2l3 4z\nMV 30 40\n\nbad\n")
	want := &world{width: 100, height: 50, lands: []land{{code: "FR", x: 10, y: 20, path: "m1 2l3 4z", weight: 4}, {code: "MV", x: 30, y: 40, weight: 1}}, byCode: map[string]int{"FR": 0, "MV": 1}}
	if !reflect.DeepEqual(w, want) {
		t.Errorf("%+v, want %+v", w, want)
	}
}

// The middle of a region is that of its countries, the larger ones counting
// more; narrower terms' countries are its own; without any it has no label.
func TestAnchors(t *testing.T) {
	w := readWorld("size 100 100\nTN 0 0 " + strings.Repeat("m", 64) + "\nNE 90 30\nCC 10 10\n")
	lib := plaincorpus.Library(t, plaincorpus.With(plaincorpus.Files(), "vocabularies/place.yaml", `label: Place
terms:
  - {id: hills, label: Hills}
  - {id: wide, label: Wide, countries: [TN]}
  - {id: narrow, label: Narrow, broader: [wide], countries: [NE, DK, TN]}
  - {id: lost, label: Lost, countries: [DK]}
  - {id: coast, label: Coast}
  - {id: cape, label: Cape, countries: [TN]}
  - {id: plain, label: Plain, countries: [NE]}
`))
	voc := lib.Vocabularies["place"]
	got := anchors(w, voc, []Region{{ID: "wide"}, {ID: "narrow"}, {ID: "hills"}, {ID: "lost"}, {ID: "unknown"}})
	if len(got) != 2 || got[0].region.ID != "wide" || got[1].region.ID != "narrow" || got[0].size != 2 || got[1].size != 2 {
		t.Fatalf("%+v", got)
	}
	if got[0].x != 9 || got[0].y != 3 || len(got[0].others) != 2 { // (0·9 + 90·1)/10
		t.Errorf("the middle is %v, %v; %+v", got[0].x, got[0].y, got[0].others)
	}
	wide, _ := voc.Term("wide")
	if codes := countriesOf(voc, wide, 0); !slices.Equal(codes, []string{"DK", "NE", "TN"}) {
		t.Errorf("countries: %v", codes)
	}
}

// Labels that belong to one place stand around it, the smaller region's in it;
// those that had to go far have a line, and those without room are left out.
func TestPlaceLabels(t *testing.T) {
	at := func(id string, x, y float64, size int) anchor {
		return anchor{region: Region{ID: id, Text: id, Count: "7"}, x: x, y: y, size: size}
	}
	w := &world{width: 300, height: 120}
	for _, tt := range []struct {
		name string
		as   []anchor
		want string
	}{
		{"alone", []anchor{at("region", 150, 60, 1)}, "region 150,65 in 116,48 69x25"},
		{"at the edge", []anchor{at("region", 2, 2, 1)}, "region 42,17 in 8,0 69x25 M14 25L2 2"},
		{"two", []anchor{at("large", 150, 60, 9), at("small", 150, 60, 1)}, "small 150,65 in 120,48 61x25; large 157,93 in 127,76 61x25 M150 76L150 60"},
		{"side by side", []anchor{at("one", 100, 60, 1), at("two", 200, 60, 1)}, "one 100,65 in 77,48 47x25; two 200,65 in 177,48 47x25"},
		{"too long", []anchor{at(strings.Repeat("x", 60), 150, 60, 1), at("b", 150, 60, 2)}, "b 150,65 in 134,48 32x25"},
	} {
		var got []string
		for _, l := range placeLabels(w, tt.as) {
			got = append(got, strings.TrimSpace(fmt.Sprintf("%s %d,%d in %d,%d %dx%d %s", l.ID, l.X, l.Y, l.RX, l.RY, l.W, l.H, l.Lead)))
			if l.PinX != int(tt.as[0].x) && tt.name != "side by side" {
				t.Errorf("%s: the pin is at %d, %d", tt.name, l.PinX, l.PinY)
			}
		}
		if s := strings.Join(got, "; "); s != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, s, tt.want)
		}
	}
	a := at("x", 0, 0, 1)
	a.others = []land{{x: 30, y: 40}}
	for _, tt := range [][3]float64{{0, 0, 0}, {3, 4, 5}, {30, 37, 3}} {
		if got := nearest(a, tt[0], tt[1]); got != tt[2] {
			t.Errorf("%v, %v is %v away, want %v", tt[0], tt[1], got, tt[2])
		}
	}
	for want, l := range map[string]Label{
		"M50 25L50 60": {RX: 10, RY: 0, W: 90, H: 25, PinX: 50, PinY: 60}, "M50 80L50 60": {RX: 10, RY: 80, W: 90, H: 25, PinX: 50, PinY: 60},
		"M16 80L2 60": {RX: 10, RY: 80, W: 90, H: 25, PinX: 2, PinY: 60}, "M94 80L200 60": {RX: 10, RY: 80, W: 90, H: 25, PinX: 200, PinY: 60},
	} {
		if got := lead(l); got != want {
			t.Errorf("%+v: %s, want %s", l, got, want)
		}
	}
}

func TestKey(t *testing.T) {
	messages, err := say.Load(templates.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		limits []int
		want   string
	}{
		{[]int{1}, "s0 no page; s1 1 or more pages"}, {[]int{1, 4, 6}, "s0 no page; s1 1–3; s2 4–5; s3 6 or more pages"}, {[]int{1, 2, 3}, "s0 no page; s1 1; s2 2; s3 3 or more pages"},
	} {
		var parts []string
		for _, k := range key(messages.In("en"), tt.limits) {
			parts = append(parts, k.Class+" "+k.Text)
		}
		if got := strings.Join(parts, "; "); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.limits, got, tt.want)
		}
	}
}

// Each country is in the shade of its number, a small one a dot.
func TestDraw(t *testing.T) {
	messages, err := say.Load(templates.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	w := outlines()
	path := func(code string) string { return "M0 0" + w.lands[w.byCode[code]].path }
	m := Draw(messages.In("en"), &content.Vocabulary{}, nil, map[string]int{"FR": 9, "NO": 5, "TN": 1, "MV": 6, "XX": 40})
	if m.Width != 1000 || m.Height != w.height || m.Labels != nil || len(m.Shades) != 3 {
		t.Fatalf("%d×%d, %d shades", m.Width, m.Height, len(m.Shades))
	}
	for i, class := range []string{"s0", "s1", "s2"} { // the highest number, of nowhere, makes the limits 1, 5, 13
		if m.Shades[i].Class != class {
			t.Errorf("shade %d is %s", i, m.Shades[i].Class)
		}
	}
	if m.Shades[1].Path != path("TN") || !strings.Contains(m.Shades[2].Path, path("FR")) || !strings.Contains(m.Shades[2].Path, path("NO")) || strings.Contains(m.Shades[0].Path, path("FR")) {
		t.Errorf("%.80s; %.80s", m.Shades[1].Path, m.Shades[2].Path)
	}
	mv := w.lands[w.byCode["MV"]]
	if want := []Dot{{Class: "s2", X: int(mv.x), Y: int(mv.y)}}; !slices.Equal(m.Dots, want) {
		t.Errorf("dots %+v, want %+v", m.Dots, want)
	}
}
