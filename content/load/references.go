package load

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"casebook/content"
	"casebook/content/definitions"
	"casebook/content/markdown"
	"casebook/content/source"
)

// checkRefs checks the references of a page to others.
func (c *corpus) checkRefs(d *draft) {
	for _, ref := range d.refs {
		val := d.page.Fields[ref.Field.Name][ref.Value]
		o, ok := c.originals[val.Page]
		switch {
		case !ok:
			d.report.Place(ref.Line, ref.Col, content.Error, "dangling-reference",
				fmt.Sprintf("%s names %s, and there is no page %s", ref.Field.Name, source.Quote(val.ID), source.Quote(val.Page)), c.nearestPage(ref.Field.Pages, val.ID))
		case o == d:
			d.report.Place(ref.Line, ref.Col, content.Error, "dangling-reference", fmt.Sprintf("%s names the page itself", ref.Field.Name), "")
		case o.page != nil && o.page.Status == content.Draft && d.page.Status == content.Published:
			d.report.Place(ref.Line, ref.Col, content.Warning, "draft-reference", fmt.Sprintf("%s names %s, which is a draft, so readers don't see it", ref.Field.Name, source.Quote(val.ID)), "")
		}
	}
	if k := d.page.Kind; k.Parent != "" {
		if v := d.page.Fields[k.Parent]; len(v) > 0 {
			d.page.Parent = v[0].Page
		}
	}
}

// closeRefs adds the pages above those that a page refers to, and finds pages
// that are above themselves.
func (c *corpus) closeRefs(d *draft) {
	for _, f := range d.page.Kind.Fields {
		given := d.page.Fields[f.Name]
		if f.Type != content.TypePage || len(given) == 0 {
			continue
		}
		list := given
		var distinct source.Distinct
		for _, g := range given {
			distinct.Add(g.Page)
		}
		for _, g := range given {
			id := c.parent(g.Page)
			for steps := 0; id != "" && steps < maxAbove && distinct.Add(id); steps++ {
				o, ok := c.originals[id]
				if !ok {
					break
				}
				list = append(list, content.Value{ID: strings.TrimPrefix(id, o.kind.Folder+"/"), Page: id})
				id = c.parent(id)
			}
		}
		d.page.Fields[f.Name] = slices.Clip(list)
	}
	steps := 0
	for id := d.page.Parent; id != "" && steps < maxAbove; id = c.parent(id) {
		if steps++; id == d.id || steps == maxAbove {
			d.report.Place(1, 1, content.Error, "parent-cycle", "the pages above this one lead in a circle", "look at the field "+d.page.Kind.Parent)
			d.page.Parent = ""
		}
	}
}

// maxAbove bounds the pages above a page.
const maxAbove = 64

func (c *corpus) parent(id string) string {
	if d, ok := c.originals[id]; ok && d.page != nil {
		return d.page.Parent
	}
	return ""
}

// checkLinks checks the links of a page's text to other pages and images.
func (c *corpus) checkLinks(d *draft) {
	for _, l := range d.links.Targets {
		wrong := func(sev content.Severity, code, msg, fix string) { d.report.Place(l.Line, l.Col, sev, code, msg, fix) }
		if l.Image != "" {
			if !c.images[l.Image] {
				wrong(content.Error, "broken-image", "there is no image "+source.Quote(l.Image), "")
			}
			continue
		}
		o, ok := c.originals[l.ID]
		if ok && l.Lang != "" {
			_, ok = c.langs[l.ID][l.Lang]
		}
		switch {
		case !ok:
			fix := ""
			if k := c.layout.KindOf(l.ID); k != nil && !d.report.Full() {
				if near, ok := c.nearestID(k, strings.TrimPrefix(l.ID, k.Folder+"/")); ok {
					fix = "did you mean " + source.Quote(relative(path.Dir(d.path), k.Folder+"/"+near+".md")) + "?"
				}
			}
			wrong(content.Error, "broken-link", fmt.Sprintf("the link %s leads to no page", source.Quote(l.Raw)), fix)
		case o.page != nil && o.page.Status == content.Draft && d.page.Status == content.Published:
			wrong(content.Warning, "draft-reference", fmt.Sprintf("the link %s leads to a draft, which readers don't see", source.Quote(l.Raw)), "")
		case l.Anchor != "" && o.page != nil && !c.hasAnchor(o, l.Anchor):
			fix := ""
			if !d.report.Full() {
				fix = source.DidYouMean(l.Anchor, slices.Sorted(maps.Keys(c.anchors[o.page])))
			}
			wrong(content.Error, "broken-link", fmt.Sprintf("%s has no heading %s", o.path, source.Quote("#"+l.Anchor)), fix)
		}
	}
}

// hasAnchor reports whether a page has an anchor, in any of its languages.
func (c *corpus) hasAnchor(o *draft, anchor string) bool {
	if markdown.IsFootnoteAnchor(anchor) {
		return true
	}
	ids, ok := c.anchors[o.page]
	if !ok {
		ids = map[string]bool{}
		all := []*draft{o}
		for _, t := range c.langs[o.id] {
			all = append(all, t)
		}
		for _, d := range all {
			for _, id := range d.links.Anchors {
				ids[id] = true
			}
		}
		c.anchors[o.page] = ids
	}
	return ids[anchor]
}

// dropUnserved takes references to pages that are left out away from a page
// that is served. Their own files have the problem.
func dropUnserved(lib *content.Library, p *content.Page) {
	for _, f := range p.Kind.Fields {
		if f.Type != content.TypePage || len(p.Fields[f.Name]) == 0 {
			continue
		}
		p.Fields[f.Name] = slices.DeleteFunc(p.Fields[f.Name], func(v content.Value) bool {
			_, ok := lib.Place(v.Page)
			return !ok
		})
	}
	if _, ok := lib.Place(p.Parent); !ok {
		p.Parent = ""
	}
}

// relative returns the way from a folder to a file, as a link has it.
func relative(dir, to string) string {
	from, way := strings.Split(dir, "/"), strings.Split(to, "/")
	for len(from) > 0 && len(way) > 1 && from[0] == way[0] {
		from, way = from[1:], way[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(way, "/")
}

// checkAbout checks the page that site.yaml names.
func (c *corpus) checkAbout(defs *definitions.Definitions) *content.Problem {
	id := defs.Site.About
	d, ok := c.originals[id]
	p := &content.Problem{Path: "site.yaml", Line: defs.About.Line, Col: defs.About.Col}
	switch {
	case id == "":
		return nil
	case !ok:
		p.Severity, p.Code, p.Msg = content.Error, "dangling-reference", "there is no page "+source.Quote(id)
		if k := c.layout.KindOf(id); k != nil {
			if near, ok := c.nearestID(k, strings.TrimPrefix(id, k.Folder+"/")); ok {
				p.Fix = "did you mean " + source.Quote(k.Folder+"/"+near) + "?"
			}
		}
	case d.page != nil && d.page.Status == content.Draft:
		p.Severity, p.Code, p.Msg = content.Warning, "draft-reference", "the page "+source.Quote(id)+" is a draft, so readers don't see it"
	default:
		return nil
	}
	return p
}
