package web

import "net/http"

// A StatusError is an answer that isn't the page asked for. Its text for
// readers is the messages error.KEY.title and error.KEY.text; the cause is
// for the log alone.
type StatusError struct {
	Status int
	Key    string // "not-found", "bad-request" …
	Cause  error
}

func (e *StatusError) Error() string {
	s := http.StatusText(e.Status)
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

func (e *StatusError) Unwrap() error { return e.Cause }

// Headers sets what an answer of this status must say besides.
func (e *StatusError) Headers(w http.ResponseWriter) {
	switch e.Status {
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", "GET, HEAD")
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "2")
	}
}
