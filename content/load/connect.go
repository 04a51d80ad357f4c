package load

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"casebook/content"
	"casebook/content/source"
)

// A corpus is all pages of a folder, good and bad, as references see it.
type corpus struct {
	layout    *layout
	originals map[string]*draft            // by id
	langs     map[string]map[string]*draft // translations by id, then language
	images    map[string]bool
	anchors   map[*content.Page]map[string]bool // made when first asked for
	ids       map[*content.Kind][]string        // for remedies, made when first needed
	looks     int                               // at ids, all in all
}

// connect checks what pages say of each other and returns the library of the
// published ones.
func (l *loader) connect(drafts []draft, images []string, spill *spilling) *content.Library {
	c := &corpus{
		layout: l.layout, originals: make(map[string]*draft, len(drafts)), langs: map[string]map[string]*draft{},
		images: map[string]bool{}, anchors: map[*content.Page]map[string]bool{}, ids: map[*content.Kind][]string{},
	}
	for _, p := range images {
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
	var good []*draft
	for i := range drafts {
		d := &drafts[i]
		l.sums[d.path] = d.sum
		l.problems = append(l.problems, d.report.Problems()...)
		if d.good() && !d.translation {
			good = append(good, d)
		}
	}
	slices.SortFunc(good, func(a, b *draft) int { return cmp.Compare(a.id, b.id) })
	lib := content.NewLibrary(l.defs.Library(), c.store(good, spill), nil)
	for _, d := range good {
		dropUnserved(lib, d.page)
	}
	if p := c.checkAbout(l.defs); p != nil {
		l.problems = append(l.problems, p)
	}
	return lib
}

// store joins pages with their translations and returns a store of them.
func (c *corpus) store(good []*draft, spill *spilling) content.PageStore {
	pages, bodies := make(inMemory, len(good)), make([]spans, len(good))
	for i, d := range good {
		pages[i], bodies[i].own = d.page, d.body
		for lang, t := range c.langs[d.id] {
			if !t.good() {
				continue
			}
			t.page.Of = d.page
			if d.page.Translations == nil {
				d.page.Translations, bodies[i].translations = map[string]*content.Page{}, map[string]span{}
			}
			d.page.Translations[lang], bodies[i].translations[lang] = t.page, t.body
		}
	}
	if spill != nil {
		return spilledPages{pages, bodies, spill.to}
	}
	return pages
}

// good reports whether a page is served.
func (d *draft) good() bool {
	return d.page != nil && d.page.Status == content.Published && !d.report.Failed()
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
			d.report.File(content.Error, "case-collision", "the file's name differs from "+o.path+" only by "+how, "rename one of them: on many systems they are one file")
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
			d.report.File(content.Error, "no-original", "the translation has no original "+d.id+".md", c.nearestPage(d.kind, strings.TrimPrefix(d.id, d.kind.Folder+"/")))
		case o.page != nil && o.page.Lang == d.lang:
			d.report.File(content.Error, "same-language", "the original is in "+source.Quote(d.lang)+" too", "rename the file to its language, or set lang: in the original")
		}
	}
}
