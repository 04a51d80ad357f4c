package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxInput bounds what Parse looks at. It is far above MaxQueryBytes because
// operators and field:value do not count towards that.
const maxInput = 16 << 10

// A token is a piece of the words as typed: a run without spaces and quotes,
// or what stands between quotes.
type token struct {
	text   string // without quotes, operators still on it
	quoted bool   // stood in quotes
	open   bool   // the quote was never closed
	before string // quoted: what touches the opening quote on the left ("title:", "-", "-title:")
}

// isQuote reports whether r opens or closes a phrase. Apostrophes do not:
// they are part of words.
func isQuote(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '‟', '«', '»', '＂':
		return true
	}
	return false
}

// clean makes any bytes a line of text: invalid UTF-8, control characters and
// exotic spaces become spaces, invisible direction marks go.
func clean(s string) (text string, cut bool) {
	if len(s) > maxInput {
		s, cut = s[:maxInput], true // half a letter becomes a space, as other bytes that are no text
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.IsControl(r), unicode.IsSpace(r), r == '\u200b':
			return ' '
		case r == '\ufeff', r == '\u200e', r == '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u206f':
			return -1
		}
		return r
	}, s)
	return foldSpace(s), cut
}

// lex cuts cleaned text into tokens.
func lex(s string) []token {
	var out []token
	for s != "" {
		s = strings.TrimPrefix(s, " ")
		i := strings.IndexFunc(s, func(r rune) bool { return r == ' ' || isQuote(r) })
		if i < 0 {
			out = append(out, token{text: s})
			break
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == ' ' {
			out = append(out, token{text: s[:i]})
			s = s[i:]
			continue
		}
		before := s[:i]
		if before != "" && !bindsQuote(before) {
			out = append(out, token{text: before})
			before = ""
		}
		s = s[i+n:]
		t := token{quoted: true, before: before}
		if end := strings.IndexFunc(s, isQuote); end < 0 {
			t.text, t.open, s = s, true, ""
		} else {
			_, n := utf8.DecodeRuneInString(s[end:])
			t.text, s = s[:end], s[end+n:]
		}
		out = append(out, t)
	}
	return out
}

// bindsQuote reports whether what touches an opening quote belongs to it:
// -"…" and field:"…".
func bindsQuote(s string) bool { return s == "-" || strings.HasSuffix(s, ":") }

// trim cuts off what is no part of a word at both ends: (trial)? is trial.
func trim(s string) string { return strings.TrimFunc(s, func(r rune) bool { return !isWordRune(r) }) }

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// letters counts the letters and digits of s.
func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}
