package frontmatter

import (
	"fmt"

	"gopkg.in/yaml.v3"

	"casebook/content"
	"casebook/content/definitions"
	"casebook/content/source"
)

// ref reads a reference to a page: its id in its kind's folder, or that and a
// reason. Whether there is such a page is checked when all pages are known.
func (v *values) ref(f *definitions.Field, n *yaml.Node) (val content.Value, ok bool) {
	id := n
	if n.Kind == yaml.MappingNode {
		id = nil
		d := source.Decoder{Report: v.Report, Lang: v.page.Lang}
		d.Mapping(n, "a reference",
			source.On("ref", func(n *yaml.Node) { id = n }),
			source.On("why", func(n *yaml.Node) { val.Why = d.Str(n) }))
		if id == nil {
			v.wrong(n, f.Name, "missing-field", fmt.Sprintf("a reference in %s has no ref", f.Name), "write {ref: …, why: …}")
			return content.Value{}, false
		}
	}
	val.ID, ok = v.scalar(id, f.Name)
	if !ok {
		return content.Value{}, false
	}
	if val.ID == "" {
		v.wrong(n, f.Name, "empty-value", fmt.Sprintf("a value of %s is empty", f.Name), "delete it")
		return content.Value{}, false
	}
	val.Page = f.Pages.Folder + "/" + val.ID
	return val, true
}

// source reads what a page is written from.
func (v *values) source(f *definitions.Field, n *yaml.Node) (val content.Value, ok bool) {
	s := &content.Source{}
	if n.Kind == yaml.ScalarNode {
		v.wrong(n, f.Name, "wrong-type", fmt.Sprintf("a source in %s is %s", f.Name, source.Describe(n)), "write title:, publisher:, year: and url: below each other")
		return content.Value{}, false
	}
	d := source.Decoder{Report: v.Report, Lang: v.page.Lang}
	str := func(to *string) func(*yaml.Node) { return func(n *yaml.Node) { *to = d.Str(n) } }
	before := v.Errors()
	d.Mapping(n, "a source",
		source.On("title", str(&s.Title)), source.On("publisher", str(&s.Publisher)), source.On("author", str(&s.Author)), source.On("note", str(&s.Note)),
		source.On("url", func(n *yaml.Node) {
			if s.URL = d.Str(n); s.URL == "" {
				return
			}
			if why := source.BadURL(s.URL); why != "" {
				d.Node(n, content.Error, "bad-url", why, urlFix(s.URL))
			}
		}),
		source.On("year", func(n *yaml.Node) {
			text := d.Str(n)
			if s.Year = year(text); s.Year < content.MinYear || s.Year > content.MaxYear {
				d.Node(n, content.Error, "bad-years", source.Quote(text)+" is not a year", "write it as 2016")
			}
		}),
		source.On("verified", func(n *yaml.Node) { s.Unverified = !d.Bool(n) }),
	)
	if s.Title == "" && s.URL == "" && v.Errors() == before {
		d.Node(n, content.Error, "missing-field", "a source without title and url", "")
	}
	if v.Errors() > before {
		if v.bad == nil {
			v.bad = map[string]bool{}
		}
		v.bad[f.Name] = true
		return content.Value{}, false
	}
	id := s.Title
	if id == "" {
		id = s.URL
	}
	return content.Value{ID: id, Source: s}, true
}
