package server

import (
	"slices"
	"strings"
	"time"

	"casebook/content"
	"casebook/search"
	"casebook/server/say"
)

// A hitView is one result, wherever results are listed.
type hitView struct {
	URL      string
	Lang     string // of title and text, where that isn't the page's
	Dir      string // of Lang
	Title    search.Passage
	Text     search.Passage
	Kind     label
	Meta     [][]label // groups of values: where, what, when
	Grades   []gradeView
	Reviewed time.Time
	Tongue   string // name of Lang in the reader's language, "" if it is the page's
}

// A gradeView says how well a page is known, on a scale.
type gradeView struct {
	Field label
	Label label
	Dots  string // "●●○", "" where the values are no scale
}

// maxMeta bounds the values that a result shows of one field.
const maxMeta = 2

// hitViews returns the views of a result's hits.
func (r *request) hitViews(hits []search.Hit) []hitView {
	views := make([]hitView, 0, len(hits))
	for _, h := range hits {
		p, ok := r.listed(h.ID)
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
		Grades:   r.grades(p),
		Reviewed: p.Original().Reviewed,
	}
	if p.Summary != "" {
		v.Text = search.Passage{{Text: p.Summary}}
	}
	if p.Lang != r.lang {
		v.Lang, v.Dir, v.Tongue = p.Lang, say.DirOf(p.Lang), r.m.Language(p.Lang)
	}
	return v
}

// metaOf returns what a result says of a page in short: the page above it;
// where and what, which are the fields of the gap map (a country says more
// than its region); and when.
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
	if above, ok := r.listed(p.Original().Parent); ok {
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
	return meta
}

// grades returns how well a page is known: the values of the fields that come
// with a reason.
func (r *request) grades(p *content.Page) []gradeView {
	var grades []gradeView
	for _, f := range p.Kind.Fields {
		if _, ok := whyField(p.Kind, f.Name); !ok || slices.Contains(r.lib.Site.Matrix[:], f.Name) {
			continue
		}
		for _, v := range r.shownValues(p, f) {
			grades = append(grades, gradeView{Field: r.labelOf(f), Label: r.valueLabel(f.Name, v.ID), Dots: r.dots(p.Kind, f, v.ID)})
		}
	}
	return grades
}

// dots draws the place of a value on a scale: a field that comes with a reason
// and whose terms stand in the order of their file, the best one first.
func (r *request) dots(k *content.Kind, f *content.Field, id string) string {
	const most = 7 // more can't be told apart at a glance
	if _, ok := whyField(k, f.Name); !ok {
		return ""
	}
	voc, ok := r.lib.Vocabulary(f.Vocabulary)
	if !ok || !voc.Ordered || len(voc.Terms) < 2 || len(voc.Terms) > most {
		return ""
	}
	i := slices.IndexFunc(voc.Terms, func(t *content.Term) bool { return t.ID == id })
	if i < 0 {
		return ""
	}
	return strings.Repeat("●", len(voc.Terms)-i) + strings.Repeat("○", i)
}

// valueLabels names the values of a field, at most n and then how many more
// there are. One more is rather named.
func (r *request) valueLabels(p *content.Page, f *content.Field, n int) []label {
	var ls []label
	values := r.shownValues(p, f)
	for i, v := range values {
		if left := len(values) - i; len(ls) == n && left > 1 {
			ls = append(ls, label{Text: r.m.T("hit.more", "n", left)})
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
