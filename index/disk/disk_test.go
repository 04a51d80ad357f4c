package disk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"casebook/content"
	"casebook/content/load"
	"casebook/index/file"
)

var today = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

const testSchema = `
kinds:
  note:
    folder: notes
    label: {en: Note}
    fields:
      topic: {type: term, vocabulary: topic, many: true}
      see: {type: page, kind: note, many: true}
facets: [topic]
`

// notes is a content folder of n notes, every third with a translation.
func notes(n int) fstest.MapFS {
	files := fstest.MapFS{
		"site.yaml":               {Data: []byte("title: Test\nlanguages: [en, fr]\n")},
		"schema.yaml":             {Data: []byte(testSchema)},
		"vocabularies/topic.yaml": {Data: []byte("terms:\n  - {id: sea, label: {en: Sea, fr: Mer}}\n  - {id: sky, label: {en: Sky, fr: Ciel}}\n")},
	}
	for i := range n {
		name := fmt.Sprintf("notes/n%04d", i)
		files[name+".md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: Note %d\ntopic: [%s]\nsee: [n%04d]\n---\nText of note %d.\n", i, []string{"sea", "sky"}[i%2], (i+1)%n, i)}
		if i%3 == 0 {
			files[name+".fr.md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: Fiche %d\n---\nTexte %d.\n", i, i)}
		}
	}
	return files
}

func loaded(t testing.TB, fsys fs.FS) *content.Library {
	t.Helper()
	lib, problems, err := load.Load(t.Context(), fsys, load.Options{Today: today})
	if err != nil || problems.Errors() > 0 {
		t.Fatal(err, problems)
	}
	return lib
}

var tester = Program{Digest: "of a test", Bleve: "v0"}

// titles is a Build: the titles in a file, the number of pages in the state.
func titles(_ context.Context, lib *content.Library, folder string, state *file.Writer) (int, error) {
	var b strings.Builder
	for p := range lib.All() {
		fmt.Fprintln(&b, p.Title)
	}
	state.Uint64(uint64(lib.Len()))
	return 2 * lib.Len(), os.WriteFile(filepath.Join(folder, "titles"), []byte(b.String()), 0o666)
}

// private is titles by a library that gives nobody else its files.
func private(ctx context.Context, lib *content.Library, folder string, state *file.Writer) (int, error) {
	n, err := titles(ctx, lib, folder, state)
	return n, errors.Join(err, os.Chmod(filepath.Join(folder, "titles"), 0o600))
}

// read reads what titles has written.
func read(index *Index) error {
	n := int(index.State.Uint64())
	index.State.Check(n == index.Library.Len())
	b, err := os.ReadFile(filepath.Join(index.Folder, "titles"))
	if err == nil && (strings.Count(string(b), "\n") != n || index.Documents != 2*n) {
		err = ErrMixed
	}
	return errors.Join(index.State.End(), err)
}

// written builds an index of a content in a folder of the test.
func written(t testing.TB, fsys fs.FS) (dir string, src Source) {
	t.Helper()
	dir, src = filepath.Join(t.TempDir(), "index"), Source{FS: fsys, Today: today}
	write(t, dir, src)
	return dir, src
}

func write(t testing.TB, dir string, src Source) {
	t.Helper()
	if err := Write(t.Context(), dir, src, tester, Options{Workers: 2}, titles); err != nil {
		t.Fatal(err)
	}
}

// opened opens an index until the test ends.
func opened(t testing.TB, dir string, src Source) *Index {
	t.Helper()
	index, err := Open(t.Context(), dir, src, tester, read)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(index.Close)
	return index
}

// unusable opens an index that must not open and returns why.
func unusable(t *testing.T, dir string, src Source) string {
	t.Helper()
	index, err := Open(t.Context(), dir, src, tester, read)
	if err == nil {
		index.Close()
		t.Fatal("the index opens")
	}
	var why *UnusableError
	if !errors.As(err, &why) || why.Dir != dir || !strings.Contains(err.Error(), why.Why) {
		t.Fatalf("%T: %v", err, err)
	}
	return why.Why
}

// names returns what a folder holds.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// An index that is opened has the pages of the content, all that is known of
// them, what loading said and what the Build wrote.
func TestOpensWhatWasWritten(t *testing.T) {
	files := notes(30)
	files["notes/bad.md"] = &fstest.MapFile{Data: []byte("no front matter\n")}
	files["notes/a.png"] = &fstest.MapFile{Data: []byte("\x89PNG")}
	lib, problems, err := load.Load(t.Context(), files, load.Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	dir, src := written(t, files)
	index := opened(t, dir, src)
	got := index.Library
	if got.Len() != 30 || got.Revision != lib.Revision || len(lib.LeftOut) != 1 || len(lib.Images) != 1 {
		t.Errorf("%d pages, revision %s, left out %v, images %v", got.Len(), got.Revision, lib.LeftOut, lib.Images)
	}
	if fmt.Sprint(index.Problems) != fmt.Sprint(problems) || fmt.Sprint(got.LeftOut, got.Images) != fmt.Sprint(lib.LeftOut, lib.Images) {
		t.Errorf("problems %v, left out %v, images %v", index.Problems, got.LeftOut, got.Images)
	}
	if fmt.Sprint(got.Table().Data()) != fmt.Sprint(lib.Table().Data()) || got.Site.Title.In("en") != lib.Site.Title.In("en") || len(got.Vocabularies) != 1 {
		t.Errorf("table %v, site %v", got.Table().Data(), got.Site)
	}
	for i := range lib.Len() {
		want, _ := lib.At(i)
		p, err := got.At(i)
		if err != nil || got.ID(i) != want.ID || p.Title != want.Title || fmt.Sprint(p.Body) != fmt.Sprint(want.Body) || fmt.Sprint(p.Langs()) != fmt.Sprint(want.Langs()) {
			t.Errorf("page %d is %v, %v; want %v", i, p, err, want)
		}
	}
	if index.State != nil {
		t.Error("the state can still be read")
	}
	if held := names(t, dir); len(held) != 3 || !isFolder(held[0]) || held[1] != lockFile || held[2] != manifestFile {
		t.Errorf("the folder holds %v", held)
	} else if held := names(t, filepath.Join(dir, held[0])); !slices.Equal(held, []string{dataFile, libraryFile, pagesFile, segmentDir, stateFile}) {
		t.Errorf("the folder of files holds %v", held)
	}
	again := opened(t, dir, src)
	again.Close()
	if p, err := again.Library.At(1); !errors.Is(err, os.ErrClosed) {
		t.Errorf("after Close page 1 is %v, %v", p, err)
	}
}

// What reading and packing have done is told.
func TestProgress(t *testing.T) {
	last := make(map[string]string)
	opts := Options{Workers: 1, Progress: func(stage string, done, all int) { last[stage] = fmt.Sprintf("%d of %d", done, all) }}
	src := Source{FS: notes(packedAtOnce + 10), Today: today}
	if err := Write(t.Context(), filepath.Join(t.TempDir(), "index"), src, tester, opts, titles); err != nil {
		t.Fatal(err)
	}
	if last["pack"] != "266 of 266" || last["read"] == "" || len(last) != 2 {
		t.Errorf("told %v", last)
	}
}

// An index is refused, with the reason, for another content, program, format
// or year, and built anew in the same folder.
func TestRefusesWhatDiffers(t *testing.T) {
	files := notes(20)
	dir, src := written(t, files)
	for _, tt := range []struct {
		change func(m *manifest)
		want   string
	}{
		{func(m *manifest) { m.Format++ }, fmt.Sprintf("it is of format %d, and this program's is %d", format+1, format)},
		{func(m *manifest) { m.Bleve = "v1" }, "it was built with bleve v1, and this program has v0"},
		{func(m *manifest) { m.Program = "x" }, "it was built by a program that reads pages or words otherwise"},
		{func(m *manifest) { m.Year-- }, "it was built in 2025, when open periods ended"},
		{func(m *manifest) { m.Content, m.Stamp = "x", "" }, "its content is x, and that of now is "},
		{func(m *manifest) { m.Pages++ }, ErrMixed.Error()},
		{func(m *manifest) { m.Documents++ }, ErrMixed.Error()},
		{func(m *manifest) { m.Folder = folderPrefix + "ff" }, "its file data.zip is missing"},
		{func(m *manifest) { m.Folder = "../elsewhere" }, "its manifest is damaged"},
		{func(m *manifest) { m.Files["../x"] = fileSum{} }, "its manifest is damaged"},
	} {
		edit(t, dir, tt.change)
		if why := unusable(t, dir, src); !strings.HasPrefix(why, tt.want) {
			t.Errorf("refused because %q, want %q", why, tt.want)
		}
		write(t, dir, src)
		opened(t, dir, src)
	}
	edit(t, dir, func(m *manifest) { m.Content, m.Stamp = "x", "" })
	if why := unusable(t, dir, Source{Today: today}); why != ErrMixed.Error() { // without the content
		t.Errorf("refused because %q", why)
	}
	write(t, dir, src)
	files["notes/new.md"] = files["notes/n0000.md"]
	if why := unusable(t, dir, src); !strings.HasPrefix(why, "its content is ") {
		t.Errorf("refused because %q", why)
	}
	opened(t, dir, Source{Today: today}) // where the content isn't there, it can't be compared
	if why := unusable(t, t.TempDir(), src); why != "there is none" {
		t.Errorf("refused because %q", why)
	}
}

// edit changes the manifest of an index.
func edit(t *testing.T, dir string, change func(m *manifest)) {
	t.Helper()
	m, err := readManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	change(m)
	if err := writeManifest(dir, m); err != nil {
		t.Fatal(err)
	}
}

// Files that were touched but not changed need no new index, and those that
// weren't touched are not read.
func TestComparesContentNotTimes(t *testing.T) {
	folder := t.TempDir()
	if err := os.CopyFS(folder, notes(5)); err != nil {
		t.Fatal(err)
	}
	dir, src := written(t, os.DirFS(folder))
	before, err := readManifest(dir)
	if err != nil || before.Stamp == "" {
		t.Fatalf("stamp %q, %v", before.Stamp, err)
	}
	edit(t, dir, func(m *manifest) { m.Content = "x" })
	if why := unusable(t, dir, src); why != ErrMixed.Error() {
		t.Errorf("refused because %q: the content was read", why)
	}
	edit(t, dir, func(m *manifest) { m.Content = before.Content })
	schema := filepath.Join(folder, "schema.yaml")
	if err := os.Chtimes(schema, today, today); err != nil {
		t.Fatal(err)
	}
	if stamp, err := load.Stamp(t.Context(), src.FS); err != nil || stamp == before.Stamp {
		t.Errorf("the stamp does not change with a file's time: %v", err)
	}
	opened(t, dir, src)
	data, err := os.ReadFile(schema)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(schema, append(data, "# more\n"...), 0o666); err != nil {
		t.Fatal(err)
	}
	unusable(t, dir, src)
}

// Every file of an index, missing, cut short, longer, or with any of its parts
// changed, is noticed; what can't be noticed changes nothing.
func TestDamage(t *testing.T) {
	dir, src := written(t, notes(40))
	m, err := readManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := slices.Sorted(maps.Keys(m.Files)); !slices.Equal(got, []string{dataFile, libraryFile, pagesFile, "segment/titles", stateFile}) {
		t.Fatalf("files: %v", got)
	}
	paths := []string{filepath.Join(dir, manifestFile)}
	for name := range m.Files {
		paths = append(paths, filepath.Join(dir, m.Folder, name))
	}
	r := rand.New(rand.NewPCG(1, 2))
	reasons := make(map[string]int) // how often one was to be told less how often it was
	for _, path := range paths {
		good, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		try := func(what string, bad []byte) {
			// Written aside and renamed: nothing that is open may change below it.
			if bad == nil {
				err = os.Remove(path)
			} else {
				err = errors.Join(os.WriteFile(path+".bad", bad, 0o666), os.Rename(path+".bad", path))
			}
			if err != nil {
				t.Fatal(err)
			}
			index, err := Open(t.Context(), dir, src, tester, read)
			var why *UnusableError
			switch {
			case err == nil: // a manifest says some things twice
				if filepath.Base(path) != manifestFile && what != "whole" {
					t.Errorf("%s %s opens", filepath.Base(path), what)
				}
				if p, err := index.Library.At(39); err != nil || p.Title != "Note 39" {
					t.Errorf("%s %s: page 39 is %v, %v", filepath.Base(path), what, p, err)
				}
				index.Close()
			case !errors.As(err, &why):
				t.Errorf("%s %s: %v", filepath.Base(path), what, err)
			case filepath.Base(path) == manifestFile:
			case what == "missing":
				reasons["is missing"]++
			case strings.HasPrefix(what, "changed"):
				reasons["is damaged: its checksum differs"]++
			default:
				reasons["bytes instead of "]++
			}
			for reason := range reasons {
				if why != nil && strings.Contains(why.Why, reason) {
					reasons[reason]--
				}
			}
		}
		try("missing", nil)
		try("empty", []byte{})
		try("cut", good[:len(good)/2])
		try("longer", append(good[:len(good):len(good)], 0))
		for range 8 {
			bad := slices.Clone(good)
			i := r.IntN(len(bad))
			bad[i] ^= 1 << r.IntN(8)
			try(fmt.Sprintf("changed at %d", i), bad)
		}
		try("whole", good)
	}
	opened(t, dir, src)
	for reason, n := range reasons {
		if n != 0 {
			t.Errorf("%q was told %d times too seldom", reason, n)
		}
	}
}

// Where checksums say yes, as after a fault of the program, the files are not
// believed, and the reason names the file.
func TestDamageUnderTheChecksum(t *testing.T) {
	dir, src := written(t, notes(5))
	m, err := readManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, text, want string }{
		{libraryFile, "{", "file library.json: "},
		{libraryFile, `{"problems":[null]}`, "file library.json: a problem is missing"},
		{libraryFile, "{}", ErrMixed.Error()},
		{dataFile, "PK", "file data.zip: "},
		{pagesFile, "pages", errPages.Error()},
		{stateFile, "state", "file state: " + file.ErrDamaged.Error()},
	} {
		path := filepath.Join(dir, m.Folder, tt.name)
		good, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		put := func(b []byte) {
			have, err := sum(t.Context(), bytes.NewReader(b))
			if err = errors.Join(err, os.WriteFile(path, b, 0o666)); err != nil {
				t.Fatal(err)
			}
			edit(t, dir, func(m *manifest) { m.Files[tt.name] = have })
		}
		put([]byte(tt.text))
		if why := unusable(t, dir, src); !strings.HasPrefix(why, tt.want) {
			t.Errorf("%s with %q is refused because %q, want %q", tt.name, tt.text, why, tt.want)
		}
		put(good)
	}
	opened(t, dir, src)
}

// What a Build has written and can't read again is told with its place.
func TestBuildThatIsNotRead(t *testing.T) {
	dir, src := written(t, notes(3))
	broken := errors.New("not what was written")
	for _, tt := range []struct {
		read func(*Index) error
		want string
	}{
		{func(*Index) error { return broken }, broken.Error()},
		{func(i *Index) error { return i.State.End() }, "file state: " + file.ErrDamaged.Error()},
	} {
		_, err := Open(t.Context(), dir, src, tester, tt.read)
		var why *UnusableError
		if !errors.As(err, &why) || why.Why != tt.want {
			t.Errorf("%v, want %q", err, tt.want)
		}
	}
}
