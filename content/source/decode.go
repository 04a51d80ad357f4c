package source

import (
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"

	"casebook/content"
)

// A Decoder reads YAML nodes of one data file (schema, site, vocabulary,
// glossary) and reports what is wrong with them where it stands.
type Decoder struct {
	*Report
	Lang string // of plain strings where a Text is expected
}

// A Key is one name that a mapping may have and what reads its value.
type Key struct {
	name string
	read func(*yaml.Node)
}

// On returns the key of this name, whose value read reads.
func On(name string, read func(*yaml.Node)) Key { return Key{name, read} }

// Mapping calls the reader of each key that is there, in the order of the
// file, and reports others. It returns the names that have a value.
func (d *Decoder) Mapping(n *yaml.Node, what string, keys ...Key) map[string]bool {
	seen := map[string]bool{}
	d.Pairs(n, what, func(name string, k, v *yaml.Node) {
		i := slices.IndexFunc(keys, func(k Key) bool { return k.name == name })
		if i < 0 {
			names := make([]string, len(keys))
			for i, k := range keys {
				names[i] = k.name
			}
			d.Node(k, content.Error, "unknown-field", fmt.Sprintf("%s has no field %s", what, Quote(name)), DidYouMean(name, names))
			return
		}
		if IsNull(v) {
			return
		}
		seen[name] = true
		keys[i].read(v)
	})
	return seen
}

// Pairs calls f for each key of a mapping, once, in the order of the file.
func (d *Decoder) Pairs(n *yaml.Node, what string, f func(name string, k, v *yaml.Node)) {
	n = Deref(n)
	if IsNull(n) {
		return
	}
	if n.Kind != yaml.MappingNode {
		d.Node(n, content.Error, "wrong-type", fmt.Sprintf("%s is %s, not a group of names and values", what, Describe(n)), "")
		return
	}
	lines := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := Deref(n.Content[i]), Deref(n.Content[i+1])
		if k.Kind != yaml.ScalarNode {
			d.Node(k, content.Error, "wrong-type", fmt.Sprintf("a name is expected, not %s", Describe(k)), "")
			continue
		}
		if first, ok := lines[k.Value]; ok {
			d.Duplicate(k, first)
			continue
		}
		lines[k.Value] = k
		f(k.Value, k, v)
	}
}

// Duplicate reports a key that stands in its mapping for the second time.
func (r *Report) Duplicate(k, first *yaml.Node) {
	line, _ := r.NodePosition(first)
	r.Node(k, content.Error, "duplicate-key", fmt.Sprintf("%s stands here twice", Quote(k.Value)), fmt.Sprintf("it is in line %d already", line))
}

// Str returns a scalar's text, with blanks and line ends folded to one blank.
func (d *Decoder) Str(n *yaml.Node) string {
	n = Deref(n)
	if n.Kind != yaml.ScalarNode {
		d.Node(n, content.Error, "wrong-type", "a text is expected, not "+Describe(n), "")
		return ""
	}
	if IsNull(n) {
		return ""
	}
	return FoldSpace(n.Value)
}

// Strs returns a list of texts; one bare text is a list of one.
func (d *Decoder) Strs(n *yaml.Node) []string {
	var list []string
	d.Items(n, func(n *yaml.Node) {
		if s := d.Str(n); s != "" {
			list = append(list, s)
		}
	})
	return list
}

// Items calls f for each item of a list, or for the one bare value.
func (d *Decoder) Items(n *yaml.Node, f func(*yaml.Node)) {
	switch n = Deref(n); {
	case IsNull(n):
	case n.Kind == yaml.SequenceNode:
		for _, c := range n.Content {
			f(Deref(c))
		}
	default:
		f(n)
	}
}

// Bool returns true or false.
func (d *Decoder) Bool(n *yaml.Node) bool {
	n = Deref(n)
	b, err := ParseBool(n.Value)
	if err != nil || n.Kind != yaml.ScalarNode {
		d.Node(n, content.Error, "wrong-type", "true or false is expected, not "+Describe(n), BoolFix(n.Value))
	}
	return b
}

// Text returns a Text: a plain string, or a mapping from language to string.
func (d *Decoder) Text(n *yaml.Node) content.Text {
	n = Deref(n)
	if n.Kind != yaml.MappingNode {
		if s := d.Str(n); s != "" {
			return content.NewText(map[string]string{d.Lang: s}, d.Lang)
		}
		return content.Text{}
	}
	byLang := make(map[string]string, len(n.Content)/2)
	d.Pairs(n, "the text", func(name string, k, v *yaml.Node) {
		if !d.IsLang(name, k) {
			return
		}
		if s := d.Str(v); s != "" {
			byLang[name] = s
		}
	})
	if len(byLang) == 0 {
		return content.Text{}
	}
	return content.NewText(byLang, d.Lang)
}

// IsLang reports whether a key is a language code, and the problem if not.
func (d *Decoder) IsLang(name string, k *yaml.Node) bool {
	if LangTag.MatchString(name) {
		return true
	}
	d.Node(k, content.Error, "bad-language", fmt.Sprintf("%s is not a language code", Quote(name)), "write en, fr, ar …")
	return false
}

// Lookup returns the value of a key of a mapping, nil if there is none.
func Lookup(n *yaml.Node, name string) *yaml.Node {
	n = Deref(n)
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if k := Deref(n.Content[i]); k.Kind == yaml.ScalarNode && k.Value == name {
			return Deref(n.Content[i+1])
		}
	}
	return nil
}
