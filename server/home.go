package server

import (
	"cmp"
	"net/http"
	"slices"

	"casebook/content"
	"casebook/search"
)

// A homePage is the first page: the search, the map, the ways in, what is new.
type homePage struct {
	chrome
	Intro    label
	Examples []exampleView
	News     []hitView
	NewsURL  string
	Map      *mapView // nil without a facet to show on it
	MapLabel label    // of that facet
	MapNote  label
	Regions  []tallyRow // the same as the map, as a list
	Ways     []wayIn
	Pages    int
	JSONLD   any
}

type exampleView struct {
	Label label
	URL   string
}

// A wayIn offers the values of one facet.
type wayIn struct {
	ID    string
	Title string
	Note  label
	Rows  []tallyRow
	Plain bool // no value has a note: a list is enough
	// Of pages only the first maxPages are shown; All leads to the rest of
	// them, Kind names them.
	All  string
	Kind string
}

// maxPages is how many pages the first page shows of a way in.
const maxPages = 6

// maxNews is how many pages the first page shows as newly reviewed.
const maxNews = 6

func (s *Server) home(w http.ResponseWriter, r *request) error {
	q := search.Query{Page: 1, Size: maxNews, Lang: r.lang, Sort: "reviewed"}
	res, err := r.corpus.Search(r.Context(), q)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "home", r.homePage(res))
}

// homePage makes the first page of the answer to a question without words.
func (r *request) homePage(res *search.Result) *homePage {
	v := &homePage{chrome: r.chrome(""), Pages: res.Total, News: r.hitViews(res.Hits)}
	v.Intro = r.said(r.lib.Site.Intro)
	v.Description = v.Intro.Text
	v.NewsURL = r.links.Search(search.Query{Sort: "reviewed"})
	for _, e := range r.lib.Site.Examples {
		l := r.said(e)
		v.Examples = append(v.Examples, exampleView{Label: l, URL: r.links.Words(l.Text)})
	}
	if f, ok := r.lib.Schema.Field(r.lib.Site.Map); ok && f.Type == content.TypeTerm {
		v.MapLabel = r.fieldLabel(f.Name)
		v.Regions = r.tally(f, countsOf(res, f.Name))
		if voc, ok := r.lib.Vocabulary(f.Vocabulary); ok {
			v.MapNote = r.said(voc.Note)
			if f.From != "" {
				v.Map = r.regionMap(voc, flat(v.Regions), countsOf(res, f.From))
			}
		}
	}
	for _, name := range r.lib.Site.Ways {
		if way, ok := r.wayIn(name, res); ok {
			v.Ways = append(v.Ways, way)
		}
	}
	v.JSONLD = r.siteLD()
	return v
}

// wayIn offers the broadest values of a facet: terms with their notes, or the
// pages at the top of a tree of references.
func (r *request) wayIn(name string, res *search.Result) (wayIn, bool) {
	f, ok := r.lib.Schema.Field(name)
	if !ok {
		return wayIn{}, false
	}
	way := wayIn{ID: "way-" + name, Title: r.m.T("home.by", "label", r.fieldLabel(name).Mid(r.lang))}
	counts := countsOf(res, name)
	switch f.Type {
	case content.TypeTerm:
		if voc, ok := r.lib.Vocabulary(f.Vocabulary); ok {
			way.Note = r.said(voc.Note)
		}
		for _, row := range r.tally(f, counts) {
			row.Sub = nil
			way.Rows = append(way.Rows, row)
		}
	case content.TypePage:
		k := r.topKind(f)
		if k == nil {
			return wayIn{}, false
		}
		way.Rows = r.topPages(f, k, counts)
		if below, ok := r.lib.Schema.Kind(f.Kind); ok && below != k {
			way.Title = r.m.T("home.pages", "kind", r.said(below.Plural).Text, "label", r.said(k.Plural).Mid(r.lang))
		}
		if len(way.Rows) > maxPages {
			way.Rows, way.All, way.Kind = way.Rows[:maxPages], r.links.Kind(k), r.said(k.Plural).Mid(r.lang)
		}
	}
	way.Plain = !slices.ContainsFunc(way.Rows, func(t tallyRow) bool { return !t.Note.IsZero() })
	return way, len(way.Rows) > 0
}

// topKind is the kind of page that the pages of a field of references hang
// below, or their own where they hang below none.
func (r *request) topKind(f *content.Field) *content.Kind {
	k, ok := r.lib.Schema.Kind(f.Kind)
	if !ok {
		return nil
	}
	if parent, ok := k.Field(k.Parent); ok {
		if above, ok := r.lib.Schema.Kind(parent.Kind); ok {
			return above
		}
	}
	return k
}

// topPages lists the pages of kind k that those of a field of references hang
// below or are, those with the most first.
func (r *request) topPages(f *content.Field, k *content.Kind, counts map[string]int) []tallyRow {
	var rows []tallyRow
	for _, p := range r.pagesAt(r.lib.Table().Roots(k.ID)) {
		if !r.hasChildren(p.ID) && k.ID != f.Kind {
			continue // nothing below it to go to
		}
		text := p.In(r.lang)
		n := counts[p.ID[len(k.Folder)+1:]]
		rows = append(rows, tallyRow{
			ID: p.ID, Label: r.pageLabel(p), Note: r.foreign(text.Summary, text.Lang), URL: r.links.Page(p),
			N: n, Count: r.m.Num(n),
		})
	}
	slices.SortStableFunc(rows, func(a, b tallyRow) int { return cmp.Compare(b.N, a.N) })
	return rows
}

// siteLD describes the site and its search to search engines.
func (r *request) siteLD() any {
	home := r.links.Absolute(r.links.Home())
	if home == "" {
		return nil
	}
	return map[string]any{
		"@context": "https://schema.org", "@type": "WebSite",
		"name": r.lib.Site.Title.In(r.lang), "url": home, "inLanguage": r.lang,
		"potentialAction": map[string]any{
			"@type":       "SearchAction",
			"target":      r.links.Absolute(r.links.SearchForm()) + "?q={q}",
			"query-input": "required name=q",
		},
	}
}
