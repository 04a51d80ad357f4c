package spelling

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"casebook/content/lexical"
)

// respellings are letters that stand for one sound where a name is written in
// Latin letters after another script, in English or in French.
var respellings = [][2]string{
	{"ou", "u"}, {"oo", "u"}, {"ee", "i"}, {"aa", "a"}, {"ai", "ei"}, {"ay", "ai"}, {"ey", "ei"}, {"iy", "i"}, {"y", "i"}, {"o", "u"}, {"aw", "o"},
	{"ch", "sh"}, {"tch", "ch"}, {"zh", "j"}, {"dj", "j"}, {"dzh", "j"}, {"gh", "g"}, {"kh", "k"}, {"kh", "h"}, {"dh", "d"}, {"th", "t"},
	{"ph", "f"}, {"q", "k"}, {"q", "g"}, {"c", "k"}, {"w", "v"}, {"w", "ou"}, {"ts", "tz"}, {"ks", "x"},
}

// Bounds of respelling.
const (
	maxRespelled = 600 // ways to write one word that are looked up
	maxSounds    = 3   // sounds that are written otherwise
)

// respelled returns the word of the corpus that is another way to write the
// sounds of one which no page has: Jusan for Zhusan. "" if there is none. Of
// several with as few differences it is the one more frequent in lang.
func respelled(ctx context.Context, c Corpus, word string, lang int) (string, error) {
	if len(word) < shortest || len(word) > longest || !lexical.IsASCII(word) {
		return "", nil
	}
	seen := map[string]bool{word: true}
	now := []string{word}
	for range maxSounds {
		var next []string
		for _, w := range now {
			for _, v := range spellings(w) {
				if !seen[v] && len(seen) < maxRespelled {
					seen[v] = true
					next = append(next, v)
				}
			}
		}
		best, most := "", [2]int{}
		for _, w := range next {
			own, all, err := c.Documents(w, lang)
			if err != nil {
				return "", err
			}
			if all == 0 {
				continue
			}
			if best == "" || cmp.Or(cmp.Compare(own, most[0]), cmp.Compare(all, most[1]), strings.Compare(best, w)) > 0 {
				best, most = w, [2]int{own, all}
			}
		}
		if best != "" || ctx.Err() != nil {
			return best, ctx.Err()
		}
		now = next
	}
	return "", nil
}

// spellings returns a word with one of its sounds written otherwise: a pair
// of respellings, a double consonant single or a single one double, an h at
// the end more or less.
func spellings(w string) []string {
	var out []string
	put := func(v string) {
		if len(v) >= shortest && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	for i := range len(w) {
		for _, r := range respellings {
			for k := range 2 {
				if from, to := r[k], r[1-k]; strings.HasPrefix(w[i:], from) {
					put(w[:i] + to + w[i+len(from):])
				}
			}
		}
		if strings.IndexByte("bcdfgjklmnpqrstvz", w[i]) < 0 {
			continue
		}
		switch {
		case i+1 < len(w) && w[i+1] == w[i]:
			put(w[:i] + w[i+1:])
		case i > 0 && w[i-1] != w[i]:
			put(w[:i] + w[i:i+1] + w[i:])
		}
	}
	if rest, ok := strings.CutSuffix(w, "h"); ok {
		put(rest)
	} else {
		put(w + "h")
	}
	return out
}
