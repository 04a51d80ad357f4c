package text

import "strings"

// Unpadded returns a number without the zeros in front of it; "" where there
// are none.
func Unpadded(word string) string {
	short := strings.TrimLeft(word, "0")
	if short == word || strings.IndexFunc(short, func(r rune) bool { return r < '0' || r > '9' }) >= 0 {
		return ""
	}
	return short
}
