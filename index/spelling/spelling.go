// Package spelling finds what is meant by words that no page has: another way to
// write the same sounds, a slip, two words that were run together. It asks the words
// of a corpus through a small interface. All words are folded.
package spelling

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"casebook/content/lexical"
)

// A Corpus has the words of all pages.
type Corpus interface {
	// Documents returns how many documents have a word: those in a language, and all.
	Documents(word string, lang int) (own, all int, err error)
	// Near returns words that are so many slips, 1 or 2, from a word and begin with its first letter.
	Near(word string, slips int) ([]string, error)
	// Together returns how many documents have two words side by side. It may return 0 where no more than
	// atLeast have both.
	Together(ctx context.Context, first, second string, atLeast int) (int, error)
	// Written returns how a word is written by texts, those in a language if they have it.
	Written(word string, lang int) string
}

// Bounds of spelling, in letters of a word.
const (
	shortest    = 4  // that is looked up
	longest     = 32 // the same
	twoSlips    = 8  // from which two slips are forgiven
	sureSounds  = 6  // from which another way to write the same sounds is hardly another word: chips are no ships
	minHalf     = 3  // of each of two words that were written as one
	doubtful    = 8  // of a word that is doubted though some page has it
	doubtfulFor = 20 // documents that have the word which it may be a slip for, for each that has it
)

// Mended returns what is hopefully meant by a word that no page has, as pages write
// it, and whether it is hardly meant otherwise. Of several it is the word more
// frequent in a language; "" if nothing is near.
func Mended(ctx context.Context, c Corpus, word string, lang int) (shown string, sure bool, err error) {
	same, err := respelled(ctx, c, word, lang)
	switch {
	case err != nil:
		return "", false, err
	case same != "":
		return c.Written(same, lang), len(word) >= sureSounds, nil
	}
	near, err := nearest(ctx, c, word, lang)
	switch {
	case err != nil:
		return "", false, err
	case near != "" && slip(word, near):
		return c.Written(near, lang), true, nil
	}
	first, second, err := twoWords(ctx, c, word)
	switch {
	case err != nil:
		return "", false, err
	case first != "":
		return c.Written(first, lang) + " " + c.Written(second, lang), true, nil
	case near != "":
		return c.Written(near, lang), false, nil
	}
	return "", false, nil
}

// Doubted returns the word for which one that so many documents have is hardly
// anything but a slip, because very many have it, as pages write it: pages have
// misspellings too. "" if there is none.
func Doubted(ctx context.Context, c Corpus, word string, have, lang int) (shown string, err error) {
	if utf8.RuneCountInString(word) < doubtful {
		return "", nil
	}
	near, err := nearest(ctx, c, word, lang)
	if err != nil || near == "" || !slip(word, near) {
		return "", err
	}
	_, all, err := c.Documents(near, lang)
	if err != nil || all < doubtfulFor*have {
		return "", err
	}
	return c.Written(near, lang), nil
}

// slip reports whether typed is hardly anything but a slip for word: long for
// its one or two errors, or two letters swapped.
func slip(typed, word string) bool {
	n := utf8.RuneCountInString(typed)
	switch lexical.Edits(typed, word) {
	case 1:
		return n >= 7 || n >= 5 && n == utf8.RuneCountInString(word) && sameLetters(typed, word)
	case 2:
		return n >= 11
	}
	return false
}

func sameLetters(a, b string) bool {
	x, y := []rune(a), []rune(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// nearest returns the word of the corpus nearest to another: of two that are equally
// near, the one more frequent in lang, then in all languages; "" if none is near.
func nearest(ctx context.Context, c Corpus, word string, lang int) (string, error) {
	n := utf8.RuneCountInString(word)
	if n < shortest || n > longest || ctx.Err() != nil {
		return "", ctx.Err()
	}
	slips := 1
	if n >= twoSlips {
		slips = 2
	}
	found, err := c.Near(word, slips)
	if err != nil {
		return "", err
	}
	type near struct {
		word          string
		far, own, all int
	}
	var words []near
	for _, w := range found {
		own, all, err := c.Documents(w, lang)
		if err != nil {
			return "", err
		}
		if all > 0 {
			words = append(words, near{w, lexical.Edits(word, w), own, all})
		}
	}
	if len(words) == 0 {
		return "", nil
	}
	return slices.MinFunc(words, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(b.own, a.own), cmp.Compare(b.all, a.all), strings.Compare(a.word, b.word))
	}).word, nil
}

// twoWords returns the two words that a word is which no page has, where some
// page has them side by side: Bokoharam. "" if it is no two words.
func twoWords(ctx context.Context, c Corpus, word string) (first, second string, err error) {
	rs := []rune(word)
	if len(rs) < 2*minHalf || len(rs) > longest {
		return "", "", nil
	}
	most := 0
	for i := minHalf; i <= len(rs)-minHalf; i++ {
		a, b := string(rs[:i]), string(rs[i:])
		n, err := c.Together(ctx, a, b, most)
		if err != nil {
			return "", "", err
		}
		if n > most {
			first, second, most = a, b, n
		}
	}
	return first, second, nil
}
