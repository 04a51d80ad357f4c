package markdown

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"casebook/content"
	"casebook/content/source"
)

// A bodyBuilder makes the Body of one page out of its syntax tree: first the
// anchors, then section by section the text, which resolves the links on its
// way, and the HTML.
type bodyBuilder struct {
	*Converter
	report *source.Report
	place  func(off int) (line, col int)
	source []byte
	page   *content.Page
	links  *Links

	ids      map[string]bool   // anchors given
	numbers  map[string]int    // the number last put behind an anchor
	aliases  map[string]string // anchor that a heading's words make → anchor that it has
	keys     map[string]string // section of the kind by folded heading
	headings map[ast.Node]heading
	local    []localLink

	html      buffer
	text      textWriter
	noted     []int // footnotes referred to in the section under way
	notes     map[int]*east.Footnote
	notesSeen map[int]bool
}

type heading struct{ id, key, title string }

// A localLink is a link to an anchor of the same page.
type localLink struct {
	anchor    string
	line, col int
}

// Body returns the body of a page, of which r has the text: the Markdown from
// an offset on. It adds to links what is to be checked once all files are known.
func (m *Converter) Body(r *source.Report, from int, p *content.Page, links *Links, scratch *Scratch) content.Body {
	text := r.Text(from)
	b := &bodyBuilder{
		Converter: m, report: r, source: text, page: p, links: links,
		ids: map[string]bool{}, keys: m.sectionKeys(p),
		place: func(off int) (int, int) { return r.Position(from + off) },
		html:  buffer{scratch.html[:0]}, text: textWriter{source: text, b: scratch.text[:0]},
	}
	defer func() { scratch.html, scratch.text = b.html.b, b.text.b }()
	doc := b.parse(b.source, b.problem)
	if doc == nil {
		return content.Body{}
	}
	b.anchors(doc, true)
	body, at := b.sections(doc)
	b.checkLocal()
	b.checkSections(body.Sections, at)
	links.Anchors = b.sortedIDs()
	return body
}

func (b *bodyBuilder) problem(off int, code, msg, fix string) {
	line, col := b.place(off)
	b.report.Place(line, col, content.Error, code, msg, fix)
}

// span is where a Section or an Item stands in the buffers.
type span struct{ html0, html1, text0, text1 int }

// sections renders the page. offsets is where the heading of each section
// stands.
func (b *bodyBuilder) sections(doc ast.Node) (body content.Body, offsets []int) {
	var (
		start int // of the section under way
		spans []span
		items []span
		cur   = content.Section{}
		at    span
		list  ast.Node
	)
	for c := doc.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == east.KindFootnoteList {
			list = c
			b.notes, b.notesSeen = map[int]*east.Footnote{}, map[int]bool{}
			for f := c.FirstChild(); f != nil; f = f.NextSibling() {
				if f, ok := f.(*east.Footnote); ok {
					b.notes[f.Index] = f
				}
			}
		}
	}
	end := func() {
		for i := 0; i < len(b.noted); i++ { // a footnote may refer to another
			if f := b.notes[b.noted[i]]; f != nil {
				b.text.block(b, f)
			}
		}
		b.noted = b.noted[:0]
		at.html1, at.text1 = len(b.html.b), len(b.text.b)
		if cur.Level > 0 || at.html1 > at.html0 {
			body.Sections = append(body.Sections, cur)
			offsets = append(offsets, start)
			spans = append(spans, at)
		}
		at.html0, at.text0 = at.html1, at.text1
	}
	for c := doc.FirstChild(); c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.Heading); ok && h.Level <= 2 {
			end()
			hd := b.headings[h]
			start = h.Pos()
			cur = content.Section{ID: hd.id, Key: hd.key, Title: hd.title, Level: 2}
			before := len(b.text.b)
			b.text.inlines(b, h) // for its links
			b.text.b = b.text.b[:before]
			continue
		}
		switch {
		case c == list:
		case c.Kind() == ast.KindList:
			items = b.list(c.(*ast.List), &cur, items)
		default:
			b.text.block(b, c)
			b.render(c)
		}
	}
	end()
	if list != nil {
		b.html.WriteString("<ol class=\"footnotes\">\n")
		for f := list.FirstChild(); f != nil; f = f.NextSibling() {
			b.render(f)
		}
		b.html.WriteString("</ol>\n")
	}
	// One string for all: what is handed out are parts of it.
	allHTML, allText := string(b.html.b), string(b.text.b)
	next := 0
	for i := range body.Sections {
		s := &body.Sections[i]
		s.HTML = allHTML[spans[i].html0:spans[i].html1]
		s.Text = trimLine(allText[spans[i].text0:spans[i].text1])
		for j := range s.Items {
			it := items[next]
			next++
			s.Items[j].HTML = allHTML[it.html0:it.html1]
			s.Items[j].Text = trimLine(allText[it.text0:it.text1])
		}
		at = spans[i]
	}
	body.Notes = allHTML[at.html1:]
	return body, offsets
}

func trimLine(s string) string {
	if len(s) > 0 && s[len(s)-1] == '\n' {
		return s[:len(s)-1]
	}
	return s
}

// list renders a list at the top level of the page, whose items get anchors
// and can be taken alone.
func (b *bodyBuilder) list(l *ast.List, s *content.Section, items []span) []span {
	stem := s.ID
	if stem == "" {
		stem = "item"
	}
	tag := "ul"
	b.html.WriteString("<")
	if l.IsOrdered() {
		tag = "ol"
	}
	b.html.WriteString(tag)
	if l.IsOrdered() && l.Start != 1 {
		b.html.WriteString(` start="` + strconv.Itoa(l.Start) + `"`)
	}
	b.html.WriteString(">\n")
	for n := l.FirstChild(); n != nil; n = n.NextSibling() {
		id := b.unique(stem + "-" + strconv.Itoa(len(s.Items)+1))
		b.html.WriteString(`<li id="` + id + `">`)
		if f := n.FirstChild(); f != nil && f.Kind() != ast.KindTextBlock {
			b.html.WriteString("\n")
		}
		at := span{html0: len(b.html.b), text0: len(b.text.b)}
		b.text.block(b, n)
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			b.render(c)
		}
		at.html1, at.text1 = len(b.html.b), len(b.text.b)
		at.text0 = min(at.text0, at.text1)
		b.html.WriteString("</li>\n")
		s.Items = append(s.Items, content.Item{ID: id})
		items = append(items, at)
	}
	b.html.WriteString("</" + tag + ">\n")
	return items
}

func (b *bodyBuilder) render(n ast.Node) {
	// The buffer never fails, and the renderers of our nodes return no error.
	_ = b.renderer.Render(&b.html, b.source, n)
}

// footnote notes that the section under way refers to a footnote.
func (b *bodyBuilder) footnote(index int) {
	if b.notes != nil && !b.notesSeen[index] {
		b.notesSeen[index] = true
		b.noted = append(b.noted, index)
	}
}
