package lexical

import "testing"

func TestNearest(t *testing.T) {
	words := []string{"reintegration", "prison", "region", "a", "community-engagement", "travel", "été", "أفريقيا"}
	tests := []struct{ word, want string }{
		{"regoin", "region"},  // swapped
		{"reginn", "region"},  // exchanged
		{"egion", "region"},   // left out
		{"reegion", "region"}, // put in
		{"Re-integration", "reintegration"},
		{"community engagment", "community-engagement"},
		{"ETE", "été"},
		{"افريقيا", "أفريقيا"},
		{"trvael", "travel"},
		{"b", "a"},
		{"poison", "prison"},
		{"surveillance", ""}, // nothing near
		{"", ""},
	}
	for _, tt := range tests {
		if got, _ := Nearest(tt.word, words); got != tt.want {
			t.Errorf("Nearest(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}

// TestDistance compares with the plain definition, letter by letter.
func TestDistance(t *testing.T) {
	var slow func(a, b string) int
	slow = func(a, b string) int {
		if a == "" || b == "" {
			return len(a) + len(b)
		}
		n := min(slow(a[1:], b)+1, slow(a, b[1:])+1)
		if a[0] == b[0] {
			n = min(n, slow(a[1:], b[1:]))
		} else {
			n = min(n, slow(a[1:], b[1:])+1)
		}
		if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
			n = min(n, slow(a[2:], b[2:])+1)
		}
		return n
	}
	words := []string{"", "a", "ab", "ba", "abc", "acb", "cab", "bca", "abcd", "badc", "aabb", "abab", "dcba", "xabc"}
	var d Distance
	for _, a := range words {
		for _, b := range words {
			for most := range 5 {
				got, want := d.Between([]rune(a), []rune(b), most), slow(a, b)
				if got != want && (got <= most || want <= most) {
					t.Errorf("distance of %q and %q, at most %d, = %d, want %d", a, b, most, got, want)
				}
			}
		}
	}
}
