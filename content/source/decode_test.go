package source

import (
	"fmt"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// decode parses a text and calls f with its root; it returns what f says and
// the problems.
func decode(t *testing.T, text string, f func(d *Decoder, root *yaml.Node) any) (any, string) {
	t.Helper()
	r := read(t, text)
	root, ok := r.ParseYAML(1000)
	if !ok {
		t.Fatal(lines(r.Problems()))
	}
	got := f(&Decoder{Report: r, Lang: "en"}, root)
	return got, strings.ReplaceAll(lines(r.Problems()), "x.yaml:", "")
}

func TestDecoder(t *testing.T) {
	first := func(n *yaml.Node) *yaml.Node { return n.Content[1] }
	str := func(d *Decoder, root *yaml.Node) any { return d.Str(first(root)) }
	strs := func(d *Decoder, root *yaml.Node) any { return strings.Join(d.Strs(first(root)), "|") }
	boolean := func(d *Decoder, root *yaml.Node) any { return d.Bool(first(root)) }
	text := func(d *Decoder, root *yaml.Node) any {
		x := d.Text(first(root))
		return fmt.Sprint(x.Langs(), x.In("fr"))
	}
	pairs := func(d *Decoder, root *yaml.Node) any {
		var names []string
		d.Pairs(first(root), "the thing", func(name string, k, v *yaml.Node) { names = append(names, name+"="+v.Value) })
		return strings.Join(names, " ")
	}
	mapping := func(d *Decoder, root *yaml.Node) any {
		var read []string
		seen := d.Mapping(first(root), "the thing", On("one", func(n *yaml.Node) { read = append(read, "one", n.Value) }), On("other", func(n *yaml.Node) { read = append(read, "other", n.Value) }))
		return fmt.Sprint(read, seen)
	}
	for _, tt := range []struct {
		name, text string
		read       func(*Decoder, *yaml.Node) any
		want       any
		problems   string
	}{
		{"text", "a: '  x  y\n\n  z '", str, "x y z", ""},
		{"number as text", "a: 007", str, "007", ""},
		{"nothing", "a: ~", str, "", ""},
		{"alias", "b: &b x\na: *b", func(d *Decoder, root *yaml.Node) any { return d.Str(root.Content[3]) }, "x", ""},
		{"list for text", "a: [x]", str, "", "1:4: error: a text is expected, not a list [wrong-type]\n"},
		{"group for text", "a: {x: y}", str, "", "1:4: error: a text is expected, not a group of names and values [wrong-type]\n"},
		{"list", "a: [x, ' ', y, ~]", strs, "x|y", ""},
		{"one for a list", "a: x", strs, "x", ""},
		{"nothing for a list", "a:", strs, "", ""},
		{"list in a list", "a: [x, [y]]", strs, "x", "1:8: error: a text is expected, not a list [wrong-type]\n"},
		{"true", "a: True", boolean, true, ""},
		{"false", "a: FALSE", boolean, false, ""},
		{"alias of true", "b: &b true\na: *b", func(d *Decoder, root *yaml.Node) any { return d.Bool(root.Content[3]) }, true, ""},
		{"yes", "a: yes", boolean, false, `1:4: error: true or false is expected, not "yes"; write true [wrong-type]` + "\n"},
		{"Off", "a: Off", boolean, false, `1:4: error: true or false is expected, not "Off"; write false [wrong-type]` + "\n"},
		{"maybe", "a: maybe", boolean, false, `1:4: error: true or false is expected, not "maybe" [wrong-type]` + "\n"},
		{"no truth", "a: [true]", boolean, false, "1:4: error: true or false is expected, not a list [wrong-type]\n"},
		{"null", "a: ~", boolean, false, "1:4: error: true or false is expected, not nothing [wrong-type]\n"},
		{"plain text", "a: x", text, "[en]x", ""},
		{"no text", "a: ' '", text, "[]", ""},
		{"by language", "a: {en: x, fr: y, ar: ' '}", text, "[en fr]y", ""},
		{"by no language", "a: {en: ~}", text, "[]", ""},
		{"not a language", "a: {English: x, fr: y}", text, "[fr]y", `1:5: error: "English" is not a language code; write en, fr, ar … [bad-language]` + "\n"},
		{"text in a list", "a: [x]", text, "[]", "1:4: error: a text is expected, not a list [wrong-type]\n"},
		{"pairs", "a: {x: 1, y: 2}", pairs, "x=1 y=2", ""},
		{"no pairs", "a: ~", pairs, "", ""},
		{"a list for pairs", "a: [x]", pairs, "", "1:4: error: the thing is a list, not a group of names and values [wrong-type]\n"},
		{"a word for pairs", "a: x", pairs, "", `1:4: error: the thing is "x", not a group of names and values [wrong-type]` + "\n"},
		{"a list as a name", "a: {[x]: 1, y: 2}", pairs, "y=2", "1:5: error: a name is expected, not a list [wrong-type]\n"},
		{"twice", "a:\n  x: 1\n  y: 2\n  x: 3", pairs, "x=1 y=2", `4:3: error: "x" stands here twice; it is in line 2 already [duplicate-key]` + "\n"},
		{"mapping", "a: {other: 1, one: ~}", mapping, "[other 1] map[other:true]", ""},
		{"mapping with a slip", "a: {oen: 1}", mapping, "[] map[]", `1:5: error: the thing has no field "oen"; did you mean "one"? [unknown-field]` + "\n"},
	} {
		got, problems := decode(t, tt.text, tt.read)
		if got != tt.want || problems != tt.problems {
			t.Errorf("%s: %v, want %v\n%swant\n%s", tt.name, got, tt.want, problems, tt.problems)
		}
	}
}

func TestLookup(t *testing.T) {
	_, _ = decode(t, "a: 1\n[b]: 2\ne: &d 3\nc: *d", func(d *Decoder, root *yaml.Node) any {
		for name, want := range map[string]string{"a": "1", "c": "3", "e": "3"} {
			if n := Lookup(root, name); n == nil || n.Value != want {
				t.Errorf("%s is %v", name, n)
			}
		}
		if Lookup(root, "b") != nil || Lookup(root.Content[1], "a") != nil {
			t.Error("a key is found that isn't there")
		}
		return nil
	})
}

func TestBadURL(t *testing.T) {
	for s, want := range map[string]string{
		"https://example.org/x?y=z#a": "", "http://example.org": "", "HTTPS://example.org/": "", "https://[::1]:80/": "", "https://example.org/%20é": "",
		"":                            `"" is not a whole URL`,
		"example.org":                 `"example.org" is not a whole URL`,
		"//example.org/":              `"//example.org/" is not a whole URL`,
		"ftp://example.org/":          `the URL begins with "ftp:", not with https:`,
		"javascript:alert(1)":         `the URL begins with "javascript:", not with https:`,
		"https:///x":                  `"https:///x" is not a URL`,
		"https://:80/":                `"https://:80/" is not a URL`,
		"https://me:secret@x.org/":    `"https://me:secret@x.org/" is not a URL`,
		"https://example.org/a b":     `"https://example.org/a b" is not a URL`,
		"https://example.org/\"":      `"https://example.org/\"" is not a URL`,
		"https://example.org/<x>":     `"https://example.org/<x>" is not a URL`,
		"https://example.org/\\":      `"https://example.org/\\" is not a URL`,
		"https://example.org/{x}|^`":  "\"https://example.org/{x}|^`\" is not a URL",
		"https://exa%zzmple.org":      `"https://exa%zzmple.org" is not a URL`,
		"https://example.org/\u2028x": "",
	} {
		if got := BadURL(s); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	for in, want := range map[string]string{"case-study": "Case study", "élan_vital": "Élan vital", "x": "X", "--": "--", "a--b": "A b", "": ""} {
		if got := Humanise(in); got != want {
			t.Errorf("Humanise(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{" a ": "a", "a  b": "a b", "a\nb": "a b", "\ta\t\n": "a", "a b": "a b", "": ""} {
		if got := FoldSpace(in); got != want {
			t.Errorf("FoldSpace(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]bool{"en": true, "fil": true, "pt-BR": true, "zh-Hans-CN": true, "e": false, "engl": false, "EN": false, "en_GB": false, "en-": false, "en-a": false, "en-123456789": false, "": false} {
		if got := LangTag.MatchString(in); got != want {
			t.Errorf("%q is a language: %v", in, got)
		}
	}
	for in, want := range map[string]string{
		"x": `"x"`, "a\"b": `"a\"b"`, "": `""`, strings.Repeat("x", 80): `"` + strings.Repeat("x", 80) + `"`, strings.Repeat("x", 81): `"` + strings.Repeat("x", 80) + `…"`,
		"x" + strings.Repeat("é", 50): `"x` + strings.Repeat("é", 39) + `…"`, // not in the middle of a letter
	} {
		if got := Quote(in); got != want {
			t.Errorf("Quote(%q) = %s, want %s", in, got, want)
		}
	}
	for s, want := range map[string]string{"yes": "write true", "Y": "write true", "ON": "write true", "1": "write true", "no": "write false", "n": "write false", "off": "write false", "0": "write false", "true": "", "": ""} {
		if got := BoolFix(s); got != want {
			t.Errorf("BoolFix(%q) = %q", s, got)
		}
	}
}

func TestRemedies(t *testing.T) {
	many := strings.Fields(strings.Repeat("word ", 41))
	for _, tt := range []struct {
		word  string
		valid []string
		want  string
	}{
		{"prisn", []string{"travel", "prison"}, `did you mean "prison"?`},
		{"nothing", []string{"travel", "prison"}, "valid: travel, prison"},
		{"nothing", nil, ""},
		{"nothing", many[:20], "valid: " + strings.Join(many[:20], ", ")},
		{"x", []string{strings.Repeat("a", 80), strings.Repeat("b", 78)}, "valid: " + strings.Repeat("a", 80) + ", " + strings.Repeat("b", 78)},
		{"x", []string{strings.Repeat("a", 80), strings.Repeat("b", 79)}, ""}, // too long for a line
		{"nothing", many, ""}, // too many
	} {
		if got := DidYouMean(tt.word, tt.valid); got != tt.want {
			t.Errorf("%s among %v: %s, want %s", tt.word, tt.valid, got, tt.want)
		}
	}
	short := make([]string, 41)
	for i := range short {
		short[i] = "a"
	}
	if got := ValidOnes(short); got != "" {
		t.Errorf("41 words are listed: %s", got)
	}
	if got := ValidOnes(short[:40]); len(got) != len("valid: ")+40*3-2 {
		t.Errorf("40 words are listed as %s", got)
	}
}

func TestBadRune(t *testing.T) {
	for c, want := range map[rune]string{
		0: "nul", 1: "control-character", 0x1f: "control-character", 0x7f: "control-character", 0x202a: "bidi-control", 0x202e: "bidi-control", 0x2066: "bidi-control", 0x2069: "bidi-control",
		'\t': "", '\n': "", ' ': "", '~': "", 0x80: "", 0x2029: "", 0x202f: "", 0x2065: "", 0x206a: "", 0x200f: "",
	} {
		if code, msg, fix := BadRune(c); code != want || (msg == "") != (want == "") || (fix == "") != (want == "") {
			t.Errorf("U+%04X: %q, %q, %q", c, code, msg, fix)
		}
	}
}
