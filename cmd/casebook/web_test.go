package main

import (
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// While the pages are read a load balancer learns that the program lives, and readers to come again.
func TestStarting(t *testing.T) {
	for path, want := range map[string]struct {
		status      int
		retry, body string
	}{
		"/healthz": {http.StatusOK, "", "ok\n"},
		"/readyz":  {http.StatusServiceUnavailable, "1", "Casebook is reading its pages. Try again in a moment.\n"},
		"/":        {http.StatusServiceUnavailable, "1", "Casebook is reading its pages. Try again in a moment.\n"},
	} {
		w := httptest.NewRecorder()
		starting(w, httptest.NewRequest("GET", path, nil))
		h := w.Header()
		if w.Code != want.status || h.Get("Retry-After") != want.retry || w.Body.String() != want.body {
			t.Errorf("%s: %d, retry after %q, %q", path, w.Code, h.Get("Retry-After"), w.Body)
		}
		if h.Get("Content-Type") != "text/plain; charset=utf-8" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Security-Policy") != "default-src 'none'; frame-ancestors 'none'" {
			t.Errorf("%s: headers %v", path, h)
		}
	}
}

// Everything that a stranger may send has a bound.
func TestWebServerIsBounded(t *testing.T) {
	var handler atomic.Pointer[http.Handler]
	s := newWebServer(&handler, slog.New(slog.DiscardHandler))
	for name, d := range map[string]time.Duration{"header": s.ReadHeaderTimeout, "request": s.ReadTimeout, "answer": s.WriteTimeout, "idle": s.IdleTimeout} {
		if d <= 0 || d > 2*time.Minute {
			t.Errorf("%s may take %s", name, d)
		}
	}
	if s.MaxHeaderBytes <= 0 || s.MaxHeaderBytes > 64<<10 {
		t.Errorf("headers may have %d bytes", s.MaxHeaderBytes)
	}
	handler.Store(new(http.Handler(http.RedirectHandler("/a", http.StatusFound))))
	w := httptest.NewRecorder()
	s.Handler.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Code != http.StatusFound {
		t.Errorf("another handler answers: %d", w.Code)
	}
}

func TestListenError(t *testing.T) {
	op := func(err error) error {
		return &net.OpError{Op: "listen", Net: "tcp", Err: os.NewSyscallError("bind", err)}
	}
	for _, tt := range []struct {
		err   error
		want  string
		usage bool
	}{
		{op(syscall.EADDRINUSE), "a:1 is in use by another program; choose another with --addr", false},
		{op(syscall.EACCES), "a:1 may not be used by this user; choose a port above 1023", false},
		{op(syscall.EADDRNOTAVAIL), `cannot listen on "a:1": bind: cannot assign requested address; --addr is HOST:PORT`, true},
		{errors.New("odd"), `cannot listen on "a:1": odd; --addr is HOST:PORT`, true},
	} {
		err := listenError("a:1", tt.err)
		var usage *usageError
		if !strings.HasPrefix(err.Error(), tt.want) || errors.As(err, &usage) != tt.usage {
			t.Errorf("%v is told as %v, want %s", tt.err, err, tt.want)
		}
	}
}
