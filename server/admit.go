package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"casebook/content"
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

// admit answers a request from the newest corpus: with what was answered
// before to the same request, else with what work makes.
func (s *Server) admit(plain, pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		c := s.cfg.Acquire()
		if c == nil {
			s.standalone(w, req, errUnavailable)
			return
		}
		defer c.Release()
		var a *web.Answer
		var err error
		work := func() (*web.Answer, bool, error) { return s.work(c, req, plain, pages) }
		if web.TooMuch(req) == nil {
			a, err = s.answers.Get(s.answerKey(c.Library(), req), work)
		} else {
			a, _, err = work()
		}
		switch {
		case err == nil:
			a.SendTo(w, req)
		case errors.Is(err, errBusy):
			s.overload.Add(err)
			s.standalone(w, req, errBusy)
		}
		// Any other error is that the reader has left.
	})
}

// answerKey tells apart the requests that are answered differently: by the
// content, by the day (some reviews are overdue from one on), by the host where
// that stands in answers, by the encoding, and by the address.
func (s *Server) answerKey(lib *content.Library, req *http.Request) string {
	host := ""
	if s.readers.Base.Origin == "" {
		host = origin(req)
	}
	return strings.Join([]string{lib.Revision, s.now().Format(time.DateOnly), host, web.Encoding(req), req.URL.Path, req.URL.RawQuery}, "\n")
}

// work waits for a place and makes the answer to a request; keep says whether
// it is right for everybody who asks the same later. It takes the language off
// the path, and refuses or redirects what isn't a canonical address. plain
// answers paths without language prefix, pages the others.
func (s *Server) work(c Corpus, req *http.Request, plain, pages http.Handler) (a *web.Answer, keep bool, err error) {
	ctx, cancel := context.WithTimeout(req.Context(), s.cfg.Timeout)
	defer cancel()
	leave, err := s.enter(ctx, req)
	if err != nil {
		return nil, false, err
	}
	defer leave()

	lib := c.Library()
	lang, below := address.SplitLanguage(lib.Site.Languages, req.URL.Path)
	r := &request{fields: c, id: web.RequestID(ctx)}
	r.Reader = s.readers.New(c, lang, view.Place{Path: below, Query: req.URL.RawQuery}, s.leftOut(r))
	r.Request = withPath(req, below).WithContext(context.WithValue(ctx, requestKey{}, r))
	next := pages
	if lang == lib.Site.Languages[0] {
		next = plain
	}
	a = web.Record(r.Request, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		defer s.recoverPage(w, r)
		if err := s.refuse(w, req, r); err != nil {
			s.fail(w, r, err)
		} else if !web.Sent(w) {
			next.ServeHTTP(w, r.Request)
		}
	}))
	if a.Status == 0 {
		return nil, false, context.Canceled // see fail
	}
	return a, a.Status == http.StatusOK && !r.passing, nil
}

// enter waits for a place among those of the reader's address, and then among
// all; errBusy where none gets free in time.
func (s *Server) enter(ctx context.Context, req *http.Request) (leave func(), err error) {
	leaveOwn, err := s.clients.Enter(ctx, s.cfg.TrustedProxies.Address(req))
	if err == nil {
		leaveAll, ok := s.places.Enter(ctx)
		if ok {
			return func() { leaveAll(); leaveOwn() }, nil
		}
		leaveOwn()
	}
	if errors.Is(req.Context().Err(), context.Canceled) {
		return nil, context.Canceled
	}
	return nil, errBusy
}

// refuse returns the error of a request that is not to be answered, and sends
// one to another address to its canonical one.
func (s *Server) refuse(w http.ResponseWriter, req *http.Request, r *request) error {
	if e := web.TooMuch(req); e != nil {
		return e
	}
	if !address.Valid(r.Path) {
		return badRequest(errors.New("control characters or invalid UTF-8 in the path"))
	}
	languages := r.Library.Site.Languages
	if want := address.Canonical(languages, req.URL.Path); want != req.URL.Path {
		return web.Redirect(w, http.StatusMovedPermanently, r.Links.In(languages[0]).At(want, req.URL.RawQuery))
	}
	return nil
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

// leftOut logs the pages that an answer leaves out: the next may have them.
func (s *Server) leftOut(r *request) func(page string, err error) {
	return func(page string, err error) {
		r.passing = true
		s.log.Error("page left out", "id", r.id, "page", page, "err", err)
	}
}
