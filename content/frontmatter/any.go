package frontmatter

import (
	"fmt"
	"math"
	"strconv"

	"gopkg.in/yaml.v3"

	"casebook/content/source"
)

// plain turns a node into maps, slices and plain values. parseYAML has made
// sure that the tree is small with its aliases expanded.
func plain(n *yaml.Node) any {
	n = source.Deref(n)
	switch n.Kind {
	case yaml.MappingNode:
		m := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			k := source.Deref(n.Content[i])
			name := k.Value
			if k.Kind != yaml.ScalarNode {
				name = fmt.Sprint(plain(k))
			}
			m[name] = plain(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, c := range n.Content {
			list[i] = plain(c)
		}
		return list
	}
	switch n.Tag {
	case "!!null":
		return nil
	case "!!bool":
		if b, err := source.ParseBool(n.Value); err == nil {
			return b
		}
	case "!!int":
		if i, err := strconv.ParseInt(n.Value, 10, 64); err == nil {
			return i
		}
	case "!!float":
		if x, err := strconv.ParseFloat(n.Value, 64); err == nil && !math.IsInf(x, 0) && !math.IsNaN(x) {
			return x
		}
	}
	return n.Value
}
