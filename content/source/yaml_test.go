package source

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// What is wrong with YAML is said in an editor's words, at the line to mend.
func TestSyntax(t *testing.T) {
	for text, want := range map[string]string{
		"a: b\n\tc: d\n":              "2:1: error: a tab indents the line; indent with spaces",
		"a: @b\n":                     `1:4: error: a value can't begin with @ without quotes; put quotes around it: "@b"`,
		"a:\n  - `b`\n":               "2:5: error: a value can't begin with ` without quotes; put quotes around it: \"`b`\"",
		"a: %b\n":                     `1:4: error: a value can't begin with % without quotes; put quotes around it: "%b"`,
		"a: *b\n":                     `1:4: error: a value can't begin with * without quotes; put quotes around it: "*b"`,
		"a: 'b\n":                     "1:4: error: the quotes that open here are not closed; close them",
		"a: \"b\" and \"c\"\n":        `1:4: error: there are quotes inside quotes; write 'b" and "c'`,
		"a: 'it's'\n":                 "1:4: error: there are quotes inside quotes; write 'it''s'",
		"a: 'b' c\n":                  "1:4: error: text follows the quotes; put quotes around all of it: '''b'' c'",
		"a: [b, c\nd: e\n":            "1:4: error: the list that opens here is not closed; close it, and put commas between its values",
		"a: {b: c\nd: e\n":            "1:4: error: the list that opens here is not closed; close it, and put commas between its values",
		"a: [b] c\n":                  "1:1: error: this line does not fit under the one above; look at its indentation, and put quotes around values that hold quotes or colons",
		"a: {b: c} d\n":               "1:1: error: this line does not fit under the one above; look at its indentation, and put quotes around values that hold quotes or colons",
		"a: b: [c\n":                  `1:5: error: a second colon with a blank after it; put quotes around it: a: "b: [c"`,
		"a: b: {c\n":                  `1:5: error: a second colon with a blank after it; put quotes around it: a: "b: {c"`,
		"a: b: c\n":                   `1:5: error: a second colon with a blank after it; put quotes around it: a: "b: c"`,
		"a: b\n  c: d\n":              "2:3: error: a colon stands where no value can begin; look at the indentation of this line and the one above",
		"a: b\nc\nd: e\n":             "2:1: error: this line has no colon; write it as name: value",
		"a:\n  - b\n c: d\n":          "3:2: error: this line does not fit under the one above; look at its indentation, and put quotes around values that hold quotes or colons",
		"---\na: b\n---\nc: d\n":      "3:1: error: a second YAML document begins here; keep one document in a file",
		"a: b\n--- # c\n":             "2:1: error: a second YAML document begins here; keep one document in a file",
		"a: b\n...\n":                 "2:1: error: a second YAML document begins here; keep one document in a file",
		"a: b\n\n...\tx\n":            "3:1: error: a second YAML document begins here; keep one document in a file",
		"# c\n\n---\na: b\n":          "", // one document
		"a: |\n ---\n ...\n----: b\n": "",
		"a: 'b' # c\n":                "",
		"":                            "",
		"# nothing\n":                 "",
	} {
		r := read(t, text)
		root, ok := r.ParseYAML(1000)
		got := strings.TrimPrefix(lines(r.Problems()), "x.yaml:")
		got = got[:max(0, strings.LastIndex(got, " ["))]
		if got != want || ok != (want == "") || ok && (root == nil) != (text == "" || text == "# nothing\n") {
			t.Errorf("%q: %v, root %v\n%s\nwant\n%s", text, ok, root != nil, got, want)
		}
	}
}

// In a long file the place is the one that the YAML library says: to look for
// a better one would take too long.
func TestSyntaxOfALongFile(t *testing.T) {
	for n, want := range map[int]string{1000: "1001", 2000: "2001"} {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "x%d: y\n", i)
		}
		r := read(t, b.String()+"a: b: c\n")
		if _, ok := r.ParseYAML(MaxDataValues); ok || lines(r.Problems()) != "x.yaml:"+want+`:5: error: a second colon with a blank after it; put quotes around it: a: "b: c" [yaml-syntax]`+"\n" {
			t.Errorf("after %d lines: %s", n, lines(r.Problems()))
		}
	}
}

// Bounds: the last that is allowed, and the first that is not.
func TestYAMLBounds(t *testing.T) {
	nested := func(n int) string { return strings.Repeat("[", n) + "x" + strings.Repeat("]", n) }
	for _, tt := range []struct{ name, text, want string }{
		{"as deep as it may be", nested(maxDepth), ""},
		{"deeper", nested(maxDepth + 1), "more than 100 values, or more than 32 levels of nesting; divide the file [yaml-size]"},
		{"as many as there may be", "[" + strings.Repeat("x,", 99) + "]", ""},
		{"more", "[" + strings.Repeat("x,", 100) + "]", "more than 100 values, or more than 32 levels of nesting; divide the file [yaml-size]"},
		{"aliases", "a: &a [x, x]\nb: [*a, *a]\n", ""},
		{"aliases that multiply", "a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\n",
			"2:36: error: the YAML aliases multiply to more than 100 values, or more than 32 levels of nesting; write the values out [yaml-alias]"},
		{"an alias of itself", "a: &a [*a]\n", "1:8: error: the YAML aliases multiply to more than 100 values, or more than 32 levels of nesting; write the values out [yaml-alias]"},
		{"open brackets", "a: \"" + strings.Repeat("[", maxOpen) + "\"\n", ""},
		{"too many open brackets", "a: \"" + strings.Repeat("[", maxOpen+1) + "\"\n", "1:505: error: more than 500 brackets are open; close them, or put quotes around a text that holds some [yaml-size]"},
		{"brackets that are closed", "a: \"" + strings.Repeat("[}", 2*maxOpen) + "\"\n", ""},
		{"closed before they open", "a: \"" + strings.Repeat("]", 50) + strings.Repeat("{", maxOpen+1) + "\"\n", "1:555: error: more than 500 brackets are open; close them, or put quotes around a text that holds some [yaml-size]"},
	} {
		r := read(t, tt.text)
		_, ok := r.ParseYAML(100)
		if got := lines(r.Problems()); ok != (tt.want == "") || !strings.HasSuffix(got, tt.want+strings.Repeat("\n", min(1, len(tt.want)))) || ok && got != "" {
			t.Errorf("%s: %v\n%swant\n%s", tt.name, ok, got, tt.want)
		}
	}
}

// Quotes let in no character that the file itself may not hold.
func TestEscapes(t *testing.T) {
	for text, want := range map[string]string{
		`a: "x\u202Ey"`:             "x.yaml:1:4: error: character U+202E overrides the direction of text; delete it; the direction follows from the language [bidi-control]\n",
		"a: x\nb: [\"y\", \"\\0\"]": "x.yaml:2:10: error: NUL byte; delete it [nul]\n",
		"\"\\x07\": \"\\e\\e\"":     "x.yaml:1:1: error: control character U+0007; delete it [control-character]\nx.yaml:1:9: error: control character U+001B; delete it [control-character]\n",
		`a: '\u202E'`:               "",
		`a: \u202E`:                 "",
		`a: "\n\t\u200F\\"`:         "",
	} {
		r := read(t, text)
		_, ok := r.ParseYAML(100)
		if got := lines(r.Problems()); got != want || ok != (want == "") {
			t.Errorf("%s: %v\n%swant\n%s", text, ok, got, want)
		}
	}
}

func TestFrontMatter(t *testing.T) {
	const (
		none = "x.yaml:1:1: error: the page does not begin with front matter; begin it with a line ---, then title: …, then a line --- [no-front-matter]\n"
		open = "x.yaml:1:1: error: the front matter does not end; end it with a line --- [open-front-matter]\n"
	)
	for _, tt := range []struct{ text, yaml, body, problems string }{
		{"---\na: b\n---\nBody\n", "a: b\n", "Body\n", ""},
		{"--- \t\na: b\n---\t \nBody", "a: b\n", "Body", ""},
		{"---\n---\n", "", "", ""},
		{"---\n---", "", "", ""},
		{"---\n\n---\n---\n", "\n", "---\n", ""},
		{"---\na: b\n ---\n----\n---\n", "a: b\n ---\n----\n", "", ""},
		{"", "", "", none},
		{"a: b\n---\n", "", "", none},
		{" ---\n---\n", "", "", none},
		{"----\n---\n", "", "", none},
		{"---", "", "", open},
		{"---\n", "", "", open},
		{"---\na: b\n--\n", "", "", open},
	} {
		r := read(t, tt.text)
		body, ok := r.FrontMatter()
		if got := lines(r.Problems()); got != tt.problems || ok != (tt.problems == "") {
			t.Errorf("%q: %v\n%swant\n%s", tt.text, ok, got, tt.problems)
		}
		if ok && (string(r.text[r.from:r.to]) != tt.yaml || string(r.Text(body)) != tt.body) {
			t.Errorf("%q: YAML %q, body %q", tt.text, r.text[r.from:r.to], r.Text(body))
		}
	}
}

// Whatever the bytes, YAML is a tree in its bounds or has an error, and every
// place is inside the file.
func FuzzYAML(f *testing.F) {
	for _, s := range []string{"a: b\n", "a: [b, {c: d}]", "a: b: c", "\ta", "a: &a [*a]", "'", "a: \"\\u202e\"", "---\n...\n", "? [a]\n: b", "!!binary aGk=", "<<: {a: b}", "a: |\n  b\n c", "- - - a", "\u2028: \u0085x", "a: 'b' c", "%x", "a: \"b \"c\" d\"", "[[[[", "é: @"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := &Report{Path: "x.yaml"}
		if _, ok := r.Read(fstest.MapFS{"x.yaml": {Data: []byte(s)}}, "x.yaml", 5000, nil); !ok {
			if !r.Failed() {
				t.Errorf("%q is unreadable without an error", s)
			}
			return
		}
		root, ok := r.ParseYAML(500)
		if ok == r.Failed() {
			t.Errorf("%q: %v with %v", s, ok, r.Problems())
		}
		text := strings.Split(string(r.Text(0)), "\n")
		for _, p := range r.Problems() {
			if p.Line < 1 || p.Line > len(text) || p.Col < 1 || p.Col > len(text[p.Line-1])+1 || p.Msg == "" || !utf8.ValidString(p.Error()) {
				t.Errorf("%q: %v", s, p)
			}
		}
		if root != nil {
			count(t, r, root, 0)
		}
	})
}

// count goes through a tree as readers of it do, and fails where it is too deep.
func count(t *testing.T, r *Report, n *yaml.Node, depth int) {
	if depth > maxDepth {
		t.Fatal("too deep")
	}
	if line, col := r.NodePosition(n); line < 1 || col < 1 {
		t.Errorf("a node at %d:%d", line, col)
	}
	Describe(Deref(n))
	for _, c := range Deref(n).Content {
		count(t, r, c, depth+1)
	}
}
