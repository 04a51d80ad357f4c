//go:build unix

package load

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"casebook/content/definitions"
)

// A pipe or a folder in a file's place is a problem: nothing waits for what
// somebody may write into it.
func TestIrregularFiles(t *testing.T) {
	const irregular = ": error: it is not a regular file"
	for _, tt := range []struct{ name, want string }{
		{"site.yaml", "unusable"},
		{"schema.yaml", "unusable"},
		{"glossary.yaml", "glossary.yaml" + irregular},
		{"vocabularies/area.yaml", "vocabularies/area.yaml" + irregular},
		{"vocabularies/more.yaml", "vocabularies/more.yaml" + irregular},
		{"vocabularies", "not a folder"},
		{"notes/pipe.md", "notes/pipe.md" + irregular},
		{"notes/pipe.png", "notes/pipe.png" + irregular},
		{"notes/link.md", "notes/link.md" + irregular},
	} {
		for kind, put := range map[string]func(path string) error{
			"pipe":   func(path string) error { return syscall.Mkfifo(path, 0o600) },
			"folder": func(path string) error { return os.MkdirAll(path+"/x", 0o700) },
			"link": func(path string) error {
				if err := syscall.Mkfifo(filepath.Join(filepath.Dir(path), ".pipe"), 0o600); err != nil {
					return err
				}
				return os.Symlink(".pipe", path)
			},
		} {
			isData := strings.HasSuffix(tt.name, ".yaml") && !strings.HasPrefix(tt.name, "vocabularies/more")
			if kind == "folder" && !isData || kind == "folder" && strings.HasPrefix(tt.name, "vocabularies/") {
				continue // a folder like any other
			}
			t.Run(kind+"/"+tt.name, func(t *testing.T) {
				dir := t.TempDir()
				for name, f := range baseWith(t) {
					if name == tt.name || strings.HasPrefix(name, tt.name+"/") {
						continue
					}
					path := filepath.Join(dir, name)
					if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(path, f.Data, 0o600); err != nil {
						t.Fatal(err)
					}
				}
				if err := put(filepath.Join(dir, tt.name)); err != nil {
					t.Skip(err)
				}
				root, err := os.OpenRoot(dir)
				if err != nil {
					t.Fatal(err)
				}
				defer root.Close()
				got := within(t, root.FS())
				if tt.want == "unusable" {
					if want := "the content can't be used: " + tt.name + irregular; got != want {
						t.Errorf("%s, want %s", got, want)
					}
				} else if !strings.Contains(got, tt.want) {
					t.Errorf("%s, want %s", got, tt.want)
				}
			})
		}
	}
}

// within loads a folder, in a minute at most, and returns error or problems.
func within(t *testing.T, fsys fs.FS) string {
	t.Helper()
	done := make(chan string, 1)
	go func() {
		_, problems, err := Load(t.Context(), fsys, Options{Today: today})
		_, _ = definitions.Files(fsys) // nor do these
		_, _ = Revision(t.Context(), fsys, Options{Today: today})
		if err != nil {
			done <- err.Error()
			return
		}
		done <- problemText(problems)
	}()
	select {
	case s := <-done:
		return s
	case <-time.After(time.Minute):
		t.Fatal("Load waits for a pipe")
		return ""
	}
}

// A data file that says it is too big is not read.
func TestTooBigDataFile(t *testing.T) {
	files := baseWith(t, "vocabularies/big.yaml", strings.Repeat("#", 8<<20+1))
	_, problems := load(t, files)
	if got, want := problemText(problems), "vocabularies/big.yaml: error: the file has more than 8 MiB; divide it [too-big]\n"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	names, err := definitions.Files(files)
	if err != nil || strings.Contains(strings.Join(names, " "), "big") {
		t.Errorf("files %v, %v", names, err)
	}
}
