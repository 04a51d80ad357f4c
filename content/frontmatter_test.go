package content

import (
	"testing"
	"testing/fstest"
)

// FuzzPage: a file is a page or has an error, its problems are inside it, and
// a page has a title and what its kind requires.
func FuzzPage(f *testing.F) {
	for _, s := range []string{
		goodPage, "", "---", "---\n---\n", "---\ntitle: A: B\n---\n", "---\ntitle: x\narea: [north\n---\n", "---\ntitle: x\narea: &a [*a]\n---\n",
		"---\ntitle: |\n  x\narea: north\nwhen: 2014-\nday: 2014-01-01\nsize: 1e3\n---\n", "\ufeff---\r\ntitle: x\r\narea: coast\r\n---\r\n# T\r\n",
		"---\ntitle: \"\\u2028\"\narea: x\n---\n[a](b.md#c)", "---\n? [a]\n: b\n---\n", "---\ntitle: !!binary aGk=\narea: north\n---\n", "---\n<<: {a: b}\n---\n",
		"---\ntitle: x\nsources: [{title: a, url: x}, 3]\n---\n", "---\ntitle: x\ncountry: BB\nrelated: [{ref: first, why: y}]\ndetail: '[x](#y)'\n---\n",
		"---\ntitle: x\n\tarea: y\n---\n", "---\ntitle: 'x\n---\n", "---\ntitle: x # c\n...\nb: c\n---\n", "---\n- a\n- b\n---\n", "---\n\"\u0085a\": b\n---\n",
	} {
		f.Add(s)
	}
	files := baseWith(f)
	l := newLoader(files, Options{Today: today})
	if err := l.load(f.Context()); err != nil {
		f.Fatal(err)
	}
	kind, _ := l.lib.Schema.Kind("note")
	w := l.newWorker()
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 10_000 {
			t.Skip()
		}
		files["notes/x.md"] = &fstest.MapFile{Data: []byte(s)}
		for _, translation := range []bool{false, true} {
			r := &report{path: "notes/x.md"}
			p, _, _ := w.parsePage(r, entry{path: r.path, file: r.path, id: "notes/x", kind: kind, lang: "en", translation: translation})
			for _, problem := range r.list {
				if problem.Msg == "" || problem.Code == "" {
					t.Errorf("a problem without words: %v", problem)
				}
			}
			checkPlaces(t, r)
			if r.failed() {
				continue
			}
			if p == nil || p.Title == "" || !translation && len(p.Values("area")) == 0 || !langTag.MatchString(p.Lang) {
				t.Errorf("%q has no errors and gives %+v", s, p)
			}
		}
	})
}

// TestDraft: a draft is checked like any page, and neither served nor listed
// as left out.
func TestDraft(t *testing.T) {
	lib, problems := load(t, baseWith(t, "notes/x.md", "---\ntitle: x\narea: north\nstatus: draft\n---\n",
		"notes/y.md", "---\ntitle: x\narea: nowhere\nstatus: draft\n---\n"))
	if lib.Has("notes/x") || len(problems) != 1 || len(lib.LeftOut) != 1 || lib.LeftOut[0] != "notes/y.md" {
		t.Errorf("left out %v, problems:\n%s", lib.LeftOut, problemText(problems))
	}
}
