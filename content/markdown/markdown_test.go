package markdown

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"casebook/content"
	"casebook/content/source"
)

// testFolder has two kinds of page, one of them with sections.
type testFolder struct{ kinds []*content.Kind }

func (f testFolder) KindOf(path string) *content.Kind {
	for _, k := range f.kinds {
		if strings.HasPrefix(path, k.Folder+"/") {
			return k
		}
	}
	return nil
}

func (f testFolder) SplitLang(id string) (stem, lang string, ok bool) {
	stem, ok = strings.CutSuffix(id, ".fr")
	return stem, "fr", ok
}

func testConverter() (*Converter, *content.Schema) {
	label := func(en, fr, ar string) content.Text {
		return content.NewText(map[string]string{"en": en, "fr": fr, "ar": ar}, "en")
	}
	schema := content.NewSchema([]*content.Kind{
		{ID: "note", Folder: "notes"},
		{ID: "report", Folder: "reports", Sections: []*content.SectionDef{
			{ID: "context", Label: content.NewText(map[string]string{"en": "Context", "ar": "السياق"}, "en")},
			{ID: "lessons", Label: label("What was learnt", "Enseignements tirés", "الدروس")},
		}},
	})
	return New(testFolder{schema.Kinds}, schema, []string{"en", "fr", "ar"}), schema
}

// parseBody parses Markdown as the body of a page of a kind.
func parseBody(t testing.TB, kind, lang, markdown string) (content.Body, Links, content.Problems) {
	t.Helper()
	m, schema := testConverter()
	k, _ := schema.Kind(kind)
	r := &source.Report{Path: k.Folder + "/x.md"}
	r.Read(fstest.MapFS{r.Path: {Data: []byte(markdown)}}, r.Path, source.MaxPageBytes, nil)
	var links Links
	body := m.Body(r, 0, &content.Page{ID: k.Folder + "/x", Path: r.Path, Kind: k, Lang: lang}, &links, &Scratch{})
	return body, links, r.Problems()
}

func TestBody(t *testing.T) {
	tests := []struct {
		name, markdown string
		want           content.Body
	}{
		{"empty", "", content.Body{}},
		{"text alone", "Some *text*,\non two lines.\n\nAnd a [link](second.md#a-b).", content.Body{Sections: []content.Section{{
			HTML: "<p>Some <em>text</em>,\non two lines.</p>\n<p>And a <a href=\"/notes/second#a-b\">link</a>.</p>\n",
			Text: "Some text, on two lines.\nAnd a link."}}}},
		{"sections", "Before.\n\n## One & two\n\nText.\n\n### Deeper\n\nMore.\n\nThree\n-----\n", content.Body{Sections: []content.Section{
			{HTML: "<p>Before.</p>\n", Text: "Before."},
			{ID: "one--two", Title: "One & two", Level: 2, HTML: "<p>Text.</p>\n<h3 id=\"deeper\">Deeper</h3>\n<p>More.</p>\n", Text: "Text.\nDeeper\nMore."},
			{ID: "three", Title: "Three", Level: 2},
		}}},
		{"anchors", "## Été à `Paris`\n## العودة إلى البلد\n## Été à Paris\n## !?\n", content.Body{Sections: []content.Section{
			{ID: "été-à-paris", Title: "Été à Paris", Level: 2},
			{ID: "العودة-إلى-البلد", Title: "العودة إلى البلد", Level: 2},
			{ID: "été-à-paris-1", Title: "Été à Paris", Level: 2},
			{ID: "section", Title: "!?", Level: 2},
		}}},
		{"items", "- One\n- Two\n  - Inside\n\nText.\n\n3. Three\n\n   More.\n", content.Body{Sections: []content.Section{{
			HTML: "<ul>\n<li id=\"item-1\">One</li>\n<li id=\"item-2\">Two\n<ul>\n<li>Inside</li>\n</ul>\n</li>\n</ul>\n<p>Text.</p>\n" +
				"<ol start=\"3\">\n<li id=\"item-3\">\n<p>Three</p>\n<p>More.</p>\n</li>\n</ol>\n",
			Text: "One\nTwo\nInside\nText.\nThree\nMore.",
			Items: []content.Item{
				{ID: "item-1", HTML: "One", Text: "One"},
				{ID: "item-2", HTML: "Two\n<ul>\n<li>Inside</li>\n</ul>\n", Text: "Two\nInside"},
				{ID: "item-3", HTML: "<p>Three</p>\n<p>More.</p>\n", Text: "Three\nMore."},
			}}}}},
		{"an item's anchor gives way to a heading's", "## A\n\n- x\n\n## A 1\n", content.Body{Sections: []content.Section{
			{ID: "a", Title: "A", Level: 2, HTML: "<ul>\n<li id=\"a-1-1\">x</li>\n</ul>\n", Text: "x", Items: []content.Item{{ID: "a-1-1", HTML: "x", Text: "x"}}},
			{ID: "a-1", Title: "A 1", Level: 2},
		}}},
		{"HTML is text", "<b onclick=x>bold</b> &lt;i> <!-- note -->\n\n<script>alert(1)</script>\n\n<div>\n*a*\n</div>", content.Body{Sections: []content.Section{{
			HTML: "<p>&lt;b onclick=x&gt;bold&lt;/b&gt; &lt;i&gt; &lt;!-- note --&gt;</p>\n<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n" +
				"<p>&lt;div&gt;\n<em>a</em>\n&lt;/div&gt;</p>\n",
			Text: "<b onclick=x>bold</b> <i> <!-- note -->\n<script>alert(1)</script>\n<div> a </div>"}}}},
		{"table", "| a | b |\n|--:|---|\n| `1` | [2](x.md) |\n| 3 |\n", content.Body{Sections: []content.Section{{
			HTML: "<table>\n<thead>\n<tr>\n<th align=\"right\">a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align=\"right\"><code>1</code></td>\n" +
				"<td><a href=\"/notes/x\">2</a></td>\n</tr>\n<tr>\n<td align=\"right\">3</td>\n<td></td>\n</tr>\n</tbody>\n</table>\n",
			Text: "a | b\n1 | 2\n3 |"}}}},
		{"definitions, tasks, strikethrough", "Term\n: What it means\n\n- [x] ~~done~~\n- [ ] open\n", content.Body{Sections: []content.Section{{
			HTML:  "<dl>\n<dt>Term</dt>\n<dd>What it means</dd>\n</dl>\n<ul>\n<li id=\"item-1\">☑ <del>done</del></li>\n<li id=\"item-2\">☐ open</li>\n</ul>\n",
			Text:  "Term\nWhat it means\n☑ done\n☐ open",
			Items: []content.Item{{ID: "item-1", HTML: "☑ <del>done</del>", Text: "☑ done"}, {ID: "item-2", HTML: "☐ open", Text: "☐ open"}}}}}},
		{"code", "    indented <b>\n\n```sh\nrun & go\n```\n", content.Body{Sections: []content.Section{{
			HTML: "<pre><code>indented &lt;b&gt;\n</code></pre>\n<pre><code class=\"language-sh\">run &amp; go\n</code></pre>\n",
			Text: "indented <b>\nrun & go"}}}},
		{"links", "[a](https://example.org/?a=1&b=2 \"T\") <https://example.org/> <a@example.org> [b](/search?q=x&r=y)", content.Body{Sections: []content.Section{{
			HTML: "<p><a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener noreferrer\" title=\"T\">a</a> " +
				"<a href=\"https://example.org/\" rel=\"noopener noreferrer\">https://example.org/</a> <a href=\"mailto:a@example.org\">a@example.org</a> " +
				"<a href=\"/search?q=x&amp;r=y\">b</a></p>\n",
			Text: "a https://example.org/ a@example.org b"}}}},
		{"links between pages", "## A b\n[a](../reports/x.md) [b](sub/Ä%20b.md#c) [c](#a-b) [d](/reports/x) [e](x.fr.md) [f](x.md#a-b)", content.Body{Sections: []content.Section{
			{ID: "a-b", Title: "A b", Level: 2,
				HTML: "<p><a href=\"/reports/x\">a</a> <a href=\"/notes/sub/%C3%84%20b#c\">b</a> <a href=\"#a-b\">c</a> <a href=\"/reports/x\">d</a> " +
					"<a href=\"/notes/x\">e</a> <a href=\"/notes/x#a-b\">f</a></p>\n",
				Text: "a b c d e f"}}}},
		{"unsafe links with a host", "[a](javascript://example.org/%0aalert(1)) <javascript://example.org/>", content.Body{Sections: []content.Section{{
			HTML: "<p><a href=\"\">a</a> javascript://example.org/</p>\n", Text: "a javascript://example.org/"}}}},
		{"unsafe links", "[a](javascript:x) <javascript:y> ![b](javascript:z) [c](vbscript:x)", content.Body{Sections: []content.Section{{
			HTML: "<p><a href=\"\">a</a> javascript:y <img src=\"\" alt=\"b\" loading=\"lazy\"> <a href=\"\">c</a></p>\n",
			Text: "a javascript:y b c"}}}},
		{"image", "![An *old* \"map\" & more](map.png \"T\")", content.Body{Sections: []content.Section{{
			HTML: "<p><img src=\"/notes/map.png\" alt=\"An old &quot;map&quot; &amp; more\" title=\"T\" loading=\"lazy\"></p>\n",
			Text: "An old \"map\" & more"}}}},
		{"footnotes", "## A\n\nOne.[^1]\n\n## B\n\nTwo.[^2]\n\n[^1]: First *note*.\n[^2]: Second.\n", content.Body{
			Sections: []content.Section{
				{ID: "a", Title: "A", Level: 2, Text: "One.\nFirst note.",
					HTML: "<p>One.<sup id=\"fnref:1\"><a href=\"#fn:1\" class=\"footnote-ref\" role=\"doc-noteref\">1</a></sup></p>\n"},
				{ID: "b", Title: "B", Level: 2, Text: "Two.\nSecond.",
					HTML: "<p>Two.<sup id=\"fnref:2\"><a href=\"#fn:2\" class=\"footnote-ref\" role=\"doc-noteref\">2</a></sup></p>\n"},
			},
			Notes: "<ol class=\"footnotes\">\n<li id=\"fn:1\">\n<p>First <em>note</em>.&#160;<a href=\"#fnref:1\" class=\"footnote-backref\" role=\"doc-backlink\">&#x21a9;&#xfe0e;</a></p>\n</li>\n" +
				"<li id=\"fn:2\">\n<p>Second.&#160;<a href=\"#fnref:2\" class=\"footnote-backref\" role=\"doc-backlink\">&#x21a9;&#xfe0e;</a></p>\n</li>\n</ol>\n"}},
		{"a footnote's text stands once, where it is first referred to", "A.[^n] B.[^n]\n\n## C\n\nD.[^n][^m]\n\n[^n]: Note[^m].\n[^m]: More.\n", content.Body{
			Sections: []content.Section{{Text: "A. B.\nNote.\nMore."}, {ID: "c", Title: "C", Level: 2, Text: "D."}}}},
		{"escapes in text", `\*a\* &amp; &copy; \&amp; <`, content.Body{Sections: []content.Section{{
			HTML: "<p>*a* &amp; © &amp;amp; &lt;</p>\n", Text: "*a* & © &amp; <"}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _, _ := parseBody(t, "note", "en", tt.markdown)
			if tt.want.Sections != nil && tt.want.Sections[0].HTML == "" && tt.want.Sections[0].Text != "" { // only the text is asked for
				got.Notes = ""
				for i := range got.Sections {
					got.Sections[i].HTML = ""
				}
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("body of %q:\n%#v\nwant:\n%#v", tt.markdown, got, tt.want)
			}
		})
	}
}

// allowed are the tags and attributes that the renderers may write.
var (
	allowedTag = regexp.MustCompile(`^</?(a|blockquote|br|code|dd|del|dl|dt|em|h[1-6]|hr|img|li|ol|p|pre|strong|sup|table|tbody|td|th|thead|tr|ul)((?: (?:align|alt|class|href|id|loading|rel|role|src|start|title)="[^"<>]*")*)>`)
	idAttr     = regexp.MustCompile(` id="([^"]*)"`)
	hrefAttr   = regexp.MustCompile(` (?:href|src)="([^"]*)"`)
	safeTarget = regexp.MustCompile(`^(#|/[^/]|/$|https?://|mailto:|tel:|$)`)
)

// checkHTML returns what is wrong with HTML that a page is served with.
func checkHTML(html string) string {
	for rest := html; ; {
		i := strings.IndexAny(rest, "<>")
		if i < 0 {
			return ""
		}
		m := allowedTag.FindStringSubmatch(rest[i:])
		if m == nil {
			return "a tag that is not ours: " + rest[i:min(len(rest), i+60)]
		}
		for _, href := range hrefAttr.FindAllStringSubmatch(m[2], -1) {
			if !safeTarget.MatchString(href[1]) {
				return "a link that can't be followed safely: " + href[1]
			}
		}
		rest = rest[i+len(m[0]):]
	}
}

func FuzzBody(f *testing.F) {
	for _, s := range []string{
		"<b>x</b>", "[a](javascript:x)", "## A\n- a\n- b\n\n## A\n", "a[^1]\n\n[^1]: b[^2]\n\n[^2]: c\n", "|a|b|\n|-|-|\n|c|", "<https://x\"y>",
		"![a\"b<c>](x.png \"t<\\\"\")", "```\"><b>\nx", "- [x] a\n\n  ## b\n", "[a]: <javascript:x> 'y'\n[a]", "&#60;b&#62; &lt;script&gt;", "<a@b.c>",
		"term\n: <i>def</i>\n", "[a](//x)", "[a](<b c.md>)", "## <img src=x onerror=y>\n", "a\n===\n\n#\n", "[x](/\\\\evil)", "[x](/%2f/evil)",
	} {
		f.Add(s)
	}
	m, schema := testConverter()
	kind, _ := schema.Kind("report")
	f.Fuzz(func(t *testing.T, s string) {
		r := &source.Report{Path: "reports/x.md"}
		if _, ok := r.Read(fstest.MapFS{r.Path: {Data: []byte(s)}}, r.Path, source.MaxPageBytes, nil); !ok || len(s) > 10_000 {
			t.Skip()
		}
		body := m.Body(r, 0, &content.Page{ID: "reports/x", Path: r.Path, Kind: kind, Lang: "en"}, &Links{}, &Scratch{})
		all := body.Notes
		ids := map[string]bool{}
		for _, s := range body.Sections {
			if s.Level > 0 && s.ID == "" {
				t.Errorf("section %q has no anchor", s.Title)
			}
			if s.ID != "" {
				all += `<p id="` + s.ID + `">`
			}
			all += s.HTML
			for _, it := range s.Items {
				if !strings.Contains(s.HTML, ` id="`+it.ID+`"`) || !strings.Contains(s.HTML, it.HTML) || !strings.Contains(s.Text, it.Text) {
					t.Errorf("item %+v is not in its section %+v", it, s)
				}
			}
		}
		if wrong := checkHTML(all); wrong != "" {
			t.Errorf("Markdown %q: %s\n%s", s, wrong, all)
		}
		for _, m := range idAttr.FindAllStringSubmatch(all, -1) {
			if ids[m[1]] {
				t.Errorf("Markdown %q: two anchors %q\n%s", s, m[1], all)
			}
			ids[m[1]] = true
		}
		checkPlaces(t, r)
	})
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
