package content

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"gopkg.in/yaml.v3"
)

// A markdown turns Markdown into sections. It is safe for concurrent use.
//
// Links between pages come out as href="/ID#ANCHOR", whatever the page's
// language; a server that has languages in its paths puts the prefix in after
// each `href="/`, which stands in no other place of the HTML. Images come out
// as src="/PATH" and have no language.
type markdown struct {
	layout   *layout
	parser   parser.Parser
	renderer renderer.Renderer
}

// newMarkdown has CommonMark's parsers but those of raw HTML, so that HTML is
// text like any other, and the extensions of the format.
func newMarkdown(l *layout) *markdown {
	return &markdown{
		layout: l,
		parser: parser.NewParser(
			parser.WithBlockParsers(
				util.Prioritized(parser.NewSetextHeadingParser(), 100),
				util.Prioritized(extension.NewDefinitionListParser(), 101),
				util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
				util.Prioritized(parser.NewThematicBreakParser(), 200),
				util.Prioritized(parser.NewListParser(), 300),
				util.Prioritized(parser.NewListItemParser(), 400),
				util.Prioritized(parser.NewCodeBlockParser(), 500),
				util.Prioritized(parser.NewATXHeadingParser(), 600),
				util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
				util.Prioritized(parser.NewBlockquoteParser(), 800),
				util.Prioritized(extension.NewFootnoteBlockParser(), 999),
				util.Prioritized(parser.NewParagraphParser(), 1000),
			),
			parser.WithInlineParsers(
				util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
				util.Prioritized(parser.NewCodeSpanParser(), 100),
				util.Prioritized(extension.NewFootnoteParser(), 101),
				util.Prioritized(parser.NewLinkParser(), 200),
				util.Prioritized(parser.NewAutoLinkParser(), 300),
				util.Prioritized(parser.NewEmphasisParser(), 500),
				util.Prioritized(extension.NewStrikethroughParser(), 500),
			),
			parser.WithParagraphTransformers(
				util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
				util.Prioritized(extension.NewTableParagraphTransformer(), 200),
			),
			parser.WithASTTransformers(
				util.Prioritized(extension.NewTableASTTransformer(), 0),
				util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
			),
		),
		renderer: renderer.NewRenderer(renderer.WithNodeRenderers(
			util.Prioritized(pageRenderer{}, 100),
			// A style attribute would need 'unsafe-inline' in the Content-Security-Policy.
			util.Prioritized(extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), 500),
			util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
			util.Prioritized(extension.NewDefinitionListHTMLRenderer(), 500),
			util.Prioritized(extension.NewFootnoteHTMLRenderer(), 500),
			util.Prioritized(html.NewRenderer(), 1000),
		)),
	}
}

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

// Bounds on a table. goldmark fills up every short row, so that a megabyte of
// text could ask for gigabytes of cells.
const (
	maxColumns = 100
	maxCells   = 50_000
)

// bigTable returns where in b a line stands that begins a table of more than
// maxColumns columns or maxCells cells, -1 if there is none. It takes for a
// table what may be one.
func bigTable(b []byte) int {
	for off := 0; off < len(b); {
		line, _, _ := bytes.Cut(b[off:], newline)
		next := off + len(line) + 1
		if columns := 1 + bytes.Count(line, []byte{'|'}); columns > 1 && len(bytes.Trim(line, "|:- \t>")) == 0 {
			rows := 0
			for at := next; at < len(b) && rows*columns <= maxCells; rows++ {
				row, _, _ := bytes.Cut(b[at:], newline)
				if len(bytes.Trim(row, " \t>")) == 0 {
					break
				}
				at += len(row) + 1
			}
			if columns > maxColumns || rows*columns > maxCells {
				return off
			}
		}
		off = next
	}
	return -1
}

// maxFootnotes bounds footnotes and references to them: goldmark looks for each
// among all.
const maxFootnotes = 2000

// maxNesting bounds blocks inside blocks, such as quotes in quotes.
const maxNesting = 64

// deepBlock returns where in b a line stands that is inside more than
// maxNesting blocks, by its own signs and by its indentation, -1 if there is
// none. Each level costs every line after it.
func deepBlock(b []byte) int {
	for off := 0; off < len(b); {
		line, _, _ := bytes.Cut(b[off:], newline)
		if len(line) > maxNesting {
			opens, columns := 0, 0
		scan:
			for _, c := range line {
				switch c {
				case '>', '-', '*', '+', ':', '.', ')':
					opens++
				case '\t':
					columns += 4
				case ' ':
					columns++
				case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
				default:
					break scan
				}
			}
			if opens > 0 && opens+columns/2 > maxNesting && !isRule(line) {
				return off
			}
		}
		off += len(line) + 1
	}
	return -1
}

// Bounds on one paragraph, list or table, up to a blank line: goldmark looks
// from each bracket on for what would make it a link.
const (
	maxBrackets   = 2000
	maxBlockBytes = 256 << 10
)

// denseBlock returns where in b a block begins that is past these bounds, -1
// if there is none.
func denseBlock(b []byte) int {
	if len(b) <= maxBlockBytes && bytes.Count(b, []byte{'['}) <= maxBrackets {
		return -1
	}
	start, brackets := 0, 0
	for off := 0; off < len(b); {
		line, _, _ := bytes.Cut(b[off:], newline)
		next := off + len(line) + 1
		if len(bytes.Trim(line, " \t>")) == 0 {
			start, brackets = next, 0
		} else if brackets += bytes.Count(line, []byte{'['}); brackets > maxBrackets || next-start > maxBlockBytes {
			return start
		}
		off = next
	}
	return -1
}

// isRule reports whether a line is all of one sign: a rule or an underline.
func isRule(line []byte) bool {
	line = bytes.TrimSpace(line)
	return len(line) > 0 && (line[0] == '-' || line[0] == '*') && len(bytes.Trim(line, string(line[:1])+" \t")) == 0
}

// parse returns the syntax tree of src, nil where it is not bounded; place
// says where an offset of src is reported.
func (m *markdown) parse(src []byte, report func(off int, code, msg, fix string)) ast.Node {
	if off := bigTable(src); off >= 0 {
		report(off, "big-table", fmt.Sprintf("a table of more than %d columns or %d cells", maxColumns, maxCells), "divide it")
		return nil
	}
	if off := deepBlock(src); off >= 0 {
		report(off, "deep-nesting", fmt.Sprintf("more than %d lists or quotes inside each other", maxNesting), "")
		return nil
	}
	if off := denseBlock(src); off >= 0 {
		report(off, "dense-block", fmt.Sprintf("a paragraph, list or table of more than %d KiB or %d brackets", maxBlockBytes>>10, maxBrackets), "divide it by a blank line")
		return nil
	}
	if n := bytes.Count(src, []byte("[^")); n > maxFootnotes {
		report(bytes.Index(src, []byte("[^")), "many-footnotes", fmt.Sprintf("%d footnotes and references to them, more than %d", n, maxFootnotes), "divide the page")
		return nil
	}
	if bytes.Contains(src, []byte("&#")) {
		for _, at := range numericReference.FindAllIndex(src, maxProblems) {
			c, _ := utf8.DecodeRune(util.ResolveNumericReferences(src[at[0]:at[1]]))
			if code, msg, fix := badRune(c); code != "" {
				report(at[0], code, msg, fix)
			}
		}
	}
	return m.parser.Parse(text.NewReader(src))
}

var numericReference = regexp.MustCompile(`&#(?:[xX][0-9a-fA-F]{1,6}|[0-9]{1,7});`)

// fragment returns the HTML of a field's Markdown. Problems are reported at
// the field's value.
func (m *markdown) fragment(r *report, n *yaml.Node, s string, p *Page, pend *pending) string {
	line, col := r.nodePosition(n)
	b := &bodyBuilder{
		markdown: m, source: []byte(s), page: p, pend: pend, ids: map[string]bool{},
		place:  func(int) (int, int) { return line, col },
		report: r,
	}
	doc := m.parse(b.source, b.problem)
	if doc == nil {
		return ""
	}
	b.anchors(doc, false)
	b.text.source = b.source
	for c := doc.FirstChild(); c != nil; c = c.NextSibling() {
		b.text.block(b, c)
		b.render(c)
	}
	return string(b.html.b)
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
