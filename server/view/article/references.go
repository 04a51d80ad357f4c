package article

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"casebook/content"
	"casebook/search"
	"casebook/server/view"
)

// A Ref is a link to another page, with what is said of it.
type Ref struct {
	Label  view.Label
	URL    string
	Number string     // its number below the page above, "" if none
	Why    view.Label // why the pages belong together
	Note   []view.Label
	Count  string // "3 pages", for those below a page
	Gap    bool   // none refers to it
}

// A RefGroup is a list of references under one heading, in subgroups where
// there are many.
type RefGroup struct {
	ID    string // anchor
	Label view.Label
	N     int // references in all
	// FilterURL is the search for the pages of the group, "" where no search
	// gives them.
	FilterURL string
	Parts     []RefPart
}

// A RefPart is the references under one heading; Label is empty for the only one.
type RefPart struct {
	ID    string // anchor, "" for the only one
	Label view.Label
	Refs  []Ref
}

// Items lists the pages below a page.
type Items struct {
	Label view.Label
	Refs  []Ref
	Gaps  string // "4 of 19 have no case yet", "" if all have one
}

// groupFrom is how many pages that name a page are shown by groups.
const groupFrom = 4

// items lists the pages below p with how many pages refer to each; nil if
// there are none.
func (r reader) items(p *content.Page) *Items {
	children := r.Children(p.ID)
	if len(children) == 0 {
		return nil
	}
	v := &Items{Label: r.Said(children[0].Kind.Plural)}
	gaps := 0
	for _, c := range children {
		ref := r.ref(c)
		n := r.Citing(c.ID)
		ref.Count, ref.Gap = r.Words.T("page.referred", "n", n), n == 0
		if n == 0 {
			gaps++
		}
		v.Refs = append(v.Refs, ref)
	}
	if gaps > 0 {
		v.Gaps = r.Words.T("page.gaps", "n", gaps, "of", len(children))
	}
	return v
}

// refers lists the pages that p names, by field.
func (r reader) refers(p *content.Page) []RefGroup {
	var groups []RefGroup
	for _, f := range p.Kind.Fields {
		if f.Type != content.TypePage || f.Name == p.Kind.Parent {
			continue
		}
		var refs []Ref
		for _, v := range p.Values(f.Name) {
			if !v.Given {
				continue
			}
			if q, ok := r.Listed(v.Page); ok {
				ref := r.ref(q)
				ref.Why = r.Foreign(v.Why, p.Lang)
				ref.Note = r.above(q)
				refs = append(refs, ref)
			}
		}
		if len(refs) > 0 {
			groups = append(groups, RefGroup{ID: "to-" + f.Name, Label: r.listLabel(f), N: len(refs), Parts: []RefPart{{Refs: refs}}})
		}
	}
	return groups
}

// listLabel is the heading over the pages that a field names. A field that is
// called like the kind of its pages says no more than what they are, and they
// are a list: "Rules".
func (r reader) listLabel(f *content.Field) view.Label {
	l := r.LabelOf(f)
	if k, ok := r.Library.Schema.Kind(f.Kind); ok && f.Many && f.Label.In(r.Library.Site.Languages[0]) == k.Label.In(r.Library.Site.Languages[0]) {
		l = r.Said(k.Plural)
	}
	return l
}

// above names the page above q, for a link that stands alone.
func (r reader) above(q *content.Page) []view.Label {
	if up, ok := r.Listed(q.Parent); ok {
		return []view.Label{r.PageLabel(up)}
	}
	return nil
}

// referred lists the pages that name p, by kind, and many of one kind by the
// terms of the facet that the map shows. Pages that p names itself in the same
// field are not said twice.
func (r reader) referred(p *content.Page) []RefGroup {
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
	byKind := make(map[*content.Kind][]view.Mention)
	for _, ref := range r.Mentions(p.ID) {
		if !said[ref.Field.Name+" "+ref.From.ID] {
			byKind[ref.From.Kind] = append(byKind[ref.From.Kind], ref)
		}
	}
	var groups []RefGroup
	for _, k := range r.Library.Schema.Kinds {
		refs := byKind[k]
		if len(refs) == 0 {
			continue
		}
		g := RefGroup{ID: "from-" + k.ID, Label: r.Said(k.Plural), N: len(refs), FilterURL: r.filterOf(p, k, refs), Parts: r.parts(k, refs)}
		if k == p.Kind {
			g.Label = view.Label{Text: r.Words.T("page.referring", "kind", g.Label.Text)}
		}
		groups = append(groups, g)
	}
	return groups
}

// filterOf is the search for the pages of a kind that refer to p, where they
// are enough to be filtered and one filter gives them.
func (r reader) filterOf(p *content.Page, k *content.Kind, refs []view.Mention) string {
	field := refs[0].Field
	if len(refs) < groupFrom || !r.Library.Schema.IsFacet(field.Name) || !r.Library.Schema.IsFacet(content.KindFacet) {
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
	return r.Links.Search(search.Query{Page: 1, Size: search.DefaultSize, Lang: r.Lang}.Toggle(content.KindFacet, k.ID).Toggle(field.Name, value))
}

// parts divides references by the narrowest terms of the map's facet that
// their pages have: once under the first one.
func (r reader) parts(k *content.Kind, refs []view.Mention) []RefPart {
	field, ok := k.Field(r.Library.Site.Map)
	if !ok || field.Type != content.TypeTerm || len(refs) < groupFrom {
		return []RefPart{{Refs: r.incomingViews(refs)}}
	}
	rank := r.TermRank(field.Vocabulary)
	by := make(map[string][]view.Mention)
	for _, ref := range refs {
		id := ""
		for _, v := range r.Shown(ref.From, field) {
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
	var parts []RefPart
	for _, id := range ids {
		part := RefPart{ID: "from-" + k.ID + "-" + cmp.Or(id, "elsewhere"), Refs: r.incomingViews(by[id])}
		if id != "" {
			part.Label = r.ValueLabel(field.Name, id)
		} else {
			part.Label = view.Label{Text: r.Words.T("page.elsewhere")}
		}
		parts = append(parts, part)
	}
	return parts
}

func (r reader) incomingViews(refs []view.Mention) []Ref {
	var views []Ref
	for _, ref := range refs {
		v := r.ref(ref.From)
		v.Why = r.Foreign(ref.Why, ref.From.Lang)
		if meta := r.Meta(ref.From); len(meta) > 0 && !strings.Contains(v.Label.Text, meta[0][0].Text) {
			v.Note = meta[0] // what the title doesn't say
		}
		views = append(views, v)
	}
	return views
}

// Ref is the link to a page.
func (r reader) ref(p *content.Page) Ref {
	v := Ref{Label: r.PageLabel(p), URL: r.Links.Page(p)}
	if p.Parent != "" {
		for _, f := range p.Kind.Fields {
			if f.Type == content.TypeNumber {
				for _, n := range p.Values(f.Name) {
					number := strconv.FormatFloat(n.Number, 'f', -1, 64)
					if v.Number = r.Words.Digits(number); strings.Contains(v.Label.Text, number) {
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
func (r reader) neighbours(p *content.Page) (prev, next *Ref) {
	above, ok := r.Library.Place(p.Parent)
	here, known := r.Library.Place(p.ID)
	if !ok || !known {
		return nil, nil
	}
	siblings := r.Library.Table().Children(above)
	view := func(i int) *Ref {
		if i < 0 || i >= len(siblings) {
			return nil
		}
		q, ok := r.ListedAt(int(siblings[i]))
		if !ok {
			return nil
		}
		v := r.ref(q)
		return &v
	}
	i, ok := slices.BinarySearch(siblings, uint32(here))
	if !ok {
		return nil, nil
	}
	return view(i - 1), view(i + 1)
}
