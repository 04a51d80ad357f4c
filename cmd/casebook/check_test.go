package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	twoKinds = "kinds:\n  note:\n    folder: notes\n  old:\n    folder: notes-old\n"
	noTitle  = "---\ntitle:\n---\n"
)

// Files are named relative to the working folder or to the content, and a
// folder stands for what is in it alone.
func TestCheckNamesFiles(t *testing.T) {
	dir := folder(t, "in/schema.yaml", twoKinds, "in/site.yaml", "title: Notes\n", "in/notes/a.md", noTitle, "in/notes-old/b.md", noTitle, "out.md", "x")
	t.Chdir(dir)
	for args, want := range map[string]string{
		"": "notes-old/b.md notes/a.md", "notes": "notes/a.md", "in/notes": "notes/a.md", "in": "notes-old/b.md notes/a.md", ".": "notes-old/b.md notes/a.md",
		"./notes/": "notes/a.md", "notes/../notes-old": "notes-old/b.md", "in/notes/a.md notes-old": "notes-old/b.md notes/a.md", filepath.Join(dir, "in/notes/a.md"): "notes/a.md",
		"schema.yaml": "",
	} {
		code, stdout, stderr := called(t.Context(), nil, append([]string{"check", "--content", "in"}, strings.Fields(args)...)...)
		var got []string
		for line := range strings.Lines(stdout) {
			file, _, _ := strings.Cut(line, ":")
			got = append(got, file)
		}
		if s := strings.Join(got, " "); s != want || (code == exitDone) != (want == "") || stderr != "" {
			t.Errorf("check %s: exit %d, problems of %q, %s; want %q", args, code, s, stderr, want)
		}
	}
	for _, arg := range []string{"notes/b.md", "out.md", "../in", "note", "in/in"} {
		if code, stdout, stderr := called(t.Context(), nil, "check", "--content", "in", arg); code != exitUsage || stdout != "" || !strings.Contains(stderr, "no file "+arg+" in in") {
			t.Errorf("check %s: exit %d, %s%s", arg, code, stdout, stderr)
		}
	}
}

// Collisions come among the other problems by the name of their file; errors
// and warnings are counted.
func TestCheckReports(t *testing.T) {
	dir := folder(t, "schema.yaml", "kinds:\n  note:\n    folder: search\n", "site.yaml", "title: Notes\n", "search/a.md", noTitle, "stray/b.md", "---\ntitle: B\n---\n", "a.md", "---\ntitle: C\n---\n")
	_, stdout, _ := called(t.Context(), nil, "check", "--content", dir)
	var got []string
	for line := range strings.Lines(stdout) {
		got = append(got, strings.Join(strings.Fields(line)[:2], " "))
	}
	want := "a.md: warning:, schema.yaml: error:, search/a.md:1:1: error:, stray/b.md: warning:"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("problems %s, want %s\n%s", s, want, stdout)
	}
	code, stdout, _ := called(t.Context(), nil, "check", "--content", dir, "--format", "json")
	if !strings.Contains(stdout, `"errors": 2,`) || !strings.Contains(stdout, `"warnings": 2`) || code != exitProblems {
		t.Errorf("exit %d, as data: %s", code, stdout)
	}
	code, stdout, _ = called(t.Context(), nil, "check", "--content", dir, "--format", "json", "site.yaml")
	if want := "{\n  \"errors\": 0,\n  \"problems\": [],\n  \"warnings\": 0\n}\n"; stdout != want || code != exitDone {
		t.Errorf("exit %d, nothing as data: %q, want %q", code, stdout, want)
	}
}

// A folder of pages can't make the program read what lies outside.
func TestContentStaysInItsFolder(t *testing.T) {
	dir := folder(t, "in/a.md", "inside", "secret.md", "outside")
	if err := os.Symlink("../secret.md", filepath.Join(dir, "in/link.md")); err != nil {
		t.Skip(err)
	}
	in := filepath.Join(dir, "in")
	fsys, closeFS, err := openContent(in)
	if err != nil {
		t.Fatal(err)
	}
	defer closeFS()
	for name, want := range map[string]bool{"a.md": true, "link.md": false, "../secret.md": false, "b.md": false} {
		f, err := fsys.Open(name)
		if (err == nil) != want || contentHas(in, name) != want {
			t.Errorf("%s is read: %v, there: %t", name, err, contentHas(in, name))
		}
		if err == nil {
			f.Close()
		}
	}
	if contentHas("nowhere", "a.md") || !contentHas("", "site.yaml") {
		t.Error("there are files where there is no folder, or no built-in ones")
	}
}
