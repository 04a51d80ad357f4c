package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"casebook/index"
)

// notes fills a content folder with n pages of the broken site's kind, all of
// them good.
func notes(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/broken")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "notes", "bad.md")); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(filepath.Join(dir, "notes", "good.md"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		text := fmt.Appendf(bytes.Clone(good), "\nThe word%d of note %d.\n", i, i)
		if err := os.WriteFile(filepath.Join(dir, "notes", fmt.Sprintf("n%04d.md", i)), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// program builds casebook itself, to be killed.
func program(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "casebook.exe")
	if out, err := exec.Command("go", "build", "-o", path, "casebook/cmd/casebook").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}

// quiet runs a command line in this process and returns its output.
func quiet(args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = run(context.Background(), args, environment{func(string) string { return "" }, &out, &err, time.Now})
	return code, out.String(), err.String()
}

// opens reports whether there is a whole index of a content folder.
func opens(t *testing.T, dir, pages string) bool {
	t.Helper()
	stored, err := index.Open(t.Context(), dir, index.Source{FS: os.DirFS(pages), Today: time.Now()}, index.Options{})
	if unusable := (*index.UnusableError)(nil); err != nil && !errors.As(err, &unusable) {
		t.Fatal(err)
	}
	if err == nil {
		stored.Snapshot.Release()
	}
	return err == nil
}

// A build that is killed at any moment leaves the index of before, or none
// that counts; the next build cleans up behind it.
func TestIndexKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program and kills it many times")
	}
	casebook, dir := program(t), filepath.Join(t.TempDir(), "index")
	small, large := notes(t, 3), notes(t, 600)
	// How long a whole build takes here, so that the moments are spread over it.
	begun := time.Now()
	if out, err := exec.Command(casebook, "index", "--content", large, "--index", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	whole := time.Since(begun)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(9, 9))
	old, killed := false, 0
	for i := 0; killed < 16 && i < 80; i++ {
		if killed == 8 && !old { // from now on there is an older index, which must stay
			if code, _, stderr := quiet("index", "--content", small, "--index", dir); code != exitDone {
				t.Fatal(stderr)
			}
			old = true
		}
		cmd := exec.Command(casebook, "index", "--content", large, "--index", dir)
		begun := time.Now()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(r.Int64N(int64(whole))), func() { _ = cmd.Process.Kill() })
		err := cmd.Wait()
		timer.Stop()
		if err != nil {
			killed++
		} else { // the machine is quicker than it was
			whole = min(whole, time.Since(begun))
		}
		// An index that was there is there still, or the new one is if the kill came after all was done.
		if !opens(t, dir, small) && !opens(t, dir, large) && (old || err == nil) {
			t.Fatalf("after kill %d there is no index", i)
		}
		// Whatever was left behind, the pages can be served.
		if code, _, stderr := quiet("index", "--content", small, "--index", dir); code != exitDone {
			t.Fatalf("after kill %d: %s", i, stderr)
		}
		if !old {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}
	}
	if killed < 16 {
		t.Errorf("only %d builds were killed before they were done", killed)
	}
	if code, stdout, stderr := quiet("index", "--content", large, "--index", dir); code != exitDone || !strings.Contains(stdout, "built") {
		t.Fatalf("%d %s %s", code, stdout, stderr)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 3 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

// A disk that is full, wherever in the build, is an error that says so, and
// the index of before stays. The system's limit on the size of files stands
// in for the disk: it also holds for what bleve writes.
func TestIndexFullDisk(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell with ulimit")
	}
	casebook, dir := program(t), filepath.Join(t.TempDir(), "index")
	small, large := notes(t, 3), notes(t, 600)
	if code, _, stderr := quiet("index", "--content", small, "--index", dir); code != exitDone {
		t.Fatal(stderr)
	}
	failed := 0
	for _, blocks := range []int{0, 1, 20, 60, 100, 120, 140, 160, 200, 1 << 20} { // of 512 bytes, or of 1024 in some shells
		cmd := exec.Command("sh", "-c", fmt.Sprintf("ulimit -f %d && exec %q index --content %q --index %q", blocks, casebook, large, dir))
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		err := cmd.Run()
		var exit *exec.ExitError
		switch {
		case err == nil:
			if !strings.Contains(stdout.String(), "601 pages") {
				t.Errorf("%d blocks: %s", blocks, &stdout)
			}
			continue
		case !errors.As(err, &exit):
			t.Fatal(err)
		}
		failed++
		msg := stderr.String()
		if exit.ExitCode() != exitProblems || !strings.HasPrefix(msg, "casebook: indexing ") || strings.Count(msg, "\n") != 1 || !strings.Contains(msg, "file too large") {
			t.Errorf("%d blocks: exit code %d, %s", blocks, exit.ExitCode(), msg)
		}
		if code, stdout, stderr := quiet("index", "--content", small, "--index", dir); code != exitDone || !strings.Contains(stdout, "up to date") {
			t.Fatalf("%d blocks: the old index is gone: %s%s", blocks, stdout, stderr)
		}
		if entries, _ := os.ReadDir(dir); len(entries) > 4 {
			t.Errorf("%d blocks: left behind %v", blocks, entries)
		}
	}
	if failed < 5 {
		t.Errorf("only %d builds failed", failed)
	}
}

// serve builds the index that it is told to use, opens it when it is there,
// and builds it again when the content has changed.
func TestServeIndex(t *testing.T) {
	dir, pages := filepath.Join(t.TempDir(), "index"), notes(t, 5)
	for _, want := range []string{`msg="building the index" why="there is none"`, "", "its content is"} {
		if strings.Contains(want, "content") {
			if err := os.Remove(filepath.Join(pages, "notes", "n0003.md")); err != nil {
				t.Fatal(err)
			}
		}
		addr, log, stop := start(t, "--content", pages, "--index", dir)
		if status, body := get(t, "http://"+addr+"/api/v1/search?q=word4"); status != 200 || !strings.Contains(body, "notes/n0004") {
			t.Errorf("%d %s", status, body)
		}
		if status, body := get(t, "http://"+addr+"/notes/n0004"); status != 200 || !strings.Contains(body, "word4") {
			t.Errorf("the page answers %d", status)
		}
		if code := stop(); code != exitDone {
			t.Errorf("exit code %d: %s", code, log)
		}
		if built := strings.Contains(log.String(), "building the index"); built != (want != "") || !strings.Contains(log.String(), want) {
			t.Errorf("the log has no %q: %s", want, log)
		}
	}
}

// What a long build says on a terminal.
func TestProgress(t *testing.T) {
	if got, want := progressLine("reading pages", 25_000, 100_000, 10*time.Second), "reading pages: 25000 of 100000, 2500 a second, 30s left"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := progressLine("reading pages", 0, 10, 0), "reading pages: 0 of 10"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := progressLine("reading pages", 5, 5, time.Second), "reading pages: 5 of 5, 5 a second, 0s left"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := progressLine("reading pages", 0, 5, time.Second), "reading pages: 0 of 5"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	var out strings.Builder
	now := time.Unix(0, 0)
	p := &progress{w: &out, now: func() time.Time { return now }}
	p.end() // nothing stands there
	for i := range 7 {
		p.update("read", i+1, 1000)
		now = now.Add(showEvery / 2)
	}
	p.update("merge", 0, 7) // the next stage is told at once
	p.end()
	want := "\rreading pages: 3 of 1000, 15 a second, 1m6s left\rreading pages: 5 of 1000, 12 a second, 1m20s left" +
		"\rreading pages: 7 of 1000, 12 a second, 1m25s left" + "\rmerging parts: 0 of 7" + strings.Repeat(" ", 28) + "\r" + strings.Repeat(" ", 21) + "\r"
	if out.String() != want {
		t.Errorf("the terminal gets\n%q, want\n%q", out.String(), want)
	}
	silent := newProgress(environment{stderr: io.Discard, now: time.Now})
	silent.update("read", 1, 2)
	silent.end()
	if silent.w != nil {
		t.Error("progress is shown where no terminal is")
	}
}
