package server

import (
	"context"
	"errors"
	"net/http"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
	"casebook/server/api"
	"casebook/server/web"
)

// The errors that handlers return for what a reader can cause.
var (
	errNotFound    = &web.StatusError{Status: http.StatusNotFound, Key: "not-found"}
	errBusy        = &web.StatusError{Status: http.StatusServiceUnavailable, Key: "busy"}
	errUnavailable = &web.StatusError{Status: http.StatusServiceUnavailable, Key: "unavailable"}
)

func badRequest(cause error) *web.StatusError {
	return &web.StatusError{Status: http.StatusBadRequest, Key: "bad-request", Cause: cause}
}

// handle makes an http.Handler of a handler. It is the one place that turns
// errors into answers.
func (s *Server) handle(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r := requestOf(req)
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// fail answers with the page, or under /api the problem document, of err.
func (s *Server) fail(w http.ResponseWriter, r *request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // the reader has left
	}
	se, ok := errors.AsType[*web.StatusError](err)
	bad, isBad := errors.AsType[*api.BadParams](err)
	switch {
	case ok:
	case isBad:
		se = refused(bad)
	case errors.Is(err, content.ErrNoPage):
		se = errNotFound
	case errors.Is(err, search.ErrTooDeep):
		se = badRequest(err)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, search.ErrOverloaded):
		se = &web.StatusError{Status: http.StatusServiceUnavailable, Key: "busy", Cause: err}
	default:
		se = &web.StatusError{Status: http.StatusInternalServerError, Key: "internal", Cause: err}
	}
	switch {
	case se.Status == http.StatusServiceUnavailable:
		s.overload.Add(err)
	case se.Status >= 500:
		s.log.ErrorContext(r.Context(), "request failed", "id", r.id, "path", r.URL.Path, "status", se.Status, "err", err)
	}
	se.Headers(w)
	if address.Under(r.Path, "api") {
		s.problem(w, r.Request, api.NewProblem(r.Words, se.Status, http.StatusText(se.Status), se.Key, se.Cause))
		return
	}
	if err := s.errorPage(w, r, se); err != nil {
		s.log.ErrorContext(r.Context(), "error page failed", "id", r.id, "status", se.Status, "err", err)
		web.PlainError(w, r.Request, se.Status)
	}
}

// refused is the answer to parameters that the interface for programs refuses.
func refused(bad *api.BadParams) *web.StatusError {
	if bad.Missing {
		return &web.StatusError{Status: http.StatusNotFound, Key: "not-found", Cause: bad}
	}
	return &web.StatusError{Status: http.StatusBadRequest, Key: "bad-request", Cause: bad}
}
