package index

import (
	"context"
	"crypto/sha256"
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
	"casebook/content/load"
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
	stored, err := Open(context.Background(), dir, src, Options{Deadline: patience})
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
	memory := build(t, loaded(t, files), Options{})
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
			for _, c := range s.facets.Columns {
				id, ok := s.Value(c.Facet.Name, p.Title)
				out = append(out, fmt.Sprint(c.Facet.Name, p.Title, id, ok))
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
	lib, problems, err := load.Load(t.Context(), files, load.Options{Today: today})
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

// Even where checksums say yes, as after a fault of the program, the files are
// not believed: a snapshot opens or it does not, and never panics.
func TestDiskDamageUnderTheChecksum(t *testing.T) {
	dir, src := written(t, made(3, 40))
	manifest := manifestOf(t, dir)
	r := rand.New(rand.NewPCG(3, 4))
	for _, name := range []string{"state", "pages", "data.zip", "library.json"} {
		path := filepath.Join(dir, manifest.Folder, name)
		good, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sum := manifest.Files[name]
		const tries = 150
		refused := 0
		for range tries {
			bad := append([]byte(nil), good...)
			for range 1 + r.IntN(3) {
				bad[r.IntN(len(bad))] = byte(r.IntN(256))
			}
			if r.IntN(4) == 0 {
				bad = bad[:r.IntN(len(bad))]
			}
			replace(t, path, bad)
			manifest.Files[name] = map[string]any{"size": len(bad), "sha256": fmt.Sprintf("%x", sha256.Sum256(bad))}
			manifest.write(t, dir)
			stored, err := Open(t.Context(), dir, src, Options{Deadline: patience})
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
		replace(t, path, good)
		manifest.Files[name] = sum
	}
}

// What index/disk does not look into is missing or of another index.
func TestDiskOfTwoBuilds(t *testing.T) {
	dir, src := written(t, made(3, 40))
	other, _ := written(t, made(4, 39))
	manifest, from := manifestOf(t, dir), manifestOf(t, other)
	folder := filepath.Join(dir, manifest.Folder)
	refused := func(what, want string) {
		t.Helper()
		manifest.write(t, dir)
		stored, err := Open(t.Context(), dir, src, Options{Deadline: patience})
		var why *UnusableError
		if err == nil {
			stored.Snapshot.Release()
		}
		if !errors.As(err, &why) || !strings.Contains(why.Why, want) {
			t.Errorf("%s: %v, want %q", what, err, want)
		}
	}
	for _, name := range []string{"segment/segment.zap", "segment/forward", "segment/frequencies"} {
		path, sum := filepath.Join(folder, name), manifest.Files[name]
		good, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		bad, err := os.ReadFile(filepath.Join(other, from.Folder, name))
		if err != nil {
			t.Fatal(err)
		}
		replace(t, path, bad)
		manifest.Files[name] = from.Files[name]
		refused(name+" of another", "")
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		delete(manifest.Files, name)
		refused(name+" neither there nor told of", filepath.Base(name))
		replace(t, path, good)
		manifest.Files[name] = sum
	}
	manifest.Documents++
	refused("a document too many", "not of one build")
	manifest.Documents--
	manifest.write(t, dir)
	opened(t, dir, src)
}

// A manifest is what the test changes in the manifest of an index.
type manifest struct {
	Folder    string         `json:"folder"`
	Documents int            `json:"documents"`
	Files     map[string]any `json:"files"`
	all       map[string]any
}

func manifestOf(t *testing.T, dir string) *manifest {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	var m manifest
	if err = errors.Join(err, json.Unmarshal(b, &m), json.Unmarshal(b, &m.all)); err != nil {
		t.Fatal(err)
	}
	return &m
}

func (m *manifest) write(t *testing.T, dir string) {
	t.Helper()
	m.all["documents"], m.all["files"] = m.Documents, m.Files
	b, err := json.Marshal(m.all)
	if err != nil {
		t.Fatal(err)
	}
	replace(t, filepath.Join(dir, "manifest.json"), b)
}

// replace writes a file aside and renames it: nothing that is open may change
// below it.
func replace(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := errors.Join(os.WriteFile(name+".bad", data, 0o666), os.Rename(name+".bad", name)); err != nil {
		t.Fatal(err)
	}
}
