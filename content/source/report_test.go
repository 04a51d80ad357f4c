package source

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"gopkg.in/yaml.v3"

	"casebook/content"
)

// read returns the report of a file with this text.
func read(t testing.TB, text string) *Report {
	t.Helper()
	r := &Report{Path: "x.yaml"}
	if _, ok := r.Read(fstest.MapFS{"x.yaml": {Data: []byte(text)}}, "x.yaml", MaxDataBytes, nil); !ok {
		t.Fatalf("%q: %v", text, r.Problems())
	}
	return r
}

// lines writes problems below each other.
func lines(ps content.Problems) string {
	var b strings.Builder
	for _, p := range ps {
		fmt.Fprintf(&b, "%v [%s]\n", p, p.Code)
	}
	return b.String()
}

func TestPosition(t *testing.T) {
	r := read(t, "ab\n\néc\n")
	for _, tt := range []struct{ off, line, col int }{
		{0, 1, 1}, {1, 1, 2}, {2, 1, 3}, {3, 2, 1}, {4, 3, 1}, {6, 3, 3}, {7, 3, 4}, {8, 4, 1},
		{-5, 1, 1}, {100, 4, 1}, // outside is the nearest place inside
	} {
		if line, col := r.Position(tt.off); line != tt.line || col != tt.col {
			t.Errorf("offset %d is at %d:%d, want %d:%d", tt.off, line, col, tt.line, tt.col)
		}
	}
	if line, col := read(t, "").Position(0); line != 1 || col != 1 {
		t.Errorf("an empty file has a place %d:%d", line, col)
	}
}

// The nodes of YAML are found whatever order they are asked for in: columns in
// bytes, lines as editors count them, behind a BOM and front matter.
func TestNodePosition(t *testing.T) {
	for _, tt := range []struct{ text, places string }{
		{"a: [x, é, z]\nb: y\n", "a 1:1, x 1:5, é 1:8, z 1:12, b 2:1, y 2:4"},
		{"\ufeffa: x\r\nb: y\r\n", "a 1:1, x 1:4, b 2:1, y 2:4"},
		{"---\né: \"z\u2028\u0085\"\nb: y\n---\n# z\n", "é 2:1, z 2:5, b 3:1, y 3:4"},
	} {
		r := read(t, tt.text)
		if strings.HasPrefix(tt.text, "---") {
			if _, ok := r.FrontMatter(); !ok {
				t.Fatal(lines(r.Problems()))
			}
		}
		root, ok := r.ParseYAML(1000)
		if !ok {
			t.Fatal(lines(r.Problems()))
		}
		var nodes []*yaml.Node
		var walk func(n *yaml.Node)
		walk = func(n *yaml.Node) {
			if n.Kind == yaml.ScalarNode {
				nodes = append(nodes, n)
			}
			for _, c := range n.Content {
				walk(c)
			}
		}
		walk(root)
		place := func(n *yaml.Node) string {
			line, col := r.NodePosition(n)
			return fmt.Sprintf("%c %d:%d", []rune(n.Value)[0], line, col)
		}
		var forth, back []string
		for i := range nodes {
			forth = append(forth, place(nodes[i]))
		}
		for i := len(nodes) - 1; i >= 0; i-- {
			back = append([]string{place(nodes[i])}, back...)
		}
		want := tt.places
		if got := strings.Join(forth, ", "); got != want {
			t.Errorf("%q: %s, want %s", tt.text, got, want)
		}
		if got := strings.Join(back, ", "); got != want {
			t.Errorf("%q backwards: %s, want %s", tt.text, got, want)
		}
	}
	r := read(t, "---\ntitle: x\n---\n")
	r.FrontMatter()
	for _, n := range []*yaml.Node{nil, {}} { // one that stands nowhere is where the YAML begins
		if line, col := r.NodePosition(n); line != 2 || col != 1 {
			t.Errorf("no node is at %d:%d", line, col)
		}
	}
}

func TestReportKeepsProblems(t *testing.T) {
	r := read(t, "ab\ncd\n")
	if r.Failed() || r.Len() != 0 || r.Errors() != 0 || r.Problems() != nil {
		t.Error("a new report has problems")
	}
	r.File(content.Warning, "w", "the file as such", "mend it")
	r.At(4, content.Error, "e", "at an offset", "")
	r.Place(7, 8, content.Warning, "p", "at a place", "")
	want := "x.yaml: warning: the file as such; mend it [w]\nx.yaml:2:2: error: at an offset [e]\nx.yaml:7:8: warning: at a place [p]\n"
	if got := lines(r.Problems()); got != want || !r.Failed() || r.Len() != 3 || r.Errors() != 1 || r.Full() {
		t.Errorf("%d problems, %d errors, failed %v:\n%s", r.Len(), r.Errors(), r.Failed(), got)
	}
	if string(r.Text(3)) != "cd\n" {
		t.Errorf("the text from 3 on is %q", r.Text(3))
	}
	r.Forget()
	if len(r.Text(0)) > 0 || len(r.Problems()) != 3 {
		t.Error("the text is kept, or the problems are not")
	}
}

// Problems over a hundred are counted; an error among them still fails the
// file, in the place of the last warning.
func TestReportIsBounded(t *testing.T) {
	r := &Report{Path: "x"}
	for i := range MaxProblems - 1 {
		r.Place(i+1, 1, content.Warning, "w", "w", "")
	}
	if r.Full() {
		t.Error("full one too early")
	}
	r.Place(100, 1, content.Warning, "w", "last", "")
	if !r.Full() || len(r.Problems()) != MaxProblems {
		t.Errorf("%d problems, full %v", len(r.Problems()), r.Full())
	}
	r.Place(101, 1, content.Warning, "w", "one more", "")
	r.Place(102, 3, content.Error, "e", "an error", "mend")
	r.Place(103, 1, content.Error, "e", "another", "")
	for range 2 { // asked for twice it is the same
		ps := r.Problems()
		if len(ps) != MaxProblems+1 || ps[MaxProblems].Error() != "x: warning: 3 further problems are not shown" || ps[MaxProblems].Code != "many-problems" {
			t.Fatalf("%d problems, the last %v", len(ps), ps[len(ps)-1])
		}
		if got := ps[MaxProblems-1].Error(); got != "x:102:3: error: an error; mend" {
			t.Errorf("the hundredth is %s", got)
		}
	}
	if !r.Failed() || r.Errors() != 1 {
		t.Errorf("%d errors", r.Errors())
	}
}

func TestDistinct(t *testing.T) {
	var d Distinct
	for i := range 100 {
		if word := fmt.Sprint(i); !d.Add(word) || d.Add(word) {
			t.Fatalf("%d is not new, or is so twice", i)
		}
		if d.Add("0") || d.Add(fmt.Sprint(i/2)) {
			t.Fatalf("after %d an old word is new", i)
		}
	}
}
