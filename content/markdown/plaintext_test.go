package markdown

import "testing"

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
