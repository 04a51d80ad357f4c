package server

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"casebook/content"
	"casebook/search"
)

// A refView is a link to another page, with what is said of it.
type refView struct {
	Label  label
	URL    string
	Number string // its number below the page above, "" if none
	Why    label  // why the pages belong together
	Note   []label
	Count  string // "3 pages", for those below a page
	Gap    bool   // none refers to it
}

// A refGroup is a list of references under one heading, in subgroups where
// there are many.
type refGroup struct {
	ID    string // anchor
	Label label
	N     int // references in all
	// FilterURL is the search for the pages of the group, "" where no search
	// gives them.
	FilterURL string
	Parts     []refPart
}

// A refPart is the references under one heading; Label is empty for the only one.
type refPart struct {
	ID    string // anchor, "" for the only one
	Label label
	Refs  []refView
}

// An itemsView lists the pages below a page.
type itemsView struct {
	Label label
	Refs  []refView
	Gaps  string // "4 of 19 have no case yet", "" if all have one
}

// groupFrom is how many pages that name a page are shown by groups.
const groupFrom = 4

// items lists the pages below p with how many pages refer to each; nil if
// there are none.
func (r *request) items(p *content.Page) *itemsView {
	children := r.children(p.ID)
	if len(children) == 0 {
		return nil
	}
	v := &itemsView{Label: r.said(children[0].Kind.Plural)}
	gaps := 0
	for _, c := range children {
		ref := r.refView(c)
		n := r.citing(c.ID)
		ref.Count, ref.Gap = r.m.T("page.referred", "n", n), n == 0
		if n == 0 {
			gaps++
		}
		v.Refs = append(v.Refs, ref)
	}
	if gaps > 0 {
		v.Gaps = r.m.T("page.gaps", "n", gaps, "of", len(children))
	}
	return v
}

// refers lists the pages that p names, by field.
func (r *request) refers(p *content.Page) []refGroup {
	var groups []refGroup
	for _, f := range p.Kind.Fields {
		if f.Type != content.TypePage || f.Name == p.Kind.Parent {
			continue
		}
		var refs []refView
		for _, v := range p.Values(f.Name) {
			if !v.Given {
				continue
			}
			if q, ok := r.listed(v.Page); ok {
				ref := r.refView(q)
				ref.Why = r.foreign(v.Why, p.Lang)
				ref.Note = r.above(q)
				refs = append(refs, ref)
			}
		}
		if len(refs) > 0 {
			groups = append(groups, refGroup{ID: "to-" + f.Name, Label: r.listLabel(f), N: len(refs), Parts: []refPart{{Refs: refs}}})
		}
	}
	return groups
}

// listLabel is the heading over the pages that a field names. A field that is
// called like the kind of its pages says no more than what they are, and they
// are a list: "Rules".
func (r *request) listLabel(f *content.Field) label {
	l := r.labelOf(f)
	if k, ok := r.lib.Schema.Kind(f.Kind); ok && f.Many && f.Label.In(r.lib.Site.Languages[0]) == k.Label.In(r.lib.Site.Languages[0]) {
		l = r.said(k.Plural)
	}
	return l
}

// above names the page above q, for a link that stands alone.
func (r *request) above(q *content.Page) []label {
	if up, ok := r.listed(q.Parent); ok {
		return []label{r.pageLabel(up)}
	}
	return nil
}

// referred lists the pages that name p, by kind, and many of one kind by the
// terms of the facet that the map shows. Pages that p names itself in the same
// field are not said twice.
func (r *request) referred(cat *catalogue, p *content.Page) []refGroup {
	said := make(map[string]bool)
	for _, f := range p.Kind.Fields {
		if f.Type == content.TypePage {
			for _, v := range p.Values(f.Name) {
				if v.Given {
					said[f.Name+" "+v.Page] = true
				}
			}
		}
	}
	byKind := make(map[*content.Kind][]reference)
	for _, ref := range r.incoming(p.ID) {
		if !said[ref.Field.Name+" "+ref.From.ID] {
			byKind[ref.From.Kind] = append(byKind[ref.From.Kind], ref)
		}
	}
	var groups []refGroup
	for _, k := range r.lib.Schema.Kinds {
		refs := byKind[k]
		if len(refs) == 0 {
			continue
		}
		g := refGroup{ID: "from-" + k.ID, Label: r.said(k.Plural), N: len(refs), FilterURL: r.filterOf(p, k, refs), Parts: r.parts(cat, k, refs)}
		if k == p.Kind {
			g.Label = label{Text: r.m.T("page.referring", "kind", g.Label.Text)}
		}
		groups = append(groups, g)
	}
	return groups
}

// filterOf is the search for the pages of a kind that refer to p, where they
// are enough to be filtered and one filter gives them.
func (r *request) filterOf(p *content.Page, k *content.Kind, refs []reference) string {
	field := refs[0].Field
	if len(refs) < groupFrom || !r.isFacet(field.Name) || !r.isFacet(content.KindFacet) {
		return ""
	}
	for _, ref := range refs {
		if ref.Field.Name != field.Name {
			return ""
		}
	}
	value, ok := strings.CutPrefix(p.ID, p.Kind.Folder+"/")
	if !ok {
		return ""
	}
	return r.links.Search(search.Query{Page: 1, Size: search.DefaultSize, Lang: r.lang}.Toggle(content.KindFacet, k.ID).Toggle(field.Name, value))
}

// parts divides references by the narrowest terms of the map's facet that
// their pages have: once under the first one.
func (r *request) parts(cat *catalogue, k *content.Kind, refs []reference) []refPart {
	field, ok := k.Field(r.lib.Site.Map)
	if !ok || field.Type != content.TypeTerm || len(refs) < groupFrom {
		return []refPart{{Refs: r.incomingViews(refs)}}
	}
	rank := cat.termRank(r.lang, field.Vocabulary)
	by := make(map[string][]reference)
	for _, ref := range refs {
		id := ""
		for _, v := range r.shownValues(ref.From, field) {
			id = v.ID
			break
		}
		by[id] = append(by[id], ref)
	}
	ids := make([]string, 0, len(by))
	for id := range by {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank[a], rank[b]), cmp.Compare(a, b))
	})
	var parts []refPart
	for _, id := range ids {
		part := refPart{ID: "from-" + k.ID + "-" + cmp.Or(id, "elsewhere"), Refs: r.incomingViews(by[id])}
		if id != "" {
			part.Label = r.valueLabel(field.Name, id)
		} else {
			part.Label = label{Text: r.m.T("page.elsewhere")}
		}
		parts = append(parts, part)
	}
	return parts
}

func (r *request) incomingViews(refs []reference) []refView {
	var views []refView
	for _, ref := range refs {
		v := r.refView(ref.From)
		v.Why = r.foreign(ref.Why, ref.From.Lang)
		if meta := r.metaOf(ref.From); len(meta) > 0 && !strings.Contains(v.Label.Text, meta[0][0].Text) {
			v.Note = meta[0] // what the title doesn't say
		}
		views = append(views, v)
	}
	return views
}

// refView is the link to a page.
func (r *request) refView(p *content.Page) refView {
	v := refView{Label: r.pageLabel(p), URL: r.links.Page(p)}
	if p.Parent != "" {
		for _, f := range p.Kind.Fields {
			if f.Type == content.TypeNumber {
				for _, n := range p.Values(f.Name) {
					number := strconv.FormatFloat(n.Number, 'f', -1, 64)
					if v.Number = r.m.Digits(number); strings.Contains(v.Label.Text, number) {
						v.Number = "" // the title says it
					}
				}
				break
			}
		}
	}
	return v
}

// neighbours are the pages before and after p below the same page.
func (r *request) neighbours(p *content.Page) (prev, next *refView) {
	above, ok := r.lib.Place(p.Parent)
	here, known := r.lib.Place(p.ID)
	if p.Parent == "" || !ok || !known {
		return nil, nil
	}
	siblings := r.lib.Table().Children(above)
	view := func(i int) *refView {
		if i < 0 || i >= len(siblings) {
			return nil
		}
		q, ok := r.listedAt(int(siblings[i]))
		if !ok {
			return nil
		}
		v := r.refView(q)
		return &v
	}
	i, ok := slices.BinarySearch(siblings, uint32(here))
	if !ok {
		return nil, nil
	}
	return view(i - 1), view(i + 1)
}
