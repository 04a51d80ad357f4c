package load

import (
	"slices"
	"strings"

	"casebook/content"
	"casebook/content/lexical"
	"casebook/content/source"
)

// maxLooks bounds the searches for the nearest page: each looks at all.
const maxLooks = 1000

// nearestPage is the remedy for an id, relative to the kind's folder, that no
// page has.
func (c *corpus) nearestPage(k *content.Kind, id string) string {
	if near, ok := c.nearestID(k, id); ok {
		return "did you mean " + source.Quote(near) + "?"
	}
	return source.ValidOnes(c.ids[k])
}

func (c *corpus) nearestID(k *content.Kind, id string) (string, bool) {
	if c.looks++; c.looks > maxLooks {
		return "", false
	}
	ids, ok := c.ids[k]
	if !ok {
		for _, d := range c.originals {
			if d.kind == k {
				ids = append(ids, strings.TrimPrefix(d.id, k.Folder+"/"))
			}
		}
		slices.Sort(ids)
		c.ids[k] = ids
	}
	plain := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(id, "/"), k.Folder+"/"), ".md")
	if _, ok := slices.BinarySearch(ids, plain); ok {
		return plain, true
	}
	return lexical.Nearest(plain, ids)
}
