package server

import (
	"fmt"
	"net/http"
	"strings"

	"casebook/server/address"
	"casebook/server/view/site"

	"github.com/gorilla/mux"
)

// routes are the whole site. Below / stand what needs no content (static
// files, health) and, inside begin, everything else; a language's prefix has
// been taken off there, so one table of pages serves all languages.
//
//	/ /search /glossary …                                address.OwnPages
//	/FOLDER/…                                            pages of the content
//	/FOLDER                                              the search for all pages of a kind
//	/FACET/TERM                                          a term's page
//
// The last three depend on the content, which may change while the program
// runs: resource decides them for each request.
func (s *Server) routes() (http.Handler, error) {
	handlers := map[address.Key]handler{
		address.Search: s.search, "about": s.about, "status": s.status, "opensearch": s.openSearch, "robots": s.robots,
		address.SiteMap: s.siteMap, address.SiteMapPart: s.siteMapPart,
		address.OpenAPI: s.openAPI, address.APISearch: s.api(s.apiSearch), address.APISuggest: s.api(s.apiSuggest),
		address.APIPage: s.api(s.apiPage), address.APITerms: s.api(s.apiVocabulary),
	}
	for key, page := range site.Own {
		handlers[key] = s.own(key, page)
	}
	pages := mux.NewRouter().SkipClean(true) // begin has cleaned the path
	plain := mux.NewRouter().SkipClean(true) // these have no language
	for _, p := range address.OwnPages {
		h, ok := handlers[p.Key]
		if !ok {
			return nil, fmt.Errorf("nothing answers %s, which is among the program's own pages", p.Path)
		}
		if p.InLanguages {
			pages.Handle(p.Path, s.handle(h))
		} else {
			plain.Handle(p.Path, s.handle(h))
		}
	}
	nothing := s.handle(func(http.ResponseWriter, *request) error { return errNotFound })
	pages.Handle("/{first}", s.handle(s.folder))
	pages.Handle("/{first}/{rest:.+}", s.handle(s.below))
	pages.NotFoundHandler = nothing
	plain.PathPrefix("/api").Handler(nothing)
	plain.NotFoundHandler = pages

	m := mux.NewRouter().SkipClean(true)
	m.Handle("/healthz", bounded(http.HandlerFunc(s.healthz)))
	m.Handle("/readyz", bounded(http.HandlerFunc(s.readyz)))
	m.Handle("/favicon.ico", bounded(http.HandlerFunc(s.favicon)))
	m.PathPrefix("/static/").Handler(bounded(http.StripPrefix("/static/", s.static)))
	m.PathPrefix("/").Handler(s.begin(plain, pages))
	return s.observe(secure(s.survive(s.underRoot(m)))), nil
}

// below answers what lies deeper than one part of a path: the folder of a
// kind that stands in another ("books/old"), or what the content names there.
func (s *Server) below(w http.ResponseWriter, r *request) error {
	for _, k := range r.Library.Schema.Kinds {
		if strings.EqualFold("/"+k.Folder, r.Path) {
			return s.folder(w, r)
		}
	}
	return s.resource(w, r)
}
