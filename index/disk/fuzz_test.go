package disk

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"casebook/content"
	"casebook/index/file"
)

// Whatever a manifest says, it is damaged, or it names only files of its own and
// says the same when it is written again. TestDamage opens what is left.
func FuzzManifest(f *testing.F) {
	dir, _ := written(f, notes(2))
	m, err := readManifest(dir)
	if err != nil {
		f.Fatal(err)
	}
	good, err := json.Marshal(m)
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{string(good), strings.Replace(string(good), m.Folder, "build-00", 1), strings.ReplaceAll(string(good), `"size":`, `"size":-`),
		strings.Replace(string(good), "data.zip", "../data.zip", 1), "{}", "null", `{"folder":"build-1","files":{"/etc/passwd":{}}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, ok := parseManifest(b)
		if !ok {
			return
		}
		for name := range m.Files {
			path := filepath.Join(dir, m.Folder, filepath.FromSlash(name))
			if in, err := filepath.Rel(filepath.Join(dir, m.Folder), path); err != nil || !filepath.IsLocal(in) || !isFolder(m.Folder) {
				t.Errorf("%q in %q is outside of the folder", name, m.Folder)
			}
		}
		again, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if n, ok := parseManifest(again); !ok || !reflect.DeepEqual(n, m) {
			t.Errorf("%s became %+v", again, n)
		}
	})
}

// Whatever library.json says, it is an error or says the same when it is
// written again.
func FuzzLibrary(f *testing.F) {
	lib := &content.Library{Revision: "0123456789ab", Images: []string{"notes/a.png"}, LeftOut: []string{"notes/bad.md"}}
	var b bytes.Buffer
	if err := writeLibrary(&b, lib, content.Problems{{Path: "notes/bad.md", Line: 3, Col: 1, Severity: content.Error, Msg: "wrong", Fix: "right"}}); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	for _, s := range []string{"{}", "null", "[]", `{"problems":[null]}`, `{"problems":[{"severity":9}]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := parseLibrary(data)
		if err != nil {
			return
		}
		for _, p := range l.Problems {
			_ = p.Error()
		}
		l.Problems.Errors()
		write := func(l *library) string {
			var b bytes.Buffer
			if err := writeLibrary(&b, &content.Library{Revision: l.Revision, Images: l.Images, LeftOut: l.LeftOut}, l.Problems); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
		first := write(l)
		again, err := parseLibrary([]byte(first))
		if err != nil || write(again) != first {
			t.Errorf("%s became %+v, %v", first, again, err)
		}
	})
}

// Whatever stands at the beginning of the state, it is an error or a table of
// pages that can be asked for all that it knows.
func FuzzPageTable(f *testing.F) {
	lib := loaded(f, notes(4))
	data, offs := packed(f, lib, 1)
	var b bytes.Buffer
	if err := writeState(&b, lib, offs, func(*file.Writer) error { return nil }); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	for i := 0; i < b.Len(); i += 5 {
		bad := bytes.Clone(b.Bytes())
		bad[i] ^= 1
		f.Add(bad)
	}
	f.Fuzz(func(t *testing.T, state []byte) {
		ids, offs, d, err := readPageTable(file.NewReader(bytes.NewReader(state), int64(len(state))))
		if err != nil || checkPages(ids, offs, int64(len(data))) != nil {
			return
		}
		table, err := content.OpenPageTable(lib.Schema, d)
		if err != nil {
			return
		}
		pages := &pageFile{lib.Schema, ids, offs, bytes.NewReader(data), newPageCache(cacheBytes)}
		for i := range pages.Len() {
			if p, err := pages.Page(i); err == nil && p.ID != ids.At(i) {
				t.Errorf("page %s is given for %s", p.ID, ids.At(i))
			}
			table.Kind(i)
			table.Reviewed(i)
			table.Langs(i)
			table.Citing(i)
			for _, c := range table.Children(i) {
				if int(c) >= pages.Len() {
					t.Errorf("page %d is above %d of %d", i, c, pages.Len())
				}
			}
			for m := range table.Mentions(i) {
				if m.From >= pages.Len() {
					t.Errorf("page %d of %d refers", m.From, pages.Len())
				}
			}
			at, n := i, 0
			for above, ok := table.Parent(at); ok && n <= pages.Len(); above, ok = table.Parent(at) {
				at = above
				n++
			}
			if n > pages.Len() {
				t.Errorf("page %d is above itself", i)
			}
		}
		table.Languages()
	})
}
