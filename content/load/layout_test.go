package load

import (
	"slices"
	"strings"
	"testing"

	"casebook/content"
)

// What a file's name may hold is what the remedy says; each page and each
// image with another name is a problem, and not served.
func TestFileNames(t *testing.T) {
	const page = "---\ntitle: Named\narea: north\n---\n"
	for _, name := range []string{"a", "A1", "a-b_c", "a.b", "été", "e\u0301te\u0301", "السجون", "हिन्दी", "日本", "_x", "-x", "2.0"} {
		lib, problems := load(t, baseWith(t, "notes/"+name+".md", page, "notes/pictures/"+name+".png", "x"))
		if len(problems) > 0 || !lib.Has("notes/"+name) || !slices.Contains(lib.Images, "notes/pictures/"+name+".png") {
			t.Errorf("%q is refused: %v", name, problems)
		}
	}
	for name, sign := range map[string]string{
		"a b": `" "`, " a": `" "`, "a ": `" "`, "a\u00a0b": `"\u00a0"`, "a\tb": `"\t"`, "a\nb": `"\n"`,
		"a'b": `"'"`, "a’b": `"’"`, "“a”": `"“"`, `a"b`: `"\""`, "«a»": `"«"`, "a`b": "\"`\"",
		"a\u200eb": `"\u200e"`, "a\u200fb": `"\u200f"`, "a\u202eb": `"\u202e"`, "a\u2066b": `"\u2066"`, "a\u061cb": `"\u061c"`, "a\u200db": `"\u200d"`, "a\ufeffb": `"\ufeff"`,
		"a?b": `"?"`, "a#b": `"#"`, "a%b": `"%"`, "a&b": `"&"`, "a:b": `":"`, `a\b`: `"\\"`, "a<b": `"<"`, "a|b": `"|"`, "a*b": `"*"`, "a,b": `","`, "a(b)": `"("`, "a+b": `"+"`,
		"a\x7fb": `"\x7f"`, "a–b": `"–"`, "a😀b": `"😀"`, "a\uFFFDb": `"�"`,
	} {
		for _, path := range []string{"notes/" + name + ".md", "notes/" + name + "/x.md", "notes/" + name + ".png"} {
			lib, problems := load(t, baseWith(t, path, page))
			want := "the file's name holds " + sign + ", which can't be part of an address"
			if len(problems) != 1 || problems[0].Path != path || problems[0].Severity != content.Error || problems[0].Code != "bad-name" || problems[0].Msg != want ||
				problems[0].Fix != "use letters, digits, - and _" {
				t.Errorf("%q: %v, want %s", path, problems, want)
			}
			if lib.Has(strings.TrimSuffix(path, ".md")) || slices.Contains(lib.Images, path) || !slices.Contains(lib.LeftOut, path) {
				t.Errorf("%q is served", path)
			}
		}
	}
}

// Folders inside each other without end are a problem, found before their end.
func TestDeepFolders(t *testing.T) {
	deep := func(n int) string { return "notes" + strings.Repeat("/d", n) }
	const page = "---\ntitle: Deep\narea: north\n---\n"
	lib, problems := load(t, baseWith(t, deep(63)+"/x.md", page))
	if len(problems) > 0 || !lib.Has(deep(63)+"/x") {
		t.Errorf("63 folders below a kind's: %v", problems)
	}
	for _, n := range []int{64, 10_000} {
		lib, problems := load(t, baseWith(t, deep(n)+"/x.md", page))
		want := deep(64) + ": error: more than 64 folders are inside each other; move its pages up [deep-folder]\n"
		if problemText(problems) != want || lib.Len() != 6 {
			t.Errorf("%d folders: %d pages, %d problems", n, lib.Len(), len(problems))
		}
	}
	if _, err := Stamp(t.Context(), baseWith(t, deep(10_000)+"/x.md", page)); err != nil {
		t.Error(err)
	}
}
