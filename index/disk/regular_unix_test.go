//go:build unix

package disk

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// instead are what may stand in the place of a file. None of them ends when it
// is read, or can be read at all.
var instead = map[string]func(name string) error{
	"a pipe":                     func(name string) error { return syscall.Mkfifo(name, 0o666) },
	"a link to a device":         func(name string) error { return os.Symlink("/dev/zero", name) },
	"an empty folder":            func(name string) error { return os.Mkdir(name, 0o777) },
	"a link to a folder":         func(name string) error { return os.Symlink(".", name) },
	"a link to itself":           func(name string) error { return os.Symlink(filepath.Base(name), name) },
	"a link to what isn't there": func(name string) error { return os.Symlink("nothing", name) },
}

// What stands in the place of a file of an index and is none makes the index
// unusable, at once, and another can be built.
func TestWhatIsNoFile(t *testing.T) {
	dir, src := written(t, notes(3))
	m, err := readManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{manifestFile, libraryFile, dataFile, pagesFile, stateFile, "segment/titles", segmentDir} {
		path := filepath.Join(dir, m.Folder, name)
		if name == manifestFile {
			path = filepath.Join(dir, name)
		}
		aside := filepath.Join(t.TempDir(), "aside")
		if err := os.Rename(path, aside); err != nil {
			t.Fatal(err)
		}
		for what, put := range instead {
			if err := put(path); err != nil {
				t.Fatal(err)
			}
			if why := unusable(t, dir, src); why == "" {
				t.Errorf("%s as %s is refused without a word", what, name)
			}
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Rename(aside, path); err != nil {
			t.Fatal(err)
		}
	}
	opened(t, dir, src)
	if err := errors.Join(os.Remove(filepath.Join(dir, m.Folder, pagesFile)), os.Mkdir(filepath.Join(dir, m.Folder, pagesFile), 0o777)); err != nil {
		t.Fatal(err)
	}
	unusable(t, dir, src)
	write(t, dir, src)
	opened(t, dir, src)
}

// A file of an index that is a link to a file is one.
func TestLinkedFile(t *testing.T) {
	dir, src := written(t, notes(3))
	m, err := readManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(t.TempDir(), "pages")
	path := filepath.Join(dir, m.Folder, pagesFile)
	if err := errors.Join(os.Rename(path, elsewhere), os.Symlink(elsewhere, path)); err != nil {
		t.Fatal(err)
	}
	opened(t, dir, src)
}

// What Write puts its own files in the place of is none of anybody else's: a
// link is replaced, not followed, and a folder that holds something stays.
func TestMakesRoom(t *testing.T) {
	for _, name := range ownFiles {
		for what, put := range instead {
			dir := t.TempDir()
			if err := put(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
			src := Source{FS: notes(3), Today: today}
			if err := Write(t.Context(), dir, src, tester, Options{Workers: 1}, titles); err != nil {
				t.Errorf("%s as %s: %v", what, name, err)
				continue
			}
			opened(t, dir, src)
		}
		dir, other := t.TempDir(), filepath.Join(t.TempDir(), "precious")
		src := Source{FS: notes(3), Today: today}
		if err := errors.Join(os.WriteFile(other, []byte("precious"), 0o666), os.Symlink(other, filepath.Join(dir, name))); err != nil {
			t.Fatal(err)
		}
		write(t, dir, src)
		if b, err := os.ReadFile(other); string(b) != "precious" {
			t.Errorf("behind the link %s stands %q, %v", name, b, err)
		}
		dir = t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, name, "thesis"), 0o777); err != nil {
			t.Fatal(err)
		}
		err := Write(t.Context(), dir, src, tester, Options{Workers: 1}, titles)
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s is a folder that holds something: %v", name, err)
		}
		if held := names(t, filepath.Join(dir, name)); !slices.Equal(held, []string{"thesis"}) {
			t.Errorf("%s holds %v", name, held)
		}
	}
}

// Who may read the files of an index is decided by the umask, whoever writes
// them.
func TestPermissions(t *testing.T) {
	for _, umask := range []int{0o022, 0o027, 0o077, 0o002} {
		before := syscall.Umask(umask)
		dir, src := written(t, notes(3))
		err := Write(t.Context(), dir, src, tester, Options{Workers: 1}, private)
		syscall.Umask(before)
		if err != nil {
			t.Fatal(err)
		}
		want := os.FileMode(0o666 &^ umask)
		err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			if err == nil && info.Mode() != want {
				t.Errorf("with umask %#o %s is %v, want %v", umask, d.Name(), info.Mode(), want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		opened(t, dir, src)
	}
}
