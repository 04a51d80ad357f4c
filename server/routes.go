package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"casebook/content"
)

// Check returns what keeps the server from serving a library: a language
// without messages, folders of kinds and names of facets that collide with
// each other or with the server's own paths.
func (s *Server) Check(lib *content.Library) error { return nil }

func (s *Server) routes() http.Handler {
	pages := mux.NewRouter().SkipClean(true)
	get := func(path string, h handler) { pages.Handle(path, s.handle(h)) }
	get("/", s.home)
	get("/search", s.search)
	get("/glossary", s.glossary)
	get("/about", s.about)
	get("/accessibility", s.accessibility)
	get("/status", s.status)
	get("/{first}", s.resource)
	get("/{first}/{rest:.+}", s.resource)
	pages.NotFoundHandler = s.handle(func(http.ResponseWriter, *request) error { return errNotFound })
	m := mux.NewRouter().SkipClean(true)
	m.PathPrefix("/static/").Handler(s.static)
	m.PathPrefix("/").Handler(s.begin(pages))
	return m
}

type requestKey struct{}

func requestOf(r *http.Request) *request {
	q := r.Context().Value(requestKey{}).(*request)
	q.Request = r
	return q
}

// begin acquires the corpus for the time of one request, and takes the
// language off the path.
func (s *Server) begin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		c := s.cfg.Acquire()
		if c == nil {
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		defer c.Release()
		lib := c.Library()
		r := &request{corpus: c, lib: lib, srv: s, lang: lib.Site.Languages[0], path: req.URL.Path}
		for _, lang := range lib.Site.Languages[1:] {
			if underFolder(r.path, lang) {
				r.lang = lang
				r.path = "/" + strings.TrimPrefix(strings.TrimPrefix(r.path, "/"+lang), "/")
			}
		}
		r.m = s.messages.byLang[r.lang]
		r.links = s.linksFor(lib, r.lang)
		ctx, cancel := context.WithTimeout(context.WithValue(req.Context(), requestKey{}, r), s.cfg.Timeout)
		defer cancel()
		inner := req.Clone(ctx)
		inner.URL.Path = r.path
		inner.URL.RawPath = ""
		next.ServeHTTP(w, inner)
	})
}

// resource answers what the content itself names: pages, and the terms of
// facets.
func (s *Server) resource(w http.ResponseWriter, r *request) error {
	vars := mux.Vars(r.Request)
	if p, ok := r.corpus.Page(strings.TrimPrefix(r.path, "/")); ok {
		return s.page(w, r, p)
	}
	if f, ok := r.lib.Schema.Field(vars["first"]); ok {
		if v, ok := r.lib.Vocabulary(f.Vocabulary); ok {
			if t, ok := v.Term(vars["rest"]); ok {
				return s.term(w, r, f, t)
			}
		}
	}
	return errNotFound
}
