package load

import (
	"strings"
	"testing"
	"testing/fstest"

	"casebook/content/frontmatter"
	"casebook/content/markdown"
	"casebook/content/source"
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
	if _, err := l.list(f.Context()); err != nil {
		f.Fatal(err)
	}
	kind, _ := l.defs.Schema.Kind("note")
	md := markdown.New(l.layout, l.defs.Schema, l.defs.Site.Languages)
	w := &worker{fsys: files, md: md, front: frontmatter.NewReader(l.defs, md, today)}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 10_000 {
			t.Skip()
		}
		files["notes/x.md"] = &fstest.MapFile{Data: []byte(s)}
		for _, translation := range []bool{false, true} {
			r := &source.Report{Path: "notes/x.md"}
			d := draft{entry: entry{path: r.Path, file: r.Path, id: "notes/x", kind: kind, lang: "en", translation: translation}, report: r}
			w.parse(&d)
			p := d.page
			for _, problem := range r.Problems() {
				if problem.Msg == "" || problem.Code == "" {
					t.Errorf("a problem without words: %v", problem)
				}
			}
			checkPlaces(t, r)
			if r.Failed() {
				continue
			}
			if p == nil || p.Title == "" || !translation && len(p.Values("area")) == 0 || !source.LangTag.MatchString(p.Lang) {
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

// checkPlaces makes sure that problems are placed inside their file.
func checkPlaces(t *testing.T, r *source.Report) {
	t.Helper()
	lines := strings.Split(string(r.Text(0)), "\n")
	for _, p := range r.Problems() {
		if p.Line == 0 && p.Col == 0 {
			continue
		}
		if p.Line < 1 || p.Line > len(lines) || p.Col < 1 || p.Col > len(lines[p.Line-1])+1 {
			t.Errorf("%q: problem outside of the file: %v", r.Text(0), p)
		}
	}
}
