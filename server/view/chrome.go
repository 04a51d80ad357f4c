package view

import (
	"slices"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
	"casebook/server/say"
)

// Chrome is what the layout needs of every page. Each page's struct embeds it,
// so templates reach all of it directly: {{.Lang}}, {{.T "nav.search"}}.
//
// In a part that is called for one item of a list, hand over both with `in`:
//
//	{{range .Hits}}{{template "hit" in $ .}}{{end}}
//	{{define "hit"}}<a href="{{.It.URL}}">{{.It.Title}}</a> {{.T "hit.reviewed" "date" (.Date .It.Reviewed)}}{{end}}
//
// where .It is the item and everything of the page's chrome is there too.
type Chrome struct {
	*say.Printer               // T, H, Num, Year, Date …: texts in the reader's language
	Lang         string        // "ar"
	Dir          string        // "rtl" or "ltr"
	Title        string        // of the page, without the site's name; "" on the home page
	SiteTitle    string        // the site's name
	Tagline      string        // one line: what the site is for
	Description  string        // for <meta name=description>, "" if none
	Path         string        // below the language prefix: "/search"
	Canonical    string        // absolute; "" where the base URL isn't known or the page is an error
	NoIndex      bool          // crawlers should leave the page out
	Alternates   []Tongue      // this page in each language of the site, its own included, in the site's order
	Nav          []NavItem     // main navigation: the kinds of pages that the site names
	Top          []NavItem     // and behind them pages of the program
	Foot         []NavItem     // pages of the program at the foot
	Links        address.Links // every URL: {{.Links.Home}}
	Q            string        // what stands in the search box
	Site         *content.Site
	Revision     string // of the content
	Version      string // of the program
}

// A Tongue is the page in one language.
type Tongue struct {
	Lang    string
	Dir     string
	Name    string // the language's name in itself: "Français"
	URL     string // root-relative
	Abs     string // absolute, "" where the base URL isn't known
	Current bool
}

// A NavItem is one link of the main navigation.
type NavItem struct {
	Label   string
	URL     string
	Current bool // this page, or one below it
}

func (c *Chrome) base() *Chrome { return c }

// A Page is a pointer to the struct of any page: to what embeds a Chrome.
type Page interface{ base() *Chrome }

// WithItem is an item of a page with the page's Chrome: what a template calls
// for a part of the page gets both.
type WithItem struct {
	*Chrome
	It any
}

// In puts an item of a page together with the page's Chrome. Both are behind
// pointers: a template would copy them for each text that it asks for.
func In(page Page, item any) *WithItem { return &WithItem{page.base(), item} }

// MaxLetters is how many letters the search box takes: as many as count. More
// bytes than letters are cut by the query, which says so.
func (Chrome) MaxLetters() int { return search.MaxQueryBytes }

// Chrome returns what the layout needs, for a page with this title. The
// caller may change it before it renders.
func (r *Reader) Chrome(title string) Chrome {
	site := r.Library.Site
	c := Chrome{
		Printer:   r.Words,
		Lang:      r.Lang,
		Dir:       r.Words.Dir(),
		Title:     title,
		SiteTitle: site.Title.In(r.Lang),
		Tagline:   site.Tagline.In(r.Lang),
		Path:      r.Path,
		Links:     r.Links,
		Site:      site,
		Revision:  r.Library.Revision,
		Version:   r.readers.Version,
	}
	query := r.Query
	c.Canonical = r.Links.Absolute(r.Links.At(r.Path, query))
	for _, lang := range site.Languages {
		l := r.Links.In(lang)
		url := l.At(r.Path, query)
		c.Alternates = append(c.Alternates, Tongue{
			Lang: lang, Dir: say.DirOf(lang), Name: r.LanguageName(lang),
			URL: url, Abs: l.Absolute(url), Current: lang == r.Lang,
		})
	}
	for _, id := range site.Nav {
		if k, ok := r.Library.Schema.Kind(id); ok {
			c.Nav = append(c.Nav, NavItem{Label: k.Plural.In(r.Lang), URL: r.Links.Kind(k), Current: address.Under(r.Path, k.Folder)})
		}
	}
	for _, p := range address.OwnPages {
		switch p.Menu {
		case address.Top:
			c.Top = append(c.Top, r.ownItem(p))
		case address.Foot:
			c.Foot = append(c.Foot, r.ownItem(p))
		}
	}
	return c
}

func (r *Reader) ownItem(p address.OwnPage) NavItem {
	return NavItem{Label: r.Words.T("nav." + string(p.Key)), URL: r.Links.To(p.Key), Current: r.Path == p.Path}
}

// InSearch reports whether the page is the search and no kind's list.
func (c Chrome) InSearch() bool {
	return c.Path == "/search" && !slices.ContainsFunc(c.Nav, func(n NavItem) bool { return n.Current })
}

// A Link is a text that leads somewhere.
type Link struct {
	Label Label
	URL   string // "" where it leads nowhere
}
