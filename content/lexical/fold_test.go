package lexical

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for _, tt := range []struct{ s, want string }{
		{"", ""},
		{"…", ""},
		{"\u0640\u0640", ""}, // a line and no word
		{"a \u0640 b", "a b"},
		{"plain words", "plain words"},
		{"a  b", "a b"},
		{" a", "a"},
		{"a ", "a"},
		{"  Étude   de CAS: ", "etude de cas"},
		{"Hague–Marrakech 19", "hague marrakech 19"},
		{"The  Côte d’Ivoire, 1,000 U.N. wi-fi", "the cote divoire 1000 un wi fi"},
		{"P/CVE", "p cve"},
		{"snake_case", "snake case"},
		{"3.5 %", "3.5"},
		{"COVID-19", "covid 19"},
		{"Straße, Łódź, Ærø, İstanbul, ısı", "strasse lodz aero istanbul isi"},
		{"हिन्दी", "हिन्दी"},
		{"日本", "日本"},
		{"日本語", "日本 本語"},
		{"한국", "한국"},
		{"½ cup", "1 2 cup"},
		{"a\xffb", "a b"},
		{strings.Repeat("x", 300), strings.Repeat("x", 300)},
		{strings.Repeat("X", 300), strings.Repeat("x", 300)},
	} {
		if got := Fold(tt.s); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.s, got, tt.want)
		}
	}
}

// Ways of writing that are the same, each line in itself.
func TestFoldSame(t *testing.T) {
	for _, same := range [][]string{
		{"énergie", "energie", "e\u0301nergie", "ÉNERGIE", "E\u0301nergie"},
		{"niños", "ninos"},
		{"ёлка", "елка"},
		{"Йод", "иод"},
		{"straße", "strasse", "STRASSE", "STRAẞE"},
		{"œuvre", "oeuvre", "Œuvre"},
		{"kråkerøy", "krakeroy"},
		{"łódź", "lodz"},
		{"Đorđe", "dorde"},
		{"Ελλάδος", "ελλαδοσ"},
		{"türkiye", "turkiye", "TÜRKİYE"},
		{"ﬁnance ＡＢＣ", "finance abc"},
		{"Ⅷ", "viii"},
		{"𝟙𝟚", "12", "１２", "①②"}, // digits in blocks of fifty
		{"إرهاب", "ارهاب", "إِرْهَاب"},
		{"السِّيَاقُ", "السياق"},
		{"إلى أوروبا آسيا", "الي اوروبا اسيا"},
		{"مدرسة", "مدرسه"},
		{"الدّولـــة", "الدوله"},
		{"كتاب", "کتاب"},             // a Persian keyboard's kaf
		{"علي", "على", "علی", "علې"}, // and its yeh
		{"هندي", "ھندی", "ہندي", "ەندے"},
		{"ٱلقرآن", "القران"},
		{"שָׁלוֹם", "שלום"},
		{"1,000", "1000", "١٠٠٠", "۱۰۰۰", "१०००", "1٠0۰"},
		{"U.N.", "UN", "un", "U.N", "ＵＮ"},
		{"e.g.", "eg"},
		{"Hay’at", "Hay'at", "Hayʾat", "Hay‘at", "Hay`at", "Hay´at", "Hayʼat", "Hay′at", "Hay＇at", "Hay｀at", "Hayʻat", "Hayʿat", "hayat"},
		{"l’État", "l'etat", "letat"},
		{"ŉgoma", "'ngoma", "ngoma"},
		{"co\u00adoperate", "cooperate", "co\u200boperate", "co\u2060operate", "coop\ufe0ferate", "\ufeffcooperate"},
		{"می\u200cخواهم", "ميخواهم"}, // a joiner that keeps letters apart
		{"\u200fعربي\u200e", "عربي", "عر\u061cبي"},
		{"wi-fi", "wi fi", "wi‑fi", "wi‐fi", "Wi – Fi"},
	} {
		for _, s := range same {
			if got, want := Fold(s), Fold(same[0]); got != want || got == "" {
				t.Errorf("Fold(%q) = %q, Fold(%q) = %q", s, got, same[0], want)
			}
		}
	}
}

// What looks alike and is not the same.
func TestFoldDifferent(t *testing.T) {
	for _, pair := range [][2]string{
		{"हिन्दी", "हनद"}, // vowel signs
		{"3.5", "35"},
		{"10:30", "1030"},
		{"wi-fi", "wifi"},
		{"example.org", "exampleorg"},
		{"1 000", "1000"},
		{"P/CVE", "pcve"},
		{"سال", "شال"},
		{"بیت", "پیت"},
		{"か", "が"},
		{"a1", "a 1"},
	} {
		if a, b := Fold(pair[0]), Fold(pair[1]); a == b {
			t.Errorf("%q and %q are both %q", pair[0], pair[1], a)
		}
	}
}

// A word keeps in Plain what stemmers read, and in no other way than FoldWord
// does it lose more.
func TestPlainAndFoldWord(t *testing.T) {
	for _, tt := range []struct{ word, plain, folded string }{
		{"Word", "word", "word"},
		{"O’Neil’s", "o'neil's", "oneils"},
		{"o`neil", "o'neil", "oneil"},
		{"ÉTÉ", "été", "ete"},
		{"E\u0301te", "éte", "ete"},
		{"U.N", "un", "un"},
		{"É.U", "éu", "eu"},
		{"1,000.5", "1000.5", "1000.5"},
		{"١٬٥", "1٬5", "1٬5"},
		{"counter-narrative", "counternarrative", "counternarrative"},
		{"counter‑narrative", "counternarrative", "counternarrative"},
		{"re\u00adinte\u00adgration", "reintegration", "reintegration"},
		{"İzmir", "izmir", "izmir"},
		{"الإرهـــاب", "الإرهاب", "الارهاب"},
		{"٢١٧٨", "2178", "2178"},
		{"ﬁnal", "final", "final"},
		{"\u00ad", "", ""},
		{"ŉgoma", "'ngoma", "ngoma"}, // an apostrophe comes to light
	} {
		if got := Plain(tt.word); got != tt.plain {
			t.Errorf("Plain(%q) = %q, want %q", tt.word, got, tt.plain)
		}
		if got := FoldWord(tt.word); got != tt.folded {
			t.Errorf("FoldWord(%q) = %q, want %q", tt.word, got, tt.folded)
		}
	}
}

// Whatever the bytes, a folded text is valid, and folded again the same; its
// words are words.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"Étude", "a  b", "İ", "ß", "السِّ", "ﬁ", "\u0345", "ᾳ", "ÅΩ", "\u1e9e", "Ϲ", "ŉ", "½", "ŀa", "ﷺ", "日本語", "กำ", "ͺ", "1,000", "U.N.",
		"\u0640", "a\u200d\u200fb", "\xff", "か\u3099", "ᄀ\u200dᅡ", "´", "𝟘", "a'b", "३.५"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Fold(s)
		if !utf8.ValidString(got) {
			t.Errorf("Fold(%q) = %q, which is not UTF-8", s, got)
		}
		if again := Fold(got); again != got {
			t.Errorf("Fold(%q) = %q, and folded again %q", s, got, again)
		}
		if strings.HasPrefix(got, " ") || strings.HasSuffix(got, " ") || strings.Contains(got, "  ") {
			t.Errorf("Fold(%q) = %q has blanks too many", s, got)
		}
		if upper := Fold(strings.ToUpper(got)); IsASCII(got) && upper != got {
			t.Errorf("Fold(%q) = %q, in capitals %q", s, got, upper)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	for _, bb := range []struct{ name, s string }{
		{"folded", "reintegration of returnees"}, {"ascii", "Reintegration of returnees"}, {"french", "Réinsertion des personnes de retour"},
		{"arabic", "إعادة إدماج العائدين"},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Fold(bb.s)
			}
		})
	}
}

// The marks that readers leave out, from the first to the last of each block,
// and those beside them, which they don't.
func TestFoldMarks(t *testing.T) {
	for _, r := range []rune{0x300, 0x345, 0x36f, 0x483, 0x487, 0x591, 0x5bd, 0x5bf, 0x5c1, 0x5c7, 0x610, 0x61a, 0x64b, 0x65f, 0x670, 0x6d6, 0x6dc, 0x6ed, 0x8ca, 0x8e3, 0x8ff,
		0x1ab0, 0x1abe, 0x1dc0, 0x1dff, 0x20d0, 0x20f0, 0xfe20, 0xfe2f, 0xad, 0x61c, 0x200b, 0x200c, 0x200d, 0x200f, 0x2060, 0xfe00, 0xfe0f, 0xfeff, 0x640} {
		if got := Fold("ب" + string(r) + "ب"); got != "بب" {
			t.Errorf("U+%04X stays in %q", r, got)
		}
	}
	for _, r := range []rune{0x488, 0x6e5, 0x711, 0x816, 0x903, 0x93c, 0x1a7f, 0x3099, 0x302a} {
		if got := Fold("ب" + string(r) + "ب"); got == "بب" {
			t.Errorf("U+%04X is left out", r)
		}
	}
}

// Each letter that stands for others, alone.
func TestFoldLetters(t *testing.T) {
	for from, to := range map[string]string{
		"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n", "ŧ": "t", "ƶ": "z", "ς": "σ",
		"ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ۓ": "ي", "ئ": "ي", "ک": "ك", "گ": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "ٱ": "ا", "أ": "ا", "آ": "ا", "ؤ": "و",
	} {
		if got := Fold(from); got != to {
			t.Errorf("Fold(%q) = %q, want %q", from, got, to)
		}
		if got := FoldWord("x" + from + "x"); got != "x"+to+"x" {
			t.Errorf("FoldWord(x%sx) = %q", from, got)
		}
	}
	if IsASCII("é") || !IsASCII("az~\x7f") || IsASCII("\x80") || !IsASCII("") {
		t.Error("IsASCII is wrong")
	}
}
