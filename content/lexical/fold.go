package lexical

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold folds a whole text to its words with single blanks between them: the
// form in which titles, labels, headings and names of terms are compared.
// Whatever s is, the result is valid UTF-8, and folded again the same.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	if !IsASCII(s) {
		// Taken apart as a whole first: a ligature or a fraction may hold what ends a word.
		s = norm.NFKC.String(strings.Map(oneApostrophe, s))
	}
	b := make([]byte, 0, len(s))
	for w := range Words(s) {
		start := len(b)
		if start > 0 {
			b = append(b, ' ')
		}
		word := len(b)
		if b = appendWord(b, s[w.Start:w.End]); len(b) == word {
			b = b[:start] // all of it was only for the eye
		}
	}
	return string(b)
}

// isFolded reports whether s is folded as far as ASCII tells: most names of
// terms and many titles typed by readers are.
func isFolded(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == ' ' && i > 0 && i+1 < len(s) && s[i-1] != ' ') {
			return false
		}
	}
	return true
}

// appendWord appends a word as FoldWord folds it.
func appendWord(b []byte, word string) []byte {
	for i := 0; i < len(word); i++ {
		switch c := word[i]; {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			b = append(b, c)
		case 'A' <= c && c <= 'Z':
			b = append(b, c+'a'-'A')
		default: // seldom
			return append(b[:len(b)-i], FoldWord(word)...)
		}
	}
	return b
}

// FoldWord folds one word as it stands in a text or a query.
func FoldWord(word string) string {
	if isSimple(word) {
		return strings.ToLower(word)
	}
	return FoldAccents(strings.ReplaceAll(Plain(word), "'", ""))
}

// isSimple reports whether a word has nothing but letters and digits of ASCII,
// as most words of most texts, so that case is all there is to fold.
func isSimple(word string) bool {
	for i := 0; i < len(word); i++ {
		if c := word[i]; !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9') {
			return false
		}
	}
	return true
}

// Plain brings a word as it stands in a text to lower case and to one way of
// writing letters, digits and apostrophes, without what is only there for the
// eye. Accents stay, which stemmers read, and so do apostrophes, from which
// elision and possessives are read.
func Plain(word string) string {
	if isSimple(word) {
		return strings.ToLower(word)
	}
	if IsASCII(word) {
		return dropPoints(strings.ToLower(strings.ReplaceAll(word, "`", "'")))
	}
	word = norm.NFKC.String(strings.Map(oneApostrophe, word))
	word = strings.Map(func(r rune) rune {
		switch {
		case r == 'İ':
			return 'i'
		case isInvisible(r), r == 'ـ', r == '‐':
			return -1
		case r > unicode.MaxASCII && unicode.Is(unicode.Nd, r):
			return '0' + digit(r)
		}
		return oneApostrophe(r) // what NFKC took apart may hold one: ŉ
	}, word)
	return dropPoints(norm.NFC.String(strings.ToLower(word)))
}

// FoldAccents takes a plain word to the form in which accents, ligatures and
// ways of writing a letter no longer tell words apart: énergie is energie,
// ёлка is елка, الإرهاب is الارهاب.
func FoldAccents(word string) string {
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

// foldTable has the letters that Unicode does not take apart but readers type
// without their sign, and those that are written either way: in Persian and
// Urdu, on the keyboards of which some Arabic letters have a code of their own.
var foldTable = map[rune]string{
	'ß': "ss", 'œ': "oe", 'æ': "ae", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ħ': "h", 'ŋ': "n", 'ŧ': "t", 'ƶ': "z",
	'ς': "σ",
	'ى': "ي", 'ی': "ي", 'ې': "ي", 'ے': "ي", 'ک': "ك", 'گ': "ك", 'ة': "ه", 'ہ': "ه", 'ھ': "ه", 'ە': "ه", 'ٱ': "ا",
}

// isAccent reports whether r is a mark that readers leave out: accents of
// Latin, Greek and Cyrillic letters, points of Hebrew and Arabic ones. Marks
// of scripts in which they are vowels that nobody leaves out stay.
func isAccent(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36f, r >= 0x483 && r <= 0x487, r >= 0x1ab0 && r <= 0x1aff, r >= 0x1dc0 && r <= 0x1dff, r >= 0x20d0 && r <= 0x20f0, r >= 0xfe20 && r <= 0xfe2f:
		return true
	case r >= 0x591 && r <= 0x5c7, r >= 0x610 && r <= 0x61a, r >= 0x64b && r <= 0x65f, r == 0x670, r >= 0x6d6 && r <= 0x6ed, r >= 0x8ca && r <= 0x8ff:
		return unicode.Is(unicode.Mn, r)
	}
	return false
}

// isInvisible reports whether r only tells how the letters around it are
// drawn: soft hyphens, joiners, marks of direction, selectors of a variant.
func isInvisible(r rune) bool {
	switch {
	case r < 0x200b:
		return r == 0xad || r == 0x61c
	case r <= 0x200f, r == 0x2060, r >= 0xfe00 && r <= 0xfe0f, r == 0xfeff:
		return true
	}
	return false
}

// isApostrophe reports whether r is one of the signs that stand for an
// apostrophe, and those for hamza and ayn in names written in Latin letters.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '`', '´', '’', '‘', '′', 'ʼ', 'ʻ', 'ʿ', 'ʾ', '＇':
		return true
	}
	return false
}

func oneApostrophe(r rune) rune {
	if isApostrophe(r) {
		return '\''
	}
	return r
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
