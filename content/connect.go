package content

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"casebook/content/lexical"
)

// A corpus is all pages of a folder, good and bad, as references see it.
type corpus struct {
	l         *loader
	originals map[string]*draft            // by id
	langs     map[string]map[string]*draft // translations by id, then language
	images    map[string]bool
	anchors   map[*Page]map[string]bool // made when first asked for
	ids       map[*Kind][]string        // for remedies, made when first needed
	looks     int                       // at ids, all in all
}

// connect checks what pages say of each other and fills the library with the
// published ones.
func (l *loader) connect(drafts []draft) {
	c := &corpus{
		l: l, originals: make(map[string]*draft, len(drafts)), langs: map[string]map[string]*draft{},
		images: map[string]bool{}, anchors: map[*Page]map[string]bool{}, ids: map[*Kind][]string{},
	}
	for _, p := range l.lib.Images {
		c.images[p] = true
	}
	c.collect(drafts)
	for i := range drafts {
		if d := &drafts[i]; d.page != nil {
			c.checkRefs(d)
		}
	}
	for i := range drafts {
		if d := &drafts[i]; d.page != nil {
			c.closeRefs(d)
			c.checkLinks(d)
		}
	}
	var pages []*Page
	for i := range drafts {
		d := &drafts[i]
		l.sums[d.path] = d.sum
		l.problems = append(l.problems, d.report.done()...)
		if !d.good() || d.translation {
			continue
		}
		for lang, t := range c.langs[d.id] {
			if t.good() {
				t.page.Of = d.page
				if d.page.Translations == nil {
					d.page.Translations = map[string]*Page{}
				}
				d.page.Translations[lang] = t.page
			}
		}
		pages = append(pages, d.page)
	}
	l.lib.keep(pages)
	if l.spill != nil {
		l.lib.pages = spilledPages{pages, l.spill.to}
	}
	for _, p := range pages {
		c.dropUnserved(p)
	}
}

// good reports whether a page is served.
func (d *draft) good() bool {
	return d.page != nil && d.page.Status == Published && !d.report.failed()
}

// collect sorts originals and translations, and reports those that collide.
func (c *corpus) collect(drafts []draft) {
	lower := make(map[string]*draft, len(drafts))
	for i := range drafts {
		d := &drafts[i]
		key := strings.ToLower(norm.NFC.String(d.path))
		if o, ok := lower[key]; ok {
			how := "case"
			if !strings.EqualFold(d.path, o.path) {
				how = "the way in which its accents are stored"
			}
			d.report.file(Error, "case-collision", "the file's name differs from "+o.path+" only by "+how, "rename one of them: on many systems they are one file")
		} else {
			lower[key] = d
		}
		if !d.translation {
			c.originals[d.id] = d
			continue
		}
		if c.langs[d.id] == nil {
			c.langs[d.id] = map[string]*draft{}
		}
		c.langs[d.id][d.lang] = d
	}
	for i := range drafts {
		d := &drafts[i]
		if !d.translation {
			continue
		}
		switch o := c.originals[d.id]; {
		case o == nil:
			d.report.file(Error, "no-original", "the translation has no original "+d.id+".md", c.nearestPage(d.kind, strings.TrimPrefix(d.id, d.kind.Folder+"/")))
		case o.page != nil && o.page.Lang == d.lang:
			d.report.file(Error, "same-language", "the original is in "+quote(d.lang)+" too", "rename the file to its language, or set lang: in the original")
		}
	}
}

// maxLooks bounds the searches for the nearest page: each looks at all.
const maxLooks = 1000

// nearestPage is the remedy for an id, relative to the kind's folder, that no
// page has.
func (c *corpus) nearestPage(k *Kind, id string) string {
	if near, ok := c.nearestID(k, id); ok {
		return "did you mean " + quote(near) + "?"
	}
	return validOnes(c.ids[k])
}

func (c *corpus) nearestID(k *Kind, id string) (string, bool) {
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

// relative returns the way from a folder to a file, as a link has it.
func relative(dir, to string) string {
	from, way := strings.Split(dir, "/"), strings.Split(to, "/")
	for len(from) > 0 && len(way) > 1 && from[0] == way[0] {
		from, way = from[1:], way[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(way, "/")
}

// checkRefs checks the references of a page to others.
func (c *corpus) checkRefs(d *draft) {
	for _, ref := range d.pend.refs {
		val := d.page.values[ref.field.Name][ref.value]
		o, ok := c.originals[val.Page]
		switch {
		case !ok:
			d.report.place(ref.line, ref.col, Error, "dangling-reference",
				fmt.Sprintf("%s names %s, and there is no page %s", ref.field.Name, quote(val.ID), quote(val.Page)), c.nearestPage(ref.field.kind, val.ID))
		case o == d:
			d.report.place(ref.line, ref.col, Error, "dangling-reference", fmt.Sprintf("%s names the page itself", ref.field.Name), "")
		case o.page != nil && o.page.Status == Draft && d.page.Status == Published:
			d.report.place(ref.line, ref.col, Warning, "draft-reference", fmt.Sprintf("%s names %s, which is a draft, so readers don't see it", ref.field.Name, quote(val.ID)), "")
		}
	}
	if k := d.page.Kind; k.Parent != "" {
		if v := d.page.values[k.Parent]; len(v) > 0 {
			d.page.Parent = v[0].Page
		}
	}
}

// closeRefs adds the pages above those that a page refers to, and finds pages
// that are above themselves.
func (c *corpus) closeRefs(d *draft) {
	for _, f := range d.page.Kind.Fields {
		given := d.page.values[f.Name]
		if f.Type != TypePage || len(given) == 0 {
			continue
		}
		list := given
		var once seen
		for _, g := range given {
			once.add(g.Page)
		}
		for _, g := range given {
			id := c.parent(g.Page)
			for steps := 0; id != "" && steps < maxNesting && once.add(id); steps++ {
				o, ok := c.originals[id]
				if !ok {
					break
				}
				list = append(list, Value{ID: strings.TrimPrefix(id, o.kind.Folder+"/"), Page: id})
				id = c.parent(id)
			}
		}
		d.page.values[f.Name] = slices.Clip(list)
	}
	steps := 0
	for id := d.page.Parent; id != "" && steps < maxNesting; id = c.parent(id) {
		if steps++; id == d.id || steps == maxNesting {
			d.report.place(1, 1, Error, "parent-cycle", "the pages above this one lead in a circle", "look at the field "+d.page.Kind.Parent)
			d.page.Parent = ""
		}
	}
}

func (c *corpus) parent(id string) string {
	if d, ok := c.originals[id]; ok && d.page != nil {
		return d.page.Parent
	}
	return ""
}

// checkLinks checks the links of a page's text to other pages and images.
func (c *corpus) checkLinks(d *draft) {
	for _, l := range d.pend.links {
		wrong := func(sev Severity, code, msg, fix string) { d.report.place(l.line, l.col, sev, code, msg, fix) }
		if l.image != "" {
			if !c.images[l.image] {
				wrong(Error, "broken-image", "there is no image "+quote(l.image), "")
			}
			continue
		}
		o, ok := c.originals[l.id]
		if ok && l.lang != "" {
			_, ok = c.langs[l.id][l.lang]
		}
		switch {
		case !ok:
			fix := ""
			if k := c.l.layout.kindOf(l.id); k != nil && !d.report.full() {
				if near, ok := c.nearestID(k, strings.TrimPrefix(l.id, k.Folder+"/")); ok {
					fix = "did you mean " + quote(relative(path.Dir(d.path), k.Folder+"/"+near+".md")) + "?"
				}
			}
			wrong(Error, "broken-link", fmt.Sprintf("the link %s leads to no page", quote(l.raw)), fix)
		case o.page != nil && o.page.Status == Draft && d.page.Status == Published:
			wrong(Warning, "draft-reference", fmt.Sprintf("the link %s leads to a draft, which readers don't see", quote(l.raw)), "")
		case l.anchor != "" && o.page != nil && !c.hasAnchor(o, l.anchor):
			fix := ""
			if !d.report.full() {
				fix = didYouMean(l.anchor, sortedKeys(c.anchors[o.page]))
			}
			wrong(Error, "broken-link", fmt.Sprintf("%s has no heading %s", o.path, quote("#"+l.anchor)), fix)
		}
	}
}

// hasAnchor reports whether a page has an anchor, in any of its languages.
func (c *corpus) hasAnchor(o *draft, anchor string) bool {
	if isFootnoteAnchor(anchor) {
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
			if d.pend == nil {
				continue
			}
			for _, id := range d.pend.anchors {
				ids[id] = true
			}
		}
		c.anchors[o.page] = ids
	}
	return ids[anchor]
}

// dropUnserved takes references to pages that are left out away from a page
// that is served. Their own files have the problem.
func (c *corpus) dropUnserved(p *Page) {
	lib := c.l.lib
	for _, f := range p.Kind.Fields {
		if f.Type != TypePage || len(p.values[f.Name]) == 0 {
			continue
		}
		p.values[f.Name] = slices.DeleteFunc(p.values[f.Name], func(v Value) bool {
			_, ok := lib.Place(v.Page)
			return !ok
		})
	}
	if _, ok := lib.Place(p.Parent); !ok {
		p.Parent = ""
	}
}
