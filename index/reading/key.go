package reading

import (
	"strings"

	"casebook/index/text"
)

// Key returns the stems of the words of a text in a language, and how many words it
// has: names with the same key are the same name. Words that say nothing count only
// at its ends: deprived of a passport is deprived of his passport, but no effect is
// no effect, and not evaluated is not what evaluated is. Without a word that says
// something the key is "".
func (r *Reader) Key(lang int, s string) (key string, n int) {
	var stems, between []string // between: words since the last one that says something
	telling := false
	n = r.analyzers[lang].Tokens(s, func(t text.Token) {
		switch {
		case t.Compound || t.Whole == "":
		case t.Stop && telling:
			between = append(between, t.Terms[0])
		case t.Stop:
			stems = append(stems, t.Terms[0])
		default:
			stems, between, telling = append(stems, t.Terms[0]), nil, true
		}
	})
	if !telling {
		return "", n
	}
	return strings.Join(append(stems, between...), " "), n
}
