package load

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"casebook/content"
	"casebook/content/source"
)

// TestDeterministic: one worker and many give the same library and problems.
func TestDeterministic(t *testing.T) {
	files := baseWith(t)
	for i, text := range []string{
		"---\ntitle: A\narea: nowhere\nrelated: [x, frist]\n---\n[a](b.md)", "---\ntitle: B\narea: [north, coast]\n---\n### x", "no front matter", "---\ntitle: C\ncountry: BB\n---\n",
	} {
		for _, suffix := range []string{"", "x", "y", "z", ".fr"} {
			files["notes/many"+string(rune('a'+i))+suffix+".md"] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	var first *content.Library
	var want string
	for _, workers := range []int{1, 2, 7, 50} {
		lib, problems, err := Load(t.Context(), files, Options{Today: today, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first, want = lib, problemText(problems)
			if len(problems) < 10 {
				t.Fatalf("only these problems:\n%s", want)
			}
			continue
		}
		if got := problemText(problems); got != want {
			t.Errorf("%d workers: problems\n%s\nwith one\n%s", workers, got, want)
		}
		if !reflect.DeepEqual(lib, first) {
			t.Errorf("%d workers give another library", workers)
		}
	}
}

// TestRevision: the revision changes with any byte and with any name, and with
// nothing else.
func TestRevision(t *testing.T) {
	revision := func(files fstest.MapFS) string {
		lib, _ := load(t, files)
		return lib.Revision
	}
	base := revision(baseWith(t))
	if len(base) != 12 || base != revision(baseWith(t)) {
		t.Errorf("revision %q", base)
	}
	for _, name := range []string{"site.yaml", "schema.yaml", "vocabularies/area.yaml", "glossary.yaml", "notes/first.md", "notes/first.fr.md", "notes/map.png"} {
		files := baseWith(t)
		files[name] = &fstest.MapFile{Data: append(slices.Clone(files[name].Data), '\n')}
		if revision(files) == base {
			t.Errorf("a byte more in %s does not change the revision", name)
		}
	}
	files := baseWith(t)
	files["books/atlas2.md"] = files["books/atlas.md"]
	if revision(files) == base {
		t.Error("a file more does not change the revision")
	}
}

func TestUnusable(t *testing.T) {
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tt := range []struct {
		name string
		ctx  context.Context
		fsys fs.FS
		want string
	}{
		{"missing", t.Context(), os.DirFS(filepath.Join(t.TempDir(), "nowhere")), "can't be read"},
		{"empty", t.Context(), os.DirFS(t.TempDir()), "no schema.yaml"},
		{"canceled", canceled, baseWith(t), "context canceled"},
		{"a file", t.Context(), os.DirFS("load_test.go"), "can't be read"},
	} {
		lib, _, err := Load(tt.ctx, tt.fsys, Options{})
		if lib != nil || err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: library %v, error %v, want one with %q", tt.name, lib != nil, err, tt.want)
		}
	}
}

// cancelingFS ends a context while a page is read.
type cancelingFS struct {
	fs.FS
	cancel context.CancelFunc
	opened int
}

func (f *cancelingFS) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".md") {
		f.opened++
		f.cancel()
	}
	return f.FS.Open(name)
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	fsys := &cancelingFS{FS: baseWith(t), cancel: cancel}
	if lib, _, err := Load(ctx, fsys, Options{Workers: 1}); lib != nil || !errors.Is(err, context.Canceled) || fsys.opened != 1 {
		t.Errorf("error %v after %d pages, want context.Canceled after 1", err, fsys.opened)
	}
}

// TestManyProblems: one hopeless file does not bury the others.
func TestManyProblems(t *testing.T) {
	var b strings.Builder
	b.WriteString("---\ntitle: Many\narea: north\n---\n")
	for range 300 {
		b.WriteString("[a](nowhere-at-all.md)\n")
	}
	lib, problems := load(t, baseWith(t, "notes/many.md", b.String()))
	if len(problems) != source.MaxProblems+1 || !slices.Contains(lib.LeftOut, "notes/many.md") {
		t.Errorf("%d problems, left out %v", len(problems), lib.LeftOut)
	}
	if last := problems[0]; last.Msg != "200 further problems are not shown" {
		t.Errorf("the first problem is %q", last.Msg)
	}
	// Warnings may fill the list; an error after them still leaves the page out.
	warnings := "---\ntitle: W\narea: [north" + strings.Repeat(", north", 150) + "]\ngrade: none\n---\n"
	lib, _ = load(t, baseWith(t, "notes/many.md", warnings))
	if !slices.Contains(lib.LeftOut, "notes/many.md") {
		t.Error("an error behind a hundred warnings goes unseen")
	}
}

// The page that site.yaml names is there, and readers see it.
func TestAbout(t *testing.T) {
	for _, tt := range []struct{ about, want string }{
		{"notes/first", ""},
		{"notes/first.md", ""},
		{"notes/frist", "site.yaml:2:8: error: there is no page \"notes/frist\"; did you mean \"notes/first\"? [dangling-reference]\n"},
		{"about/us", "site.yaml:2:8: error: there is no page \"about/us\" [dangling-reference]\n"},
		{"notes/hidden", "site.yaml:2:8: warning: the page \"notes/hidden\" is a draft, so readers don't see it [draft-reference]\n"},
		{"notes/broken", "notes/broken.md:1:1: error: the page has no title; add a line title: … [missing-field]\n"}, // which says enough
		{"''", ""},
	} {
		lib, problems := load(t, baseWith(t, "site.yaml", "languages: [en, fr, ar]\nabout: "+tt.about+"\n",
			"notes/hidden.md", "---\ntitle: x\narea: north\nstatus: draft\n---\n", "notes/broken.md", "---\narea: north\n---\n"))
		got := ""
		for _, p := range problems {
			if p.Path == "site.yaml" || tt.about == "notes/broken" {
				got += problemText(content.Problems{p})
			}
		}
		if got != tt.want || lib.Len() != 6 {
			t.Errorf("%s: %s, want %s", tt.about, got, tt.want)
		}
	}
}

// The search for what an editor meant ends after a thousand slips: each looks
// at all pages.
func TestRemediesAreBounded(t *testing.T) {
	files := baseWith(t)
	for i := range 11 {
		var b strings.Builder
		b.WriteString("---\ntitle: Slips\narea: north\nrelated:\n")
		for j := range 100 {
			fmt.Fprintf(&b, "  - first%c%c\n", 'a'+j/10, 'a'+j%10)
		}
		b.WriteString("---\n")
		files[fmt.Sprintf("notes/slips%02d.md", i)] = &fstest.MapFile{Data: []byte(b.String())}
	}
	_, problems := load(t, files)
	meant := 0
	for _, p := range problems {
		switch {
		case p.Fix == `did you mean "first"?`:
			meant++
		case p.Code != "dangling-reference" || !strings.HasPrefix(p.Fix, "valid: first, ") && p.Fix != "":
			t.Errorf("%v", p)
		}
	}
	if meant != 1000 || len(problems) != 1100 {
		t.Errorf("%d remedies of %d problems", meant, len(problems))
	}
}
