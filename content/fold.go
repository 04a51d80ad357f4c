package content

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in a form in which two ways of writing the same words are
// equal: lower case, without accents and Arabic vowel signs, apostrophes left
// out, every other run of punctuation and blanks one blank. It is for
// comparing titles, labels and headings, not for showing.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	ascii := true
	for i := 0; i < len(s) && ascii; i++ {
		ascii = s[i] < utf8.RuneSelf
	}
	if !ascii {
		s = norm.NFKD.String(strings.ToLower(norm.NFKD.String(s)))
	}
	blank := false // one is due before the next letter
	for _, r := range s {
		switch {
		case isApostrophe(r) || isAccent(r):
			continue
		case r < utf8.RuneSelf:
			switch {
			case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			case 'A' <= r && r <= 'Z':
				r += 'a' - 'A'
			default:
				blank = true
				continue
			}
		case !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r):
			blank = true
			continue
		}
		if blank && b.Len() > 0 {
			b.WriteByte(' ')
		}
		blank = false
		if r < utf8.RuneSelf {
			b.WriteByte(byte(r))
		} else if as, ok := unaccented[r]; ok {
			b.WriteString(as)
		} else {
			b.WriteRune(r)
		}
	}
	if ascii {
		return b.String()
	}
	return norm.NFC.String(b.String())
}

func isFolded(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == ' ' && i > 0 && i+1 < len(s) && s[i-1] != ' ') {
			return false
		}
	}
	return true
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', '`', '´', 'ʼ', 'ʻ', 'ʿ', 'ʾ', '′':
		return true
	}
	return false
}

// isAccent reports whether a decomposed mark carries no letter of its own:
// those of Latin, Greek, Cyrillic, Hebrew and Arabic. In other scripts marks
// are vowels.
func isAccent(r rune) bool {
	switch {
	case r < 0x300:
		return r == 0xAD // the soft hyphen
	case r <= 0x36F, 0x591 <= r && r <= 0x5BD, r == 0x5BF, 0x5C1 <= r && r <= 0x5C7:
		return true
	case 0x610 <= r && r <= 0x61A, r == 0x640, 0x64B <= r && r <= 0x65F, r == 0x670, 0x6D6 <= r && r <= 0x6ED && unicode.IsMark(r):
		return true // U+0640 is the tatweel, which stretches a word
	case 0x200B <= r && r <= 0x200F, r == 0xFEFF:
		return true // joiners and direction marks
	}
	return false
}

// unaccented has the letters that Unicode does not decompose but readers type
// without their sign, and those that are written either way.
var unaccented = map[rune]string{
	'ø': "o", 'ł': "l", 'đ': "d", 'ħ': "h", 'ŧ': "t", 'ı': "i", 'æ': "ae", 'œ': "oe", 'þ': "th", 'ð': "d", 'ß': "ss", 'ς': "σ",
	'ى': "ي", 'ة': "ه", 'ٱ': "ا", 'ک': "ك", 'ی': "ي",
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
