package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"casebook/server/address"
	"casebook/server/view"
	"casebook/server/web"
)

// underRoot takes the path part of the base URL off, where a proxy in front
// has not done so already.
func (s *Server) underRoot(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := s.readers.Base.Below(r.URL.Path)
		if !strings.HasPrefix(p, "/") {
			p = "/" + p // also "*" and the empty path of CONNECT
		}
		next.ServeHTTP(w, withPath(r, p))
	})
}

// withPath returns r with another path.
func withPath(r *http.Request, p string) *http.Request {
	u := *r.URL
	u.Path, u.RawPath = p, ""
	r2 := *r
	r2.URL = &u
	return &r2
}

type requestKey struct{}

// requestOf returns the request that admit made, with what the router has
// added to it since.
func requestOf(r *http.Request) *request {
	q, ok := r.Context().Value(requestKey{}).(*request)
	if !ok {
		panic("server: a route outside of admit") // caught by survive; a test calls every route
	}
	q.Request = r
	return q
}

// admit acquires the corpus for the time of one request, takes the language
// off the path, and refuses or redirects what isn't a canonical address.
// plain answers paths without language prefix, pages the others.
func (s *Server) admit(plain, pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		ctx, cancel := context.WithTimeout(req.Context(), s.cfg.Timeout)
		defer cancel()
		leave, ok := s.places.Enter(ctx, w)
		if !ok {
			s.standalone(w, req, errBusy)
			return
		}
		defer leave()
		c := s.cfg.Acquire()
		if c == nil {
			s.standalone(w, req, errUnavailable)
			return
		}
		defer c.Release()

		lib := c.Library()
		lang, below := address.SplitLanguage(lib.Site.Languages, req.URL.Path)
		r := &request{fields: c, id: web.RequestID(ctx)}
		r.Reader = s.readers.New(c, lang, view.Place{Path: below, Query: req.URL.RawQuery}, s.leftOut(r.id))
		r.Request = withPath(req, below).WithContext(context.WithValue(ctx, requestKey{}, r))
		defer s.recoverPage(w, r)

		if e := web.TooMuch(req); e != nil {
			s.fail(w, r, e)
			return
		}
		if !address.Valid(below) {
			s.fail(w, r, badRequest(errors.New("control characters or invalid UTF-8 in the path")))
			return
		}
		if want := address.Canonical(lib.Site.Languages, req.URL.Path); want != req.URL.Path {
			_ = web.Redirect(w, http.StatusMovedPermanently, r.Links.In(lib.Site.Languages[0]).At(want, req.URL.RawQuery))
			return
		}
		if lang == lib.Site.Languages[0] {
			plain.ServeHTTP(w, r.Request)
		} else {
			pages.ServeHTTP(w, r.Request)
		}
	})
}

// recoverPage answers with the page of an internal error where a handler
// panicked.
func (s *Server) recoverPage(w http.ResponseWriter, r *request) {
	v := recover()
	if v == nil {
		return
	}
	web.LogPanic(s.log, r.Request, v)
	if !web.Sent(w) {
		s.fail(w, r, &web.StatusError{Status: http.StatusInternalServerError, Key: "internal", Cause: fmt.Errorf("panic: %v", v)})
	}
}

// leftOut logs the pages that an answer leaves out.
func (s *Server) leftOut(requestID string) func(page string, err error) {
	return func(page string, err error) { s.log.Error("page left out", "id", requestID, "page", page, "err", err) }
}
