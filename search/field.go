package search

import (
	"strconv"
	"strings"
)

// filter reads the token as a filter, if it is one.
func (p *parser) filter(t token) (Filter, string, bool) {
	name, value, ok := splitField(t)
	if !ok || strings.HasPrefix(name, "-") {
		return Filter{}, "", false
	}
	field := p.lex.FieldName(name)
	if field == "" {
		return Filter{}, "", false
	}
	if p.lex.FieldType(field) == "years" {
		f, ok := years(field, value)
		return f, name + ":" + value, ok
	}
	if id, ok := p.lex.Value(field, trim(value)); ok {
		return Filter{Field: field, Values: []string{id}}, name + ":" + value, true
	}
	return Filter{}, "", false
}

// splitField cuts field:value or field:"value". The name keeps a leading -.
func splitField(t token) (name, value string, ok bool) {
	whole := t.text
	if t.quoted {
		whole = t.before
	}
	name, rest, ok := strings.Cut(strings.TrimLeftFunc(whole, func(r rune) bool { return !isWordRune(r) }), ":")
	if t.quoted {
		value, ok = strings.TrimSpace(t.text), ok && rest == ""
	} else {
		value, ok = trimValue(rest), ok && !strings.HasPrefix(rest, "/") // https://…
	}
	name = trim(name)
	if !ok || name == "" || letters(value) == 0 {
		return "", "", false
	}
	if strings.HasPrefix(whole, "-") {
		name = "-" + name
	}
	return name, value, true
}

// trimValue is trim that leaves the dots of an open range of years and the
// star of a prefix.
func trimValue(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !isWordRune(r) && r != '.' && r != '*' })
}

// years reads 2015, 2015..2019, 2015.. and ..2019.
func years(field, s string) (Filter, bool) {
	f := Filter{Field: field}
	from, to, isRange := strings.Cut(s, "..")
	if !isRange {
		from, to, isRange = strings.Cut(s, "-")
	}
	if !isRange {
		y, ok := year(strings.TrimSuffix(s, "."))
		if ok {
			f.Values = []string{strconv.Itoa(y)}
		}
		return f, ok
	}
	var ok1, ok2 bool
	f.From, ok1 = year(from)
	f.To, ok2 = year(strings.Trim(to, "."))
	ok1, ok2 = ok1 || from == "", ok2 || strings.Trim(to, ".") == ""
	if !ok1 || !ok2 {
		return f, false
	}
	if f.To != 0 && f.From > f.To {
		f.From, f.To = f.To, f.From
	}
	return f, true
}

// year reads a year of one to four digits.
func year(s string) (int, bool) {
	y, err := strconv.ParseUint(s, 10, 16)
	return int(y), err == nil && y > 0 && len(s) <= 4
}
