package load

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"
)

// Revision gives without parsing pages what Load gives.
func TestRevisionAlone(t *testing.T) {
	files := baseWith(t, "notes/broken.md", "no front matter", "notes/notext.md", "\xff", "notes/big.png", string(make([]byte, 2<<20)))
	lib, _ := load(t, files)
	got, err := Revision(t.Context(), files, Options{Today: today, Workers: 3})
	if err != nil || got != lib.Revision {
		t.Errorf("revision %s, %v, want %s", got, err, lib.Revision)
	}
	files["notes/notext.md"].Data = []byte("\xfe")
	if other, err := Revision(t.Context(), files, Options{}); err != nil || other == got {
		t.Errorf("another byte in a file that is no text gives the same revision, %v", err)
	}
	if _, err := Revision(t.Context(), fstest.MapFS{}, Options{}); err == nil {
		t.Error("no folder has a revision")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Revision(ctx, files, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("after its end the context gives %v", err)
	}
}

// A stamp changes with the name, the size, the time and the kind of any file
// that Load reads, and with nothing else.
func TestStamp(t *testing.T) {
	dir := t.TempDir()
	at := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	write := func(name, text string, at time.Time) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	stamp := func() string {
		t.Helper()
		s, err := Stamp(t.Context(), os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	write("schema.yaml", "x", at)
	write("notes/a.md", "x", at)
	last := stamp()
	if len(last) != 64 {
		t.Fatalf("stamp %q", last)
	}
	changed := func(what string, want bool) {
		t.Helper()
		now := stamp()
		if (now != last) != want {
			t.Errorf("%s changes the stamp: %v", what, now != last)
		}
		last = now
	}
	changed("nothing", false)
	write("notes/a.md", "xy", at)
	changed("a size", true)
	write("notes/a.md", "xy", at.Add(time.Nanosecond))
	changed("a time", true)
	write("notes/b.md", "x", at)
	changed("a file more", true)
	if err := os.Rename(filepath.Join(dir, "notes/b.md"), filepath.Join(dir, "notes/c.md")); err != nil {
		t.Fatal(err)
	}
	changed("a name", true)
	if err := os.Chmod(filepath.Join(dir, "notes/c.md"), 0o600); err != nil {
		t.Fatal(err)
	}
	changed("who may read it", true)
	write(".git/x", "x", at)
	write("notes/.hidden", "x", at)
	write("testdata/x.md", "x", at)
	changed("what Load passes over", false)
	write("notes/testdata/x.md", "x", at)
	changed("a folder of that name below another", true)

	target := filepath.Join(dir, ".target")
	write(".target", "x", at)
	if err := os.Symlink("../.target", filepath.Join(dir, "notes/link.md")); err != nil {
		t.Skip(err)
	}
	changed("a link", true)
	if err := os.Chtimes(target, at, at.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	changed("what a link leads to", true)
	if err := os.Remove(target); err != nil {
		t.Fatal(err)
	}
	changed("a link that leads nowhere", true)
}

func TestStampHasNone(t *testing.T) {
	if s, err := Stamp(t.Context(), baseWith(t)); s != "" || err != nil {
		t.Errorf("files without times have the stamp %q, %v", s, err)
	}
	files := baseWith(t)
	files["notes/first.md"].ModTime = time.Unix(1, 0)
	if s, err := Stamp(t.Context(), files); s == "" || err != nil {
		t.Errorf("with one that has a time it is %q, %v", s, err)
	}
	if _, err := Stamp(t.Context(), os.DirFS(filepath.Join(t.TempDir(), "none"))); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Stamp(ctx, files); !errors.Is(err, context.Canceled) {
		t.Errorf("after its end the context gives %v", err)
	}
}
