package content

import (
	"fmt"

	"gopkg.in/yaml.v3"
)

// readGlossary reads glossary.yaml. Besides its fields an entry may have
// language codes, with the equivalent of the preferred term in that language.
func readGlossary(r *report, root *yaml.Node, lang string) *Glossary {
	g, d := &Glossary{}, &decoder{report: r, lang: lang}
	if root == nil {
		return g
	}
	ids := map[string]bool{}
	d.mapping(root, "the glossary", key{"terms", func(n *yaml.Node) {
		d.items(n, func(n *yaml.Node) {
			if e := readEntry(d, n); e == nil {
				return
			} else if ids[e.ID] {
				d.node(n, Error, "duplicate-id", "there are two entries "+quote(e.ID), "")
			} else {
				ids[e.ID] = true
				g.Entries = append(g.Entries, e)
			}
		})
	}})
	return g
}

func readEntry(d *decoder, n *yaml.Node) *Entry {
	e, also := &Entry{}, map[string]string{}
	fields := []string{"id", "preferred", "synonyms", "abbreviations", "definition"}
	d.pairs(n, "an entry", func(name string, k, v *yaml.Node) {
		switch {
		case name == "id":
			e.ID = d.str(v)
		case name == "preferred":
			e.Preferred = d.text(v)
		case name == "synonyms":
			e.Synonyms = d.strs(v)
		case name == "abbreviations":
			e.Abbreviations = d.strs(v)
		case name == "definition":
			e.Definition = d.text(v)
		case langTag.MatchString(name) && len(name) == 2:
			if s := d.str(v); s != "" {
				also[name] = s
			}
		default:
			d.node(k, Error, "unknown-field", "an entry has no field "+quote(name), didYouMean(name, fields))
		}
	})
	if len(also) > 0 {
		for _, l := range e.Preferred.Langs() {
			also[l] = e.Preferred.In(l)
		}
		e.Preferred = NewText(also, d.lang)
	}
	switch {
	case deref(n).Kind != yaml.MappingNode:
		return nil // reported
	case e.ID == "":
		d.node(n, Error, "missing-field", "an entry without id", "")
		return nil
	case e.Preferred.IsZero():
		d.node(n, Error, "missing-field", fmt.Sprintf("entry %s has no preferred term", quote(e.ID)), "")
		return nil
	}
	return e
}
