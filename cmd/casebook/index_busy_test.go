//go:build unix && !solaris && !aix

package main

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// While another process builds the index, serve listens, asks readers to come
// back, and opens what the other has built. The command index says why it
// can't, and ends.
func TestServeWaitsForABuild(t *testing.T) {
	pages, dir := notes(t, 3), filepath.Join(t.TempDir(), "index")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	lock, err := os.Create(filepath.Join(dir, "lock"))
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := quiet("index", "--content", pages, "--index", dir); code != exitProblems || !strings.Contains(stderr, "another process is building this index") {
		t.Errorf("index ends with %d: %s", code, stderr)
	}

	log, done := newLogBuffer(), make(chan int, 1)
	go func() {
		done <- run(t.Context(), []string{"serve", "--addr", "127.0.0.1:0", "--drain", "0s", "--content", pages, "--index", dir},
			environment{func(string) string { return "" }, io.Discard, log, time.Now})
	}()
	t.Cleanup(func() { <-done })
	addr := log.wait(t, regexp.MustCompile(`msg=listening addr=(\S+)`))[1]
	log.wait(t, regexp.MustCompile(`msg="waiting for the index" why="another process is building this index"`))
	res, err := http.Get("http://" + addr + "/notes/good")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(res.Body); err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" || !strings.Contains(body.String(), "reading its pages") {
		t.Errorf("while it waits: %d, Retry-After %q, %s", res.StatusCode, res.Header.Get("Retry-After"), &body)
	}
	if err := lock.Close(); err != nil {
		t.Fatal(err)
	}
	log.wait(t, regexp.MustCompile(`serving http`))
	if status, _ := get(t, "http://"+addr+"/notes/n0001"); status != http.StatusOK {
		t.Errorf("afterwards: %d", status)
	}
}
