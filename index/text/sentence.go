package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences returns where the sentences of a text end, the space behind them
// included. A line is the end of a sentence.
func Sentences(text string) []int {
	ends := make([]int, 0, len(text)/80+2)
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf && c != '.' && c != '!' && c != '?' && c != '\n' {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		switch r {
		case '\n', '。', '！', '？':
			ends = append(ends, i)
		case '.', '!', '?', '؟', '۔', '…':
			j := i
			for j < len(text) {
				r, n := utf8.DecodeRuneInString(text[j:])
				if !strings.ContainsRune(`"'”’»)]`, r) {
					break
				}
				j += n
			}
			if j < len(text) && text[j] == ' ' && startsSentence(text[j+1:]) && !abbreviation(text[:i]) {
				i = j + 1
				ends = append(ends, i)
			}
		}
	}
	if len(ends) == 0 || ends[len(ends)-1] < len(text) {
		ends = append(ends, len(text))
	}
	return ends
}

// startsSentence reports whether what follows a point can begin a sentence:
// anything but a small letter.
func startsSentence(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\"'“‘«(["))
	return !unicode.IsLower(r)
}

// abbreviation reports whether the text ends with a point that belongs to a
// word of one or two letters or to a known short form.
func abbreviation(s string) bool {
	s = strings.TrimSuffix(s[max(0, len(s)-16):], ".")
	i := strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' })
	last := s[i+1:]
	switch strings.ToLower(last) {
	case "no", "art", "para", "paras", "mr", "mrs", "dr", "st", "vs", "e.g", "i.e", "p", "pp", "vol", "cf":
		return true
	}
	r, n := utf8.DecodeRuneInString(last)
	return n == len(last) && unicode.IsUpper(r)
}

// AtMost returns the first n bytes of a text, or a little less: no letter is
// cut in two.
func AtMost(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
