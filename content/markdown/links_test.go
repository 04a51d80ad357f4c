package markdown

import (
	"fmt"
	"strings"
	"testing"
)

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

// Each problem of a link or an image, with its place and what would be right.
func TestLinkProblems(t *testing.T) {
	const follow = " can't be followed; links begin with https:, mailto: or tel:"
	for text, want := range map[string]string{
		"x [a]()":                         "1:3: error: the link leads nowhere; write its address between the round brackets",
		"[a](%zz)":                        `1:1: error: the link "%zz" can't be followed`,
		`[a](b\\c.md)`:                    `1:1: error: the link "b\\c.md" can't be followed`,
		"[a](<b&#10;c.md>)":               `1:1: error: the link "b\nc.md" can't be followed`,
		"[a](//example.org/x)":            `1:1: error: the link "//example.org/x" has no scheme; write https://example.org/x`,
		"[a](../../b.md)":                 `1:1: error: the link "../../b.md" leads out of the content folder`,
		"[a](..)":                         `1:1: error: the link ".." does not name a file`,
		"[a](../..)":                      `1:1: error: the link "../.." leads out of the content folder`,
		"[a](b)":                          `1:1: error: the link "b" does not name a file; write b.md, if it is a page`,
		"[a](?b)":                         `1:1: error: the link "?b" does not name a file`,
		"[a](ftp://b)":                    `1:1: error: the link "ftp://b"` + follow,
		"[a](https://)":                   `1:1: error: the link "https://"` + follow,
		"[a](https://b@c.org)":            `1:1: error: the link "https://b@c.org"` + follow,
		"[a](mailto:)":                    `1:1: error: the link "mailto:"` + follow,
		"[a](mailto://b)":                 `1:1: error: the link "mailto://b"` + follow,
		"<ftp://b>":                       `1:1: error: the link "ftp://b"` + follow,
		"[a](#none)":                      `1:1: error: the page has no heading "#none"`,
		"## Some\n[a](#none)":             `2:1: error: the page has no heading "#none"; valid: some`,
		"![a]()":                          `1:1: error: the image "" has no file`,
		"![a](%zz)":                       `1:1: error: the image "%zz" has no file`,
		"![a](https://b.org/c.png)":       `1:1: error: the image "https://b.org/c.png" is not a file of the content folder; put the file beside the page and write its name`,
		"![a](//b.org/c.png)":             `1:1: error: the image "//b.org/c.png" is not a file of the content folder; put the file beside the page and write its name`,
		"![a](b.md)":                      `1:1: error: "b.md" is not an image; images end in .avif, .gif, .jpeg, .jpg, .png, .svg, .webp`,
		"[a](#)":                          "", // the top
		"[a](#fn:1) [b](#fnref:1)":        "",
		"[a](https://b.org) [c](tel:+1)":  "",
		"<https://b.org> <c@d.org>":       "",
		"[a](mailto:b@c.org) [d](/e?f#g)": "",
		"[a](b.md) ![c](/d.png)":          "",
		"## Été\n[a](#été) [b](#%C3%A9t%C3%A9)": "",
	} {
		_, _, problems := parseBody(t, "note", "en", text)
		var got []string
		for _, p := range problems {
			got = append(got, strings.TrimPrefix(p.Error(), "notes/x.md:"))
		}
		if g := strings.Join(got, "\n"); g != want {
			t.Errorf("%s:\n%s\nwant\n%s", text, g, want)
		}
	}
}

// A link to a section of the page itself finds it by its words, as the page
// alone has that section's anchor; other pages' headings are not known yet.
func TestLinkToAnAlias(t *testing.T) {
	body, links, problems := parseBody(t, "report", "fr", "[a](x.md#enseignements-tirés) [b](y.md#enseignements-tirés) [c](#enseignements-tirés)\n\n## Context\n## Enseignements tirés\n")
	if len(problems) > 0 || len(links.Targets) != 2 || links.Targets[0].Anchor != "lessons" || links.Targets[1].Anchor != "enseignements-tirés" {
		t.Errorf("%v, links %+v", problems, links.Targets)
	}
	want := `<p><a href="/reports/x#lessons">a</a> <a href="/reports/y#enseignements-tirés">b</a> <a href="#lessons">c</a></p>` + "\n"
	if got := body.Sections[0].HTML; strings.ReplaceAll(got, "%C3%A9", "é") != want {
		t.Errorf("HTML %s, want %s", got, want)
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
