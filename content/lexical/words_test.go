package lexical

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWords(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string // a glued word begins with +
	}{
		{"spaces and points", "One two.  Three,four\nfive", []string{"One", "two", "Three", "four", "five"}},
		{"apostrophes", "don't l’État O'Neil's 'quoted'", []string{"don't", "l’État", "O'Neil's", "quoted"}},
		{"hyphens", "wi-fi COVID-19 a - b -c d-", []string{"wi", "+fi", "COVID", "+19", "a", "b", "c", "d"}},
		{"non-breaking hyphen", "e‑mail", []string{"e", "+mail"}},
		{"numbers", "3.5 1,000 10:30 2014–2019 1.", []string{"3.5", "1,000", "10", "30", "2014", "2019", "1"}},
		{"abbreviations", "the U.N. and U.S.A, example.org, e.g. this", []string{"the", "U.N", "and", "U.S.A", "example", "org", "e.g", "this"}},
		{"single letters alone are initials", "U.Nx a.b2 xa.b U.S.Ab É.U. a.b\u0301c", []string{"U", "Nx", "a", "b2", "xa", "b", "U.S", "Ab", "É.U", "a", "b\u0301c"}},
		{"apostrophes only between letters", "a'1 1'a 'a a' a’’b d′Ivoire", []string{"a", "1", "1'a", "a", "a", "a", "b", "d′Ivoire"}},
		{"commas and points only between digits", "1,a a,1 1.a a.1 1,,2 1..2 1,2.3", []string{"1", "a", "a", "1", "1", "a", "a", "1", "1", "2", "1", "2", "1,2.3"}},
		{"signs that can't be seen", "a\u200db a\u200d \u200da a\u200d\u200db \ufeffa 1\u206022", []string{"a\u200db", "a", "a", "a", "b", "a", "1\u206022"}},
		{"hyphens in rows", "a--b -a a- a-1 1-a a-人", []string{"a", "b", "a", "a", "a", "+1", "1", "+a", "a", "人"}},
		{"signs of other scripts", "人a人 日本、語 กขค 가나", []string{"人", "a", "人", "日本", "語", "กข", "ขค", "가나"}},
		{"arabic", "الإرهاب، والتطرّف؟", []string{"الإرهاب", "والتطرّف"}},
		{"combining marks", "Ne\u0301e cafe\u0301", []string{"Ne\u0301e", "cafe\u0301"}},
		{"soft hyphen", "re\u00adinte\u00adgration", []string{"re\u00adinte\u00adgration"}},
		{"chinese in pairs", "打击恐怖", []string{"打击", "击恐", "恐怖"}},
		{"one chinese letter", "a 人 b", []string{"a", "人", "b"}},
		{"korean", "재통합 정책", []string{"재통합", "정책"}},
		{"slash", "P/CVE and/or", []string{"P", "CVE", "and", "or"}},
		{"nothing", " …—\x00\xff ", nil},
		{"long", strings.Repeat("x", 200) + " y", []string{strings.Repeat("x", 200), "y"}},
	}
	for _, tt := range tests {
		var got []string
		for w := range Words(tt.text) {
			s := tt.text[w.Start:w.End]
			if w.Glued {
				s = "+" + s
			}
			got = append(got, s)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: words(%q) = %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

// Whatever the bytes, words are in order, inside the text, and of its letters.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"a-b c", "l’été", "U.N.", "打击x", "a\xffb", "'a' .b. -c-", "١٢٣ أ", "\u200da\u00ad"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := Word{}
		for w := range Words(s) {
			if w.Start < last.Start || w.End <= w.Start || w.End > len(s) {
				t.Fatalf("words(%q): %v after %v", s, w, last)
			}
			last = w
			if got := FoldWord(s[w.Start:w.End]); !utf8.ValidString(got) || FoldWord(got) != got {
				t.Errorf("FoldWord(%q) = %q, folded again %q", s[w.Start:w.End], got, FoldWord(got))
			}
		}
	})
}

func TestFragments(t *testing.T) {
	for w := range Words("a b") { // who has enough is not called again
		if w.Start > 0 {
			t.Error("called again")
		}
		break
	}
	for text, want := range map[string][]string{
		"a1": {"a1"}, "ab1": {"ab", "1"}, "1a": {"1", "a"}, "1é2": {"1", "é2"}, "12ab34": {"12", "ab", "34"}, "e\u0301t1": {"e\u0301t", "1"},
		"prison/probation": {"prison", "probation"}, "GP19": {"GP", "19"}, "2178(5)": {"2178", "5"}, "COVID19x": {"COVID", "19", "x"},
		"5th": {"5", "th"}, "B12": {"B12"}, "word": {"word"}, "l’été": {"l’été"}, "": nil, strings.Repeat("x", 129) + "/b": {"b"},
	} {
		if got := Fragments(text); !slices.Equal(got, want) {
			t.Errorf("Fragments(%q) = %q, want %q", text, got, want)
		}
	}
}
