package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"casebook/content/load"
	"casebook/search"
)

func TestPrintResult(t *testing.T) {
	lib, _, err := load.Load(t.Context(), fstest.MapFS{
		"site.yaml":     {Data: []byte("title: Notes\nlanguages: [en, fr]\n")},
		"schema.yaml":   {Data: []byte("kinds:\n  note:\n    folder: notes\n")},
		"notes/a.md":    {Data: []byte("---\ntitle: The lighthouse\n---\n")},
		"notes/a.fr.md": {Data: []byte("---\ntitle: Le phare\n---\n")},
	}, load.Options{Today: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	passage := search.Passage{{Text: "An  old\n"}, {Text: "lighthouse", Marked: true}, {Text: " here "}}
	all := &search.Result{
		Total: 12, Added: []search.Expansion{{For: "beacon", Added: []string{"lighthouse", "light"}}, {For: "old", Added: []string{"ancient"}}},
		DidYou: &search.Suggestion{Text: "old beacons", Total: 3},
		Hits:   []search.Hit{{ID: "notes/a", Lang: "en", Passage: passage}, {ID: "notes/a", Lang: "fr"}, {ID: "notes/b", Lang: "en", Passage: search.Passage{{Text: " "}}}},
	}
	for _, tt := range []struct {
		name     string
		q        search.Query
		res      *search.Result
		terminal bool
		want     string
	}{
		{"nothing", search.Query{Page: 1, Size: 20}, &search.Result{}, false, "0 results\n"},
		{"one", search.Query{Page: 1, Size: 20}, &search.Result{Total: 1, Hits: all.Hits[:1]}, false,
			"1 result\n\n1. The lighthouse\n   notes/a\n   An old lighthouse here\n"},
		{"all there is", search.Query{Page: 2, Size: 5}, all, false, "12 results\nalso searched for: lighthouse, light\nalso searched for: ancient\ndid you mean: old beacons (3)\n" +
			"\n6. The lighthouse\n   notes/a\n   An old lighthouse here\n\n7. Le phare\n   notes/a\n\n8. (cannot be read: "},
		{"bold", search.Query{Page: 1, Size: 20}, &search.Result{Total: 1, Hits: all.Hits[:1]}, true,
			"1 result\n\n1. \x1b[1mThe lighthouse\x1b[0m\n   notes/a\n   An old \x1b[1mlighthouse\x1b[0m here\n"},
	} {
		var b strings.Builder
		printResult(&b, lib, tt.q, tt.res, tt.terminal)
		if got := b.String(); got != tt.want && !(strings.HasSuffix(tt.want, "read: ") && strings.HasPrefix(got, tt.want) && strings.HasSuffix(got, ")\n   notes/b\n")) {
			t.Errorf("%s:\n%q, want\n%q", tt.name, got, tt.want)
		}
	}
}

// Bold letters are for terminals of those who want them.
func TestShowsBold(t *testing.T) {
	device, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0) // as a terminal is
	if err != nil {
		t.Fatal(err)
	}
	defer device.Close()
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	env := func(vars map[string]string) environment {
		return environment{getenv: func(key string) string { return vars[key] }, stdout: device, stderr: device}
	}
	for _, tt := range []struct {
		name string
		env  environment
		want bool
	}{
		{"a terminal", env(nil), true},
		{"a good one", env(map[string]string{"TERM": "xterm"}), true},
		{"a dumb one", env(map[string]string{"TERM": "dumb"}), false},
		{"no colours", env(map[string]string{"NO_COLOR": "1"}), false},
		{"a file", environment{getenv: env(nil).getenv, stdout: file}, false},
		{"a pipe", environment{getenv: env(nil).getenv, stdout: &strings.Builder{}}, false},
	} {
		if got := showsBold(tt.env); got != tt.want {
			t.Errorf("%s: %t", tt.name, got)
		}
	}
	if newProgress(env(nil)).w != device || newProgress(environment{stderr: file}).w != nil {
		t.Error("progress is shown elsewhere than on a terminal")
	}
}

// A search is in the site's first language, or in the one asked for.
func TestSearchLanguages(t *testing.T) {
	dir := folder(t, "schema.yaml", "kinds:\n  note:\n    folder: notes\n", "site.yaml", "title: Notes\nlanguages: [fr, en]\n",
		"notes/a.md", "---\ntitle: Phare\nlang: fr\n---\n", "notes/a.en.md", "---\ntitle: Beacon\n---\n")
	for args, want := range map[string]string{"phare": "1. Phare", "--lang fr phare": "1. Phare", "--lang en phare": "1. Beacon"} {
		if code, stdout, stderr := called(t.Context(), nil, strings.Fields("search --content "+dir+" "+args)...); code != exitDone || !strings.Contains(stdout, want) {
			t.Errorf("%s: exit %d, %s%s; want %s", args, code, stdout, stderr, want)
		}
	}
	if code, _, stderr := called(t.Context(), nil, "search", "--content", dir, "--lang", "de", "x"); code != exitUsage || !strings.Contains(stderr, `the site is not in "de"; its languages are fr, en`) {
		t.Errorf("exit %d, %s", code, stderr)
	}
}
