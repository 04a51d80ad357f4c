package disk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebook/content"
	"casebook/index/file"
)

// A folder that holds anything else is left alone.
func TestWritesOnlyIntoItsOwnFolder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"thesis.md", "build-", "build-xyz", "manifest.json.old", "lost+found.old", "lost"} {
		precious := filepath.Join(dir, name)
		if err := os.WriteFile(precious, []byte("x"), 0o666); err != nil {
			t.Fatal(err)
		}
		err := Write(t.Context(), dir, Source{FS: notes(2), Today: today}, tester, Options{Workers: 1}, titles)
		if err == nil || !strings.Contains(err.Error(), "holds "+name+", which is no part of an index") {
			t.Errorf("error %v", err)
		}
		if held := names(t, dir); !slices.Equal(held, []string{name}) {
			t.Errorf("left behind: %v", held)
		}
		if err := os.Remove(precious); err != nil {
			t.Fatal(err)
		}
	}
}

// What nobody has put there doesn't make a folder another's, and stays.
func TestPassesOver(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{".DS_Store", ".gitkeep", ".git", "lost+found", "System Volume Information", "$RECYCLE.BIN"} {
		if err := errors.Join(os.Mkdir(filepath.Join(dir, name), 0o777), os.WriteFile(filepath.Join(dir, name, "x"), nil, 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	before := names(t, dir)
	src := Source{FS: notes(3), Today: today}
	write(t, dir, src)
	write(t, dir, src)
	opened(t, dir, src)
	after := names(t, dir)
	if left := slices.DeleteFunc(after, func(n string) bool { return n == manifestFile || n == lockFile || isFolder(n) }); !slices.Equal(left, before) {
		t.Errorf("the folder held %v, now besides the index %v", before, left)
	}
	if x, err := os.Stat(filepath.Join(dir, "lost+found", "x")); err != nil {
		t.Error(x, err)
	}
}

// Two builds at once: the second is told, and harms nothing.
func TestLock(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	unlock, err := prepareDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	src := Source{FS: notes(5), Today: today}
	if err := Write(t.Context(), dir, src, tester, Options{Workers: 1}, titles); !errors.Is(err, ErrBusy) {
		t.Errorf("error %v, want ErrBusy", err)
	}
	if held := names(t, dir); !slices.Equal(held, []string{lockFile}) {
		t.Errorf("the folder holds %v", held)
	}
	unlock()
	write(t, dir, src)
	write(t, dir, src) // the first has given the lock back
	opened(t, dir, src)
}

// What a killed build left behind goes; the index that counts stays until
// there is another, and goes then.
func TestLeftovers(t *testing.T) {
	dir, src := written(t, notes(5))
	first, err := readManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	killed := filepath.Join(dir, folderPrefix+"0123abcd", segmentDir)
	if err := errors.Join(os.MkdirAll(killed, 0o777), os.WriteFile(filepath.Join(killed, "part"), nil, 0o666),
		os.WriteFile(filepath.Join(dir, manifestFile+".new"), []byte("{"), 0o666)); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for name, build := range map[string]Build{
		"fails": func(context.Context, *content.Library, string, *file.Writer) (int, error) { return 0, broken },
		"ends": func(_ context.Context, lib *content.Library, folder string, state *file.Writer) (int, error) {
			cancel() // noticed when the files are read once more
			return titles(ctx, lib, folder, state)
		},
	} {
		if err := Write(ctx, dir, src, tester, Options{Workers: 1}, build); err == nil || !strings.HasPrefix(err.Error(), "building the index in "+dir+": ") {
			t.Errorf("a build that %s: %v", name, err)
		}
		if held := names(t, dir); !slices.Contains(held, first.Folder) || slices.ContainsFunc(held, func(n string) bool { return isFolder(n) && n != first.Folder }) {
			t.Errorf("after a build that %s the folder holds %v", name, held)
		}
		opened(t, dir, src)
	}
	write(t, dir, src)
	second, err := readManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	if held := names(t, dir); !slices.Equal(held, []string{second.Folder, lockFile, manifestFile}) || second.Folder == first.Folder {
		t.Errorf("the folder holds %v", held)
	}
}

// An index that is replaced while it is opened is opened as the new one; one
// that goes on being replaced is given up.
func TestReplacedWhileItIsOpened(t *testing.T) {
	dir, src := written(t, notes(5))
	for _, tt := range []struct {
		replaced int
		calls    int
		ok       bool
	}{{0, 1, false}, {1, 2, true}, {2, 3, true}, {3, 3, false}} {
		calls := 0
		index, err := Open(t.Context(), dir, src, tester, func(i *Index) error {
			calls++
			if calls > tt.replaced && tt.replaced > 0 {
				return read(i)
			}
			if tt.replaced > 0 {
				write(t, dir, src)
			}
			return errors.New("files are gone")
		})
		if (err == nil) != tt.ok || calls != tt.calls {
			t.Errorf("replaced %d times: %d tries, %v", tt.replaced, calls, err)
		}
		if err == nil {
			index.Close()
		}
	}
}

// An end of the context is no fault of the index.
func TestOpenEnds(t *testing.T) {
	dir, src := written(t, notes(5))
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Open(ctx, dir, src, tester, func(*Index) error {
		cancel()
		return ctx.Err()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("while it is read: %v", err)
	}
	if _, err := Open(ctx, dir, Source{Today: today}, tester, read); !errors.Is(err, context.Canceled) {
		t.Errorf("while files are compared: %v", err)
	}
}
