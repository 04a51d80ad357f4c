package query

import (
	"slices"
	"testing"
)

// A word that no page has and that is several is taken apart; what stands
// before and behind it stays.
func TestTakenApart(t *testing.T) {
	x := notes(t, map[string]string{"a": "bolam golut dorup fanik hepar", "b": "golut dorup fanik", "c": "bolam"})
	for _, tt := range []struct {
		text, read string
		docs       []uint32
	}{
		{"golut/dorup", "golut/dorup", []uint32{0, 1}}, // side by side pages have it
		{"golut/fanik", "golut fanik", []uint32{0, 1}},
		{"bolam golut/fanik", "bolam golut fanik", []uint32{0}},
		{"golut/fanik hepar", "golut fanik hepar", []uint32{0}},
		{"bolam golut/fanik hepar/bolam", "bolam golut fanik hepar bolam", []uint32{0}},
		{"golut", "golut", []uint32{0, 1}},
	} {
		found := x.find(t, tt.text)
		if found.Query.Text != tt.read || !slices.Equal(found.Sure.ToArray(), tt.docs) {
			t.Errorf("%s is read as %q, in %v, want %q in %v", tt.text, found.Query.Text, found.Sure.ToArray(), tt.read, tt.docs)
		}
	}
}
