package record

import (
	"strings"
	"testing"
)

// Lists and maps inside each other are read as deep as they are written, and
// no deeper.
func TestDecodeIsBounded(t *testing.T) {
	for name, level := range map[string]string{"lists": string([]byte{anyList, 1}), "maps": string([]byte{anyMap, 1, 0})} {
		for depth, ok := range map[int]bool{1: true, maxAnyDepth: true, maxAnyDepth + 1: false, 100_000: false} {
			d := decoding{s: strings.Repeat(level, depth) + string([]byte{anyNil})}
			if got := d.any(0); (d.err == nil) != ok || (got != nil) != ok {
				t.Errorf("%d %s: %v", depth, name, d.err)
			}
		}
	}
}
