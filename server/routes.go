package server

import (
	"net/http"
	"strings"

	"github.com/gorilla/mux"
)

// routes are the whole site. Below / stand what needs no content (static
// files, health) and, inside begin, everything else; a language's prefix has
// been taken off there, so one table of pages serves all languages.
//
//	/ /search /glossary /about /accessibility /status    pages of the program
//	/FOLDER/…                                            pages of the content
//	/FOLDER                                              the search for all pages of a kind
//	/FACET/TERM                                          a term's page
//
// The last three depend on the content, which may change while the program
// runs: resource decides them for each request.
func (s *Server) routes() http.Handler {
	pages := mux.NewRouter().SkipClean(true) // begin has cleaned the path
	page := func(path string, h handler) { pages.Handle(path, s.handle(h)) }
	page("/", s.home)
	page("/search", s.search)
	page("/glossary", s.glossary)
	page("/about", s.about)
	page("/accessibility", s.accessibility)
	page("/status", s.status)
	page("/opensearch.xml", s.openSearch)
	page("/{first}", s.folder)
	page("/{first}/{rest:.+}", s.below)
	pages.NotFoundHandler = s.handle(func(http.ResponseWriter, *request) error { return errNotFound })

	plain := mux.NewRouter().SkipClean(true) // these have no language
	once := func(path string, h handler) { plain.Handle(path, s.handle(h)) }
	once("/robots.txt", s.robots)
	once("/sitemap.xml", s.siteMap)
	once("/sitemap-{n:[0-9]{1,6}}.xml", s.siteMapPart)
	once("/api/openapi.json", s.openAPI)
	once("/api/v1/search", s.api(s.apiSearch))
	once("/api/v1/suggest", s.api(s.apiSuggest))
	once("/api/v1/pages/{id:.+}", s.api(s.apiPage))
	once("/api/v1/vocabularies/{name}", s.api(s.apiVocabulary))
	plain.PathPrefix("/api").Handler(s.handle(func(http.ResponseWriter, *request) error { return errNotFound }))
	plain.NotFoundHandler = pages

	m := mux.NewRouter().SkipClean(true)
	m.Handle("/healthz", bounded(http.HandlerFunc(s.healthz)))
	m.Handle("/readyz", bounded(http.HandlerFunc(s.readyz)))
	m.Handle("/favicon.ico", bounded(http.HandlerFunc(s.favicon)))
	m.PathPrefix("/static/").Handler(bounded(http.StripPrefix("/static/", s.static)))
	m.PathPrefix("/").Handler(s.begin(plain, pages))
	return s.observe(secure(s.survive(s.underRoot(m))))
}

// below answers what lies deeper than one part of a path: the folder of a
// kind that stands in another ("books/old"), or what the content names there.
func (s *Server) below(w http.ResponseWriter, r *request) error {
	for _, k := range r.lib.Schema.Kinds {
		if strings.EqualFold("/"+k.Folder, r.path) {
			return s.folder(w, r)
		}
	}
	return s.resource(w, r)
}
