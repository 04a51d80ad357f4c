package worldmap

import (
	"bytes"
	"compress/gzip"
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
