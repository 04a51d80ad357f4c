package server

import (
	"html/template"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
	"casebook/server/say"
)

// chrome is what the layout needs of every page. Each page's struct embeds it,
// so templates reach all of it directly: {{.Lang}}, {{.T "nav.search"}}.
//
// In a part that is called for one item of a list, hand over both with `in`:
//
//	{{range .Hits}}{{template "hit" in $ .}}{{end}}
//	{{define "hit"}}<a href="{{.It.URL}}">{{.It.Title}}</a> {{.T "hit.reviewed" "date" (.Date .It.Reviewed)}}{{end}}
//
// where .It is the item and everything of the page's chrome is there too.
type chrome struct {
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
	Alternates   []tongue      // this page in each language of the site, its own included, in the site's order
	Nav          []navItem     // main navigation: the kinds of pages that the site names
	Top          []navItem     // and behind them pages of the program
	Foot         []navItem     // pages of the program at the foot
	Links        address.Links // every URL: {{.Links.Home}}
	Q            string        // what stands in the search box
	Site         *content.Site
	Revision     string          // of the content
	Version      string          // of the program
	Head         []template.HTML // further elements of <head>, already safe
}

// A tongue is the page in one language.
type tongue struct {
	Lang    string
	Dir     string
	Name    string // the language's name in itself: "Français"
	URL     string // root-relative
	Abs     string // absolute, "" where the base URL isn't known
	Current bool
}

// A navItem is one link of the main navigation.
type navItem struct {
	Label   string
	URL     string
	Current bool // this page, or one below it
}

func (c chrome) base() chrome { return c }

// chromed is every page's struct.
type chromed interface{ base() chrome }

// scope is an item of a page with the page's chrome.
type scope struct {
	chrome
	It any
}

// MaxLetters is how many letters the search box takes: as many as count. More
// bytes than letters are cut by the query, which says so.
func (chrome) MaxLetters() int { return search.MaxQueryBytes }

// chrome returns what the layout needs, for a page with this title. The
// caller may change it before it renders.
func (r *request) chrome(title string) chrome {
	site := r.lib.Site
	c := chrome{
		Printer:   r.m,
		Lang:      r.lang,
		Dir:       r.m.Dir(),
		Title:     title,
		SiteTitle: site.Title.In(r.lang),
		Tagline:   site.Tagline.In(r.lang),
		Path:      r.path,
		Links:     r.links,
		Site:      site,
		Revision:  r.lib.Revision,
		Version:   r.srv.cfg.Version,
	}
	query := r.URL.RawQuery
	c.Canonical = r.links.Absolute(r.links.At(r.path, query))
	for _, lang := range site.Languages {
		l := r.links.In(lang)
		url := l.At(r.path, query)
		c.Alternates = append(c.Alternates, tongue{
			Lang: lang, Dir: say.DirOf(lang), Name: r.srv.messages.Name(lang),
			URL: url, Abs: l.Absolute(url), Current: lang == r.lang,
		})
	}
	for _, id := range site.Nav {
		if k, ok := r.lib.Schema.Kind(id); ok {
			c.Nav = append(c.Nav, navItem{Label: k.Plural.In(r.lang), URL: r.links.Kind(k), Current: address.Under(r.path, k.Folder)})
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

func (r *request) ownItem(p address.OwnPage) navItem {
	return navItem{Label: r.m.T("nav." + string(p.Key)), URL: r.links.To(p.Key), Current: r.path == p.Path}
}
