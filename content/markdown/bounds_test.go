package markdown

import (
	"strings"
	"testing"
	"testing/fstest"

	"casebook/content"
	"casebook/content/source"
)

// Each bound on Markdown: the last that is allowed, and the first that is not.
func TestBounds(t *testing.T) {
	const (
		table = "a table of more than 100 columns or 50000 cells; divide it"
		deep  = "more than 64 lists or quotes inside each other"
		dense = "a paragraph, list or table of more than 256 KiB or 2000 brackets; divide it by a blank line"
	)
	row := func(cell string, n int) string { return strings.Repeat("|"+cell, n-1) + "\n" } // one more than its signs
	for _, tt := range []struct{ name, text, want string }{
		{"columns", row("a", 100) + row("-", 100), ""},
		{"too many columns", row("a", 100) + row("-", 101), "2:1: error: " + table},
		{"cells", row("a", 100) + row("-", 100) + strings.Repeat("x\n", 500), ""},
		{"too many cells", row("a", 100) + row("-", 100) + strings.Repeat("x\n", 501), "2:1: error: " + table},
		{"another table after it", row("a", 100) + row("-", 100) + strings.Repeat("x\n", 500) + "\n" + row("-", 2) + "x\n", ""},
		{"a quoted end of a table", row("a", 100) + row("-", 100) + strings.Repeat("x\n", 400) + "> \t\n" + strings.Repeat("x\n", 400), ""},
		{"colons and tabs", "a|b\n:-:\t" + strings.Repeat("|:--", 100) + "\n", "2:1: error: " + table},
		{"no table", strings.Repeat("|a", 200) + "\n", ""},
		{"quotes", strings.Repeat(">", 64) + "x", ""},
		{"too many quotes", strings.Repeat(">", 65) + "x", "1:1: error: " + deep},
		{"too many quotes in the second line", "x\n" + strings.Repeat(">", 65) + "x", "2:1: error: " + deep},
		{"too many columns in the third line", "x\ny\n" + row("-", 101), "3:1: error: " + table},
		{"signs of lists", "x\n\n" + strings.Repeat("- ", 43) + "x", ""},
		{"too many signs of lists", "x\n\n" + strings.Repeat("- ", 44) + "x", "3:1: error: " + deep}, // and half of the blanks
		{"numbers of lists", strings.Repeat("1) ", 60) + "x", "1:1: error: " + deep},
		{"tabs", ">" + strings.Repeat("\t", 31) + strings.Repeat(">", 40), "1:1: error: " + deep},
		{"blanks alone", strings.Repeat(" ", 500) + "x", ""},
		{"a rule", strings.Repeat("-", 200), ""},
		{"a rule with blanks", strings.Repeat("* ", 200), ""},
		{"signs that take turns", strings.Repeat("->", 40), "1:1: error: " + deep},
		{"an underline of points", strings.Repeat(".", 100) + "x", "1:1: error: " + deep},
		{"words", strings.Repeat("x", 100) + strings.Repeat(">", 100), ""},
		{"brackets", strings.Repeat("[", 2000), ""},
		{"too many brackets", "x\n\n" + strings.Repeat("[", 2001), "3:1: error: " + dense},
		{"brackets in two paragraphs", strings.Repeat("[", 2000) + "\n\n" + strings.Repeat("[", 2000), ""},
		{"brackets in two quotes", strings.Repeat("[", 2000) + "\n> \n" + strings.Repeat("[", 2000), ""},
		{"a long paragraph", strings.Repeat(strings.Repeat("x", 1023)+"\n", 256), ""},
		{"a longer paragraph", strings.Repeat(strings.Repeat("x", 1023)+"\n", 256) + "x", "1:1: error: " + dense},
		{"two long paragraphs", strings.Repeat(strings.Repeat("x", 1023)+"\n", 255) + "\n" + strings.Repeat(strings.Repeat("x", 1023)+"\n", 255), ""},
		{"footnotes", strings.Repeat("x [^1]\n\n", 1999) + "[^1]: y", ""},
		{"too many footnotes", "x\n\n" + strings.Repeat("x [^1]\n\n", 2000) + "[^1]: y", "3:3: error: 2001 footnotes and references to them, more than 2000; divide the page"},
		{"references to characters", "a &#8206; &#x41; &#65; &#0;", ""},
		{"characters that turn text", "&#x202E; &#8238;", "1:1: error: character U+202E overrides the direction of text; delete it; the direction follows from the language\n" +
			"1:10: error: character U+202E overrides the direction of text; delete it; the direction follows from the language"},
	} {
		body, _, problems := parseBody(t, "note", "en", tt.text)
		var got []string
		for _, p := range problems {
			got = append(got, strings.TrimPrefix(p.Error(), "notes/x.md:"))
		}
		if g := strings.Join(got, "\n"); g != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, g, tt.want)
		}
		if bounded := strings.HasSuffix(tt.want, table) || strings.HasSuffix(tt.want, deep) || strings.HasSuffix(tt.want, dense); bounded && body.Sections != nil {
			t.Errorf("%s: a body of %d sections", tt.name, len(body.Sections))
		}
	}
}

// The Markdown of a field has no sections, and its problems are where the
// field's value stands.
func TestField(t *testing.T) {
	m, schema := testConverter()
	for _, tt := range []struct{ yaml, html, problems string }{
		{"a: 'Some *text*'", "<p>Some <em>text</em></p>\n", ""},
		{"a: '## Context'", "<h2 id=\"context\">Context</h2>\n", ""},
		{"a: '#### Deep'", "<h4 id=\"deep\">Deep</h4>\n", ""}, // which is no skipped level
		{"a: '- x'", "<ul>\n<li>x</li>\n</ul>\n", ""},         // and no item of a section
		{"a:   '[x](javascript:y)'", "<p><a href=\"\">x</a></p>\n", "x:1:6: error: the link \"javascript:y\" can't be followed; links begin with https:, mailto: or tel:\n"},
		{"a: '" + strings.Repeat(">", 70) + "'", "", "x:1:4: error: more than 64 lists or quotes inside each other\n"},
	} {
		r := &source.Report{Path: "x"}
		r.Read(fstest.MapFS{"x": {Data: []byte(tt.yaml)}}, "x", 1000, nil)
		root, ok := r.ParseYAML(100)
		if !ok {
			t.Fatal(r.Problems())
		}
		n := root.Content[1]
		got := m.Field(r, n, n.Value, &content.Page{ID: "reports/x", Path: "reports/x.md", Kind: schema.Kinds[1], Lang: "en"}, &Links{})
		problems := ""
		for _, p := range r.Problems() {
			problems += p.Error() + "\n"
		}
		if got != tt.html || problems != tt.problems {
			t.Errorf("%s: %q\n%swant %q\n%s", tt.yaml, got, problems, tt.html, tt.problems)
		}
	}
}
