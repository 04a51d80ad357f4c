package web

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// hello says what was asked.
func hello(w http.ResponseWriter, r *http.Request) { plainText(w, r, 200, "hello "+r.URL.Path) }

func do(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func get(h http.Handler, target string) *httptest.ResponseRecorder {
	return do(h, httptest.NewRequest("GET", target, nil))
}

// Each request has an id, in its context, its answer and its line in the log,
// which has no parameters.
func TestObserve(t *testing.T) {
	var log bytes.Buffer
	clock := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	now := func() time.Time { clock = clock.Add(1500 * time.Microsecond); return clock }
	closing := false
	id := ""
	h := Observe(slog.New(slog.NewTextHandler(&log, nil)), now, func() bool { return closing }, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id = RequestID(r.Context())
		if Sent(w) {
			t.Error("sent before anything is")
		}
		w.WriteHeader(http.StatusTeapot)
		_, _ = w.Write([]byte("12345"))
		_, _ = w.Write([]byte("678"))
		if !Sent(w) {
			t.Error("not sent although it is")
		}
		if http.NewResponseController(w).Flush() != nil {
			t.Error("the connection can't be reached")
		}
	}))
	w := get(h, "/a?q=secret")
	if len(id) != 12 || w.Header().Get("X-Request-Id") != id || w.Code != http.StatusTeapot || w.Body.String() != "12345678" || w.Header().Get("Connection") != "" {
		t.Errorf("id %q, answer %d %q %v", id, w.Code, w.Body, w.Header())
	}
	for _, want := range []string{"level=INFO msg=request id=" + id + " method=GET path=/a status=418 bytes=8 took=1.5ms"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %s: %s", want, &log)
		}
	}
	if strings.Contains(log.String(), "secret") {
		t.Errorf("the log has the parameters: %s", &log)
	}
	first := id
	closing = true
	if w := get(h, "/"+strings.Repeat("x", 300)); w.Header().Get("Connection") != "close" || id == first {
		t.Errorf("while closing: %v, ids %s and %s", w.Header(), first, id)
	}
	if long := "path=/" + strings.Repeat("x", 199) + "…"; !strings.Contains(log.String(), long) {
		t.Errorf("a long path isn't cut: %s", &log)
	}
	if got := RequestID(t.Context()); got != "" {
		t.Errorf("without Observe the id is %q", got)
	}
	if Sent(httptest.NewRecorder()) {
		t.Error("sent on a writer that Observe didn't make")
	}
}

// An answer without a status of its own is 200 in the log too.
func TestObserveImplicitStatus(t *testing.T) {
	var log bytes.Buffer
	h := Observe(slog.New(slog.NewTextHandler(&log, nil)), time.Now, func() bool { return false }, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("x"))
		w.WriteHeader(500) // too late
	}))
	get(h, "/")
	if !strings.Contains(log.String(), "status=200 bytes=1 ") {
		t.Errorf("%s", &log)
	}
}

func TestSecure(t *testing.T) {
	w := get(Secure(http.HandlerFunc(hello)), "/x")
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		"Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
		"Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; form-action 'self'; " +
			"base-uri 'none'; frame-ancestors 'none'",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if w.Body.String() != "hello /x" {
		t.Errorf("the answer is %q", w.Body)
	}
}

func TestSurvive(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, nil))
	serve := func(h http.HandlerFunc) *httptest.ResponseRecorder {
		log.Reset()
		return get(Observe(logger, time.Now, func() bool { return false }, Survive(logger, h)), "/a")
	}
	w := serve(func(http.ResponseWriter, *http.Request) { panic("out of ink") })
	if w.Code != 500 || strings.Contains(w.Body.String(), "ink") || w.Header().Get("Content-Type") != TypeText {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	for _, want := range []string{"level=ERROR msg=panic id=" + w.Header().Get("X-Request-Id") + " path=/a value=\"out of ink\" stack=", "middleware_test.go"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %s: %s", want, &log)
		}
	}
	w = serve(func(w http.ResponseWriter, r *http.Request) {
		hello(w, r)
		panic("late")
	})
	if w.Code != 200 || w.Body.String() != "hello /a" || !strings.Contains(log.String(), "late") {
		t.Errorf("after the answer had begun: %d %q", w.Code, w.Body)
	}
	if w := serve(hello); w.Code != 200 || strings.Contains(log.String(), "ERROR") {
		t.Errorf("without a panic: %d, %s", w.Code, &log)
	}
	defer func() {
		if v := recover(); v != http.ErrAbortHandler || strings.Contains(log.String(), "ERROR") {
			t.Errorf("a handler that aborts on purpose: %v, %s", v, &log)
		}
	}()
	serve(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
}

func TestTooMuch(t *testing.T) {
	request := func(change func(*http.Request)) *http.Request {
		r := httptest.NewRequest("GET", "/", nil)
		change(r)
		return r
	}
	for _, tt := range []struct {
		name   string
		change func(*http.Request)
		status int
		key    string
	}{
		{"get", func(*http.Request) {}, 0, ""},
		{"head", func(r *http.Request) { r.Method = "HEAD" }, 0, ""},
		{"post", func(r *http.Request) { r.Method = "POST" }, 405, "method"},
		{"longest address", func(r *http.Request) { r.RequestURI = strings.Repeat("a", MaxURLBytes) }, 0, ""},
		{"longer address", func(r *http.Request) { r.RequestURI = strings.Repeat("a", MaxURLBytes+1) }, 414, "too-long"},
		{"longest host", func(r *http.Request) { r.Host = strings.Repeat("a", 300) }, 0, ""},
		{"longer host", func(r *http.Request) { r.Host = strings.Repeat("a", 301) }, 400, "bad-request"},
		{"body", func(r *http.Request) { r.ContentLength = 1 }, 413, "body"},
		{"body of unknown length", func(r *http.Request) { r.ContentLength = -1 }, 413, "body"},
	} {
		e := TooMuch(request(tt.change))
		if e == nil && tt.status == 0 {
			continue
		}
		if e == nil || e.Status != tt.status || e.Key != tt.key {
			t.Errorf("%s: %+v, want %d, %s", tt.name, e, tt.status, tt.key)
		}
	}
	h := Bounded(http.HandlerFunc(hello))
	if w := get(h, "/a"); w.Code != 200 || w.Body.String() != "hello /a" {
		t.Errorf("within the bounds: %d %q", w.Code, w.Body)
	}
	if w := do(h, httptest.NewRequest("PUT", "/a", nil)); w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" || w.Body.String() != "Method Not Allowed\n" {
		t.Errorf("outside: %d %q %v", w.Code, w.Body, w.Header())
	}
}

func TestStatusError(t *testing.T) {
	cause := errors.New("why")
	e := &StatusError{Status: 503, Key: "busy", Cause: cause}
	if e.Error() != "Service Unavailable: why" || !errors.Is(e, cause) || (&StatusError{Status: 404}).Error() != "Not Found" {
		t.Errorf("%v; %v", e, &StatusError{Status: 404})
	}
	for status, want := range map[int]http.Header{
		405: {"Allow": {"GET, HEAD"}}, 413: {}, 503: {"Retry-After": {"2"}}, 404: {}, 500: {},
	} {
		w := httptest.NewRecorder()
		(&StatusError{Status: status}).Headers(w)
		if len(w.Header()) != len(want) {
			t.Errorf("%d sets %v, want %v", status, w.Header(), want)
		}
		for name := range want {
			if w.Header().Get(name) != want.Get(name) {
				t.Errorf("%d sets %v, want %v", status, w.Header(), want)
			}
		}
	}
}

func TestHealth(t *testing.T) {
	if w := get(http.HandlerFunc(Healthz), "/"); w.Code != 200 || w.Body.String() != "ok\n" || w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Content-Type") != TypeText {
		t.Errorf("%d %q %v", w.Code, w.Body, w.Header())
	}
	closing, revision, ok := false, "", false
	h := Readyz(func() bool { return closing }, func() (string, bool) { return revision, ok })
	for _, tt := range []struct {
		closing, ok bool
		status      int
		text, retry string
	}{{false, false, 503, "not ready\n", "2"}, {false, true, 200, "ready abc\n", ""}, {true, true, 503, "stopping\n", "2"}, {true, false, 503, "stopping\n", "2"}} {
		closing, ok, revision = tt.closing, tt.ok, "abc"
		if w := get(h, "/"); w.Code != tt.status || w.Body.String() != tt.text || w.Header().Get("Retry-After") != tt.retry {
			t.Errorf("%+v: %d %q %v", tt, w.Code, w.Body, w.Header())
		}
	}
}

// So many are let in at once; a place is free again when it is left, once.
func TestPlaces(t *testing.T) {
	p := NewPlaces(2)
	free := func() bool {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		leave, ok := p.Enter(ctx)
		if ok {
			leave()
		}
		return ok
	}
	leave1, ok1 := p.Enter(t.Context())
	leave2, ok2 := p.Enter(t.Context())
	if !ok1 || !ok2 || free() {
		t.Fatalf("two places: %v, %v, and a third", ok1, ok2)
	}
	leave1()
	leave1()
	if !free() || len(p) != 1 {
		t.Errorf("after one has left, %d are taken", len(p))
	}
	leave2()
	if len(p) != 0 {
		t.Errorf("after all have left, %d are taken", len(p))
	}
	// Who waits gets the place that is left.
	for range 2 {
		if _, ok := p.Enter(t.Context()); !ok {
			t.Fatal("no place")
		}
	}
	done := make(chan bool)
	go func() {
		_, ok := p.Enter(t.Context())
		done <- ok
	}()
	<-p
	if !<-done {
		t.Error("who waited got no place")
	}
}
