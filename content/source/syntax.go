package source

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"casebook/content"
)

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// maxPrefixes bounds the attempts at finding a syntax error's line.
const maxPrefixes = 1500

// syntax reports a syntax error. What yaml.v3 says of the place is the line
// where the surrounding block began, one off, or missing; so the place is the
// line after the longest beginning of the text that is good YAML.
func (r *Report) syntax(err error) {
	msg := err.Error()
	line := 0
	if m := yamlLine.FindStringSubmatch(msg); m != nil {
		line, _ = strconv.Atoi(m[1])
		msg = msg[len(m[0]):]
	}
	r.yamlOffset(1, 1)
	if len(r.lines) <= maxPrefixes {
		for line = len(r.lines) - 1; line > 0; line-- {
			if _, err := unmarshal(r.text[r.from:r.lines[line]]); err == nil {
				break
			}
		}
		line++
	}
	off := r.yamlOffset(line, 1)
	lineBytes, _, _ := bytes.Cut(r.text[off:r.to], newline)
	text := string(lineBytes)
	indent := len(text) - len(strings.TrimLeft(text, " "))
	col, what, fix := explain(text, indent, msg)
	r.At(off+col, content.Error, "yaml-syntax", what, fix)
}

// lineForm divides a line into what stands before a value and the value.
var lineForm = regexp.MustCompile(`^(\s*(?:- +)*(?:[^\s:#'"\[{][^:#]*:(?: +|$))?)(.*)$`)

// explain says in an editor's words what is wrong with the line of a syntax
// error: at which column, from 0, what, and what would be right.
func explain(line string, indent int, msg string) (col int, what, fix string) {
	m := lineForm.FindStringSubmatch(line)
	if m == nil {
		return indent, "this is not YAML: " + msg, ""
	}
	before, value := m[1], strings.TrimSpace(m[2])
	const quoteIt = "put quotes around it: "
	switch {
	case strings.HasPrefix(line[indent:], "\t"):
		return indent, "a tab indents the line", "indent with spaces"
	case value != "" && strings.ContainsRune("@`%&!*", rune(value[0])):
		return len(before), "a value can't begin with " + value[:1] + " without quotes", quoteIt + strconv.Quote(value)
	case value != "" && (value[0] == '"' || value[0] == '\''):
		if end := strings.IndexByte(value[1:], value[0]); end < 0 {
			return len(before), "the quotes that open here are not closed", "close them"
		} else if rest := strings.TrimSpace(value[end+2:]); rest != "" && rest[0] != '#' && strings.HasSuffix(value, value[:1]) {
			inner := value[1 : len(value)-1]
			return len(before), "there are quotes inside quotes", "write '" + strings.ReplaceAll(inner, "'", "''") + "'"
		} else if rest != "" && rest[0] != '#' {
			return len(before), "text follows the quotes", "put quotes around all of it: " + "'" + strings.ReplaceAll(value, "'", "''") + "'"
		}
	case value != "" && (value[0] == '[' && strings.Count(value, "[") > strings.Count(value, "]") ||
		value[0] == '{' && strings.Count(value, "{") > strings.Count(value, "}")):
		return len(before), "the list that opens here is not closed", "close it, and put commas between its values"
	case strings.Contains(msg, "mapping values are not allowed"):
		if i := strings.Index(value+" ", ": "); i >= 0 && before != "" {
			return len(before) + i, "a second colon with a blank after it", quoteIt + strings.TrimLeft(before, " ") + strconv.Quote(value)
		}
		return indent, "a colon stands where no value can begin", "look at the indentation of this line and the one above"
	case strings.Contains(msg, "could not find expected ':'"):
		return indent, "this line has no colon", "write it as name: value"
	case strings.Contains(msg, "did not find expected"):
		return indent, "this line does not fit under the one above", "look at its indentation, and put quotes around values that hold quotes or colons"
	}
	return indent, "this is not YAML: " + msg, ""
}
