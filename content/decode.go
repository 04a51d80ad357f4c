package content

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// A decoder reads YAML nodes of one data file (schema, site, vocabulary,
// glossary) and reports what is wrong with them where it stands.
type decoder struct {
	*report
	lang string // of plain strings where a Text is expected
}

// A key is one name that a mapping may have and what reads its value.
type key struct {
	name string
	read func(*yaml.Node)
}

// mapping calls the reader of each key that is there, in the order of the
// file, and reports others. It returns the names that have a value.
func (d *decoder) mapping(n *yaml.Node, what string, keys ...key) map[string]bool {
	seen := map[string]bool{}
	d.pairs(n, what, func(name string, k, v *yaml.Node) {
		i := slices.IndexFunc(keys, func(k key) bool { return k.name == name })
		if i < 0 {
			names := make([]string, len(keys))
			for i, k := range keys {
				names[i] = k.name
			}
			d.node(k, Error, "unknown-field", fmt.Sprintf("%s has no field %s", what, quote(name)), didYouMean(name, names))
			return
		}
		if isNull(v) {
			return
		}
		seen[name] = true
		keys[i].read(v)
	})
	return seen
}

// pairs calls f for each key of a mapping, once, in the order of the file.
func (d *decoder) pairs(n *yaml.Node, what string, f func(name string, k, v *yaml.Node)) {
	n = deref(n)
	if isNull(n) {
		return
	}
	if n.Kind != yaml.MappingNode {
		d.node(n, Error, "wrong-type", fmt.Sprintf("%s is %s, not a group of names and values", what, describe(n)), "")
		return
	}
	lines := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := deref(n.Content[i]), deref(n.Content[i+1])
		if k.Kind != yaml.ScalarNode {
			d.node(k, Error, "wrong-type", fmt.Sprintf("a name is expected, not %s", describe(k)), "")
			continue
		}
		if first, ok := lines[k.Value]; ok {
			d.duplicate(k, first)
			continue
		}
		lines[k.Value] = k
		f(k.Value, k, v)
	}
}

func (r *report) duplicate(k, first *yaml.Node) {
	line, _ := r.nodePosition(first)
	r.node(k, Error, "duplicate-key", fmt.Sprintf("%s stands here twice", quote(k.Value)), fmt.Sprintf("it is in line %d already", line))
}

// str returns a scalar's text, with blanks and line ends folded to one blank.
func (d *decoder) str(n *yaml.Node) string {
	n = deref(n)
	if n.Kind != yaml.ScalarNode {
		d.node(n, Error, "wrong-type", "a text is expected, not "+describe(n), "")
		return ""
	}
	if isNull(n) {
		return ""
	}
	return foldSpace(n.Value)
}

// strs returns a list of texts; one bare text is a list of one.
func (d *decoder) strs(n *yaml.Node) []string {
	var list []string
	d.items(n, func(n *yaml.Node) {
		if s := d.str(n); s != "" {
			list = append(list, s)
		}
	})
	return list
}

// items calls f for each item of a list, or for the one bare value.
func (d *decoder) items(n *yaml.Node, f func(*yaml.Node)) {
	switch n = deref(n); {
	case isNull(n):
	case n.Kind == yaml.SequenceNode:
		for _, c := range n.Content {
			f(deref(c))
		}
	default:
		f(n)
	}
}

// boolean returns true or false.
func (d *decoder) boolean(n *yaml.Node) bool {
	b, err := parseBool(deref(n).Value)
	if err != nil || n.Kind != yaml.ScalarNode {
		d.node(n, Error, "wrong-type", "true or false is expected, not "+describe(n), boolFix(n.Value))
	}
	return b
}

// text returns a Text: a plain string, or a mapping from language to string.
func (d *decoder) text(n *yaml.Node) Text {
	n = deref(n)
	if n.Kind != yaml.MappingNode {
		if s := d.str(n); s != "" {
			return NewText(map[string]string{d.lang: s}, d.lang)
		}
		return Text{}
	}
	byLang := make(map[string]string, len(n.Content)/2)
	d.pairs(n, "the text", func(name string, k, v *yaml.Node) {
		if !d.isLang(name, k) {
			return
		}
		if s := d.str(v); s != "" {
			byLang[name] = s
		}
	})
	if len(byLang) == 0 {
		return Text{}
	}
	return NewText(byLang, d.lang)
}

var langTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

func (d *decoder) isLang(name string, k *yaml.Node) bool {
	if langTag.MatchString(name) {
		return true
	}
	d.node(k, Error, "bad-language", fmt.Sprintf("%s is not a language code", quote(name)), "write en, fr, ar …")
	return false
}

func parseBool(s string) (bool, error) {
	switch s {
	case "true", "True", "TRUE":
		return true, nil
	case "false", "False", "FALSE":
		return false, nil
	}
	return false, strconv.ErrSyntax
}

// boolFix is what the truth values of older YAML are written as.
func boolFix(s string) string {
	switch strings.ToLower(s) {
	case "yes", "y", "on", "1":
		return "write true"
	case "no", "n", "off", "0":
		return "write false"
	}
	return ""
}

func foldSpace(s string) string {
	if !strings.ContainsAny(s, "\n\t") && !strings.Contains(s, "  ") {
		return strings.Trim(s, " ")
	}
	return strings.Join(strings.Fields(s), " ")
}

// humanise makes a readable label of an id: "case-study" → "Case study".
func humanise(id string) string {
	s := foldSpace(strings.NewReplacer("-", " ", "_", " ").Replace(id))
	if s == "" {
		return id
	}
	return upperFirst(s)
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
