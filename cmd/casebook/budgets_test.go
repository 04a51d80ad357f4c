package main

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Bounds on what one has to know to change something. A package that grows
// past its bound has a noun in it that wants a room of its own.
const (
	maxPackage = 1500 // lines of code: neither blank nor only a comment; tests aside
	maxContent = 3000 // the same of content, where the nouns are
	maxFile    = 500  // lines of a file, tests too
)

func TestPackagesAndFilesAreSmall(t *testing.T) {
	code := make(map[string]int)
	goFiles(t, func(path string) {
		all, lines := countLines(t, path)
		if all > maxFile {
			t.Errorf("%s has %d lines, more than %d: is there a second idea in it?", path, all, maxFile)
		}
		if !strings.HasSuffix(path, "_test.go") {
			code[filepath.ToSlash(filepath.Dir(path))] += lines
		}
	})
	for dir, n := range code {
		most := maxPackage
		if dir == "content" {
			most = maxContent
		}
		if n > most {
			t.Errorf("%s has %d lines of code, more than %d: which noun wants a room of its own?", dir, n, most)
		}
	}
}

// goFiles calls f with every Go file of the module, by its path from the root.
func goFiles(t *testing.T, f func(path string)) {
	t.Helper()
	t.Chdir("../..")
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains([]string{".git", "node_modules"}, d.Name()):
			return fs.SkipDir
		case strings.HasSuffix(path, ".go"):
			f(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func countLines(t *testing.T, path string) (all, code int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		all++
		if line := strings.TrimSpace(s.Text()); line != "" && !strings.HasPrefix(line, "//") {
			code++
		}
	}
	return all, code
}

// The generators are run once in a while; they compile all the time.
func TestToolsCompile(t *testing.T) {
	out, err := exec.Command("go", "vet", "casebook/tools/...").CombinedOutput()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	} else if err != nil {
		t.Fatal(err)
	}
}
