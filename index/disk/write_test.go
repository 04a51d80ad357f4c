package disk

import (
	"context"
	"errors"
	"io/fs"
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
	for _, tt := range []struct {
		name  string
		build func(end context.CancelFunc) Build
		want  error
	}{
		{"fails", func(context.CancelFunc) Build {
			return func(context.Context, *content.Library, string, *file.Writer) (int, error) { return 0, broken }
		}, broken},
		{"ends", func(end context.CancelFunc) Build {
			return func(ctx context.Context, lib *content.Library, folder string, state *file.Writer) (int, error) {
				end() // noticed when the files are read once more
				return titles(ctx, lib, folder, state)
			}
		}, context.Canceled},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		err := Write(ctx, dir, src, tester, Options{Workers: 1}, tt.build(cancel))
		cancel()
		if !errors.Is(err, tt.want) || !strings.HasPrefix(err.Error(), "building the index in "+dir+": ") {
			t.Errorf("a build that %s: %v", tt.name, err)
		}
		if held := names(t, dir); !slices.Contains(held, first.Folder) || slices.ContainsFunc(held, func(n string) bool { return isFolder(n) && n != first.Folder }) {
			t.Errorf("after a build that %s the folder holds %v", tt.name, held)
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

// A content that can't be read is no fault of the index either, and none is
// built of it.
func TestContentThatIsNotThere(t *testing.T) {
	dir, src := written(t, notes(5))
	before := names(t, dir)
	src.FS = os.DirFS(filepath.Join(t.TempDir(), "missing"))
	unread := func(what string, err error) {
		t.Helper()
		var why *UnusableError
		if !errors.Is(err, os.ErrNotExist) || errors.As(err, &why) {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err := Open(t.Context(), dir, src, tester, read)
	unread("Open", err)
	unread("Write", Write(t.Context(), dir, src, tester, Options{Workers: 1}, titles))
	if after := names(t, dir); !slices.Equal(before, after) {
		t.Errorf("the folder held %v, now %v", before, after)
	}
	if removeFolders(filepath.Join(dir, "missing"), "") == nil {
		t.Error("the folders of a folder that isn't there are removed")
	}
}

// An ending is a content during whose reading the context ends.
type ending struct {
	fs.FS
	end context.CancelFunc
}

func (e ending) Open(name string) (fs.File, error) {
	if name == "notes/n0000.md" {
		e.end()
	}
	return e.FS.Open(name)
}

// No file stays open, whether or not an index opens or is built.
func TestClosesFiles(t *testing.T) {
	dir, src := written(t, notes(5))
	unlock, err := prepareDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	open := func() int { // files of this process
		entries, _ := os.ReadDir("/dev/fd")
		return len(entries)
	}
	before := open()
	for range 20 {
		index, err := Open(t.Context(), dir, src, tester, read)
		if err != nil {
			t.Fatal(err)
		}
		index.Close()
		if _, err := Open(t.Context(), dir, src, tester, func(*Index) error { return ErrMixed }); err == nil {
			t.Error("an index opens that was not read")
		}
		if _, err := prepareDir(dir); !errors.Is(err, ErrBusy) {
			t.Error(err)
		}
	}
	if after := open(); after > before+10 {
		t.Errorf("%d files were open, %d are", before, after)
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
	ctx, cancel = context.WithCancel(t.Context())
	src.FS = ending{src.FS, cancel}
	if _, err := Open(ctx, dir, src, tester, read); !errors.Is(err, context.Canceled) {
		t.Errorf("while the content is read: %v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	src.FS = ending{src.FS, cancel}
	if err := Write(ctx, dir, src, tester, Options{Workers: 1}, titles); !errors.Is(err, context.Canceled) {
		t.Errorf("while an index is built: %v", err)
	}
	opened(t, dir, Source{Today: today})
}
