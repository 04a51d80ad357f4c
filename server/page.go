package server

import (
	"net/http"
	"time"

	"casebook/content"
	"casebook/server/address"
	"casebook/server/say"
)

// A pagePage is a content page of any kind.
type pagePage struct {
	chrome
	Heading      label // its title, with the language of the text
	Summary      string
	Kind         label
	KindURL      string
	Crumbs       []crumb
	Facts        []factView
	Contents     []contentsItem
	Sections     []sectionView
	Notes        safeHTML   // the footnotes of the text
	Items        *itemsView // the pages below this one
	Refers       []refGroup // pages that it names
	Referred     []refGroup // pages that name it
	Related      []relatedView
	RelatedTitle string
	Sources      []sourceView
	Reviewed     time.Time
	Due          time.Time // when it should be reviewed again
	Overdue      bool
	Untranslated bool   // the reader's language is another one
	Translation  string // how the translation was made, "" for an original and for a reviewed one
	OriginalURL  string // with Translation: the page in its first language
	Languages    []tongue
	Prev, Next   *refView // its neighbours below the same page
	EditURL      string
	HistoryURL   string
	APIURL       string
	Address      string // to print: absolute where the base URL is known
	Cite         []metaTag
	JSONLD       any
}

// A crumb is one step of the way to a page; the last has no URL.
type crumb struct {
	Label label
	URL   string
}

// A contentsItem is a line of the list of contents.
type contentsItem struct {
	Label string
	ID    string
	Lang  string
	Dir   string
}

// A sectionView is a part of the text.
type sectionView struct {
	content.Section
	Class string
	Safe  safeHTML
}

// reviewEvery is after how long a page should be looked at again.
const reviewYears = 2

// page shows a content page; p is the original, p.In(r.lang) what the reader
// should see.
func (s *Server) page(w http.ResponseWriter, r *request, p *content.Page) error {
	v, err := r.pagePage(p)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "page", v)
}

// pagePage makes the page of p in the reader's language.
func (r *request) pagePage(original *content.Page) (*pagePage, error) {
	p := original.In(r.lang)
	cat := r.srv.catalogueOf(r.lib)
	v := &pagePage{
		chrome:   r.chrome(p.Title),
		Heading:  r.pageLabel(p),
		Summary:  p.Summary,
		Kind:     r.said(p.Kind.Label),
		KindURL:  r.links.Kind(p.Kind),
		Crumbs:   r.crumbs(original),
		Facts:    r.facts(original),
		Reviewed: original.Reviewed,
		APIURL:   r.links.APIPage(original.ID),
	}
	v.Description = p.Summary
	v.Untranslated = p.Lang != r.lang
	if p.Translation != "" {
		v.Translation = p.Translation
		v.OriginalURL = r.links.In(original.Lang).Page(original)
	}
	v.Languages = r.translations(original)
	if !original.Reviewed.IsZero() {
		v.Due = original.Reviewed.AddDate(reviewYears, 0, 0)
		v.Overdue = r.srv.now().After(v.Due)
	}
	for _, sec := range p.Body.Sections {
		v.Sections = append(v.Sections, sectionView{Section: sec, Class: sectionClass(sec), Safe: r.body(sec.HTML)})
		if sec.Title != "" && sec.ID != "" {
			v.Contents = append(v.Contents, contentsItem{Label: sec.Title, ID: sec.ID, Lang: v.Heading.Lang, Dir: v.Heading.Dir})
		}
	}
	v.Notes = r.body(p.Body.Notes)
	v.Items = r.items(original)
	v.Refers = r.refers(original)
	v.Referred = r.referred(cat, original)
	v.Sources = sources(original)
	related, err := r.related(original, v.Refers, v.Referred)
	if err != nil {
		return nil, err
	}
	v.Related = related
	v.RelatedTitle = r.m.T("page.related", "kind", r.said(p.Kind.Plural).Mid(r.lang))
	v.Prev, v.Next = r.neighbours(original)
	v.contents()
	v.EditURL, v.HistoryURL = address.Edit(r.lib.Site.EditURL, p.Path), address.Edit(r.lib.Site.HistoryURL, p.Path)
	v.Address = r.links.Page(original)
	if abs := r.links.Absolute(v.Address); abs != "" {
		v.Address = abs
	}
	v.Cite = r.citation(p, v.Address)
	v.JSONLD = r.jsonLD(p, v)
	return v, nil
}

// contents adds what the program itself puts on the page to the list of contents.
func (v *pagePage) contents() {
	add := func(ok bool, key, id string) {
		if ok {
			v.Contents = append(v.Contents, contentsItem{Label: v.T(key), ID: id})
		}
	}
	add(v.Notes != "", "page.notes", "page-notes")
	if v.Items != nil {
		v.Contents = append(v.Contents, contentsItem{Label: v.Items.Label.Text, ID: "items", Lang: v.Items.Label.Lang, Dir: v.Items.Label.Dir})
	}
	for _, groups := range [][]refGroup{v.Refers, v.Referred} {
		for _, g := range groups {
			v.Contents = append(v.Contents, contentsItem{Label: g.Label.Text, ID: g.ID, Lang: g.Label.Lang, Dir: g.Label.Dir})
		}
	}
	if len(v.Related) > 0 {
		v.Contents = append(v.Contents, contentsItem{Label: v.RelatedTitle, ID: "related"})
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
func (r *request) crumbs(p *content.Page) []crumb {
	var up []crumb
	for above, n := p.Parent, 0; above != "" && n < 8; n++ {
		q, ok := r.listed(above)
		if !ok {
			break
		}
		up = append([]crumb{{Label: r.pageLabel(q), URL: r.links.Page(q)}}, up...)
		above = q.Parent
	}
	return append([]crumb{{Label: r.said(p.Kind.Plural), URL: r.links.Kind(p.Kind)}}, up...)
}

// translations lists the languages of the site that the page is in.
func (r *request) translations(p *content.Page) []tongue {
	langs := p.Langs()
	if len(langs) < 2 {
		return nil
	}
	var ts []tongue
	for _, lang := range langs {
		l := tongue{Lang: lang, Dir: say.DirOf(lang), Name: r.srv.messages.Name(lang), Current: lang == p.In(r.lang).Lang}
		for _, have := range r.lib.Site.Languages {
			if have == lang {
				l.URL = r.links.In(lang).Page(p)
			}
		}
		if l.URL != "" {
			ts = append(ts, l)
		}
	}
	return ts
}

// A sourceView is what a page is written from.
type sourceView struct{ content.Source }

func sources(p *content.Page) []sourceView {
	var out []sourceView
	for _, f := range p.Kind.Fields {
		if f.Type != content.TypeSource {
			continue
		}
		for _, v := range p.Values(f.Name) {
			if v.Source != nil {
				out = append(out, sourceView{*v.Source})
			}
		}
	}
	return out
}
