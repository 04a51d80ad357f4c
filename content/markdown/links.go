package markdown

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"casebook/content"
	"casebook/content/source"
)

// Links are what a page's Markdown has that can be checked only when all files
// are known.
type Links struct {
	Targets []Link
	Anchors []string // those that the page has, for links to it; sorted
}

// A Link is a link or an image with its target in the content folder.
type Link struct {
	Line, Col int
	Raw       string // as written
	ID        string // of the page, "" for an image
	Lang      string // of the translation that the link names, "" for none
	Anchor    string
	Image     string // path of the image file, "" for a page
}

// resolveURL returns a link that leads out of the site as it is written into
// HTML, and false if its scheme is not among those that readers can follow
// safely.
func resolveURL(s string) (string, bool) {
	u, err := url.Parse(s)
	if err != nil {
		return "", false
	}
	switch u.Scheme {
	case "http", "https":
		return s, u.Hostname() != "" && u.User == nil
	case "mailto", "tel":
		return s, u.Opaque != ""
	}
	return "", false
}

func (b *bodyBuilder) autoLink(n *ast.AutoLink) {
	if n.AutoLinkType == ast.AutoLinkEmail {
		return
	}
	if s := string(n.URL(b.source)); !isOutward(s) {
		b.problem(n.Pos(), "bad-url", "the link "+source.Quote(s)+" can't be followed", "links begin with https:, mailto: or tel:")
	}
}

func isOutward(s string) bool { _, ok := resolveURL(s); return ok }

// destination returns what a link or an image leads to, as the editor means
// it.
func destination(raw []byte) string {
	return string(appendUnescaped(nil, raw))
}

// link resolves a link's destination in the tree.
func (b *bodyBuilder) link(n *ast.Link) {
	raw := destination(n.Destination)
	n.Destination = nil
	line, col := b.place(n.Pos())
	u, err := url.Parse(raw)
	if raw == "" {
		b.report.Place(line, col, content.Error, "bad-url", "the link leads nowhere", "write its address between the round brackets")
		return
	}
	if err != nil || strings.ContainsAny(raw, "\n\t\\") {
		b.report.Place(line, col, content.Error, "bad-url", "the link "+source.Quote(raw)+" can't be followed", "")
		return
	}
	switch {
	case u.Scheme != "":
		if to, ok := resolveURL(raw); ok {
			n.Destination = []byte(to)
			return
		}
		b.report.Place(line, col, content.Error, "bad-url", "the link "+source.Quote(raw)+" can't be followed", "links begin with https:, mailto: or tel:")
	case u.Host != "":
		b.report.Place(line, col, content.Error, "bad-url", "the link "+source.Quote(raw)+" has no scheme", "write https:"+raw)
	case u.Path == "" && u.RawQuery == "":
		anchor := b.anchor(u.Fragment)
		b.local = append(b.local, localLink{anchor, line, col})
		n.Destination = []byte("#" + anchor)
	default:
		l := Link{Line: line, Col: col, Raw: raw, Anchor: u.Fragment}
		to := u.Path
		if !strings.HasPrefix(to, "/") {
			to = path.Join(path.Dir(b.page.Path), to)
			if to == ".." || strings.HasPrefix(to, "../") {
				b.report.Place(line, col, content.Error, "broken-link", "the link "+source.Quote(raw)+" leads out of the content folder", "")
				return
			}
		} else if to = strings.TrimPrefix(path.Clean(to), "/"); b.folder.KindOf(to) == nil {
			// A page that the program makes, such as a search: known to the server only.
			n.Destination = []byte(sitePath(to, u))
			return
		}
		if IsImage(to) {
			l.Image, l.Anchor = to, ""
		} else {
			md := strings.HasSuffix(to, ".md")
			l.ID = strings.TrimSuffix(to, ".md")
			if !md && !strings.HasPrefix(u.Path, "/") {
				fix := ""
				if name := path.Base(u.Path); name != "." && name != ".." {
					fix = "write " + u.Path + ".md, if it is a page"
				}
				b.report.Place(line, col, content.Error, "broken-link", "the link "+source.Quote(raw)+" does not name a file", fix)
				return
			}
			if id, lang, ok := b.folder.SplitLang(l.ID); ok {
				l.ID, l.Lang = id, lang
			}
			to = l.ID
			if l.ID == b.page.ID {
				l.Anchor = b.anchor(l.Anchor)
				u.Fragment = l.Anchor
			}
		}
		b.links.Targets = append(b.links.Targets, l)
		n.Destination = []byte(sitePath(to, u))
	}
}

// anchor returns the anchor that the words of a heading stand for.
func (b *bodyBuilder) anchor(s string) string {
	if a, ok := b.aliases[s]; ok && !b.ids[s] {
		return a
	}
	return s
}

// IsFootnoteAnchor reports whether an anchor is one that footnotes make.
func IsFootnoteAnchor(s string) bool {
	return strings.HasPrefix(s, "fn:") || strings.HasPrefix(s, "fnref")
}

func sitePath(to string, u *url.URL) string {
	s := (&url.URL{Path: "/" + to, RawQuery: u.RawQuery}).String()
	if u.Fragment != "" {
		s += "#" + u.Fragment
	}
	return s
}

// image resolves an image's source in the tree.
func (b *bodyBuilder) image(n *ast.Image) {
	raw := destination(n.Destination)
	n.Destination = nil
	line, col := b.place(n.Pos())
	u, err := url.Parse(raw)
	switch {
	case err != nil || raw == "":
		b.report.Place(line, col, content.Error, "bad-url", "the image "+source.Quote(raw)+" has no file", "")
		return
	case u.Scheme != "" || u.Host != "":
		b.report.Place(line, col, content.Error, "remote-image", "the image "+source.Quote(raw)+" is not a file of the content folder", "put the file beside the page and write its name")
		return
	}
	to := strings.TrimPrefix(path.Clean(u.Path), "/")
	if !strings.HasPrefix(u.Path, "/") {
		to = path.Join(path.Dir(b.page.Path), u.Path)
	}
	if !IsImage(to) {
		b.report.Place(line, col, content.Error, "broken-image", source.Quote(raw)+" is not an image", "images end in "+strings.Join(imageTypes, ", "))
		return
	}
	b.links.Targets = append(b.links.Targets, Link{Line: line, Col: col, Raw: raw, Image: to})
	n.Destination = []byte((&url.URL{Path: "/" + to}).String())
}

var imageTypes = []string{".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"}

// IsImage reports whether a file of this name is an image that pages may show.
func IsImage(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return slices.Contains(imageTypes, ext)
}
