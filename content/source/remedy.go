package source

import (
	"strings"

	"casebook/content/lexical"
)

// DidYouMean is the remedy for a word that isn't among the valid ones: the
// nearest of them, or all when they are few.
func DidYouMean(word string, valid []string) string {
	if near, ok := lexical.Nearest(word, valid); ok {
		return "did you mean " + Quote(near) + "?"
	}
	return ValidOnes(valid)
}

// ValidOnes lists the valid words where they fit on a line.
func ValidOnes(valid []string) string {
	const most = 160
	if len(valid) == 0 || len(valid) > most/4 {
		return ""
	}
	if list := strings.Join(valid, ", "); len(list) <= most {
		return "valid: " + list
	}
	return ""
}
