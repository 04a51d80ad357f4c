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

// A misspelling has one edit for each three letters, at least one and at most
// four.
func TestNearestBounds(t *testing.T) {
	for _, tt := range []struct{ word, candidate string }{
		{"a", "b"}, {"abc", "abx"}, {"abcde", "abcdx"}, {"abcdef", "abcdxy"}, {"abcdefghi", "abcdefxyz"}, {"abcdefghijkl", "abcdefghwxyz"}, {"abcdefghijklmnopqr", "abcdefghijklmnwxyz"},
		{"abcdef", "abcd"}, {"abcd", "abc"}, {"日本語の文書", "日本語の文章"}, {"Ça « été » !", "ca-ete"}, {"abc", "«abc»"},
	} {
		if got, ok := Nearest(tt.word, []string{"zzzzzzzzzzzz", tt.candidate}); got != tt.candidate || !ok {
			t.Errorf("nearest to %q is %q, %v, not %q", tt.word, got, ok, tt.candidate)
		}
	}
	for _, tt := range []struct{ word, candidate string }{
		{"ab", "xy"}, {"abc", "axy"}, {"abcde", "abcxy"}, {"abcdef", "abcxyz"}, {"abcdefghi", "abcdewxyz"}, {"abcdefghijkl", "abcdefgvwxyz"}, {"abcdefghijklmnopqr", "abcdefghijklmvwxyz"},
		{"abcdef", "abc"}, {"", ""}, {"…", "…"},
	} {
		if got, ok := Nearest(tt.word, []string{tt.candidate}); got != "" || ok {
			t.Errorf("nearest to %q is %q", tt.word, got)
		}
	}
	for _, tt := range []struct {
		candidates []string
		want       string
	}{
		{[]string{"prisom", "prisot"}, "prisom"},           // the first of equally near ones
		{[]string{"prizom", "prisot", "prizzn"}, "prisot"}, // the nearest
		{[]string{"prisot", "Prison"}, "Prison"},           // the same but for case
	} {
		if got, _ := Nearest("prison", tt.candidates); got != tt.want {
			t.Errorf("of %q %s is nearest, not %s", tt.candidates, got, tt.want)
		}
	}
}

func TestEdits(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"prison", "prison", 0}, {"prison", "prisno", 1}, {"prison", "pirsno", 2}, {"été", "ete", 2}, {"ca", "abc", 3}, {"كتاب", "كتب", 1}, {"abc", "xyz", 3}} {
		if got := Edits(tt.a, tt.b); got != tt.want || Edits(tt.b, tt.a) != got {
			t.Errorf("%d edits between %q and %q, want %d", got, tt.a, tt.b, tt.want)
		}
	}
}
