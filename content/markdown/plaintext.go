package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// A textWriter writes the plain text of Markdown: a line for each block, the
// cells of a table's row separated.
type textWriter struct {
	source []byte
	b      []byte
}

const cellSeparator = " | "

// block writes a block. Where b isn't nil its links are resolved and its
// footnotes noted on the way.
func (w *textWriter) block(b *bodyBuilder, n ast.Node) {
	switch n.Kind() {
	case ast.KindCodeBlock, ast.KindFencedCodeBlock:
		lines := n.Lines()
		for i := range lines.Len() {
			s := lines.At(i)
			w.b = append(w.b, s.Value(w.source)...)
		}
		w.endLine()
		return
	case east.KindTableHeader, east.KindTableRow:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if c.PreviousSibling() != nil {
				w.b = append(w.b, cellSeparator...)
			}
			w.inlines(b, c)
		}
		w.endLine()
		return
	}
	first := n.FirstChild()
	if first == nil {
		return
	}
	if first.Type() == ast.TypeInline {
		w.inlines(b, n)
		w.endLine()
		return
	}
	for c := first; c != nil; c = c.NextSibling() {
		w.block(b, c)
	}
}

// endLine ends the line, unless nothing is on it.
func (w *textWriter) endLine() {
	w.b = bytes.TrimRight(w.b, " \n")
	if len(w.b) > 0 {
		w.b = append(w.b, '\n')
	}
}

// inline writes what is in a node, without looking at links.
func (w *textWriter) inline(n ast.Node) { w.inlines(nil, n) }

func (w *textWriter) inlines(b *bodyBuilder, parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			w.text(n.Segment.Value(w.source), n.IsRaw())
			if n.SoftLineBreak() || n.HardLineBreak() {
				w.b = append(w.b, ' ')
			}
		case *ast.String:
			w.text(n.Value, n.IsRaw() || n.IsCode())
		case *ast.AutoLink:
			w.b = append(w.b, n.Label(w.source)...)
			if b != nil {
				b.autoLink(n)
			}
		case *ast.Link:
			if b != nil {
				b.link(n)
			}
			w.inlines(b, n)
		case *ast.Image:
			if b != nil {
				b.image(n)
			}
			w.inlines(b, n)
		case *east.FootnoteLink:
			if b != nil {
				b.footnote(n.Index)
			}
		case *east.FootnoteBacklink:
		case *east.TaskCheckBox:
			w.b = append(w.b, taskBox(n)...)
		default:
			w.inlines(b, n)
		}
	}
}

func (w *textWriter) text(s []byte, raw bool) {
	if raw {
		w.b = append(w.b, s...)
	} else {
		w.b = appendUnescaped(w.b, s)
	}
}

// appendUnescaped appends s with its backslash escapes and its character
// references resolved.
func appendUnescaped(to, s []byte) []byte {
	for {
		i := bytes.IndexByte(s, '\\')
		if i < 0 || i+1 == len(s) {
			return append(to, resolveReferences(s)...)
		}
		if util.IsPunct(s[i+1]) {
			to = append(append(to, resolveReferences(s[:i])...), s[i+1])
			s = s[i+2:]
		} else {
			to = append(append(to, resolveReferences(s[:i])...), '\\')
			s = s[i+1:]
		}
	}
}

func resolveReferences(s []byte) []byte {
	if bytes.IndexByte(s, '&') < 0 {
		return s
	}
	return util.ResolveEntityNames(util.ResolveNumericReferences(s))
}
