package server

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// A printer says texts, numbers and dates in one language. Its methods are
// what templates call; it is safe for concurrent use.
type printer struct {
	lang   string
	tag    language.Tag
	texts  map[string]*text
	digits numerals
	names  display.Namer // of languages
	rtl    bool
	// report is told of a message that is missing or badly called. A reader
	// gets the key instead of the text; tests fail on it.
	report func(lang, key, what string)
}

func newPrinter(lang string, tag language.Tag, texts map[string]*text) *printer {
	return &printer{
		lang: lang, tag: tag, texts: texts, digits: numeralsOf(tag), names: display.Languages(tag), rtl: isRTL(tag),
		report: func(string, string, string) {},
	}
}

// T returns the message of this key. The arguments are pairs of a
// placeholder's name and its value: T("search.count", "n", 3, "q", "prison").
// Whole numbers are written in the language's digits; n chooses the plural
// form.
func (p *printer) T(key string, args ...any) string {
	var b strings.Builder
	p.write(&b, key, args, func(s string) string { return s })
	return b.String()
}

// H is T for texts with markup inside: what stands in the message and in
// plain arguments is escaped, arguments of type template.HTML (from strong,
// em, bdi, link) go in as they are.
func (p *printer) H(key string, args ...any) template.HTML {
	var b strings.Builder
	p.write(&b, key, args, template.HTMLEscapeString)
	return template.HTML(b.String())
}

func (p *printer) write(b *strings.Builder, key string, args []any, escape func(string) string) {
	t, ok := p.texts[key]
	if !ok {
		p.report(p.lang, key, "no such message")
		b.WriteString(escape("⟦" + key + "⟧"))
		return
	}
	for _, piece := range p.form(t, key, args) {
		if piece.arg == "" {
			b.WriteString(escape(piece.lit))
			continue
		}
		v, ok := argument(args, piece.arg)
		if !ok {
			p.report(p.lang, key, "no argument "+piece.arg)
			b.WriteString(escape("⟦" + key + ":" + piece.arg + "⟧"))
			continue
		}
		switch v := v.(type) {
		case template.HTML:
			b.WriteString(string(v))
		case string:
			b.WriteString(escape(v))
		default:
			if n, ok := wholeNumber(v); ok {
				b.WriteString(escape(p.digits.decimal(n)))
			} else {
				b.WriteString(escape(fmt.Sprint(v)))
			}
		}
	}
}

func (p *printer) form(t *text, key string, args []any) []piece {
	if !t.plural {
		return t.forms[plural.Other]
	}
	v, _ := argument(args, "n")
	n, ok := wholeNumber(v)
	if !ok {
		p.report(p.lang, key, "no number n")
		return t.forms[plural.Other]
	}
	if n == 0 && t.forms[plural.Zero] != nil {
		return t.forms[plural.Zero]
	}
	// Forms repeat beyond this: no language looks at more digits of a whole number than the last six.
	if n < 0 {
		n = -n
	}
	if n >= 10_000_000 {
		n = n%1_000_000 + 1_000_000
	}
	if pieces := t.forms[plural.Cardinal.MatchPlural(p.tag, int(n), 0, 0, 0, 0)]; pieces != nil {
		return pieces
	}
	return t.forms[plural.Other]
}

// argument finds the value after name in a list of pairs.
func argument(args []any, name string) (any, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return nil, false
}

func wholeNumber(v any) (int64, bool) {
	switch v := v.(type) {
	case int:
		return int64(v), true
	case int64:
		return v, true
	case uint32:
		return int64(v), true
	case uint64:
		return int64(v), true
	}
	return 0, false
}

// Num writes a count: "12,345", "12 345", "١٢٬٣٤٥".
func (p *printer) Num(n int) string { return p.digits.decimal(int64(n)) }

// Year writes a year: its digits without grouping.
func (p *printer) Year(y int) string { return p.digits.replace(strconv.Itoa(y)) }

// Digits writes the digits of a text in those of the language; the rest
// stays. For ids and numbers that stand in text, such as "19" of a title.
func (p *printer) Digits(s string) string { return p.digits.replace(s) }

// Date writes a day: "4 May 2026". The zero time is "".
func (p *printer) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	day := p.digits.replace(strconv.Itoa(t.Day()))
	if t.Day() == 1 {
		day = p.T("date.first", "day", day)
	}
	return p.T("date.day", "day", day, "month", p.T("date.month."+strconv.Itoa(int(t.Month()))), "year", p.Year(t.Year()))
}

// Month writes a month: "May 2026". The zero time is "".
func (p *printer) Month(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.T("date.month", "month", p.T("date.month."+strconv.Itoa(int(t.Month()))), "year", p.Year(t.Year()))
}

// Language names a language in the printer's own: "Spanish". A code that
// isn't known stays as it is.
func (p *printer) Language(code string) string {
	tag, err := language.Parse(code)
	if err != nil || p.names == nil {
		return code
	}
	if name := p.names.Name(tag); name != "" {
		return name
	}
	return code
}

// Dir is the direction in which the language is written: "ltr" or "rtl".
func (p *printer) Dir() string {
	if p.rtl {
		return "rtl"
	}
	return "ltr"
}

// dirOf is the direction in which a language is written: "ltr" or "rtl". It
// is for text in other languages than the page's.
func dirOf(lang string) string {
	if tag, err := language.Parse(lang); err == nil && isRTL(tag) {
		return "rtl"
	}
	return "ltr"
}

func isRTL(tag language.Tag) bool {
	script, _ := tag.Script()
	switch script.String() {
	case "Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Mand", "Samr":
		return true
	}
	return false
}

// numerals is how a language writes whole numbers.
type numerals struct {
	digit    [10]string
	latin    bool
	group    string // between groups of three
	minGroup int64  // the least number that is grouped; 0: none is
	minus    string
}

// numeralsOf reads off how x/text writes numbers in a language. Doing it once
// makes the writing itself cheap: a search page has hundreds of numbers.
func numeralsOf(tag language.Tag) numerals {
	mp := message.NewPrinter(tag)
	n := numerals{minus: "-"}
	for i := range n.digit {
		n.digit[i] = mp.Sprint(number.Decimal(i, number.NoSeparator()))
	}
	n.latin = n.digit[0] == "0"
	for _, least := range []int64{1000, 10_000} {
		s := mp.Sprint(number.Decimal(least))
		plain := strings.Repeat(n.digit[0], 3)
		lead := n.replace(strconv.FormatInt(least/1000, 10))
		if sep, ok := strings.CutPrefix(strings.TrimSuffix(s, plain), lead); ok && sep != "" {
			n.group, n.minGroup = sep, least
			break
		}
	}
	return n
}

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

func (n numerals) decimal(v int64) string {
	s := strconv.FormatInt(v, 10)
	sign := ""
	if v < 0 {
		sign, s = n.minus, s[1:]
	}
	if n.minGroup > 0 && (v >= n.minGroup || v <= -n.minGroup) {
		var b strings.Builder
		for i, c := range s {
			if i > 0 && (len(s)-i)%3 == 0 {
				b.WriteByte(',')
			}
			b.WriteRune(c)
		}
		return sign + strings.ReplaceAll(n.replace(b.String()), ",", n.group)
	}
	return sign + n.replace(s)
}
