package server

import (
	"slices"
	"time"

	"casebook/content"
	"casebook/search"
)

// A hitView is one result, wherever results are listed.
type hitView struct {
	URL      string
	Lang     string // of title and text, where that isn't the page's
	Dir      string // of Lang
	Title    search.Passage
	Text     search.Passage
	Kind     label
	Meta     [][]label // groups of values: where, what, when, how sure
	Reviewed time.Time
	Tongue   string // name of Lang in the reader's language, "" if it is the page's
}

// maxMeta bounds the values that a result shows of one field.
const maxMeta = 2

// hitViews returns the views of a result's hits. A hit whose page is gone is
// passed over: it would be a fault of the index.
func (r *request) hitViews(hits []search.Hit) []hitView {
	views := make([]hitView, 0, len(hits))
	for _, h := range hits {
		p, ok := r.corpus.Page(h.ID)
		if !ok {
			continue
		}
		v := r.hitView(p.In(h.Lang))
		if len(h.Title) > 0 {
			v.Title = h.Title
		}
		if len(h.Passage) > 0 {
			v.Text = h.Passage
		}
		views = append(views, v)
	}
	return views
}

// hitView returns the view of a page without words to mark.
func (r *request) hitView(p *content.Page) hitView {
	v := hitView{
		URL:      r.links.Page(p),
		Title:    search.Passage{{Text: p.Title}},
		Kind:     r.said(p.Kind.Label),
		Meta:     r.metaOf(p),
		Reviewed: p.Original().Reviewed,
	}
	if p.Summary != "" {
		v.Text = search.Passage{{Text: p.Summary}}
	}
	if p.Lang != r.lang {
		v.Lang, v.Dir, v.Tongue = p.Lang, dirOf(p.Lang), r.m.Language(p.Lang)
	}
	return v
}

// metaOf returns what a result says of a page in short: the page above it;
// where and what, which are the fields of the gap map (a country says more
// than its region); when; and how well it is known, which are the fields that
// come with a reason.
func (r *request) metaOf(p *content.Page) [][]label {
	var meta [][]label
	add := func(field string) {
		f, ok := p.Kind.Field(field)
		if !ok {
			return
		}
		if ls := r.valueLabels(p, f, maxMeta); len(ls) > 0 {
			meta = append(meta, ls)
		}
	}
	if above, ok := r.corpus.Page(p.Original().Parent); ok {
		meta = append(meta, []label{r.pageLabel(above)})
	}
	for _, name := range r.lib.Site.Matrix {
		if f, ok := p.Kind.Field(name); ok && f.From != "" && len(p.Values(f.From)) > 0 {
			name = f.From
		}
		add(name)
	}
	for _, f := range p.Kind.Fields {
		if f.Type == content.TypeYears {
			add(f.Name)
		}
	}
	for _, f := range p.Kind.Fields {
		if _, ok := whyField(p.Kind, f.Name); ok && !slices.Contains(r.lib.Site.Matrix[:], f.Name) {
			add(f.Name)
		}
	}
	return meta
}

// valueLabels names the values of a field, at most n and then an ellipsis.
func (r *request) valueLabels(p *content.Page, f *content.Field, n int) []label {
	var ls []label
	for _, v := range r.shownValues(p, f) {
		if len(ls) == n {
			ls = append(ls, label{Text: "…"})
			break
		}
		if f.Type == content.TypeYears {
			ls = append(ls, label{Text: r.shortYears(v.Years)})
		} else {
			ls = append(ls, r.valueLabel(f.Name, v.ID))
		}
	}
	return ls
}
