package load

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"casebook/content"
)

var update = flag.Bool("update", false, "rewrite the expected problems in testdata/check")

// today is the day on which the tests' contents are read.
var today = time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)

// archiveFS returns the files of a txtar archive, over those of
// testdata/base.txtar, which has one of everything.
func archiveFS(t testing.TB, a *txtar.Archive) fstest.MapFS {
	t.Helper()
	base, err := txtar.ParseFile("testdata/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range append(base.Files, a.Files...) {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return files
}

func load(t testing.TB, files fstest.MapFS) (*content.Library, content.Problems) {
	t.Helper()
	lib, problems, err := Load(context.Background(), files, Options{Today: today})
	if err != nil {
		t.Fatalf("Load: %v\n%s", err, problemText(problems))
	}
	return lib, problems
}

func problemText(ps content.Problems) string {
	var b strings.Builder
	for _, p := range ps {
		b.WriteString(p.Error() + " [" + p.Code + "]\n")
	}
	return b.String()
}

// TestCheck loads each archive of testdata/check and compares the problems
// with its file "problems", and the pages left out with "left-out" where there
// is one.
func TestCheck(t *testing.T) {
	archives, err := filepath.Glob("testdata/check/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := archiveFS(t, a)
			delete(files, "problems")
			lib, problems, err := Load(t.Context(), files, Options{Today: today})
			got := problemText(problems)
			if err != nil {
				got += "unusable: " + err.Error() + "\n"
			}
			want, at := "", -1
			for i, f := range a.Files {
				if f.Name == "problems" {
					want, at = string(f.Data), i
				}
			}
			if got != want {
				if !*update {
					t.Fatalf("problems:\n%s\nwant:\n%s", got, want)
				}
				if at < 0 {
					a.Files = append(a.Files, txtar.File{Name: "problems"})
					at = len(a.Files) - 1
				}
				a.Files[at].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if lib == nil {
				return
			}
			// What holds for every content: a page is served or has an error, never neither.
			left := map[string]bool{}
			for _, p := range lib.LeftOut {
				left[p] = true
			}
			for _, p := range problems {
				if p.Severity == content.Error != left[p.Path] && p.Severity == content.Error {
					t.Errorf("%s has an error and is not left out", p.Path)
				}
			}
			for p := range lib.All() {
				if left[p.Path] {
					t.Errorf("%s is served and left out", p.Path)
				}
			}
		})
	}
}

// TestBase makes sure that what the archives of testdata/check build on is
// itself without problems.
func TestBase(t *testing.T) {
	lib, problems := load(t, archiveFS(t, &txtar.Archive{}))
	if len(problems) > 0 || lib.Len() != 6 {
		t.Errorf("%d pages, problems:\n%s", lib.Len(), problemText(problems))
	}
}

// baseWith returns the base's files and one more.
func baseWith(t testing.TB, nameAndText ...string) fstest.MapFS {
	t.Helper()
	files := archiveFS(t, &txtar.Archive{})
	for i := 0; i < len(nameAndText); i += 2 {
		files[nameAndText[i]] = &fstest.MapFile{Data: []byte(nameAndText[i+1])}
	}
	return files
}
