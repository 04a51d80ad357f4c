package source

import (
	"bytes"
	"fmt"

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
