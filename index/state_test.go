package index

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"casebook/index/file"
	"casebook/search"
)

// stateOf returns the state of a snapshot as its file has it.
func stateOf(t testing.TB, s *Snapshot) []byte {
	t.Helper()
	var b bytes.Buffer
	w := file.NewWriter(&b)
	s.writeState(w)
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Whatever stands in the state of an index whose other files are sound, it is
// an error, or a snapshot that answers and writes the same state.
func FuzzState(f *testing.F) {
	dir, src := written(f, folder(map[string]string{ // little: the fuzzer takes it apart byte by byte
		"notes/a.md":    page("Note bolam", "place: [bay]\nperiod: 2004-2005", "bolam dorup"),
		"notes/b.md":    page("Note", "size: 3", "fanik bolam"),
		"notes/b.fr.md": page("Fiche", "", "dorup"),
	}))
	stored := opened(f, dir, src).Snapshot
	folders, err := filepath.Glob(filepath.Join(dir, "build-*", "segment"))
	if err != nil || len(folders) != 1 {
		f.Fatal(folders, err)
	}
	good := stateOf(f, stored)
	f.Add(good)
	for i := 0; i < len(good); i += len(good) / 100 {
		bad := bytes.Clone(good)
		bad[i] ^= 1
		f.Add(bad)
	}
	f.Fuzz(func(t *testing.T, state []byte) {
		s, err := newSnapshot(stored.lib, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if s.readState(file.NewReader(bytes.NewReader(state), int64(len(state)))) != nil || s.words.Open(folders[0]) != nil {
			return
		}
		defer s.words.Close()
		s.prepare()
		if again := stateOf(t, s); !bytes.Equal(again, state) {
			t.Errorf("the state is written otherwise than it was read")
		}
		for text, sort := range map[string]string{"": "period", "bolam dorup": "", `"bolam dorup"`: "", "title:note bol*": "title", "bolaam place:north period:2005..2010": "size"} {
			_, _ = s.Search(t.Context(), search.Parse(text, s).WithSort(sort)) // an error is right, another answer too
		}
		_, _ = s.Suggest(t.Context(), "bo", "en", 5)
		_, _ = s.Similar(t.Context(), "notes/a", "en", 5)
	})
}

// Every file of an index can be read by the same users, whoever wrote it.
func TestFilesHaveOneMode(t *testing.T) {
	dir, _ := written(t, made(3, 20))
	manifest, err := os.Stat(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		info, err := d.Info()
		if err == nil && info.Mode() != manifest.Mode() {
			t.Errorf("%s is %v, the manifest %v", d.Name(), info.Mode(), manifest.Mode())
		}
		return err
	})
	if err != nil || files != 9 {
		t.Errorf("%d files, %v", files, err)
	}
}
