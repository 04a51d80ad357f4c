package site

import (
	"cmp"
	"context"
	"slices"

	"casebook/content"
	"casebook/search"
	"casebook/server/view"
	"casebook/server/view/worldmap"
)

// A HomePage is the first page: the search, the map, the ways in, what is new.
type HomePage struct {
	view.Chrome
	Intro    view.Label
	Examples []view.Link
	News     []view.Hit
	NewsURL  string
	Map      *worldmap.Map // nil without a facet to show on it
	MapLabel view.Label    // of that facet
	MapNote  view.Label
	Regions  []view.TallyRow // the same as the map, as a list
	Ways     []WayIn
	Pages    int
	JSONLD   any
}

// A WayIn offers the values of one facet.
type WayIn struct {
	ID    string
	Title string
	Note  view.Label
	Rows  []view.TallyRow
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

// Home makes the first page.
func Home(ctx context.Context, r *view.Reader) (*HomePage, error) {
	res, err := r.Corpus.Search(ctx, search.Query{Page: 1, Size: maxNews, Lang: r.Lang, Sort: "reviewed"})
	if err != nil {
		return nil, err
	}
	return reader{r}.home(res), nil
}

// home makes the first page of the answer to a question without words.
func (r reader) home(res *search.Result) *HomePage {
	v := &HomePage{Chrome: r.Chrome(""), Pages: res.Total, News: r.Hits(res.Hits)}
	v.Intro = r.Said(r.Library.Site.Intro)
	v.Description = v.Intro.Text
	v.NewsURL = r.Links.Search(search.Query{Sort: "reviewed"})
	for _, e := range r.Library.Site.Examples {
		l := r.Said(e)
		v.Examples = append(v.Examples, view.Link{Label: l, URL: r.Links.Words(l.Text)})
	}
	if f, ok := r.Library.Facet(r.Library.Site.Map); ok && f.Vocabulary != nil {
		v.MapLabel = r.FieldLabel(f.Name)
		v.MapNote = r.Said(f.Vocabulary.Note)
		v.Regions = r.Tally(f, view.Counts(res, f.Name))
		if from := f.Field.From; from != "" {
			v.Map = worldmap.Draw(r.Words, f.Vocabulary, onMap(view.Flat(v.Regions)), view.Counts(res, from))
		}
	}
	for _, name := range r.Library.Site.Ways {
		if way, ok := r.wayIn(name, res); ok {
			v.Ways = append(v.Ways, way)
		}
	}
	v.JSONLD = r.siteLD()
	return v
}

// wayIn offers the broadest values of a facet: terms with their notes, or the
// pages at the top of a tree of references.
func (r reader) wayIn(name string, res *search.Result) (WayIn, bool) {
	f, ok := r.Library.Facet(name)
	if !ok {
		return WayIn{}, false
	}
	way := WayIn{ID: "way-" + name, Title: r.Words.T("home.by", "label", r.FieldLabel(name).Mid(r.Lang))}
	counts := view.Counts(res, name)
	switch {
	case f.Vocabulary != nil:
		way.Note = r.Said(f.Vocabulary.Note)
		for _, row := range r.Tally(f, counts) {
			row.Sub = nil
			way.Rows = append(way.Rows, row)
		}
	case f.Kind != nil:
		k := r.topKind(f.Kind)
		way.Rows = r.topPages(f.Kind, k, counts)
		if k != f.Kind {
			way.Title = r.Words.T("home.pages", "kind", r.Said(f.Kind.Plural).Text, "label", r.Said(k.Plural).Mid(r.Lang))
		}
		if len(way.Rows) > maxPages {
			way.Rows, way.All, way.Kind = way.Rows[:maxPages], r.Links.Kind(k), r.Said(k.Plural).Mid(r.Lang)
		}
	}
	way.Plain = !slices.ContainsFunc(way.Rows, func(t view.TallyRow) bool { return !t.Note.IsZero() })
	return way, len(way.Rows) > 0
}

// topKind is the kind of page that pages of kind k hang below, or k itself
// where they hang below none.
func (r reader) topKind(k *content.Kind) *content.Kind {
	if parent, ok := k.Field(k.Parent); ok {
		if above, ok := r.Library.Schema.Kind(parent.Kind); ok {
			return above
		}
	}
	return k
}

// topPages lists the pages of kind k, which those of kind of hang below or are,
// those with the most first.
func (r reader) topPages(of, k *content.Kind, counts map[string]int) []view.TallyRow {
	var rows []view.TallyRow
	for _, p := range r.PagesAt(r.Library.Table().Roots(k.ID)) {
		if !r.HasChildren(p.ID) && k != of {
			continue // nothing below it to go to
		}
		text := p.In(r.Lang)
		n := counts[p.ID[len(k.Folder)+1:]]
		rows = append(rows, view.TallyRow{
			ID: p.ID, Label: r.PageLabel(p), Note: r.Foreign(text.Summary, text.Lang), URL: r.Links.Page(p),
			N: n, Count: r.Words.Num(n),
		})
	}
	slices.SortStableFunc(rows, func(a, b view.TallyRow) int { return cmp.Compare(b.N, a.N) })
	return rows
}

// siteLD describes the site and its search to search engines.
func (r reader) siteLD() any {
	home := r.Links.Absolute(r.Links.Home())
	if home == "" {
		return nil
	}
	return map[string]any{
		"@context": "https://schema.org", "@type": "WebSite",
		"name": r.Library.Site.Title.In(r.Lang), "url": home, "inLanguage": r.Lang,
		"potentialAction": map[string]any{
			"@type":       "SearchAction",
			"target":      r.Links.Absolute(r.Links.SearchForm()) + "?q={q}",
			"query-input": "required name=q",
		},
	}
}

// onMap returns terms as they are labelled on the map.
func onMap(rows []view.TallyRow) []worldmap.Region {
	regions := make([]worldmap.Region, len(rows))
	for i, row := range rows {
		regions[i] = worldmap.Region{ID: row.ID, Text: row.Label.Text, Lang: row.Label.Lang, Count: row.Count, URL: row.URL}
	}
	return regions
}
