package results

import (
	"casebook/search"
	"casebook/server/view"
)

// A Page is filters beside results.
type Page struct {
	view.Chrome
	Query    search.Query
	Heading  string // the result in words: "14 results for “wells”, filtered by Coast"
	Range    string // "Showing 21–40", "" on a single page
	Total    int
	Match    string   // how the words were read: "Pages with most of these words; …"
	Notes    []string // what else should be known of how the query was read
	Added    *Added
	DidYou   *DidYou
	Chosen   []Chip
	ClearURL string
	Facets   []Facet
	Filters  int // values chosen, over all filters
	Sorts    []Sort
	Hits     []view.Hit
	Pager    *Pager
	Instead  []Way
	Updated  string // what the script announces
}

// DidYou is a spelling that finds more.
type DidYou struct {
	Text  string
	URL   string
	Total int
}

// A Way is a way on when nothing was found.
type Way struct {
	Label string
	URL   string
	Total int
}

// A reader makes the parts of a page.
type reader struct{ *view.Reader }

// Of makes the page of a query and its answer.
func Of(r *view.Reader, q search.Query, res *search.Result) *Page {
	return reader{r}.page(q, res)
}

// LastPage returns the number of the last page that a query has when it finds
// total pages.
func LastPage(q search.Query, total int) int {
	if q.Size <= 0 {
		return max(1, q.Page)
	}
	return max(1, min((total+q.Size-1)/q.Size, search.MaxDepth/q.Size))
}

func (r reader) page(q search.Query, res *search.Result) *Page {
	p := &Page{Query: q, Total: res.Total}
	p.Heading = r.heading(q, res.Total)
	title := p.Heading
	if q.Page > 1 {
		title = r.Words.T("search.title.page", "heading", p.Heading, "page", q.Page, "pages", LastPage(q, res.Total))
	}
	p.Chrome = r.Chrome(title)
	p.Q = q.Text
	if kind, ok := r.oneKind(q); ok {
		for i := range p.Nav {
			p.Nav[i].Current = p.Nav[i].URL == r.Links.Kind(kind)
		}
	}
	p.NoIndex = r.crawlersStayOut(q)
	p.Canonical = r.Links.Absolute(r.Links.Search(q))
	p.Description = r.Words.T("search.description", "site", p.SiteTitle)
	if len(res.Hits) > 0 && res.Total > len(res.Hits) {
		first := (q.Page-1)*q.Size + 1
		p.Range = r.Words.T("search.range", "first", first, "last", first+len(res.Hits)-1)
	}
	switch {
	case res.Total == 0:
	case res.Match == search.MatchMost:
		p.Match = r.Words.T("search.match.most")
	case res.Match == search.MatchAll && len(q.Groups) > 1:
		p.Match = r.Words.T("search.match.all")
	}
	for _, n := range res.Notes {
		p.Notes = append(p.Notes, r.noteText(n))
	}
	if words, more := r.addedWords(res.Added); len(words)+more > 0 {
		p.Added = &Added{Words: words, Only: r.Links.AsTyped(q, true)}
		if more > 0 {
			p.Added.More = r.Words.T("search.added.more", "n", more)
		}
	}
	if d := res.DidYou; d != nil {
		p.DidYou = &DidYou{Text: d.Text, URL: r.Links.WithText(q, d.Text), Total: d.Total}
	}
	p.Chosen, p.ClearURL = r.chips(q), r.Links.Clear(q)
	p.Filters = chosenValues(q)
	p.Facets = r.facetViews(q, res)
	p.Sorts = r.sorts(q)
	p.Hits = r.Hits(res.Hits)
	p.Pager = r.pager(q, res.Total)
	for _, way := range res.Instead {
		p.Instead = append(p.Instead, r.wayView(q, way))
	}
	p.Updated = r.Words.T("search.count", "n", res.Total)
	return p
}

// chosenValues counts what is chosen, over all filters; a span of years is one.
func chosenValues(q search.Query) int {
	n := 0
	for _, f := range q.Filters {
		n += len(f.Values) + min(1, f.From+f.To)
	}
	return n
}

// crawlersStayOut keeps crawlers from walking every combination of filters.
func (r reader) crawlersStayOut(q search.Query) bool {
	return chosenValues(q) > 2 || q.Text != "" || q.Sort != "" || q.Size != search.DefaultSize
}

// wayView says what one could do instead.
func (r reader) wayView(q search.Query, way search.Way) Way {
	switch {
	case way.Drop != "":
		return Way{
			Label: r.Words.T("way.drop", "field", r.FieldLabel(way.Drop).Text),
			URL:   r.Links.WithoutFilter(q, way.Drop), Total: way.Total,
		}
	case way.Field != "":
		broader := q.Only(way.Field, way.Value)
		return Way{
			Label: r.Words.T("way.broader", "field", r.FieldLabel(way.Field).Text, "value", r.ValueLabel(way.Field, way.Value).Text),
			URL:   r.Links.Search(broader), Total: way.Total,
		}
	}
	return Way{Label: r.Words.T("way.clear"), URL: r.Links.Clear(q), Total: way.Total}
}
