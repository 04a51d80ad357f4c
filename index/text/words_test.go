package text

import (
	"slices"
	"strings"
	"testing"
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
		{"arabic", "الإرهاب، والتطرّف؟", []string{"الإرهاب", "والتطرّف"}},
		{"combining marks", "Ne\u0301e cafe\u0301", []string{"Ne\u0301e", "cafe\u0301"}},
		{"soft hyphen", "re\u00adinte\u00adgration", []string{"re\u00adinte\u00adgration"}},
		{"chinese in pairs", "打击恐怖", []string{"打击", "击恐", "恐怖"}},
		{"one chinese letter", "a 人 b", []string{"a", "人", "b"}},
		{"korean", "재통합 정책", []string{"재통합", "정책"}},
		{"slash", "P/CVE and/or", []string{"P", "CVE", "and", "or"}},
		{"nothing", " …—\x00\xff ", nil},
		{"too long", strings.Repeat("x", 200) + " y", []string{"y"}},
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
			a := (&Language{Code: undetermined}).analyze(s[w.Start:w.End])
			if fold(a.Whole) != a.Whole {
				t.Errorf("fold(%q) = %q, folded again %q", s[w.Start:w.End], a.Whole, fold(a.Whole))
			}
		}
		Sentences(s)
	})
}

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"énergie", "energie", "e\u0301nergie"},
		{"niños", "ninos"},
		{"ёлка", "елка"},
		{"straße", "strasse"},
		{"œuvre", "oeuvre"},
		{"kråkerøy", "krakeroy"},
		{"łódź", "lodz"},
		{"إرهاب", "ارهاب", "إِرْهَاب"},
		{"مدرسة", "مدرسه"},
		{"على", "علي"},
		{"türkiye", "turkiye"},
	} {
		for _, w := range same {
			if got := fold(w); got != fold(same[0]) {
				t.Errorf("fold(%q) = %q, fold(%q) = %q", w, got, same[0], fold(same[0]))
			}
		}
	}
	if fold("हिन्दी") == fold("हनद") {
		t.Error("vowel signs of Devanagari were dropped")
	}
}

// Words that are spelt in two ways are one word, others stay apart.
func TestAmericanSpelling(t *testing.T) {
	l, err := NewLanguage("en")
	if err != nil {
		t.Fatal(err)
	}
	for british, american := range map[string]string{
		"organisation": "organization", "radicalised": "radicalized", "minimising": "minimizing", "realise": "realize", "synthesisers": "synthesizers",
		"behaviour": "behavior", "neighbours": "neighbors", "honourable": "honorable", "coloured": "colored", "odour": "odor", "tumours": "tumors",
		"centre": "center", "centres": "centers", "theatre": "theater", "fibres": "fibers", "programmes": "programs", "programme": "program",
		"defence": "defense", "offences": "offenses", "licence": "license", "practised": "practiced", "judgement": "judgment",
		"analyse": "analyze", "paralysed": "paralyzed", "analysers": "analyzers",
	} {
		if a, b := l.Stems(british), l.Stems(american); !slices.Equal(a, b) {
			t.Errorf("%s is %s, %s is %s", british, a, american, b)
		}
	}
	for _, w := range strings.Fields("supervise supervision precise rise promises hour source court tournament entrench fence advertise advertisement encourage revised appraise") {
		if got := american(w); got != w {
			t.Errorf("american(%q) = %q", w, got)
		}
	}
	for _, family := range [][]string{{"exercise", "exercised", "exercising"}, {"supervise", "supervision"}, {"analyse", "analysing", "analyzed"}, {"compromise", "compromised"}} {
		for _, w := range family {
			if a, b := l.Stems(w), l.Stems(family[0]); !slices.Equal(a, b) {
				t.Errorf("%s is %s, %s is %s", w, a, family[0], b)
			}
		}
	}
}
