package server

import (
	"net/http"
	"slices"
	"strings"

	"golang.org/x/text/unicode/bidi"

	"casebook/search"
	"casebook/server/address"
)

// A searchPage is filters beside results.
type searchPage struct {
	chrome
	Query    search.Query
	Heading  string // the result in words: "14 results for “wells”, filtered by Coast"
	Range    string // "Showing 21–40", "" on a single page
	Total    int
	Match    string   // how the words were read: "Pages with most of these words; …"
	Notes    []string // what else should be known of how the query was read
	Added    *addedView
	DidYou   *didYouView
	Chosen   []chipView
	ClearURL string
	Facets   []facetView
	Filters  int // values chosen, over all filters
	Sorts    []sortView
	Hits     []hitView
	Pager    *pagerView
	Instead  []wayView
	Formats  []formatView
	Updated  string // what the script announces
}

// An addedView says what was searched for besides the words.
type addedView struct {
	Words []string
	More  string // "12 more", "" if that is all
	Only  string // link to the search without them
}

type didYouView struct {
	Text  string
	URL   string
	Total int
}

// A chipView is a chosen value, with the link that takes it away.
type chipView struct {
	Field label
	Value label
	URL   string
}

type sortView struct {
	ID     string
	Label  string
	Chosen bool
}

// A wayView is a way on when nothing was found.
type wayView struct {
	Label string
	URL   string
	Total int
}

type formatView struct{ Label, URL string }

func (s *Server) search(w http.ResponseWriter, r *request) error {
	q, to := r.search()
	if to != "" {
		return redirect(w, http.StatusSeeOther, to)
	}
	res, err := r.corpus.Search(r.Context(), q)
	if err != nil {
		return err
	}
	if last := lastPage(q, res.Total); q.Page > last {
		return redirect(w, http.StatusSeeOther, r.links.AtPage(q, 1))
	}
	return s.render(w, r, http.StatusOK, "search", r.searchPage(q, res))
}

func lastPage(q search.Query, total int) int {
	if q.Size <= 0 {
		return max(1, q.Page)
	}
	return max(1, min((total+q.Size-1)/q.Size, search.MaxDepth/q.Size))
}

// searchPage makes the page of a query and its answer.
func (r *request) searchPage(q search.Query, res *search.Result) *searchPage {
	p := &searchPage{Query: q, Total: res.Total}
	p.Heading = r.heading(q, res.Total)
	title := p.Heading
	if q.Page > 1 {
		title = r.m.T("search.title.page", "heading", p.Heading, "page", q.Page, "pages", lastPage(q, res.Total))
	}
	p.chrome = r.chrome(title)
	p.Q = q.Text
	if kind, ok := r.oneKind(q); ok {
		for i := range p.Nav {
			p.Nav[i].Current = p.Nav[i].URL == r.links.Kind(kind)
		}
	}
	p.NoIndex = r.crawlersStayOut(q)
	p.Canonical = r.links.Absolute(r.links.Search(q))
	p.Description = r.m.T("search.description", "site", p.SiteTitle)
	if len(res.Hits) > 0 && res.Total > len(res.Hits) {
		first := (q.Page-1)*q.Size + 1
		p.Range = r.m.T("search.range", "first", first, "last", first+len(res.Hits)-1)
	}
	switch {
	case res.Total == 0:
	case res.Match == search.MatchMost:
		p.Match = r.m.T("search.match.most")
	case res.Match == search.MatchAll && len(q.Groups) > 1:
		p.Match = r.m.T("search.match.all")
	}
	for _, n := range res.Notes {
		p.Notes = append(p.Notes, r.noteText(n))
	}
	if words, more := r.addedWords(res.Added); len(words)+more > 0 {
		p.Added = &addedView{Words: words, Only: r.links.AsTyped(q, true)}
		if more > 0 {
			p.Added.More = r.m.T("search.added.more", "n", more)
		}
	}
	if d := res.DidYou; d != nil {
		p.DidYou = &didYouView{Text: d.Text, URL: r.links.WithText(q, d.Text), Total: d.Total}
	}
	p.Chosen, p.ClearURL = r.chips(q), r.links.Clear(q)
	p.Filters = chosenValues(q)
	p.Facets = r.facetViews(q, res)
	p.Sorts = r.sorts(q)
	p.Hits = r.hitViews(res.Hits)
	p.Pager = r.pager(q, res.Total)
	for _, way := range res.Instead {
		p.Instead = append(p.Instead, r.wayView(q, way))
	}
	p.Updated = r.m.T("search.count", "n", res.Total)
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
func (r *request) crawlersStayOut(q search.Query) bool {
	return chosenValues(q) > 2 || q.Text != "" || q.Sort != "" || q.Size != search.DefaultSize
}

// InSearch reports whether the page is the search and no kind's list.
func (c chrome) InSearch() bool {
	return c.Path == "/search" && !slices.ContainsFunc(c.Nav, func(n navItem) bool { return n.Current })
}

// sorts lists the orders to choose from.
func (r *request) sorts(q search.Query) []sortView {
	var views []sortView
	for _, id := range address.SortNames(r.lib.Schema) {
		v := sortView{ID: id, Chosen: id == q.Sort}
		switch id {
		case address.Relevance:
			if q.Browsing() {
				continue // newest review stands for it
			}
			v.ID, v.Chosen = "", q.Sort == ""
			v.Label = r.m.T("sort.relevance")
		case "reviewed":
			if q.Browsing() {
				v.ID, v.Chosen = "", q.Sort == "" || q.Sort == id
			}
			v.Label = r.m.T("sort.reviewed")
		case "title":
			v.Label = r.m.T("sort.title")
		default:
			if !r.isFacet(id) {
				continue // orders that say nothing across kinds: the API has them
			}
			v.Label = r.fieldLabel(id).Text
		}
		views = append(views, v)
	}
	return views
}

func (r *request) isFacet(field string) bool {
	for _, f := range r.lib.Schema.Facets {
		if f == field {
			return true
		}
	}
	return false
}

// noteText says in words how a query was read.
func (r *request) noteText(n search.Note) string {
	switch n.Code {
	case search.NoteTooLong, search.NoteManyWords, search.NoteManyPhrases, search.NoteManyNot, search.NoteOpenQuote, search.NoteManyValues:
		return r.m.T("note." + string(n.Code))
	case search.NoteFilter:
		if field, id, ok := strings.Cut(n.Arg, ":"); ok {
			return r.m.T("note.filter", "field", r.fieldLabel(field).Text, "value", r.valueLabel(field, id).Text)
		}
	case search.NoteShortPrefix, search.NoteUnknownField, search.NoteUnknownValue, address.NoteFilterIgnored:
		return r.m.T("note."+string(n.Code), "what", n.Arg)
	}
	return r.m.T("note.other", "what", n.Arg)
}

// addedWords lists what was searched for besides the words, each once, in
// the script that the reader reads, and says how many more there were.
func (r *request) addedWords(added []search.Expansion) (words []string, more int) {
	words, more = pickWords(added, func(w string) bool { return wordDir(w) == r.m.Dir() })
	if len(words) == 0 {
		return pickWords(added, func(string) bool { return true })
	}
	return words, more
}

func pickWords(added []search.Expansion, fits func(string) bool) (words []string, more int) {
	const enough = 6
	seen := make(map[string]bool)
	for _, a := range added {
		for _, w := range a.Added {
			key := strings.ToLower(w)
			switch {
			case seen[key]:
			case len(words) < enough && fits(w):
				words = append(words, w)
			default:
				more++
			}
			seen[key] = true
		}
	}
	return words, more
}

// wordDir is the direction in which a word is written, by its first letter.
func wordDir(w string) string {
	for _, c := range w {
		if p, _ := bidi.LookupRune(c); p.Class() == bidi.R || p.Class() == bidi.AL {
			return "rtl"
		} else if p.Class() == bidi.L {
			return "ltr"
		}
	}
	return "ltr"
}

// wayView says what one could do instead.
func (r *request) wayView(q search.Query, way search.Way) wayView {
	switch {
	case way.Drop != "":
		return wayView{
			Label: r.m.T("way.drop", "field", r.fieldLabel(way.Drop).Text),
			URL:   r.links.WithoutFilter(q, way.Drop), Total: way.Total,
		}
	case way.Field != "":
		broader := q.Only(way.Field, way.Value)
		return wayView{
			Label: r.m.T("way.broader", "field", r.fieldLabel(way.Field).Text, "value", r.valueLabel(way.Field, way.Value).Text),
			URL:   r.links.Search(broader), Total: way.Total,
		}
	}
	return wayView{Label: r.m.T("way.clear"), URL: r.links.Clear(q), Total: way.Total}
}
