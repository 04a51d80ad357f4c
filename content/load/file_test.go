package load

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"casebook/content"
	"casebook/content/source"
)

const goodPage = "---\ntitle: Bytes\narea: north\nsummary: >\n  Two\n  lines\n---\n## A\n\n- b\n- c\n\n> d\n"

// TestBytes: what can't be written into an archive of text.
func TestBytes(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"invalid UTF-8", "---\ntitle: Bytes\narea: north\n---\nab\xffc\n", "notes/x.md:5:3: error: byte 0xff is not UTF-8 text; save the file as UTF-8"},
		{"Latin-1", "---\ntitle: caf\xe9\narea: north\n---\n", "notes/x.md:2:11: error: byte 0xe9 is not UTF-8 text; save the file as UTF-8"},
		{"UTF-16", "\xff\xfe-\x00-\x00-\x00", "notes/x.md:1:1: error: byte 0xff is not UTF-8 text; save the file as UTF-8\nnotes/x.md:1:4: error: NUL byte; delete it"},
		{"NUL", "---\ntitle: Bytes\narea: north\n---\na\x00b\n", "notes/x.md:5:2: error: NUL byte; delete it"},
		{"control character", "---\ntitle: By\x07tes\n---\n", "notes/x.md:2:10: error: control character U+0007; delete it"},
		{"override", "---\ntitle: Bytes\narea: north\n---\na\u202eb\n",
			"notes/x.md:5:2: error: character U+202E overrides the direction of text; delete it; the direction follows from the language"},
		{"isolate, embedding", "---\ntitle: \u2066a\u2069\narea: north\n---\n\u202aé\u202c\n",
			"notes/x.md:2:8: error: character U+2066 overrides the direction of text; delete it; the direction follows from the language\n" +
				"notes/x.md:2:12: error: character U+2069 overrides the direction of text; delete it; the direction follows from the language\n" +
				"notes/x.md:5:1: error: character U+202A overrides the direction of text; delete it; the direction follows from the language\n" +
				"notes/x.md:5:6: error: character U+202C overrides the direction of text; delete it; the direction follows from the language"},
		{"marks of direction are fine", "---\ntitle: Bytes\narea: north\n---\na\u200fb\u200e\n", ""},
		{"columns are bytes", "---\ntitle: Bytes\narea: [ñ, é]\n---\n",
			"notes/x.md:3:8: error: area has no term \"ñ\"; valid: north, coast, south, world\nnotes/x.md:3:12: error: area has no term \"é\"; valid: north, coast, south, world"},
		{"lines as editors count them", "---\ntitle: \"a\u2028b\u0085c\"\narea: x\n---\n\u2028[a](y.md)\n",
			"notes/x.md:3:7: error: area has no term \"x\"; valid: north, coast, south, world\nnotes/x.md:5:4: error: the link \"y.md\" leads to no page; did you mean \"x.md\"?"},
		{"escapes of YAML", "---\ntitle: \"a\\u202eb\"\narea: north\nremark: \"x\\0\"\n---\n",
			"notes/x.md:2:8: error: character U+202E overrides the direction of text; delete it; the direction follows from the language\nnotes/x.md:4:9: error: NUL byte; delete it"},
		{"references of Markdown", "---\ntitle: Bytes\narea: north\n---\na &#x202e; b &#8238;\n",
			"notes/x.md:5:3: error: character U+202E overrides the direction of text; delete it; the direction follows from the language\n" +
				"notes/x.md:5:14: error: character U+202E overrides the direction of text; delete it; the direction follows from the language"},
		{"too big", "---\ntitle: Bytes\narea: north\n---\n" + strings.Repeat("x", source.MaxPageBytes), "notes/x.md: error: the file has more than 1 MiB; divide it"},
		{"just not too big", "---\ntitle: Bytes\narea: north\n---\n" + strings.Repeat(strings.Repeat("x", 1<<15-2)+"\n\n", 31) + strings.Repeat("x", 1<<15-36), ""},
		{"a table too wide", "---\ntitle: Bytes\narea: north\n---\n" + strings.Repeat("|a", 200) + "\n" + strings.Repeat("|-", 200) + "\n|b\n",
			"notes/x.md:6:1: error: a table of more than 100 columns or 50000 cells; divide it"},
		{"a table too long", "---\ntitle: Bytes\narea: north\n---\n" + strings.Repeat("|a", 90) + "\n" + strings.Repeat("|-", 90) + "\n" + strings.Repeat("b\n", 600),
			"notes/x.md:6:1: error: a table of more than 100 columns or 50000 cells; divide it"},
		{"too many brackets", "---\ntitle: Bytes\narea: north\n---\nx\n\n" + strings.Repeat("[a](", 3000),
			"notes/x.md:7:1: error: a paragraph, list or table of more than 256 KiB or 2000 brackets; divide it by a blank line"},
		{"many brackets", "---\ntitle: Bytes\narea: north\n---\n" + strings.Repeat("- [a](#)\n\n", 3000), ""},
		{"a paragraph too long", "---\ntitle: Bytes\narea: north\n---\nx\n\n" + strings.Repeat("x", 256<<10),
			"notes/x.md:7:1: error: a paragraph, list or table of more than 256 KiB or 2000 brackets; divide it by a blank line"},
		{"too many footnotes", "---\ntitle: Bytes\narea: north\n---\nx[^1]\n\n" + strings.Repeat("[^1]: x\n\n", 2000),
			"notes/x.md:5:2: error: 2001 footnotes and references to them, more than 2000; divide the page"},
		{"too many brackets in YAML", "---\ntitle: " + strings.Repeat("[", 600) + "\n---\n",
			"notes/x.md:2:508: error: more than 500 brackets are open; close them, or put quotes around a text that holds some"},
		{"a long table", "---\ntitle: Bytes\narea: north\n---\n|a|b|\n|-|-|\n" + strings.Repeat("|c|d|\n", 10_000), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lib, problems := load(t, baseWith(t, "notes/x.md", tt.text))
			var got []string
			for _, p := range problems {
				got = append(got, p.Error())
			}
			if g := strings.Join(got, "\n"); g != tt.want {
				t.Errorf("problems:\n%s\nwant:\n%s", g, tt.want)
			}
			if ok := lib.Has("notes/x"); ok != (tt.want == "") {
				t.Errorf("served: %v", ok)
			}
		})
	}
}

// TestMeaningless: a BOM, other line ends and blanks behind the front matter's
// lines change nothing but the digest.
func TestMeaningless(t *testing.T) {
	page := func(text string) content.Page {
		lib, problems := load(t, baseWith(t, "notes/x.md", text))
		p, err := lib.Page("notes/x")
		if err != nil {
			t.Fatal(err, problemText(problems))
		}
		q := *p
		q.Digest, q.Kind = content.Digest{}, nil
		return q
	}
	want := page(goodPage)
	front, body, _ := strings.Cut(goodPage, "## A")
	for name, text := range map[string]string{
		"BOM": "\ufeff" + goodPage, "CRLF": strings.ReplaceAll(goodPage, "\n", "\r\n"), "CR": strings.ReplaceAll(goodPage, "\n", "\r"),
		"blanks": strings.ReplaceAll(front, "\n", " \t\n") + "## A" + body, "all": "\ufeff" + strings.ReplaceAll(strings.ReplaceAll(front, "\n", "  \n")+"## A"+body, "\n", "\r\n"),
	} {
		if got := page(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: page %+v, want %+v", name, got, want)
		}
	}
	// Data files too.
	files := baseWith(t)
	for _, name := range []string{"schema.yaml", "site.yaml", "vocabularies/area.yaml", "glossary.yaml"} {
		files[name] = &fstest.MapFile{Data: []byte("\ufeff" + strings.ReplaceAll(string(files[name].Data), "\n", " \r\n"))}
	}
	if _, problems := load(t, files); len(problems) > 0 {
		t.Error(problemText(problems))
	}
}

// TestLinksInTheFolder: symbolic links inside are followed, those that lead
// out are not, whether or not the file system itself would follow them.
func TestLinksInTheFolder(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.md")
	dir := filepath.Join(t.TempDir(), "content")
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	link := func(to, name string) {
		t.Helper()
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
	for name, f := range baseWith(t, "notes/good.md", goodPage) {
		write(filepath.Join(dir, name), string(f.Data))
	}
	write(outside, "---\ntitle: Secret\narea: north\n---\n")
	write(filepath.Join(dir, ".data", "site.yaml"), "title: Linked\nlanguages: [en, fr, ar]\n")
	if err := os.Remove(filepath.Join(dir, "site.yaml")); err != nil {
		t.Fatal(err)
	}
	up, err := filepath.Rel(filepath.Join(dir, "notes"), outside)
	if err != nil {
		t.Fatal(err)
	}
	link(".data/site.yaml", "site.yaml") // as Kubernetes mounts files
	link("good.md", "notes/inside.md")
	link("../notes/inside.md", "notes/twice.md")
	link(outside, "notes/absolute.md")
	link(up, "notes/relative.md")
	link("relative.md", "notes/indirect.md")
	link("circle.md", "notes/circle.md")
	link("nothing.md", "notes/dangling.md")
	link("..", "notes/folder")
	link(outside, "notes/picture.png")

	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	const escape = ": error: the symbolic link leads out of the content folder; put the file itself here [link-outside]\n"
	want := "notes/absolute.md" + escape +
		"notes/circle.md: error: the file can't be read: symbolic links lead in a circle [unreadable]\n" +
		"notes/dangling.md: error: the file does not exist [unreadable]\n" +
		"notes/indirect.md" + escape + "notes/picture.png" + escape + "notes/relative.md" + escape
	for name, load := range map[string]func() (*content.Library, content.Problems, error){
		"os.Root": func() (*content.Library, content.Problems, error) {
			return Load(t.Context(), root.FS(), Options{Today: today})
		},
		"os.DirFS": func() (*content.Library, content.Problems, error) {
			return Load(t.Context(), os.DirFS(dir), Options{Today: today})
		},
	} {
		lib, problems, err := load()
		if err != nil {
			t.Fatal(err)
		}
		if got := problemText(problems); got != want {
			t.Errorf("%s: problems:\n%s\nwant:\n%s", name, got, want)
		}
		for _, id := range []string{"notes/good", "notes/inside", "notes/twice"} {
			if p, err := lib.Page(id); err != nil || p.Title != "Bytes" {
				t.Errorf("%s: page %s: %+v", name, id, p)
			}
		}
		if lib.Site.Title.In("en") != "Linked" {
			t.Errorf("%s: site %+v", name, lib.Site)
		}
	}
}
