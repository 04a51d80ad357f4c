package server

import (
	"context"
	"errors"
	"net/http"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
)

// A statusError is an answer that isn't the page asked for. Its text for
// readers is the messages error.KEY.title and error.KEY.text; the cause is
// for the log alone.
type statusError struct {
	status int
	key    string // "not-found", "bad-request" …
	cause  error
}

func (e *statusError) Error() string {
	s := http.StatusText(e.status)
	if e.cause != nil {
		s += ": " + e.cause.Error()
	}
	return s
}

func (e *statusError) Unwrap() error { return e.cause }

// The errors that handlers return for what a reader can cause.
var (
	errNotFound    = &statusError{status: http.StatusNotFound, key: "not-found"}
	errMethod      = &statusError{status: http.StatusMethodNotAllowed, key: "method"}
	errTooLong     = &statusError{status: http.StatusRequestURITooLong, key: "too-long"}
	errHost        = &statusError{status: http.StatusBadRequest, key: "bad-request", cause: errors.New("the Host is too long")}
	errBody        = &statusError{status: http.StatusRequestEntityTooLarge, key: "body"}
	errBusy        = &statusError{status: http.StatusServiceUnavailable, key: "busy"}
	errUnavailable = &statusError{status: http.StatusServiceUnavailable, key: "unavailable"}
)

// headers sets what an answer of this status must say besides.
func (e *statusError) headers(w http.ResponseWriter) {
	switch e.status {
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", "GET, HEAD")
	case http.StatusRequestEntityTooLarge:
		w.Header().Set("Connection", "close")
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "2")
	}
}

func badRequest(cause error) error {
	return &statusError{status: http.StatusBadRequest, key: "bad-request", cause: cause}
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
	se, ok := errors.AsType[*statusError](err)
	bad, isBad := errors.AsType[*badParams](err)
	switch {
	case ok:
	case isBad:
		se = bad.asStatus()
	case errors.Is(err, content.ErrNoPage):
		se = errNotFound
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, search.ErrOverloaded):
		se = &statusError{status: http.StatusServiceUnavailable, key: "busy", cause: err}
	default:
		se = &statusError{status: http.StatusInternalServerError, key: "internal", cause: err}
	}
	if se.status >= 500 {
		s.log.ErrorContext(r.Context(), "request failed", "id", r.id, "path", r.URL.Path, "status", se.status, "err", err)
	}
	se.headers(w)
	if address.Under(r.Path, "api") {
		s.problem(w, r.Request, problemOf(r, se))
		return
	}
	if err := s.errorPage(w, r, se); err != nil {
		s.log.ErrorContext(r.Context(), "error page failed", "id", r.id, "status", se.status, "err", err)
		plainError(w, r.Request, se.status)
	}
}
