package content

import (
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	tests := []struct{ s, want string }{
		{"", ""},
		{"plain words", "plain words"},
		{"  Étude   de CAS: ", "etude de cas"},
		{"Hague–Marrakech 19", "hague marrakech 19"},
		{"Hay’at / Hay'at / Hayʾat", "hayat hayat hayat"},
		{"P/CVE", "p cve"},
		{"Straße, Łódź, Ærø, İstanbul, ısı", "strasse lodz aero istanbul isi"},
		{"ﬁnance ＡＢＣ", "finance abc"},
		{"السِّيَاقُ", "السياق"},
		{"إلى أوروبا آسيا", "الي اوروبا اسيا"},
		{"الدّولـــة", "الدوله"},
		{"שָׁלוֹם", "שלום"},
		{"Ελλάδα", "ελλαδα"},
		{"Йод", "иод"},
		{"हिन्दी", "हिन्दी"},
		{"日本", "日本"},
		{"한국", "한국"},
		{"e\u0301", "e"},
		{"co\u00adoperate\u200b", "cooperate"},
		{"…", ""},
	}
	for _, tt := range tests {
		if got := Fold(tt.s); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.s, got, tt.want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Étude", "a  b", "İ", "ß", "السِّ", "ﬁ", "\u0345", "ᾳ", "ÅΩ", "\u1e9e", "Ϲ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		got := Fold(s)
		if again := Fold(got); again != got {
			t.Errorf("Fold(%q) = %q, and folded again %q", s, got, again)
		}
	})
}

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
		if got, _ := nearest(tt.word, words); got != tt.want {
			t.Errorf("nearest(%q) = %q, want %q", tt.word, got, tt.want)
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
	var d distance
	for _, a := range words {
		for _, b := range words {
			for most := range 5 {
				got, want := d.between([]rune(a), []rune(b), most), slow(a, b)
				if got != want && (got <= most || want <= most) {
					t.Errorf("distance of %q and %q, at most %d, = %d, want %d", a, b, most, got, want)
				}
			}
		}
	}
}
