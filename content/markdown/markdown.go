// Package markdown makes of a page's Markdown what readers and the index take:
// safe HTML and plain text by section, the items of lists, and the links to
// other files.
//
// Links between pages come out as href="/ID#ANCHOR", whatever the page's
// language; a server that has languages in its paths puts the prefix in after
// each `href="/`, which stands in no other place of the HTML. Images come out
// as src="/PATH" and have no language.
package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"gopkg.in/yaml.v3"

	"casebook/content"
	"casebook/content/source"
)

// A Converter turns Markdown into sections. It is safe for concurrent use.
type Converter struct {
	folder   Folder
	parser   parser.Parser
	renderer renderer.Renderer
	sections map[*content.Kind]map[string]map[string]string // language → folded heading → section
}

// A Folder knows what the paths of links mean.
type Folder interface {
	// KindOf returns the kind of the pages in the folder that a path is below, nil if there is none.
	KindOf(path string) *content.Kind
	// SplitLang divides the id of a translation into that of its original and the language.
	SplitLang(id string) (stem, lang string, ok bool)
}

// Scratch is memory that one goroutine uses again for each page; nothing of a
// page refers to it.
type Scratch struct{ html, text []byte }

// New has CommonMark's parsers but those of raw HTML, so that HTML is text
// like any other, and the extensions of the format. The headings of sections
// are known in the languages given and in those that they are labelled in.
func New(folder Folder, schema *content.Schema, languages []string) *Converter {
	return &Converter{
		folder:   folder,
		sections: sectionKeys(schema, languages),
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

// parse returns the syntax tree of src, nil where it is not bounded; place
// says where an offset of src is reported.
func (m *Converter) parse(src []byte, report func(off int, code, msg, fix string)) ast.Node {
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
		for _, at := range numericReference.FindAllIndex(src, source.MaxProblems) {
			c, _ := utf8.DecodeRune(util.ResolveNumericReferences(src[at[0]:at[1]]))
			if code, msg, fix := source.BadRune(c); code != "" {
				report(at[0], code, msg, fix)
			}
		}
	}
	return m.parser.Parse(text.NewReader(src))
}

var numericReference = regexp.MustCompile(`&#(?:[xX][0-9a-fA-F]{1,6}|[0-9]{1,7});`)

// Field returns the safe HTML of a field's Markdown, which is the value of a
// node. Problems are reported there.
func (m *Converter) Field(r *source.Report, n *yaml.Node, s string, p *content.Page, links *Links) string {
	line, col := r.NodePosition(n)
	b := &bodyBuilder{
		Converter: m, source: []byte(s), page: p, links: links, ids: map[string]bool{},
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
