package article

import (
	"context"
	"html/template"
	"time"

	"casebook/content"
	"casebook/server/address"
	"casebook/server/say"
	"casebook/server/view"
)

// A Page is a content page of any kind.
type Page struct {
	view.Chrome
	Heading      view.Label // its title, with the language of the text
	Summary      string
	Kind         view.Label
	KindURL      string
	Crumbs       []view.Link
	Facts        []Fact
	Contents     []ContentsItem
	Sections     []Section
	Notes        template.HTML // the footnotes of the text
	Items        *Items        // the pages below this one
	Refers       []RefGroup    // pages that it names
	Referred     []RefGroup    // pages that name it
	Related      []Related
	RelatedTitle string
	Sources      []Source
	Reviewed     time.Time
	Due          time.Time // when it should be reviewed again
	Overdue      bool
	Untranslated bool   // the reader's language is another one
	Translation  string // how the translation was made, "" for an original and for a reviewed one
	OriginalURL  string // with Translation: the page in its first language
	Languages    []view.Tongue
	Prev, Next   *Ref // its neighbours below the same page
	EditURL      string
	HistoryURL   string
	APIURL       string
	Address      string // to print: absolute where the base URL is known
	Cite         []MetaTag
	JSONLD       any
}

// A ContentsItem is a line of the list of contents.
type ContentsItem struct {
	Label string
	ID    string
	Lang  string
	Dir   string
}

// A Section is a part of the text.
type Section struct {
	content.Section
	Class string
	Safe  template.HTML
}

// reviewYears is after how many years a page should be looked at again.
const reviewYears = 2

// A reader makes the parts of a page.
type reader struct{ *view.Reader }

// Of makes the page of p, an original, in the reader's language.
func Of(ctx context.Context, r *view.Reader, p *content.Page) (*Page, error) {
	return reader{r}.page(ctx, p)
}

func (r reader) page(ctx context.Context, original *content.Page) (*Page, error) {
	p := original.In(r.Lang)
	v := &Page{
		Chrome:   r.Chrome(p.Title),
		Heading:  r.PageLabel(p),
		Summary:  p.Summary,
		Kind:     r.Said(p.Kind.Label),
		KindURL:  r.Links.Kind(p.Kind),
		Crumbs:   r.crumbs(original),
		Facts:    r.facts(original),
		Reviewed: original.Reviewed,
		APIURL:   r.Links.APIPage(original.ID),
	}
	v.Description = p.Summary
	v.Untranslated = p.Lang != r.Lang
	if p.Translation != "" {
		v.Translation = p.Translation
		v.OriginalURL = r.Links.In(original.Lang).Page(original)
	}
	v.Languages = r.translations(original)
	if !original.Reviewed.IsZero() {
		v.Due = original.Reviewed.AddDate(reviewYears, 0, 0)
		v.Overdue = r.Now().After(v.Due)
	}
	for _, sec := range p.Body.Sections {
		v.Sections = append(v.Sections, Section{Section: sec, Class: sectionClass(sec), Safe: r.HTML(sec.HTML)})
		if sec.Title != "" && sec.ID != "" {
			v.Contents = append(v.Contents, ContentsItem{Label: sec.Title, ID: sec.ID, Lang: v.Heading.Lang, Dir: v.Heading.Dir})
		}
	}
	v.Notes = r.HTML(p.Body.Notes)
	v.Items = r.items(original)
	v.Refers = r.refers(original)
	v.Referred = r.referred(original)
	v.Sources = sources(original)
	related, err := r.related(ctx, original, v.Refers, v.Referred)
	if err != nil {
		return nil, err
	}
	v.Related = related
	v.RelatedTitle = r.Words.T("page.related", "kind", r.Said(p.Kind.Plural).Mid(r.Lang))
	v.Prev, v.Next = r.neighbours(original)
	v.contents()
	v.EditURL, v.HistoryURL = address.Edit(r.Library.Site.EditURL, p.Path), address.Edit(r.Library.Site.HistoryURL, p.Path)
	v.Address = r.Links.Page(original)
	if abs := r.Links.Absolute(v.Address); abs != "" {
		v.Address = abs
	}
	v.Cite = r.citation(p, v.Address)
	v.JSONLD = r.jsonLD(p, v)
	return v, nil
}

// contents adds what the program itself puts on the page to the list of contents.
func (v *Page) contents() {
	add := func(ok bool, key, id string) {
		if ok {
			v.Contents = append(v.Contents, ContentsItem{Label: v.T(key), ID: id})
		}
	}
	add(v.Notes != "", "page.notes", "page-notes")
	if v.Items != nil {
		v.Contents = append(v.Contents, ContentsItem{Label: v.Items.Label.Text, ID: "items", Lang: v.Items.Label.Lang, Dir: v.Items.Label.Dir})
	}
	for _, groups := range [][]RefGroup{v.Refers, v.Referred} {
		for _, g := range groups {
			v.Contents = append(v.Contents, ContentsItem{Label: g.Label.Text, ID: g.ID, Lang: g.Label.Lang, Dir: g.Label.Dir})
		}
	}
	if len(v.Related) > 0 {
		v.Contents = append(v.Contents, ContentsItem{Label: v.RelatedTitle, ID: "related"})
	}
	add(len(v.Sources) > 0, "page.sources", "sources")
}

func sectionClass(s content.Section) string {
	if s.Key == "" {
		return ""
	}
	return "s-" + s.Key
}

// crumbs leads from the list of the kind over the pages above to p.
func (r reader) crumbs(p *content.Page) []view.Link {
	var up []view.Link
	for above, n := p.Parent, 0; above != "" && n < 8; n++ {
		q, ok := r.Listed(above)
		if !ok {
			break
		}
		up = append([]view.Link{{Label: r.PageLabel(q), URL: r.Links.Page(q)}}, up...)
		above = q.Parent
	}
	return append([]view.Link{{Label: r.Said(p.Kind.Plural), URL: r.Links.Kind(p.Kind)}}, up...)
}

// translations lists the languages of the site that the page is in.
func (r reader) translations(p *content.Page) []view.Tongue {
	langs := p.Langs()
	if len(langs) < 2 {
		return nil
	}
	var ts []view.Tongue
	for _, lang := range langs {
		l := view.Tongue{Lang: lang, Dir: say.DirOf(lang), Name: r.LanguageName(lang), Current: lang == p.In(r.Lang).Lang}
		for _, have := range r.Library.Site.Languages {
			if have == lang {
				l.URL = r.Links.In(lang).Page(p)
			}
		}
		if l.URL != "" {
			ts = append(ts, l)
		}
	}
	return ts
}

// A Source is what a page is written from.
type Source struct{ content.Source }

func sources(p *content.Page) []Source {
	var out []Source
	for _, f := range p.Kind.Fields {
		for _, v := range p.Values(f.Name) {
			if v.Source != nil {
				out = append(out, Source{*v.Source})
			}
		}
	}
	return out
}
