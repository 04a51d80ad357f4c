package definitions

import (
	"fmt"

	"gopkg.in/yaml.v3"

	"casebook/content"
	"casebook/content/source"
)

// readGlossary reads glossary.yaml. Besides its fields an entry may have
// language codes, with the equivalent of the preferred term in that language.
func readGlossary(r *source.Report, root *yaml.Node, lang string) *content.Glossary {
	g, d := &content.Glossary{}, &source.Decoder{Report: r, Lang: lang}
	if root == nil {
		return g
	}
	ids := map[string]bool{}
	d.Mapping(root, "the glossary", source.On("terms", func(n *yaml.Node) {
		d.Items(n, func(n *yaml.Node) {
			if e := readEntry(d, n); e == nil {
				return
			} else if ids[e.ID] {
				d.Node(n, content.Error, "duplicate-id", "there are two entries "+source.Quote(e.ID), "")
			} else {
				ids[e.ID] = true
				g.Entries = append(g.Entries, e)
			}
		})
	}))
	return g
}

func readEntry(d *source.Decoder, n *yaml.Node) *content.Entry {
	e, also := &content.Entry{}, map[string]string{}
	fields := []string{"id", "preferred", "synonyms", "abbreviations", "definition"}
	d.Pairs(n, "an entry", func(name string, k, v *yaml.Node) {
		switch {
		case name == "id":
			e.ID = d.Str(v)
		case name == "preferred":
			e.Preferred = d.Text(v)
		case name == "synonyms":
			e.Synonyms = d.Strs(v)
		case name == "abbreviations":
			e.Abbreviations = d.Strs(v)
		case name == "definition":
			e.Definition = d.Text(v)
		case source.LangTag.MatchString(name) && len(name) == 2:
			if s := d.Str(v); s != "" {
				also[name] = s
			}
		default:
			d.Node(k, content.Error, "unknown-field", "an entry has no field "+source.Quote(name), source.DidYouMean(name, fields))
		}
	})
	if len(also) > 0 {
		for _, l := range e.Preferred.Langs() {
			also[l] = e.Preferred.In(l)
		}
		e.Preferred = content.NewText(also, d.Lang)
	}
	switch {
	case source.Deref(n).Kind != yaml.MappingNode:
		return nil // reported
	case e.ID == "":
		d.Node(n, content.Error, "missing-field", "an entry without id", "")
		return nil
	case e.Preferred.IsZero():
		d.Node(n, content.Error, "missing-field", fmt.Sprintf("entry %s has no preferred term", source.Quote(e.ID)), "")
		return nil
	}
	return e
}
