package source

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"casebook/content"
)

// Bounds on YAML, aliases expanded. Deeper or larger than this is a mistake
// or an attack: no field of a page needs more than four levels.
const (
	maxDepth      = 32
	MaxPageValues = 20_000
	MaxDataValues = 2_000_000
)

// ParseYAML parses text[from:to] and returns its root, nil if it is empty.
// It returns false where the YAML can't be used, and has then reported why.
func (r *Report) ParseYAML(maxValues int) (*yaml.Node, bool) {
	if off := deepFlow(r.text[r.from:r.to]); off >= 0 {
		r.At(r.from+off, content.Error, "yaml-size", fmt.Sprintf("more than %d brackets are open", maxOpen), "close them, or put quotes around a text that holds some")
		return nil, false
	}
	doc, err := unmarshal(r.text[r.from:r.to])
	if err != nil {
		r.syntax(err)
		return nil, false
	}
	if off := secondDocument(r.text[r.from:r.to]); off >= 0 {
		r.At(r.from+off, content.Error, "yaml-documents", "a second YAML document begins here", "keep one document in a file")
		return nil, false
	}
	if doc.Kind == 0 || len(doc.Content) == 0 {
		return nil, true
	}
	root := doc.Content[0]
	m := measure{left: maxValues}
	if !m.walk(root, 0) {
		code, msg := "yaml-size", fmt.Sprintf("more than %d values, or more than %d levels of nesting", maxValues, maxDepth)
		if m.alias != nil {
			code, msg = "yaml-alias", "the YAML aliases multiply to "+msg
			r.Node(m.alias, content.Error, code, msg, "write the values out")
		} else {
			r.Node(m.last, content.Error, code, msg, "divide the file")
		}
		return nil, false
	}
	if bytes.IndexByte(r.text[r.from:r.to], '\\') >= 0 && !r.checkEscapes(root) {
		return nil, false
	}
	return root, true
}

// checkEscapes looks for characters that checkText refuses and that quotes
// have let in by their number.
func (r *Report) checkEscapes(n *yaml.Node) bool {
	ok := true
	if n.Style&yaml.DoubleQuotedStyle != 0 {
		for _, c := range n.Value {
			if code, msg, fix := BadRune(c); code != "" {
				r.Node(n, content.Error, code, msg, fix)
				ok = false
				break
			}
		}
	}
	for _, c := range n.Content { // what an alias stands for is seen where it is
		ok = r.checkEscapes(c) && ok
	}
	return ok
}

// maxOpen bounds the brackets that are open at once, in quotes or not: what
// yaml.v3 takes for them grows by their square.
const maxOpen = 500

// deepFlow returns where more than maxOpen brackets are open, -1 if nowhere.
func deepFlow(b []byte) int {
	open := 0
	for i, c := range b {
		switch c {
		case '[', '{':
			if open++; open > maxOpen {
				return i
			}
		case ']', '}':
			open = max(0, open-1)
		}
	}
	return -1
}

// unmarshal keeps a panic of the YAML library from ending the program.
func unmarshal(b []byte) (doc *yaml.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("yaml: %v", p)
		}
	}()
	doc = new(yaml.Node)
	return doc, yaml.Unmarshal(b, doc)
}

// measure counts the nodes of a tree with its aliases expanded.
type measure struct {
	left        int
	alias, last *yaml.Node // the outermost alias under way; the last node seen
}

func (m *measure) walk(n *yaml.Node, depth int) bool {
	m.left--
	if m.alias == nil {
		m.last = n
	}
	if m.left < 0 || depth > maxDepth {
		return false
	}
	if n.Kind == yaml.AliasNode {
		outer := m.alias
		if outer == nil {
			m.alias = n
		}
		ok := m.walk(n.Alias, depth+1)
		if ok {
			m.alias = outer
		}
		return ok
	}
	for _, c := range n.Content {
		if !m.walk(c, depth+1) {
			return false
		}
	}
	return true
}

// secondDocument returns where in b a further YAML document or the end of the
// first one stands, -1 if nowhere. yaml.v3 would drop what follows.
func secondDocument(b []byte) int {
	begun := false // there was something that isn't blank or a comment
	for off := 0; off < len(b); {
		line, _, _ := bytes.Cut(b[off:], newline)
		begins := isMark(line, "---")
		if begins && begun || isMark(line, "...") {
			return off
		}
		begun = begun || begins || len(line) > 0 && line[0] != '#' && line[0] != ' '
		off += len(line) + 1
	}
	return -1
}

var newline = []byte{'\n'}

func isMark(line []byte, mark string) bool {
	return len(line) >= 3 && string(line[:3]) == mark && (len(line) == 3 || line[3] == ' ' || line[3] == '\t')
}

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

// Deref follows an alias. parseYAML has made sure that this ends.
func Deref(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// IsNull reports whether nothing is written: "name:", "name: ~".
func IsNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Tag == "!!null"
}

// Describe says what a node is, in an editor's words.
func Describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a group of names and values"
	case yaml.SequenceNode:
		return "a list"
	}
	if IsNull(n) {
		return "nothing"
	}
	return Quote(n.Value)
}

// Quote quotes a word of the content for a message, cut to a readable length.
func Quote(s string) string {
	const most = 80
	if len(s) > most {
		cut := most
		for cut > 0 && s[cut]&0xC0 == 0x80 {
			cut--
		}
		s = s[:cut] + "…"
	}
	return strconv.Quote(s)
}
