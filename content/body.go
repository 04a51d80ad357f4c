package content

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"casebook/content/lexical"
)

// A bodyBuilder makes the Body of one page out of its syntax tree: first the
// anchors, then section by section the text, which resolves the links on its
// way, and the HTML.
type bodyBuilder struct {
	*markdown
	report *report
	place  func(off int) (line, col int)
	source []byte
	page   *Page
	pend   *pending

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

// body parses the Markdown from an offset of the file on.
func (w *worker) body(r *report, from int, p *Page, pend *pending) Body {
	b := &bodyBuilder{
		markdown: w.md, report: r, source: r.text[from:], page: p, pend: pend,
		ids: map[string]bool{}, keys: w.l.keys(p),
		place: func(off int) (int, int) { return r.position(from + off) },
		html:  buffer{w.html[:0]}, text: textWriter{source: r.text[from:], b: w.text[:0]},
	}
	defer func() { w.html, w.text = b.html.b, b.text.b }()
	doc := b.parse(b.source, b.problem)
	if doc == nil {
		return Body{}
	}
	b.anchors(doc, true)
	body, at := b.sections(doc)
	b.checkLocal()
	b.checkSections(body.Sections, at)
	pend.anchors = b.sortedIDs()
	return body
}

func (b *bodyBuilder) problem(off int, code, msg, fix string) {
	line, col := b.place(off)
	b.report.place(line, col, Error, code, msg, fix)
}

// anchors gives every heading its anchor and checks the levels. Only the
// headings of a page's body, not of a field, divide it into sections.
func (b *bodyBuilder) anchors(doc ast.Node, sections bool) {
	level := 1 // the page's title
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		h, ok := n.(*ast.Heading)
		if !ok {
			for c := n.FirstChild(); c != nil && c.Type() == ast.TypeBlock; c = c.NextSibling() {
				visit(c)
			}
			return
		}
		t := textWriter{source: b.source}
		t.inline(h)
		title := foldSpace(string(t.b))
		switch {
		case !sections:
		case h.Level == 1:
			line, col := b.place(h.Pos())
			b.report.place(line, col, Warning, "title-heading", "a heading with one # is the page's title, which stands in the front matter", "begin it with ##")
		case h.Level > level+1:
			b.problem(h.Pos(), "heading-level", fmt.Sprintf("the heading %s skips a level, from %d to %d", quote(title), level, h.Level),
				"begin it with "+"######"[:level+1])
		}
		level = h.Level
		made := slug(title)
		hd := heading{title: title, id: made}
		if key, ok := b.keys[lexical.Fold(title)]; ok && sections && n.Parent() == doc && h.Level <= 2 {
			hd.id, hd.key = key, key
		}
		hd.id = b.unique(hd.id)
		if hd.id != made {
			if b.aliases == nil {
				b.aliases = map[string]string{}
			}
			if _, ok := b.aliases[made]; !ok {
				b.aliases[made] = hd.id
			}
		}
		if b.headings == nil {
			b.headings = map[ast.Node]heading{}
		}
		b.headings[h] = hd
		h.SetAttributeString("id", []byte(hd.id))
	}
	visit(doc)
}

// unique returns id, with a number behind it if it is taken.
func (b *bodyBuilder) unique(id string) string {
	u := id
	for b.ids[u] {
		if b.numbers == nil {
			b.numbers = map[string]int{}
		}
		b.numbers[id]++
		u = id + "-" + strconv.Itoa(b.numbers[id])
	}
	b.ids[u] = true
	return u
}

// span is where a Section or an Item stands in the buffers.
type span struct{ html0, html1, text0, text1 int }

// sections renders the page. offsets is where the heading of each section
// stands.
func (b *bodyBuilder) sections(doc ast.Node) (body Body, offsets []int) {
	var (
		start int // of the section under way
		spans []span
		items []span
		cur   = Section{}
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
			cur = Section{ID: hd.id, Key: hd.key, Title: hd.title, Level: 2}
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
func (b *bodyBuilder) list(l *ast.List, s *Section, items []span) []span {
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
		s.Items = append(s.Items, Item{ID: id})
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

// checkLocal checks the links to anchors of the same page.
func (b *bodyBuilder) checkLocal() {
	var ids []string // for remedies, made once
	for _, l := range b.local {
		if l.anchor == "" || b.ids[l.anchor] || isFootnoteAnchor(l.anchor) {
			continue
		}
		if ids == nil {
			ids = b.sortedIDs()
		}
		fix := ""
		if !b.report.full() {
			fix = didYouMean(l.anchor, ids)
		}
		b.report.place(l.line, l.col, Error, "broken-link", "the page has no heading "+quote("#"+l.anchor), fix)
	}
}

func (b *bodyBuilder) sortedIDs() []string {
	ids := make([]string, 0, len(b.ids))
	for id := range b.ids {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// checkSections misses sections of the kind that the page doesn't have. at is
// where the heading of each section stands.
func (b *bodyBuilder) checkSections(sections []Section, at []int) {
	first := map[string]int{} // where a section of the kind is
	for i, s := range sections {
		if s.Key == "" {
			continue
		}
		if _, ok := first[s.Key]; ok {
			line, col := b.place(at[i])
			b.report.place(line, col, Warning, "duplicate-section", "there are two sections "+quote(s.Title), "make them one")
			continue
		}
		first[s.Key] = at[i]
	}
	end := b.offsetOfEnd()
	for _, d := range slices.Backward(b.page.Kind.Sections) {
		// The place is before the next section that is there, or the end.
		if off, ok := first[d.ID]; ok {
			end = off
			continue
		}
		label := d.Label.In(b.page.Lang)
		line, col := b.place(end)
		b.report.place(line, col, Warning, "missing-section", "section "+quote(label)+" is missing", "add a heading ## "+label)
	}
}

// offsetOfEnd returns where the last line with something on it begins.
func (b *bodyBuilder) offsetOfEnd() int {
	return bytes.LastIndexByte(bytes.TrimRight(b.source, " \t\n"), '\n') + 1
}
