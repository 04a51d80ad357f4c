package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"casebook/content"
	"casebook/content/lexical"
	"casebook/content/source"
)

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
		title := source.FoldSpace(string(t.b))
		switch {
		case !sections:
		case h.Level == 1:
			line, col := b.place(h.Pos())
			b.report.Place(line, col, content.Warning, "title-heading", "a heading with one # is the page's title, which stands in the front matter", "begin it with ##")
		case h.Level > level+1:
			b.problem(h.Pos(), "heading-level", fmt.Sprintf("the heading %s skips a level, from %d to %d", source.Quote(title), level, h.Level),
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

// slug makes an anchor of a heading: lower case, letters and digits of every
// script, a hyphen for blanks.
func slug(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) && b.Len() > 0:
			b.WriteRune(r)
		case (unicode.IsSpace(r) || r == '-' || r == '_') && b.Len() > 0:
			b.WriteByte('-')
		}
	}
	if s := strings.Trim(b.String(), "-"); s != "" {
		return s
	}
	return "section"
}

// checkLocal checks the links to anchors of the same page.
func (b *bodyBuilder) checkLocal() {
	var ids []string // for remedies, made once
	for _, l := range b.local {
		if l.anchor == "" || b.ids[l.anchor] || IsFootnoteAnchor(l.anchor) {
			continue
		}
		if ids == nil {
			ids = b.sortedIDs()
		}
		fix := ""
		if !b.report.Full() {
			fix = source.DidYouMean(l.anchor, ids)
		}
		b.report.Place(l.line, l.col, content.Error, "broken-link", "the page has no heading "+source.Quote("#"+l.anchor), fix)
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
func (b *bodyBuilder) checkSections(sections []content.Section, at []int) {
	first := map[string]int{} // where a section of the kind is
	for i, s := range sections {
		if s.Key == "" {
			continue
		}
		if _, ok := first[s.Key]; ok {
			line, col := b.place(at[i])
			b.report.Place(line, col, content.Warning, "duplicate-section", "there are two sections "+source.Quote(s.Title), "make them one")
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
		b.report.Place(line, col, content.Warning, "missing-section", "section "+source.Quote(label)+" is missing", "add a heading ## "+label)
	}
}

// offsetOfEnd returns where the last line with something on it begins.
func (b *bodyBuilder) offsetOfEnd() int {
	return bytes.LastIndexByte(bytes.TrimRight(b.source, " \t\n"), '\n') + 1
}
