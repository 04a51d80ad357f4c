package results

import (
	"strings"

	"golang.org/x/text/unicode/bidi"

	"casebook/search"
)

// An Added says what was searched for besides the words.
type Added struct {
	Words []string
	More  string // "12 more", "" if that is all
	Only  string // link to the search without them
}

// addedWords lists what was searched for besides the words, each once, in
// the script that the reader reads, and says how many more there were.
func (r reader) addedWords(added []search.Expansion) (words []string, more int) {
	words, more = pickWords(added, func(w string) bool { return wordDir(w) == r.Words.Dir() })
	if len(words) == 0 {
		return pickWords(added, func(string) bool { return true })
	}
	return words, more
}

func pickWords(added []search.Expansion, fits func(string) bool) (words []string, more int) {
	const enough = 6
	seen := make(map[string]bool)
	for _, a := range added {
		for _, w := range a.Added {
			key := strings.ToLower(w)
			switch {
			case seen[key]:
			case len(words) < enough && fits(w):
				words = append(words, w)
			default:
				more++
			}
			seen[key] = true
		}
	}
	return words, more
}

// wordDir is the direction in which a word is written, by its first letter.
func wordDir(w string) string {
	for _, c := range w {
		if p, _ := bidi.LookupRune(c); p.Class() == bidi.R || p.Class() == bidi.AL {
			return "rtl"
		} else if p.Class() == bidi.L {
			return "ltr"
		}
	}
	return "ltr"
}
