package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// pageRenderer renders what differs from goldmark's own HTML: links, whose
// destinations have been resolved and escaped before, and task boxes, which as
// form controls would need a label.
type pageRenderer struct{}

func (pageRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindLink, renderLink)
	reg.Register(ast.KindImage, renderImage)
	reg.Register(ast.KindAutoLink, renderAutoLink)
	reg.Register(east.KindTaskCheckBox, renderTask)
}

func renderLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Link)
	if !entering {
		w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	openLink(w, n.Destination)
	if n.Title != nil {
		w.WriteString(` title="`)
		html.DefaultWriter.Write(w, n.Title)
		w.WriteByte('"')
	}
	w.WriteByte('>')
	return ast.WalkContinue, nil
}

func openLink(w util.BufWriter, dest []byte) {
	w.WriteString(`<a href="`)
	w.Write(util.EscapeHTML(util.URLEscape(dest, false)))
	w.WriteByte('"')
	if bytes.HasPrefix(dest, []byte("http:")) || bytes.HasPrefix(dest, []byte("https:")) {
		w.WriteString(` rel="noopener noreferrer"`)
	}
}

func renderAutoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.AutoLink)
	dest := n.URL(source)
	if n.AutoLinkType == ast.AutoLinkEmail {
		dest = append([]byte("mailto:"), dest...)
	}
	if r, ok := resolveURL(string(dest)); ok {
		openLink(w, []byte(r))
		w.WriteByte('>')
		w.Write(util.EscapeHTML(n.Label(source)))
		w.WriteString("</a>")
	} else {
		w.Write(util.EscapeHTML(n.Label(source)))
	}
	return ast.WalkContinue, nil
}

func renderImage(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Image)
	var alt textWriter
	alt.source = source
	alt.inline(n)
	w.WriteString(`<img src="`)
	w.Write(util.EscapeHTML(util.URLEscape(n.Destination, false)))
	w.WriteString(`" alt="`)
	w.Write(util.EscapeHTML(alt.b))
	w.WriteByte('"')
	if n.Title != nil {
		w.WriteString(` title="`)
		html.DefaultWriter.Write(w, n.Title)
		w.WriteByte('"')
	}
	w.WriteString(` loading="lazy">`)
	return ast.WalkSkipChildren, nil
}

func renderTask(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString(taskBox(node.(*east.TaskCheckBox)))
	}
	return ast.WalkContinue, nil
}

func taskBox(n *east.TaskCheckBox) string {
	if n.IsChecked {
		return "☑ "
	}
	return "☐ "
}

// A buffer is a util.BufWriter over memory.
type buffer struct{ b []byte }

func (w *buffer) Write(p []byte) (int, error)       { w.b = append(w.b, p...); return len(p), nil }
func (w *buffer) WriteString(s string) (int, error) { w.b = append(w.b, s...); return len(s), nil }
func (w *buffer) WriteByte(c byte) error            { w.b = append(w.b, c); return nil }
func (w *buffer) WriteRune(r rune) (int, error) {
	n := len(w.b)
	w.b = append(w.b, string(r)...)
	return len(w.b) - n, nil
}
func (w *buffer) Available() int { return cap(w.b) - len(w.b) }
func (w *buffer) Buffered() int  { return 0 }
func (w *buffer) Flush() error   { return nil }
