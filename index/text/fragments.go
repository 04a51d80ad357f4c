package text

import (
	"strings"
)

// Fragments cuts a word at what is no letter, and between two or more letters and
// a digit.
func Fragments(text string) []string {
	var out []string
	for w := range Words(text) {
		word := text[w.Start:w.End]
		from, letters, last := 0, 0, other
		for i := 0; i < len(word); {
			n, kind := classify(word[i:])
			if kind == letter && last == number || kind == number && last == letter && letters > 1 {
				out = append(out, word[from:i])
				from, letters = i, 0
			}
			if kind == letter {
				letters++
			}
			last = kind
			i += n
		}
		out = append(out, word[from:])
	}
	return out
}

// Unpadded returns a number without the zeros in front of it; "" where there
// are none.
func Unpadded(word string) string {
	short := strings.TrimLeft(word, "0")
	if short == "" || short == word || strings.IndexFunc(short, func(r rune) bool { return r < '0' || r > '9' }) >= 0 {
		return ""
	}
	return short
}
