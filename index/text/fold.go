package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold brings a lower-case word to the form in which accents, ligatures and
// ways of writing a letter no longer tell words apart: énergie is energie,
// ёлка is елка, الإرهاب is الارهاب. It changes a word as a whole, so that places
// in the text stay right.
func fold(word string) string {
	if IsASCII(word) {
		return word
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(word) {
		switch {
		case isAccent(r):
		case foldTable[r] != "":
			b.WriteString(foldTable[r])
		default:
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// foldTable has the letters that Unicode does not take apart.
var foldTable = map[rune]string{
	'ß': "ss", 'œ': "oe", 'æ': "ae", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ħ': "h", 'ŋ': "n", 'ŧ': "t", 'ƶ': "z",
	'ς': "σ",
	'ى': "ي", 'ی': "ي", 'ې': "ي", 'ک': "ك", 'ة': "ه", 'ۀ': "ه", 'ہ': "ه", 'ە': "ه", 'ٱ': "ا", 'گ': "ك",
}

// isAccent reports whether r is a mark that readers leave out: accents of
// Latin, Greek and Cyrillic letters, points of Hebrew and Arabic ones. Marks
// of scripts in which they are vowels that nobody leaves out stay.
func isAccent(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36f, r >= 0x483 && r <= 0x487, r >= 0x1ab0 && r <= 0x1aff, r >= 0x1dc0 && r <= 0x1dff, r >= 0x20d0 && r <= 0x20f0:
		return true
	case r >= 0x591 && r <= 0x5c7:
		return unicode.Is(unicode.Mn, r)
	case r >= 0x610 && r <= 0x61a, r >= 0x64b && r <= 0x65f, r == 0x670, r >= 0x6d6 && r <= 0x6ed:
		return unicode.Is(unicode.Mn, r)
	}
	return false
}

// plain brings a word as it stands in a text to lower case and to one way of
// writing apostrophes and digits, without what is only there for the eye.
// Apostrophes stay, because elision and possessives are read from them.
func plain(word string) string {
	if IsASCII(word) {
		return dropPoints(strings.ToLower(word))
	}
	word = strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', 'ʼ', '＇', '`', '´', 'ʿ', 'ʾ':
			return '\''
		case '\u00ad', '\u200c', '\u200d', 'ـ', '‐', '‑':
			return -1
		case 'İ':
			return 'i'
		}
		if r > unicode.MaxASCII && unicode.Is(unicode.Nd, r) {
			return '0' + digit(r)
		}
		return r
	}, word)
	return dropPoints(norm.NFC.String(strings.ToLower(word)))
}

// digit returns the value of a decimal digit of any script. Unicode keeps the
// ten of a script together, in order.
func digit(r rune) rune {
	v := rune(0)
	for v < 9 && unicode.Is(unicode.Nd, r-1) {
		r--
		v++
	}
	return v
}

// dropPoints makes U.N. un, 1,000 1000 and a compound one word, and leaves 3.5.
func dropPoints(word string) string {
	if !strings.ContainsAny(word, ".,-") {
		return word
	}
	points := strings.IndexFunc(word, unicode.IsLetter) >= 0
	return strings.Map(func(r rune) rune {
		if r == ',' || r == '-' || r == '.' && points {
			return -1
		}
		return r
	}, word)
}

// IsASCII reports whether s has ASCII letters and signs alone.
func IsASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// FoldText folds a whole text to its words with single spaces between them:
// the form in which titles and labels are compared.
func FoldText(text string) string {
	var b strings.Builder
	for w := range Words(text) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(FoldWord(text[w.Start:w.End]))
	}
	return b.String()
}

// TitleKey is the form in which titles are compared with what people type.
func TitleKey(title string) string { return strings.TrimSpace(FoldText(title)) }

// FoldWord folds a word as it stands in a text or a query.
func FoldWord(surface string) string { return fold(strings.ReplaceAll(plain(surface), "'", "")) }
