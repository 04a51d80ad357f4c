package web

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"
)

// The middleware stands around the router, so that answers which the router
// gives itself (404, 405) have the same headers and log lines as all others.

// MaxURLBytes bounds a request's address. A search with fifty filter values
// and a long question takes about 2,000.
const MaxURLBytes = 8 << 10

// maxHostBytes bounds the Host of a request: names have 253 letters at most.
// It stands in every address of the site map where there is no base URL.
const maxHostBytes = 300

// answer notes what is sent.
type answer struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (a *answer) WriteHeader(status int) {
	a.start(status)
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) start(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(p []byte) (int, error) {
	a.start(http.StatusOK)
	n, err := a.ResponseWriter.Write(p)
	a.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

type requestIDKey struct{}

// RequestID is the id that Observe gave a request, "" without.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// Observe gives each request an id and a line in log. The line has no
// parameters: what people search for is theirs. While closing says so, each
// answer closes its connection, and so does that to a request with a body.
func Observe(log *slog.Logger, now func() time.Time, closing func() bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := now()
		id := rand.Text()[:12]
		w.Header().Set("X-Request-Id", id)
		if closing() || r.ContentLength != 0 { // where one request with a body ends and the next begins may be in dispute
			w.Header().Set("Connection", "close")
		}
		a := &answer{ResponseWriter: w}
		defer func() {
			log.LogAttrs(r.Context(), slog.LevelInfo, "request",
				slog.String("id", id), slog.String("method", short(r.Method)), slog.String("path", short(r.URL.Path)),
				slog.Int("status", a.status), slog.Int64("bytes", a.bytes), slog.Duration("took", now().Sub(begun).Round(time.Microsecond)))
		}()
		next.ServeHTTP(a, r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id)))
	})
}

// Sent reports whether an answer has begun, on a writer of Observe or Record.
func Sent(w http.ResponseWriter) bool {
	switch w := w.(type) {
	case *answer:
		return w.status != 0
	case *recorder:
		return w.status != 0
	}
	return false
}

// short keeps a log line readable whatever was sent.
func short(s string) string {
	if len(s) > 200 {
		return s[:200] + "…"
	}
	return s
}

// Survive answers 500 where a handler panicked, and logs it.
func Survive(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				LogPanic(log, r, v)
				if !Sent(w) {
					PlainError(w, r, http.StatusInternalServerError)
				}
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// LogPanic logs what a handler panicked with. http.ErrAbortHandler, by which a
// handler ends its connection on purpose, goes on.
func LogPanic(log *slog.Logger, r *http.Request, v any) {
	if v == http.ErrAbortHandler {
		panic(v)
	}
	log.ErrorContext(r.Context(), "panic", "id", RequestID(r.Context()), "path", short(r.URL.Path), "value", v, "stack", string(debug.Stack()))
}

// policy is what pages may do: load styles, scripts, images and data from
// here, and nothing else. Style and script have no inline exceptions.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Secure sets the headers that keep a page from being misused.
func Secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()")
		next.ServeHTTP(w, r)
	})
}

// The requests that no reader makes.
var (
	errMethod  = &StatusError{Status: http.StatusMethodNotAllowed, Key: "method"}
	errTooLong = &StatusError{Status: http.StatusRequestURITooLong, Key: "too-long"}
	errHost    = &StatusError{Status: http.StatusBadRequest, Key: "bad-request", Cause: errors.New("the Host is too long")}
	errBody    = &StatusError{Status: http.StatusRequestEntityTooLarge, Key: "body"}
)

// TooMuch returns the error of a request that asks for more than any reader
// does, nil for all others.
func TooMuch(r *http.Request) *StatusError {
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return errMethod
	case len(r.RequestURI) > MaxURLBytes:
		return errTooLong
	case len(r.Host) > maxHostBytes:
		return errHost
	case r.ContentLength != 0:
		return errBody
	}
	return nil
}

// Bounded applies TooMuch where there are no pages to say so.
func Bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if e := TooMuch(r); e != nil {
			e.Headers(w)
			PlainError(w, r, e.Status)
			return
		}
		next.ServeHTTP(w, r)
	})
}
