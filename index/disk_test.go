package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"casebook/content"
	"casebook/index/file"
	"casebook/search"
)

// written builds an index of a content in a folder of the test.
func written(t testing.TB, fsys fs.FS) (dir string, src Source) {
	t.Helper()
	dir, src = filepath.Join(t.TempDir(), "index"), Source{FS: fsys, Today: today}
	if err := Write(context.Background(), dir, src, Options{}); err != nil {
		t.Fatal(err)
	}
	return dir, src
}

// opened opens an index until the test ends.
func opened(t testing.TB, dir string, src Source) *Stored {
	t.Helper()
	stored, err := Open(context.Background(), dir, src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stored.Snapshot.Release)
	return stored
}

// asked returns all answers to some questions as bytes.
func asked(t *testing.T, s *Snapshot, queries []search.Query) []string {
	t.Helper()
	var out []string
	for _, q := range queries {
		res := mustSearch(t, s, q)
		res.Took = 0
		data, err := json.Marshal(res)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s %s", q, data))
	}
	return out
}

func sameAnswers(t *testing.T, what string, want, got []string) {
	t.Helper()
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%s answers otherwise:\n%s\n%s", what, want[i], got[i])
		}
	}
}

// An index on disk answers as one in memory does, byte for byte.
func TestDiskAnswersAsMemory(t *testing.T) {
	files := made(21, 300)
	memory := build(t, load(t, files), Options{})
	dir, src := written(t, files)
	stored := opened(t, dir, src).Snapshot
	r := rand.New(rand.NewPCG(7, 7))
	var queries []search.Query
	for range 300 {
		q := randomQuery(r, memory).WithSize(20)
		q.Sort = []string{"", "", "title", "period", "day", "size", "reviewed"}[r.IntN(7)]
		q.Lang = []string{"en", "fr", "ar", ""}[r.IntN(4)]
		queries = append(queries, q)
	}
	want := asked(t, memory, queries)
	sameAnswers(t, "the index on disk", want, asked(t, stored, queries))

	// Merged a few at a time, in several rounds, it is the same segment.
	merged, err := newSnapshot(load(t, files), Options{})
	if err != nil {
		t.Fatal(err)
	}
	sink := &diskSink{dir: t.TempDir(), atOnce: 3}
	if err := merged.build(t.Context(), sink, Options{Workers: 3}); err != nil {
		t.Fatal(err)
	}
	defer merged.Release()
	sameAnswers(t, "the index that was merged in rounds", want, asked(t, merged, queries))
	if left, err := os.ReadDir(sink.dir); err != nil || len(left) != 3 {
		t.Errorf("the folder of the segment holds %v, %v", left, err)
	}
}

// The same for the shipped content, as its readers ask, completions and names
// of values included.
func TestDiskAnswersAsMemoryShipped(t *testing.T) {
	memory := shipped(t)
	dir, src := written(t, content.Default)
	stored := opened(t, dir, src)
	ask := func(s *Snapshot) []string {
		var queries []search.Query
		for _, text := range []string{"", "prison", "prisonn", "foreign terrorist fighters", `"hague marrakech"`, "PRR", "enfants retour", "العودة", "UNSCR 2178", "de-radicalisation -prison", "reint"} {
			for _, lang := range []string{"en", "fr", "ar"} {
				q := search.Parse(text, s)
				q.Lang, q.Size = lang, 20
				queries = append(queries, q)
			}
		}
		out := asked(t, s, queries)
		for _, text := range []string{"re", "rein", "hague m", "دي", "den", "prison in"} {
			c, err := s.Suggest(t.Context(), text, "fr", 10)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, fmt.Sprint(text, c))
		}
		for p := range s.lib.All() {
			for i := range s.cols {
				id, ok := s.Value(s.cols[i].field, p.Title)
				out = append(out, fmt.Sprint(s.cols[i].field, p.Title, id, ok))
			}
		}
		data, err := json.Marshal(s.Counts())
		if err != nil {
			t.Fatal(err)
		}
		return append(out, string(data), fmt.Sprint(s.lib.Table().Data()), s.lib.Revision, fmt.Sprint(s.lib.Images, s.lib.LeftOut, s.Pages(), s.Documents()))
	}
	sameAnswers(t, "the index on disk", ask(memory), ask(stored.Snapshot))
	if len(stored.Problems) != 0 {
		t.Errorf("problems: %v", stored.Problems)
	}
}

// What a load has said is kept with the index.
func TestDiskKeepsProblems(t *testing.T) {
	files := made(3, 5)
	files["notes/bad.md"] = &fstest.MapFile{Data: []byte("no front matter\n")}
	lib, problems, err := content.Load(t.Context(), files, content.Options{Today: today})
	if err != nil || len(lib.LeftOut) != 1 {
		t.Fatal(err, lib.LeftOut)
	}
	dir, src := written(t, files)
	stored := opened(t, dir, src)
	if fmt.Sprint(stored.Problems) != fmt.Sprint(problems) || fmt.Sprint(stored.Snapshot.lib.LeftOut) != fmt.Sprint(lib.LeftOut) {
		t.Errorf("%v, left out %v", stored.Problems, stored.Snapshot.lib.LeftOut)
	}
}

func TestDiskWithoutPages(t *testing.T) {
	files := made(3, 0)
	for name := range files {
		if strings.HasSuffix(name, ".md") {
			delete(files, name)
		}
	}
	dir, src := written(t, files)
	s := opened(t, dir, src).Snapshot
	q := search.Parse("anything", s)
	if res := mustSearch(t, s, q); res.Total != 0 || s.Pages() != 0 {
		t.Errorf("%d found of %d pages", res.Total, s.Pages())
	}
}

// unusable opens an index that must not open and returns why.
func unusable(t *testing.T, dir string, src Source) string {
	t.Helper()
	stored, err := Open(t.Context(), dir, src, Options{})
	if err == nil {
		stored.Snapshot.Release()
		t.Fatal("the index opens")
	}
	var why *UnusableError
	if !errors.As(err, &why) {
		t.Fatalf("%T: %v", err, err)
	}
	return why.Why
}

// An index is refused, with the reason, for another content, program, format
// or year, and built anew in the same folder.
func TestDiskRefusesWhatDiffers(t *testing.T) {
	files := made(3, 20)
	dir, src := written(t, files)
	opened(t, dir, src)
	edit := func(change func(m *manifest)) {
		m, err := readManifest(dir)
		if err != nil {
			t.Fatal(err)
		}
		change(m)
		if err := writeManifest(dir, m); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		change func(m *manifest)
		want   string
	}{
		{func(m *manifest) { m.Format++ }, fmt.Sprintf("it is of format %d, and this program's is %d", format+1, format)},
		{func(m *manifest) { m.Bleve = "v1" }, "it was built with bleve v1, and"},
		{func(m *manifest) { m.Program = "x" }, "it was built by a program that reads pages or words otherwise"},
		{func(m *manifest) { m.Year-- }, "it was built in 2025, when open periods ended"},
		{func(m *manifest) { m.Content = "x" }, "its content is x, and that of now is "},
		{func(m *manifest) { m.Pages++ }, "its manifest and its files are not of one build"},
		{func(m *manifest) { m.Folder = folderPrefix + "ff" }, "its file data.zip is missing"},
		{func(m *manifest) { m.Folder = "../elsewhere" }, "its manifest is damaged"},
	} {
		edit(tt.change)
		if why := unusable(t, dir, src); !strings.HasPrefix(why, tt.want) {
			t.Errorf("refused because %q, want %q", why, tt.want)
		}
		if err := Write(t.Context(), dir, src, Options{}); err != nil {
			t.Fatal(err)
		}
		opened(t, dir, src)
	}
	files["notes/new.md"] = files["notes/n0000.md"]
	if why := unusable(t, dir, src); !strings.HasPrefix(why, "its content is ") {
		t.Errorf("refused because %q", why)
	}
	opened(t, dir, Source{Today: today}) // where the content isn't there, it can't be compared
}

// Files that were touched but not changed need no new index.
func TestDiskComparesContentNotTimes(t *testing.T) {
	folder := t.TempDir()
	if err := os.CopyFS(folder, made(3, 5)); err != nil {
		t.Fatal(err)
	}
	dir, src := written(t, os.DirFS(folder))
	before, err := readManifest(dir)
	if err != nil || before.Stamp == "" {
		t.Fatalf("stamp %q, %v", before.Stamp, err)
	}
	opened(t, dir, src)
	schema := filepath.Join(folder, "schema.yaml")
	if err := os.Chtimes(schema, today, today); err != nil {
		t.Fatal(err)
	}
	if stamp, err := content.Stamp(t.Context(), src.FS); err != nil || stamp == before.Stamp {
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

// A folder that holds anything else is left alone.
func TestDiskWritesOnlyIntoItsOwnFolder(t *testing.T) {
	dir := t.TempDir()
	precious := filepath.Join(dir, "thesis.md")
	if err := os.WriteFile(precious, []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	err := Write(t.Context(), dir, Source{FS: made(3, 2), Today: today}, Options{})
	if err == nil || !strings.Contains(err.Error(), "holds thesis.md, which is no part of an index") {
		t.Errorf("error %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

// Two builds at once: the second is told, and harms nothing.
func TestDiskLock(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	unlock, err := prepareDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	src := Source{FS: made(3, 5), Today: today}
	if err := Write(t.Context(), dir, src, Options{}); !errors.Is(err, ErrBusy) {
		t.Errorf("error %v, want ErrBusy", err)
	}
	unlock()
	if err := Write(t.Context(), dir, src, Options{}); err != nil {
		t.Fatal(err)
	}
	opened(t, dir, src)
}

// A snapshot that is open goes on answering while its index is built anew and
// its files are removed.
func TestDiskSnapshotOutlivesItsFiles(t *testing.T) {
	files := made(3, 50)
	dir, src := written(t, files)
	old := opened(t, dir, src).Snapshot
	queries := []search.Query{search.Parse("", old).WithSize(50), search.Parse("title", old).WithSize(50)}
	before := asked(t, old, queries)
	if err := Write(t.Context(), dir, src, Options{}); err != nil {
		t.Fatal(err)
	}
	opened(t, dir, src)
	sameAnswers(t, "the old snapshot", before, asked(t, old, queries))
	if entries, _ := os.ReadDir(dir); len(entries) != 3 {
		t.Errorf("the folder holds %v", entries)
	}
}

// Every file of an index, missing, cut short, longer, or with any of its parts
// changed, is noticed; never is there a panic or another answer.
func TestDiskDamage(t *testing.T) {
	dir, src := written(t, made(3, 40))
	m, err := readManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Files) != 7 {
		t.Fatalf("files: %v", sortedKeys(m.Files))
	}
	names := []string{filepath.Join(dir, manifestFile)}
	for name := range m.Files {
		names = append(names, filepath.Join(dir, m.Folder, name))
	}
	s := opened(t, dir, src).Snapshot
	queries := []search.Query{search.Parse("", s).WithSize(20)}
	want := asked(t, s, queries)
	r := rand.New(rand.NewPCG(1, 2))
	for _, name := range names {
		good, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		try := func(what string, bad []byte) {
			// Written aside and renamed: nothing that is open may change below it.
			if bad == nil {
				err = os.Remove(name)
			} else if err = os.WriteFile(name+".bad", bad, 0o666); err == nil {
				err = os.Rename(name+".bad", name)
			}
			if err != nil {
				t.Fatal(err)
			}
			stored, err := Open(t.Context(), dir, src, Options{})
			var why *UnusableError
			switch {
			case err == nil: // a manifest says some things twice
				defer stored.Snapshot.Release()
				if filepath.Base(name) != manifestFile && what != "whole" {
					t.Errorf("%s %s opens", filepath.Base(name), what)
				}
				sameAnswers(t, filepath.Base(name)+" "+what, want, asked(t, stored.Snapshot, queries))
			case !errors.As(err, &why):
				t.Errorf("%s %s: %v", filepath.Base(name), what, err)
			}
		}
		try("missing", nil)
		try("empty", []byte{})
		try("cut", good[:len(good)/2])
		try("longer", append(good[:len(good):len(good)], 0))
		for range 8 {
			bad := append([]byte(nil), good...)
			i := r.IntN(len(bad))
			bad[i] ^= 1 << r.IntN(8)
			try(fmt.Sprintf("changed at %d", i), bad)
		}
		try("whole", good)
	}
	opened(t, dir, src)
}

// Even where checksums say yes, as after a fault of the program, the files are
// not believed: a snapshot opens or it does not, and never panics.
func TestDiskDamageUnderTheChecksum(t *testing.T) {
	dir, src := written(t, made(3, 40))
	m, err := readManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	for _, name := range []string{stateFile, pagesFile, dataFile, libraryFile} {
		path := filepath.Join(dir, m.Folder, name)
		good, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		const tries = 150
		refused, sum := 0, m.Files[name]
		for range tries {
			bad := append([]byte(nil), good...)
			for range 1 + r.IntN(3) {
				bad[r.IntN(len(bad))] = byte(r.IntN(256))
			}
			if r.IntN(4) == 0 {
				bad = bad[:r.IntN(len(bad))]
			}
			if err := os.WriteFile(path+".bad", bad, 0o666); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(path+".bad", path); err != nil {
				t.Fatal(err)
			}
			if m.Files[name], err = sumFile(t.Context(), path, false); err != nil {
				t.Fatal(err)
			}
			if err := writeManifest(dir, m); err != nil {
				t.Fatal(err)
			}
			stored, err := Open(t.Context(), dir, src, Options{})
			if err != nil {
				refused++
				continue
			}
			_, _ = stored.Snapshot.Search(t.Context(), search.Parse("title of", stored.Snapshot).WithSize(20))
			_, _ = stored.Snapshot.Suggest(t.Context(), "ti", "en", 5)
			stored.Snapshot.Release()
		}
		t.Logf("%s: %d of %d refused", name, refused, tries)
		if refused == 0 || refused == tries {
			t.Errorf("%s: %d of %d refused; the test sees one side only", name, refused, tries)
		}
		if err := os.WriteFile(path, good, 0o666); err != nil {
			t.Fatal(err)
		}
		m.Files[name] = sum
	}
}

// BenchmarkReadPage is what a page costs that is not in memory.
func BenchmarkReadPage(b *testing.B) {
	dir, _ := written(b, content.Default)
	m, err := readManifest(dir)
	if err != nil {
		b.Fatal(err)
	}
	folder := filepath.Join(dir, m.Folder)
	data, _, err := readData(b.Context(), folder)
	if err != nil {
		b.Fatal(err)
	}
	f, err := os.Open(filepath.Join(folder, stateFile))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	shelf, closeShelf, err := openShelf(folder, data.Schema, readPlaced(file.NewReader(f, m.Files[stateFile].Size)))
	if err != nil {
		b.Fatal(err)
	}
	defer closeShelf()
	b.ReportAllocs()
	b.SetBytes(m.Files[pagesFile].Size / int64(shelf.Len()))
	for i := 0; b.Loop(); i++ {
		if _, err := shelf.read(i % shelf.Len()); err != nil {
			b.Fatal(err)
		}
	}
}
