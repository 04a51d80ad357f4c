package address

import (
	"slices"
	"strings"
)

// A Key names one of the program's own pages. Its handler, its view, its
// template and its messages (nav.KEY) are found by it.
type Key string

// The pages that the code itself links to.
const (
	Home        Key = "home"
	Search      Key = "search"
	OpenAPI     Key = "api"
	SiteMap     Key = "sitemap"
	SiteMapPart Key = "sitemap-part"
	APISearch   Key = "api-search"
	APISuggest  Key = "api-suggest"
	APIPage     Key = "api-page"
	APITerms    Key = "api-vocabulary"
	searchPath      = "/search"
	variable        = "{" // what follows in a path differs from page to page
)

// A Menu says where the layout links to a page.
type Menu int

// The menus of the layout.
const (
	NoMenu Menu = iota
	Top         // behind the kinds of pages, at the top of each page
	Foot        // at the foot of each page
)

// An OwnPage is a page of the program itself, or a family of them: /search,
// /robots.txt, /api/v1/pages/{id}.
type OwnPage struct {
	Key Key
	// Path is the page's address, below the language's prefix if it has one. Parts in braces are
	// variables, as package mux reads them.
	Path string
	// InLanguages says that each language of the site has the page, below its prefix; others exist once.
	InLanguages bool
	InSiteMap   bool
	Menu        Menu
	// Disallow is the beginning of the addresses that crawlers should leave out, "" for none.
	Disallow string
}

// OwnPages is the table of the program's own pages: routes, links, menus, site
// map, robots.txt and the names that content can't have come from it. The site
// map and the menus have its order.
var OwnPages = []OwnPage{
	{Key: Home, Path: "/", InLanguages: true, InSiteMap: true},
	{Key: Search, Path: searchPath, InLanguages: true, InSiteMap: true, Disallow: searchPath + "?"}, // filters have no end
	{Key: "glossary", Path: "/glossary", InLanguages: true, InSiteMap: true, Menu: Top},
	{Key: "about", Path: "/about", InLanguages: true, InSiteMap: true, Menu: Foot},
	{Key: "accessibility", Path: "/accessibility", InLanguages: true, InSiteMap: true, Menu: Foot},
	{Key: "status", Path: "/status", InLanguages: true, Menu: Foot},
	{Key: "opensearch", Path: "/opensearch.xml", InLanguages: true},
	{Key: "robots", Path: "/robots.txt"},
	{Key: SiteMap, Path: "/sitemap.xml"},
	{Key: SiteMapPart, Path: "/sitemap-{n:[0-9]{1,6}}.xml"},
	{Key: OpenAPI, Path: "/api/openapi.json", Menu: Foot, Disallow: "/api/"},
	{Key: APISearch, Path: "/api/v1/search"},
	{Key: APISuggest, Path: "/api/v1/suggest"},
	{Key: APIPage, Path: "/api/v1/pages/{id:.+}"},
	{Key: APITerms, Path: "/api/v1/vocabularies/{name}"},
}

// kept are first parts of paths that belong to the program besides OwnPages:
// files and health, and the pages that are still to come.
var kept = []string{
	"favicon.ico", "healthz", "readyz", "static",
	"compare", "contribute", "lessons", "map", "matrix", "pack", "reviews", "timeline", "wanted",
}

// Reserved returns the first parts of paths that content can't have, sorted.
func Reserved() []string {
	names := slices.Clone(kept)
	for _, p := range OwnPages {
		if first, _, _ := strings.Cut(p.Path[1:], "/"); first != "" && !strings.Contains(first, variable) {
			names = append(names, first)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Own returns the page of the table with this key.
func Own(key Key) (OwnPage, bool) {
	i := slices.IndexFunc(OwnPages, func(p OwnPage) bool { return p.Key == key })
	if i < 0 {
		return OwnPage{}, false
	}
	return OwnPages[i], true
}

// InEveryLanguage reports whether a path below the language's prefix is that
// of one of the program's pages that each language has.
func InEveryLanguage(path string) bool {
	return slices.ContainsFunc(OwnPages, func(p OwnPage) bool { return p.InLanguages && p.Path == path })
}
