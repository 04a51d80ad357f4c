package view

import (
	"slices"
	"strings"
	"time"

	"casebook/content"
	"casebook/search"
	"casebook/server/say"
)

// A Hit is one result, wherever results are listed.
type Hit struct {
	URL      string
	Lang     string // of title and text, where that isn't the page's
	Dir      string // of Lang
	Title    search.Passage
	Text     search.Passage
	Kind     Label
	Meta     [][]Label // groups of values: where, what, when
	Grades   []Grade
	Reviewed time.Time
	Tongue   string // name of Lang in the reader's language, "" if it is the page's
}

// A Grade says how well a page is known, on a scale.
type Grade struct {
	Field Label
	Label Label
	Dots  string // "●●○", "" where the values are no scale
}

// maxMeta bounds the values that a result shows of one field.
const maxMeta = 2

// Hits returns the views of a result's hits.
func (r *Reader) Hits(hits []search.Hit) []Hit {
	views := make([]Hit, 0, len(hits))
	for _, h := range hits {
		p, ok := r.Listed(h.ID)
		if !ok {
			continue
		}
		v := r.hit(p.In(h.Lang))
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

// hit returns the view of a page without words to mark.
func (r *Reader) hit(p *content.Page) Hit {
	v := Hit{
		URL:      r.Links.Page(p),
		Title:    search.Passage{{Text: p.Title}},
		Kind:     r.Said(p.Kind.Label),
		Meta:     r.Meta(p),
		Grades:   r.grades(p),
		Reviewed: p.Original().Reviewed,
	}
	if p.Summary != "" {
		v.Text = search.Passage{{Text: p.Summary}}
	}
	if p.Lang != r.Lang {
		v.Lang, v.Dir, v.Tongue = p.Lang, say.DirOf(p.Lang), r.Words.Language(p.Lang)
	}
	return v
}

// Meta returns what a result says of a page in short: the page above it;
// where and what, which are the fields of the gap map (a country says more
// than its region); and when.
func (r *Reader) Meta(p *content.Page) [][]Label {
	var meta [][]Label
	add := func(field string) {
		f, ok := p.Kind.Field(field)
		if !ok {
			return
		}
		if ls := r.valueLabels(p, f, maxMeta); len(ls) > 0 {
			meta = append(meta, ls)
		}
	}
	if above, ok := r.Listed(p.Original().Parent); ok {
		meta = append(meta, []Label{r.PageLabel(above)})
	}
	for _, name := range r.Library.Site.Matrix {
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
func (r *Reader) grades(p *content.Page) []Grade {
	var grades []Grade
	for _, f := range p.Kind.Fields {
		if _, ok := p.Kind.Reason(f.Name); !ok || slices.Contains(r.Library.Site.Matrix[:], f.Name) {
			continue
		}
		for _, v := range r.Shown(p, f) {
			grades = append(grades, Grade{Field: r.LabelOf(f), Label: r.ValueLabel(f.Name, v.ID), Dots: r.Dots(p.Kind, f, v.ID)})
		}
	}
	return grades
}

// Dots draws the place of a value on a scale: a field that comes with a reason
// and whose terms stand in the order of their file, the best one first.
func (r *Reader) Dots(k *content.Kind, f *content.Field, id string) string {
	const most = 7 // more can't be told apart at a glance
	if _, ok := k.Reason(f.Name); !ok {
		return ""
	}
	voc, ok := r.Library.Vocabulary(f.Vocabulary)
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
func (r *Reader) valueLabels(p *content.Page, f *content.Field, n int) []Label {
	var ls []Label
	values := r.Shown(p, f)
	for i, v := range values {
		if left := len(values) - i; len(ls) == n && left > 1 {
			ls = append(ls, Label{Text: r.Words.T("hit.more", "n", left)})
			break
		}
		if f.Type == content.TypeYears {
			ls = append(ls, Label{Text: r.ShortYears(v.Years)})
		} else {
			ls = append(ls, r.ValueLabel(f.Name, v.ID))
		}
	}
	return ls
}
