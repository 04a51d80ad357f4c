package say

import (
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// numerals is how a language writes whole numbers.
type numerals struct {
	digit [10]string
	latin bool
	group string // between groups of three
}

// numeralsOf reads off how x/text writes numbers in a language. Doing it once
// makes the writing itself cheap: a search page has hundreds of numbers.
func numeralsOf(tag language.Tag) numerals {
	mp := message.NewPrinter(tag)
	var n numerals
	for i := range n.digit {
		n.digit[i] = mp.Sprint(number.Decimal(i, number.NoSeparator()))
	}
	n.latin = n.digit[0] == "0"
	thousand := strings.TrimPrefix(mp.Sprint(number.Decimal(1000)), n.digit[1])
	n.group = strings.TrimSuffix(thousand, strings.Repeat(n.digit[0], 3))
	return n
}

// replace writes the digits of a text in those of the language.
func (n numerals) replace(s string) string {
	if n.latin {
		return s
	}
	var b strings.Builder
	for _, c := range s {
		if '0' <= c && c <= '9' {
			b.WriteString(n.digit[c-'0'])
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// decimal writes a number in groups of three digits.
func (n numerals) decimal(v int64) string {
	digits, negative := strings.CutPrefix(strconv.FormatInt(v, 10), "-")
	var b strings.Builder
	if negative {
		b.WriteByte('-')
	}
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(n.group)
		}
		b.WriteString(n.digit[c-'0'])
	}
	return b.String()
}
