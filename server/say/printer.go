package say

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// A Printer says texts, numbers and dates in one language. Its methods are
// what templates call; it is safe for concurrent use.
type Printer struct {
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

func newPrinter(lang string, tag language.Tag, texts map[string]*text, report func(lang, key, what string)) *Printer {
	if report == nil {
		report = func(string, string, string) {}
	}
	return &Printer{
		lang: lang, tag: tag, texts: texts, digits: numeralsOf(tag), names: display.Languages(tag), rtl: isRTL(tag), report: report,
	}
}

// Lang is the language as site.yaml writes it: "fr".
func (p *Printer) Lang() string { return p.lang }

// T returns the message of this key. The arguments are pairs of a
// placeholder's name and its value: T("search.count", "n", 3, "q", "prison").
// Whole numbers are written in the language's digits; n chooses the plural
// form.
func (p *Printer) T(key string, args ...any) string {
	var b strings.Builder
	p.write(&b, key, args, func(s string) string { return s })
	return b.String()
}

// H is T for texts with markup inside: what stands in the message and in
// plain arguments is escaped, arguments of type template.HTML (from strong,
// em, bdi, link) go in as they are.
func (p *Printer) H(key string, args ...any) template.HTML {
	var b strings.Builder
	p.write(&b, key, args, template.HTMLEscapeString)
	return template.HTML(b.String())
}

func (p *Printer) write(b *strings.Builder, key string, args []any, escape func(string) string) {
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

func (p *Printer) form(t *text, key string, args []any) []piece {
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
func (p *Printer) Num(n int) string { return p.digits.decimal(int64(n)) }

// Year writes a year: its digits without grouping.
func (p *Printer) Year(y int) string { return p.digits.replace(strconv.Itoa(y)) }

// Digits writes the digits of a text in those of the language; the rest
// stays. For ids and numbers that stand in text, such as "19" of a title.
func (p *Printer) Digits(s string) string { return p.digits.replace(s) }

// Date writes a day: "4 May 2026". The zero time is "".
func (p *Printer) Date(t time.Time) string {
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
func (p *Printer) Month(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.T("date.month", "month", p.T("date.month."+strconv.Itoa(int(t.Month()))), "year", p.Year(t.Year()))
}

// Language names a language in the printer's own: "Spanish". A code that
// isn't known stays as it is.
func (p *Printer) Language(code string) string {
	tag, err := language.Parse(code)
	if err != nil || p.names == nil {
		return code
	}
	if name := p.names.Name(tag); name != "" {
		return name
	}
	return code
}

// List joins texts into one: commas between them, the last two in the message
// of this key, which has the placeholders {a} and {b}.
func (p *Printer) List(key string, texts []string) string {
	switch n := len(texts); n {
	case 0:
		return ""
	case 1:
		return texts[0]
	default:
		return p.T(key, "a", strings.Join(texts[:n-1], p.T("list.comma")), "b", texts[n-1])
	}
}

// Cut shortens a text to so many letters.
func Cut(s string, letters int) string {
	if rs := []rune(s); len(rs) > letters {
		return string(rs[:letters])
	}
	return s
}
