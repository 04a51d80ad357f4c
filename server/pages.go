package server

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/gorilla/mux"

	"casebook/content"
	"casebook/server/address"
	"casebook/server/view"
	"casebook/server/view/article"
	"casebook/server/view/crawl"
	"casebook/server/view/results"
	"casebook/server/view/site"
	"casebook/server/web"
)

// own answers with one of the pages that are made of the corpus alone; its
// template has the name of its key.
func (s *Server) own(key address.Key, page func(context.Context, *view.Reader) (view.Page, error)) handler {
	return func(w http.ResponseWriter, r *request) error {
		v, err := page(r.Context(), r.Reader)
		if err != nil {
			return err
		}
		return s.render(w, r, http.StatusOK, string(key), v)
	}
}

// search answers with the page of a search. A page of results that doesn't
// exist leads to the first.
func (s *Server) search(w http.ResponseWriter, r *request) error {
	q, to := r.search()
	if to != "" {
		return web.Redirect(w, http.StatusSeeOther, to)
	}
	res, err := r.Corpus.Search(r.Context(), q)
	if err != nil {
		return err
	}
	if last := results.LastPage(q, res.Total); q.Page > last {
		return web.Redirect(w, http.StatusSeeOther, r.Links.AtPage(q, 1))
	}
	return s.render(w, r, http.StatusOK, "search", results.Of(r.Reader, q, res))
}

// page answers with a content page; p is the original.
func (s *Server) page(w http.ResponseWriter, r *request, p *content.Page) error {
	v, err := article.Of(r.Context(), r.Reader, p)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "page", v)
}

// term answers with the page of a term.
func (s *Server) term(w http.ResponseWriter, r *request, f content.Facet, t *content.Term) error {
	v, err := site.Term(r.Context(), r.Reader, f, t)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "term", v)
}

// about answers with what the site says of itself: a page that site.yaml
// names, else what can be said without.
func (s *Server) about(w http.ResponseWriter, r *request) error {
	if id := r.Library.Site.About; id != "" {
		p, err := r.Corpus.Page(id)
		if err == nil {
			return s.page(w, r, p)
		}
		if !errors.Is(err, content.ErrNoPage) {
			return err
		}
	}
	return s.render(w, r, http.StatusOK, "about", site.About(r.Reader))
}

func (s *Server) status(w http.ResponseWriter, r *request) error {
	r.passing = true // the problems are those of the newest load
	var problems content.Problems
	known := s.cfg.Problems != nil
	if known {
		problems = s.cfg.Problems()
	}
	v, err := site.Status(r.Context(), r.Reader, problems, known)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, "status", v)
}

// errorPage shows what went wrong with a request.
func (s *Server) errorPage(w http.ResponseWriter, r *request, e *web.StatusError) error {
	return s.render(w, r, e.Status, "error", site.Trouble(r.Context(), r.Reader, e.Status, e.Key))
}

// absolute returns the Reader of a request with links that know a host: that
// of the base URL, else the one that was asked.
func absolute(r *request) *view.Reader {
	reader := *r.Reader
	reader.Links = r.Links.From(origin(r.Request))
	return &reader
}

// origin is scheme and host that were asked.
func origin(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func (s *Server) robots(w http.ResponseWriter, r *request) error {
	web.Send(w, r.Request, http.StatusOK, web.TypeText, crawl.Robots(absolute(r)))
	return nil
}

func (s *Server) siteMap(w http.ResponseWriter, r *request) error {
	data, err := crawl.SiteMap(r.Context(), absolute(r), s.siteMapSize)
	if err != nil {
		return err
	}
	web.Send(w, r.Request, http.StatusOK, web.TypeXML, data)
	return nil
}

func (s *Server) siteMapPart(w http.ResponseWriter, r *request) error {
	n, err := strconv.Atoi(mux.Vars(r.Request)["n"])
	if err != nil {
		return errNotFound
	}
	data, ok, err := crawl.SiteMapPart(r.Context(), absolute(r), n, s.siteMapSize)
	if err != nil {
		return err
	}
	if !ok {
		return errNotFound
	}
	web.Send(w, r.Request, http.StatusOK, web.TypeXML, data)
	return nil
}

func (s *Server) openSearch(w http.ResponseWriter, r *request) error {
	icon, err := s.static.URL("icon.svg")
	if err != nil {
		icon = ""
	}
	data, err := crawl.OpenSearch(absolute(r), icon)
	if err != nil {
		return err
	}
	web.Send(w, r.Request, http.StatusOK, crawl.OpenSearchType+"; charset=utf-8", data)
	return nil
}
