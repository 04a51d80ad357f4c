package server

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"casebook/server/address"
	"casebook/server/api"
	"casebook/server/view/site"
	"casebook/server/web"
)

// routes are the whole site. Below / stand what needs no content (static
// files, health) and, inside admit, everything else; a language's prefix has
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
		address.OpenAPI: s.openAPI,
	}
	for key, endpoint := range api.Endpoints {
		handlers[key] = s.api(endpoint)
	}
	for key, page := range site.Own {
		handlers[key] = s.own(key, page)
	}
	pages := mux.NewRouter().SkipClean(true) // admit has cleaned the path
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
	m.Handle("/healthz", web.Bounded(http.HandlerFunc(web.Healthz)))
	m.Handle("/readyz", web.Bounded(web.Readyz(s.draining.Load, s.revision)))
	m.Handle("/favicon.ico", web.Bounded(http.HandlerFunc(s.static.Icon)))
	m.PathPrefix("/static/").Handler(web.Bounded(http.StripPrefix("/static/", s.static)))
	m.PathPrefix("/").Handler(s.admit(plain, pages))
	return web.Observe(s.log, s.now, s.draining.Load, web.Secure(web.Survive(s.log, s.underRoot(m)))), nil
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

// revision is that of the content that is served; false while there is none.
func (s *Server) revision() (string, bool) {
	c := s.cfg.Acquire()
	if c == nil {
		return "", false
	}
	defer c.Release()
	return c.Library().Revision, true
}
