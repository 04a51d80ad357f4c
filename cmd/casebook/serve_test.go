package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// A logBuffer is written by the server and read by the test.
type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
	line chan struct{} // a token for each write
}

func newLogBuffer() *logBuffer { return &logBuffer{line: make(chan struct{}, 1000)} }

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	select {
	case b.line <- struct{}{}:
	default:
	}
	return b.text.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// wait returns what the expression finds in the log once it is there.
func (b *logBuffer) wait(t *testing.T, re *regexp.Regexp) []string {
	t.Helper()
	for {
		if m := re.FindStringSubmatch(b.String()); m != nil {
			return m
		}
		select {
		case <-b.line:
		case <-t.Context().Done():
			t.Fatalf("no %s in the log: %s", re, b)
		}
	}
}

// start runs casebook serve and returns its address and a function that sends
// it the signal and returns its exit code.
func start(t *testing.T, args ...string) (addr string, log *logBuffer, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	log = newLogBuffer()
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0", "--drain", "0s"}, args...),
			environment{func(string) string { return "" }, io.Discard, log, time.Now})
	}()
	stop = sync.OnceValue(func() int { cancel(); return <-done })
	t.Cleanup(func() { stop() })
	serving := regexp.MustCompile(`serving http://([^/]+)/`)
	for {
		if m := serving.FindStringSubmatch(log.String()); m != nil {
			return m[1], log, stop
		}
		select {
		case <-log.line:
		case code := <-done:
			done <- code
			t.Fatalf("serve ended with %d: %s", code, log)
		}
	}
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// The shipped content is served from the program alone, and SIGTERM's context ends it with exit code 0.
func TestServeShippedContent(t *testing.T) {
	addr, log, stop := start(t)
	for _, path := range []string{"/", "/search?q=prison", "/fr/search?q=prison", "/ar/", "/healthz", "/readyz", "/api/v1/search?q=prison", "/status"} {
		if status, body := get(t, "http://"+addr+path); status != http.StatusOK || body == "" {
			t.Errorf("GET %s = %d, %d bytes", path, status, len(body))
		}
	}
	if code := stop(); code != exitDone {
		t.Errorf("exit code %d, want %d; log: %s", code, exitDone, log)
	}
	if strings.Contains(log.String(), "msg=\"left out\"") {
		t.Errorf("the shipped content has broken pages: %s", log)
	}
}

// After SIGTERM requests are answered for a while, on connections that are
// open and on new ones, each answer closes its connection, and /readyz says
// that it is over: nobody is cut off.
func TestServeDrains(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	log, over, done := newLogBuffer(), make(chan time.Time), make(chan error, 1)
	o := serveOptions{content: "testdata/broken", addr: "127.0.0.1:0", drain: time.Minute, after: func(d time.Duration) <-chan time.Time {
		if d != time.Minute {
			t.Errorf("waits %s", d)
		}
		return over
	}}
	go func() {
		done <- o.run(ctx, environment{func(string) string { return "" }, io.Discard, log, time.Now}, nil)
	}()
	addr := log.wait(t, regexp.MustCompile(`serving http://([^/]+)/`))[1]
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	open := bufio.NewReader(conn)
	ask := func(path string) *http.Response {
		t.Helper()
		fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", path)
		res, err := http.ReadResponse(open, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, res.Body); err != nil {
			t.Fatal(err)
		}
		return res
	}
	if res := ask("/notes/good"); res.StatusCode != http.StatusOK || res.Close {
		t.Errorf("before: %d, closes %v", res.StatusCode, res.Close)
	}
	cancel()
	log.wait(t, regexp.MustCompile(`msg=stopping`))
	if res := ask("/notes/good"); res.StatusCode != http.StatusOK || !res.Close {
		t.Errorf("on the open connection: %d, closes %v", res.StatusCode, res.Close)
	}
	if status, body := get(t, "http://"+addr+"/notes/good"); status != http.StatusOK || !strings.Contains(body, "A good page") {
		t.Errorf("on a new connection: %d", status)
	}
	if status, _ := get(t, "http://"+addr+"/readyz"); status != http.StatusServiceUnavailable {
		t.Errorf("/readyz: %d", status)
	}
	over <- time.Time{}
	if err := <-done; err != nil {
		t.Errorf("serve ends with %v", err)
	}
}

// A broken page is left out, listed, and the rest is served.
func TestServeLeavesBrokenPagesOut(t *testing.T) {
	addr, log, _ := start(t, "--content", "testdata/broken")
	if status, body := get(t, "http://"+addr+"/notes/good"); status != http.StatusOK || !strings.Contains(body, "A good page") {
		t.Errorf("the good page is not served: %d", status)
	}
	if status, _ := get(t, "http://"+addr+"/notes/bad"); status != http.StatusNotFound {
		t.Errorf("the broken page answers %d, want 404", status)
	}
	if _, body := get(t, "http://"+addr+"/status"); !strings.Contains(body, "notes/bad.md") {
		t.Error("/status does not list notes/bad.md")
	}
	if !strings.Contains(log.String(), "notes/bad.md:3:") {
		t.Errorf("the log does not name the place: %s", log)
	}
}

// A command that a signal stops before it has answered says so; that is no error of the pages.
func TestStoppedWhileReading(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range [][]string{{"check"}, {"search", "prison"}} {
		var stderr bytes.Buffer
		code := run(ctx, args, environment{func(string) string { return "" }, io.Discard, &stderr, time.Now})
		if code != exitProblems || stderr.String() != "casebook: stopped before it was done\n" {
			t.Errorf("%v: code %d, stderr %q", args, code, stderr.String())
		}
	}
}

// Told to stop while the pages are still being read, serve ends as it does later: at once, with exit code 0.
func TestServeStoppedWhileReading(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stderr bytes.Buffer
	code := run(ctx, []string{"serve", "--addr", "127.0.0.1:0"}, environment{func(string) string { return "" }, io.Discard, &stderr, time.Now})
	if code != exitDone || strings.Contains(stderr.String(), "canceled") {
		t.Errorf("exit code %d, stderr %q; want %d and no word of a failure", code, stderr.String(), exitDone)
	}
}

func TestServePortInUse(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	var stderr bytes.Buffer
	code := run(t.Context(), []string{"serve", "--addr", taken.Addr().String()}, environment{func(string) string { return "" }, io.Discard, &stderr, time.Now})
	want := fmt.Sprintf("casebook: %s is in use by another program", taken.Addr())
	if code != exitProblems || !strings.HasPrefix(stderr.String(), want) || strings.Count(stderr.String(), "\n") != 1 {
		t.Errorf("code %d, stderr %q; want code %d and one line that begins %q", code, stderr.String(), exitProblems, want)
	}
}
