package server

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"
)

// The middleware stands around the router, so that answers which the router
// gives itself (404, 405) have the same headers and log lines as all others.

// maxURLBytes bounds a request's address. A search with fifty filter values
// and a long question takes about 2,000.
const maxURLBytes = 8 << 10

// maxHostBytes bounds the Host of a request: names have 253 letters at most.
// It stands in every address of the site map where there is no base URL.
const maxHostBytes = 300

// answer notes what is sent.
type answer struct {
	http.ResponseWriter
	status int
	bytes  int64
	begun  func() // called once when sending begins, nil if nobody waits for it
}

func (a *answer) WriteHeader(status int) {
	a.begin(status)
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) begin(status int) {
	if a.status == 0 {
		a.status = status
		if a.begun != nil {
			a.begun()
		}
	}
}

func (a *answer) Write(p []byte) (int, error) {
	a.begin(http.StatusOK)
	n, err := a.ResponseWriter.Write(p)
	a.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

type requestIDKey struct{}

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// observe gives each request an id and a log line. The line has no
// parameters: what people search for is theirs.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := s.now()
		id := rand.Text()[:12]
		w.Header().Set("X-Request-Id", id)
		if s.draining.Load() {
			w.Header().Set("Connection", "close")
		}
		a := &answer{ResponseWriter: w}
		defer func() {
			s.log.LogAttrs(r.Context(), slog.LevelInfo, "request",
				slog.String("id", id), slog.String("method", short(r.Method)), slog.String("path", short(r.URL.Path)),
				slog.Int("status", a.status), slog.Int64("bytes", a.bytes), slog.Duration("took", s.now().Sub(begun).Round(time.Microsecond)))
		}()
		next.ServeHTTP(a, r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id)))
	})
}

// short keeps a log line readable whatever was sent.
func short(s string) string {
	if len(s) > 200 {
		return s[:200] + "…"
	}
	return s
}

// survive answers 500 where a handler panicked outside of what begin guards.
func (s *Server) survive(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				if v == http.ErrAbortHandler {
					panic(v)
				}
				s.logPanic(r, v)
				if a, ok := w.(*answer); !ok || a.status == 0 {
					plainError(w, r, http.StatusInternalServerError)
				}
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func (s *Server) logPanic(r *http.Request, v any) {
	s.log.ErrorContext(r.Context(), "panic", "id", requestID(r.Context()), "path", short(r.URL.Path), "value", v, "stack", string(debug.Stack()))
}

// policy is what pages may do: load styles, scripts, images and data from
// here, and nothing else. Style and script have no inline exceptions.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// secure sets the headers that keep a page from being misused.
func secure(next http.Handler) http.Handler {
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

// tooMuch returns the error of a request that asks for more than any reader
// does, nil for all others.
func tooMuch(r *http.Request) *statusError {
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return errMethod
	case len(r.RequestURI) > maxURLBytes:
		return errTooLong
	case len(r.Host) > maxHostBytes:
		return errHost
	case r.ContentLength != 0:
		return errBody
	}
	return nil
}

// bounded applies tooMuch where there are no pages to say so.
func bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if e := tooMuch(r); e != nil {
			e.headers(w)
			plainError(w, r, e.status)
			return
		}
		next.ServeHTTP(w, r)
	})
}
