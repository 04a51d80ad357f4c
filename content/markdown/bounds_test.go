package markdown

import (
	"fmt"
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

// What a page's text is to a reader who hears it, and to the index.
func TestPlainText(t *testing.T) {
	for markdown, want := range map[string]string{
		"`a\\*b &amp; c`":          "a\\*b &amp; c", // code is as it stands
		"a\\*b &amp; \\c \\\\":     "a*b & \\c \\",
		"a\\":                      "a\\",
		"a  \nb\\\nc\nd":           "a b c d",
		"> a\n> > b":               "a\nb",
		"- a\n\n  b\n- c":          "a\nb\nc",
		"a\n\n---\n\nb":            "a\nb",
		"|a|b|\n|-|-|\n|c||\n||d|": "a | b\nc |\n | d",
		"*a* **b** ~~c~~":          "a b c",
		"![a *b*](x.png)":          "a b",
		"[a `b`](x.md)":            "a b",
		"<https://example.org/a>":  "https://example.org/a",
		"- [ ] a\n- [x] b":         "☐ a\n☑ b",
		"a[^1]\n\n[^1]: b\n":       "a\nb",
		"```\na\n\nb\n```\n":       "a\n\nb",
		"    a\n    b":             "a\nb",
		"a &lt;b&gt; <i>c</i>":     "a <b> <i>c</i>",
		"&#65;&copy;&unknown;":     "A©&unknown;",
		"a\n\n\n\nb":               "a\nb",
		"term\n: one\n: two\n":     "term\none\ntwo",
		"### Deeper\n\ntext":       "Deeper\ntext",
	} {
		body, _, _ := parseBody(t, "note", "en", markdown)
		got := ""
		for _, s := range body.Sections {
			got += s.Text
		}
		if got != want {
			t.Errorf("%q: %q, want %q", markdown, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"Été à Paris": "été-à-paris", "What was learnt?": "what-was-learnt", "a_b-c": "a-b-c", "  a  ": "a", "-a-": "a", "1. One": "1-one", "العودة": "العودة", "हिन्दी": "हिन्दी", "…": "section", "": "section",
		"A & B": "a--b", "\u0301a": "a",
	} {
		if got := slug(title); got != want {
			t.Errorf("slug(%q) = %q, want %q", title, got, want)
		}
	}
}

// Levels of headings, and how many sections the page has.
func TestHeadings(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"## A\n### B\n## C\n", ""},
		{"## A\n\n#### B\n", "3:1: error: the heading \"B\" skips a level, from 2 to 4; begin it with ### [heading-level]\n"},
		{"### A\n", "1:1: error: the heading \"A\" skips a level, from 1 to 3; begin it with ## [heading-level]\n"},
		{"# A\n## B\n", "1:1: warning: a heading with one # is the page's title, which stands in the front matter; begin it with ## [title-heading]\n"},
		{"## A\n### B\n#### C\n##### D\n###### E\n## F\n", ""},
		{"> ## A\n> #### B\n", "2:3: error: the heading \"B\" skips a level, from 2 to 4; begin it with ### [heading-level]\n"},
	} {
		_, _, problems := parseBody(t, "note", "en", tt.text)
		got := ""
		for _, p := range problems {
			got += strings.TrimPrefix(p.Error(), "notes/x.md:") + " [" + p.Code + "]\n"
		}
		if got != tt.want {
			t.Errorf("%q:\n%swant\n%s", tt.text, got, tt.want)
		}
	}
}

// Only the headings that divide a page can be sections of its kind.
func TestSectionsAreAtTheTop(t *testing.T) {
	body, _, _ := parseBody(t, "report", "en", "## What was learnt\n### What was learnt\n> ## Context\n")
	if s := body.Sections[0]; len(body.Sections) != 1 || s.Key != "lessons" || s.ID != "lessons" || !strings.Contains(s.HTML, `<h3 id="what-was-learnt">`) || !strings.Contains(s.HTML, `<h2 id="context">`) {
		t.Errorf("sections %+v", body.Sections)
	}
	body, _, _ = parseBody(t, "report", "fr", "> ## Enseignements tirés\n\n## Enseignements tirés\n")
	if s := body.Sections[1]; s.Key != "lessons" || s.ID != "lessons" || !strings.Contains(body.Sections[0].HTML, `id="enseignements-tirés"`) {
		t.Errorf("sections %+v", body.Sections)
	}
}

// Sections of the kind that are missing, and those that stand there twice.
func TestSectionProblems(t *testing.T) {
	const add = "; add a heading ## "
	for _, tt := range []struct{ text, want string }{
		{"## Context\n## What was learnt\n", ""},
		{"## What was learnt\n## Context\n", ""}, // the order is the editor's
		{"## Context\ntext\n\n\n", "2:1: warning: section \"What was learnt\" is missing" + add + "What was learnt\n"},
		{"text\n\n## What was learnt\n", "3:1: warning: section \"Context\" is missing" + add + "Context\n"},
		{"", "1:1: warning: section \"What was learnt\" is missing" + add + "What was learnt\n1:1: warning: section \"Context\" is missing" + add + "Context\n"},
		{"## Context\n## Lessons\n## CONTEXT\n", "3:1: warning: there are two sections \"CONTEXT\"; make them one\n"},
	} {
		_, _, problems := parseBody(t, "report", "en", tt.text)
		got := ""
		for _, p := range problems {
			got += strings.TrimPrefix(p.Error(), "reports/x.md:") + "\n"
		}
		if got != tt.want {
			t.Errorf("%q:\n%swant\n%s", tt.text, got, tt.want)
		}
	}
}

// What a link leads to, for the check once all files are known.
func TestLinks(t *testing.T) {
	const text = "## Here\n\n[a](../reports/b.md#c) [d](e.fr.md) [f](/notes/g?h#i) [j](/search?q=x) ![k](l%20m.PNG) [n](x.md#Here) [o](#here) [p](q.svg?r#s) ![t](/u.webp)\n"
	_, links, problems := parseBody(t, "note", "en", text)
	var got []string
	for _, l := range links.Targets {
		got = append(got, fmt.Sprintf("%d:%d %s: %s %s %s %s", l.Line, l.Col, l.Raw, l.ID, l.Lang, l.Anchor, l.Image))
	}
	want := []string{
		"3:1 ../reports/b.md#c: reports/b  c ", "3:24 e.fr.md: notes/e fr  ", "3:37 /notes/g?h#i: notes/g  i ", "3:72 l%20m.PNG:    notes/l m.PNG", "3:88 x.md#Here: notes/x  Here ",
		"3:114 q.svg?r#s:    notes/q.svg", "3:129 /u.webp:    u.webp",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") || len(problems) > 0 {
		t.Errorf("%v\n%s\nwant\n%s", problems, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if strings.Join(links.Anchors, " ") != "here" {
		t.Errorf("anchors %v", links.Anchors)
	}
}

func TestIsImage(t *testing.T) {
	for name, want := range map[string]bool{"a.png": true, "a.JPG": true, "a.jpeg": true, "a.gif": true, "a.svg": true, "a.webp": true, "a.avif": true, "a.bmp": false, "png": false, "a.png.md": false, "": false} {
		if IsImage(name) != want {
			t.Errorf("%s is an image: %v", name, !want)
		}
	}
	for anchor, want := range map[string]bool{"fn:1": true, "fnref:1": true, "fnref1:2": true, "fn": false, "x": false} {
		if IsFootnoteAnchor(anchor) != want {
			t.Errorf("%s is of a footnote: %v", anchor, !want)
		}
	}
}
