// Package lexical says which ways of writing words are the same and how far
// others lie apart: it cuts a text into words, folds them, and counts the
// edits between two. Whoever compares what people write, in the files or in a
// search, does it here, so that all mean the same by it.
//
// To fold is to bring to one form what readers don't tell apart: case,
// accents, ligatures, apostrophes, points of abbreviations and of thousands,
// digits of other scripts, letters that have several codes.
package lexical

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// MaxWord is how many bytes the longest word of a language has. What is longer is
// none: whoever keeps words passes it over.
const MaxWord = 128

// A Word is a place in a text.
type Word struct {
	Start, End int  // bytes
	Glued      bool // only a hyphen stands between the word before and this one
}

// Words cuts a text into words: runs of letters, marks and digits, with the
// apostrophes inside words (don't, l'État), the points of abbreviations
// (U.N.) and of numbers (3.5, 1,000). Scripts without spaces between words
// give every pair of neighbouring letters, overlapping.
//
// It is quicker than bleve's segmenter by a factor of about ten and decides
// hyphens and apostrophes as readers of this program's languages expect.
func Words(s string) iter.Seq[Word] {
	return func(yield func(Word) bool) {
		hyphen := -1 // end of the last hyphen that touches a word before it
		for i := 0; i < len(s); {
			if asciiClass[s[i]] == letter { // a plain word between spaces: by far the most
				j := i + 1
				for j < len(s) && asciiClass[s[j]] == letter {
					j++
				}
				if j == len(s) || s[j] == ' ' {
					if !yield(Word{i, j, hyphen == i}) {
						return
					}
					i = j + 1
					continue
				}
			}
			n, kind := classify(s[i:])
			switch kind {
			case other:
				i += n
			case unspaced:
				end := i + n
				last := !yieldPairs(s, i, &end, yield)
				if last {
					return
				}
				i, hyphen = end, -1
			default:
				end := wordEnd(s, i)
				if !yield(Word{i, end, hyphen == i}) {
					return
				}
				i = end
				if n := hyphenAt(s, i); n > 0 {
					i += n
					hyphen = i
				}
			}
		}
	}
}

type class uint8

const (
	other class = iota
	letter
	mark
	number
	unspaced
)

// asciiClass has the classes of ASCII; all other bytes are other.
var asciiClass = func() (t [256]class) {
	for c := byte('a'); c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = letter, letter
	}
	for c := byte('0'); c <= '9'; c++ {
		t[c] = number
	}
	return t
}()

// classify returns the length and the class of the first letter of s.
func classify(s string) (int, class) {
	if c := s[0]; c < utf8.RuneSelf {
		return 1, asciiClass[c]
	}
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r >= 0x600 && r < 0x700: // Arabic, the common case besides Latin
		switch {
		case unicode.IsLetter(r):
			return n, letter
		case unicode.IsNumber(r):
			return n, number
		case unicode.IsMark(r):
			return n, mark
		}
		return n, other
	case r >= 0xe00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return n, unspaced
	case unicode.IsLetter(r):
		return n, letter
	case unicode.IsMark(r):
		return n, mark
	case unicode.IsNumber(r):
		return n, number
	}
	return n, other
}

// wordEnd returns where the word that starts at i ends.
func wordEnd(s string, i int) int {
	start, prev := i, other
	for i < len(s) {
		n, kind := classify(s[i:])
		switch {
		case kind == letter, kind == number:
			prev = kind
		case kind == mark: // belongs to the letter before
		case prev != other && joins(s, start, i, n, prev):
		default:
			return i
		}
		i += n
	}
	return i
}

// joins reports whether the sign of n bytes at i is part of the word around it.
func joins(s string, start, i, n int, prev class) bool {
	if i+n >= len(s) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	_, next := classify(s[i+n:])
	switch {
	case isInvisible(r):
		return next == letter || next == number
	case isApostrophe(r):
		return next == letter
	}
	switch r {
	case ',':
		return prev == number && next == number
	case '.':
		return prev == number && next == number || prev == letter && next == letter && initials(s, start, i, i+n)
	}
	return false
}

// initials reports whether the point that ends at after separates single
// letters: U.N. but not example.org.
func initials(s string, start, i, after int) bool {
	_, size := utf8.DecodeLastRuneInString(s[start:i])
	if before := i - size; before > start && s[before-1] != '.' {
		return false
	}
	_, size = utf8.DecodeRuneInString(s[after:])
	if after+size >= len(s) {
		return true
	}
	_, next := classify(s[after+size:])
	return next != letter && next != number && next != mark
}

// hyphenAt returns the length of a hyphen at i that is followed by a word.
func hyphenAt(s string, i int) int {
	r, n := utf8.DecodeRuneInString(s[i:])
	if r != '-' && r != '‐' && r != '‑' || i+n >= len(s) {
		return 0
	}
	if _, kind := classify(s[i+n:]); kind != letter && kind != number {
		return 0
	}
	return n
}

// yieldPairs yields the overlapping pairs of the unspaced run at i, or its
// only letter, sets end behind the run and reports whether to go on.
func yieldPairs(s string, i int, end *int, yield func(Word) bool) bool {
	starts := [2]int{i, -1} // the last two letters
	for *end < len(s) {
		n, kind := classify(s[*end:])
		if kind != unspaced && kind != mark {
			break
		}
		if kind == unspaced {
			if starts[1] >= 0 {
				if !yield(Word{starts[0], *end, false}) {
					return false
				}
				starts[0] = starts[1]
			}
			starts[1] = *end
		}
		*end += n
	}
	return yield(Word{starts[0], *end, false})
}

// Fragments cuts a word at what is no letter, and between two or more letters and
// a digit.
func Fragments(text string) []string {
	var out []string
	for w := range Words(text) {
		if w.End-w.Start > MaxWord {
			continue
		}
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
