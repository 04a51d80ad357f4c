package text

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestSentences(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"points", "One. Two! Three?", []string{"One. ", "Two! ", "Three?"}},
		{"a small letter goes on", "It is approx. ten. Then more.", []string{"It is approx. ten. ", "Then more."}},
		{"abbreviations", "Dr. Golut met Mr. Hepar, cf. Annex A. Smith. No. 5 of Vol. 2.", []string{"Dr. Golut met Mr. Hepar, cf. Annex A. Smith. ", "No. 5 of Vol. 2."}},
		{"quotes close with it", "He said “stop.” Then left.", []string{"He said “stop.” ", "Then left."}},
		{"quotes may open one", "It ended. “So what?” He left.", []string{"It ended. ", "“So what?” ", "He left."}},
		{"a line is an end", "A heading\nand text", []string{"A heading\n", "and text"}},
		{"numbers and addresses go on", "It was 3.5 of example.org today.", []string{"It was 3.5 of example.org today."}},
		{"arabic", "جملة أولى؟ جملة أخرى۔", []string{"جملة أولى؟ ", "جملة أخرى۔"}},
		{"chinese needs no space", "第一句。第二句！", []string{"第一句。", "第二句！"}},
		{"chinese with a question", "第一句？第二句！第三", []string{"第一句？", "第二句！", "第三"}},
		{"urdu", "ایک جملہ۔ دوسرا", []string{"ایک جملہ۔ ", "دوسرا"}},
		{"three points", "And so on… Then more… and more", []string{"And so on… ", "Then more… and more"}},
		{"a country's initials end it", "In the U.S. Then here.", []string{"In the U.S. ", "Then here."}},
		{"one initial doesn't", "It was J. Smith", []string{"It was J. Smith"}},
		{"one small letter does", "Option b. Then c.", []string{"Option b. ", "Then c."}},
		{"a point without a space", "One.Two", []string{"One.Two"}},
		{"nothing", "", []string{""}},
	} {
		var got []string
		start := 0
		for _, end := range Sentences(tt.text) {
			got = append(got, tt.text[start:end])
			start = end
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: Sentences(%q) = %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

// A sentence goes on behind the point of a short form, before a small letter,
// and takes the quotes that close with it.
func TestSentencesGoOn(t *testing.T) {
	for _, short := range strings.Fields("no art para paras mr mrs dr st vs e.g i.e p pp vol cf No Art Dr VOL E.g A Z É") {
		if text := "See " + short + ". Annex"; len(Sentences(text)) != 1 {
			t.Errorf("%q is cut behind %s", text, short)
		}
	}
	for _, long := range strings.Fields("not chart paragraph doctor a ab xno volt") {
		if text := "See " + long + ". Annex"; len(Sentences(text)) != 2 {
			t.Errorf("%q is not cut behind %s", text, long)
		}
	}
	for _, open := range "\"'“‘«([" {
		if text := "It is approx. " + string(open) + "ten"; len(Sentences(text)) != 1 {
			t.Errorf("%q is cut", text)
		}
		if text := "It ended. " + string(open) + "Ten"; len(Sentences(text)) != 2 {
			t.Errorf("%q is not cut", text)
		}
	}
	for _, end := range "\"'”’»)]" {
		text := "It ended." + string(end) + " Then"
		if got := Sentences(text); len(got) != 2 || text[got[0]:] != "Then" {
			t.Errorf("%q is cut at %v", text, got)
		}
	}
}

func TestAtMost(t *testing.T) {
	for _, tt := range []struct {
		text string
		n    int
		want string
	}{{"abc", 5, "abc"}, {"abc", 3, "abc"}, {"abc", 2, "ab"}, {"aé", 2, "a"}, {"人", 2, ""}, {"é", 0, ""}, {"\x80\x80", 1, ""}} {
		if got := AtMost(tt.text, tt.n); got != tt.want {
			t.Errorf("AtMost(%q, %d) = %q, want %q", tt.text, tt.n, got, tt.want)
		}
	}
}

func TestUnpadded(t *testing.T) {
	for word, want := range map[string]string{"05": "5", "007": "7", "5": "", "0": "", "000": "", "0x1": "", "": "", "0105": "105", "09": "9", "00": "", "0.5": "", "0½": "", "0a": "", "10": ""} {
		if got := Unpadded(word); got != want {
			t.Errorf("Unpadded(%q) = %q, want %q", word, got, want)
		}
	}
}

// analyzed writes what a language makes of the words of a text: terms, with ! in
// front of a stop word and + of a compound, each with its position.
func analyzed(t *testing.T, tag, text string) (out []string, n int) {
	t.Helper()
	l, err := NewLanguage(tag)
	if err != nil {
		t.Fatal(err)
	}
	n = NewAnalyzer(l).Tokens(text, func(tok Token) {
		sign := ""
		if tok.Stop {
			sign = "!"
		}
		if tok.Compound {
			sign += "+"
		}
		out = append(out, fmt.Sprintf("%d%s%s", tok.Pos, sign, strings.Join(tok.Terms, "|")))
	})
	return out, n
}

func TestTokens(t *testing.T) {
	for _, tt := range []struct {
		tag, text string
		want      []string
		n         int
	}{
		{"en", "The prisoners’ rights", []string{"0!the", "1prison", "2right"}, 3},
		{"en-GB", "a counter-narrative here", []string{"0!a", "1counter", "2narr", "1+counternarr", "3!here"}, 4},
		{"en", "she'll shell", []string{"0!shell", "1shell"}, 2}, // a stop word with its apostrophe
		{"en", "company's", []string{"0compani"}, 1},
		{"de", "a " + strings.Repeat("x", 129) + "-b", []string{"0a", "1b"}, 2}, // no word is so long
		{"de", strings.Repeat("x", 129) + "-b-c", []string{"0b", "1c", "0+bc"}, 2},
		{"de", strings.Repeat("é", 64) + " " + strings.Repeat("é", 64) + "x", []string{"0" + strings.Repeat("e", 64)}, 1}, // the bound is one of bytes
		{"de", strings.Repeat("x", 128), []string{"0" + strings.Repeat("x", 128)}, 1},
		{"en", "d’Ivoire", []string{"0divoir|ivoir"}, 1}, // with and without the article
		{"en", "one-two-three-four-five six", []string{"0on", "1two", "2three", "3four", "4five", "5six"}, 6},
		{"fr", "l’énergie des élèves", []string{"0energ", "1!des", "2elev"}, 3},
		{"ar", "والإدماج المقاتلين", []string{"0ادماج", "1مقاتل"}, 2},
		{"en", "a-b-c-d e", []string{"0!a", "1b", "2c", "3d", "0+abcd", "4e"}, 5}, // the longest that is joined
		{"en", "re-join", []string{"0re", "1join", "0+rejoin"}, 2},                // at the end of the text
		{"en", "d’O’Neil", []string{"0doneil|oneil"}, 1},
		{"en", "clichés", []string{"0cliche|clich"}, 1}, // found with and without its accent
		{"en", "\u0301 x", []string{"0", "1x"}, 2},      // an accent alone
		{"en", "\u0640 x", []string{"0!", "1x"}, 2},     // a line alone
		{"EN_us", "prisons", []string{"0prison"}, 1},
		{"ar", "Levi’s", []string{"0levis"}, 1},                      // a possessive only in English and where nothing is known
		{"fr", "L d’ d’O’Neil", []string{"0!l", "1!d", "2oneil"}, 3}, // an article alone is a word
		{"fr", "nell’aria", []string{"0nelaria|aria"}, 1},
		{"es", "canciones", []string{"0cancion"}, 1},
		{"ar", "کالکتاب", []string{"0كالكتاب|كتاب"}, 1},        // a Persian keyboard's kaf
		{"de", "Die Häuser’s", []string{"0die", "1hauser"}, 2}, // no rules: no stem, no stop word
	} {
		got, n := analyzed(t, tt.tag, tt.text)
		if !slices.Equal(got, tt.want) || n != tt.n {
			t.Errorf("%s: %s: %q, %d words; want %q, %d", tt.tag, tt.text, got, n, tt.want, tt.n)
		}
	}
}

// An Analyzer counts how often it was asked for a word, and gives every term one
// number.
func TestAnalyzerCountsAndNumbers(t *testing.T) {
	l, err := NewLanguage("en")
	if err != nil {
		t.Fatal(err)
	}
	a := NewAnalyzer(l)
	var ids []uint32
	a.Tokens("prison prisons prison Prison", func(tok Token) {
		a.Number(tok.Analysis)
		ids = append(ids, tok.WholeID, tok.TermIDs[0])
	})
	if a.Seen["prison"].Count != 2 || a.Seen["Prison"].Count != 1 || len(a.Seen) != 3 {
		t.Errorf("seen %d words, prison %d times", len(a.Seen), a.Seen["prison"].Count)
	}
	if want := []uint32{0, 0, 1, 0, 0, 0, 0, 0}; !slices.Equal(ids, want) {
		t.Errorf("numbers %v, want %v", ids, want)
	}
	if string(a.Terms[0]) != "prison" || string(a.Terms[1]) != "prisons" {
		t.Errorf("terms %q", a.Terms)
	}
}

// A word behind an elided article is found without it, whatever the language
// of the text.
func TestArticlesAreElided(t *testing.T) {
	l, err := NewLanguage("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, article := range strings.Fields("l d m t s n j c qu dell all nell sull un") {
		if a := l.analyze(article + "’Ivoire"); !slices.Contains(a.Terms, "ivoir") {
			t.Errorf("%s’Ivoire is %q", article, a.Terms)
		}
	}
	if a := l.analyze("\u0301"); len(a.Terms) != 0 {
		t.Errorf("an accent alone is %q", a.Terms)
	}
	for _, word := range []string{"o’Ivoire", "ivoire’l", "O’Neil"} {
		if a := l.analyze(word); len(a.Terms) != 1 {
			t.Errorf("%s is %q", word, a.Terms)
		}
	}
}

func TestWordsThatSayLittle(t *testing.T) {
	for _, tt := range []struct {
		tag, word     string
		stop, framing bool
	}{
		{"en", "the", true, false}, {"en", "should", true, false}, {"en", "role", false, true}, {"en", "prison", false, false},
		{"fr", "dans", true, false}, {"fr", "manieres", false, true}, {"ar", "كيفيه", false, true}, {"es", "los", true, false}, {"de", "die", false, false},
	} {
		l, err := NewLanguage(tt.tag)
		if err != nil {
			t.Fatal(err)
		}
		if l.SaysNothing(tt.word) != tt.stop || l.Frames(tt.word) != tt.framing {
			t.Errorf("%s: %s says nothing: %t, frames: %t", tt.tag, tt.word, l.SaysNothing(tt.word), l.Frames(tt.word))
		}
	}
	l, err := NewLanguage("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range strings.Fields("can could may might must shall should will would vs etc") {
		if !l.SaysNothing(w) {
			t.Errorf("%s says something", w)
		}
	}
}
