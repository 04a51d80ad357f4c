package content

import (
	"net/url"
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// A pendingLink is a link or an image whose target is checked when all files
// are known.
type pendingLink struct {
	line, col int
	raw       string // as written
	id        string // of the page, "" for an image
	lang      string // of the translation that the link names, "" for none
	anchor    string
	image     string // path of the image file, "" for a page
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
		b.problem(n.Pos(), "bad-url", "the link "+quote(s)+" can't be followed", "links begin with https:, mailto: or tel:")
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
		b.report.place(line, col, Error, "bad-url", "the link leads nowhere", "write its address between the round brackets")
		return
	}
	if err != nil || strings.ContainsAny(raw, "\n\t\\") {
		b.report.place(line, col, Error, "bad-url", "the link "+quote(raw)+" can't be followed", "")
		return
	}
	switch {
	case u.Scheme != "":
		if to, ok := resolveURL(raw); ok {
			n.Destination = []byte(to)
			return
		}
		b.report.place(line, col, Error, "bad-url", "the link "+quote(raw)+" can't be followed", "links begin with https:, mailto: or tel:")
	case u.Host != "":
		b.report.place(line, col, Error, "bad-url", "the link "+quote(raw)+" has no scheme", "write https:"+raw)
	case u.Path == "" && u.RawQuery == "":
		anchor := b.anchor(u.Fragment)
		b.local = append(b.local, localLink{anchor, line, col})
		n.Destination = []byte("#" + anchor)
	default:
		l := pendingLink{line: line, col: col, raw: raw, anchor: u.Fragment}
		to := u.Path
		if !strings.HasPrefix(to, "/") {
			to = path.Join(path.Dir(b.page.Path), to)
			if to == ".." || strings.HasPrefix(to, "../") {
				b.report.place(line, col, Error, "broken-link", "the link "+quote(raw)+" leads out of the content folder", "")
				return
			}
		} else if to = strings.TrimPrefix(path.Clean(to), "/"); b.layout.kindOf(to) == nil {
			// A page that the program makes, such as a search: known to the server only.
			n.Destination = []byte(sitePath(to, u))
			return
		}
		if isImage(to) {
			l.image, l.anchor = to, ""
		} else {
			md := strings.HasSuffix(to, ".md")
			l.id = strings.TrimSuffix(to, ".md")
			if !md && !strings.HasPrefix(u.Path, "/") {
				b.report.place(line, col, Error, "broken-link", "the link "+quote(raw)+" does not name a file", "write "+u.Path+".md, if it is a page")
				return
			}
			if id, lang, ok := b.layout.splitLang(l.id); ok {
				l.id, l.lang = id, lang
			}
			to = l.id
			if l.id == b.page.ID {
				l.anchor = b.anchor(l.anchor)
				u.Fragment = l.anchor
			}
		}
		b.pend.links = append(b.pend.links, l)
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

func isFootnoteAnchor(s string) bool {
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
		b.report.place(line, col, Error, "bad-url", "the image "+quote(raw)+" has no file", "")
		return
	case u.Scheme != "" || u.Host != "":
		b.report.place(line, col, Error, "remote-image", "the image "+quote(raw)+" is not a file of the content folder", "put the file beside the page and write its name")
		return
	}
	to := strings.TrimPrefix(path.Clean(u.Path), "/")
	if !strings.HasPrefix(u.Path, "/") {
		to = path.Join(path.Dir(b.page.Path), u.Path)
	}
	if !isImage(to) {
		b.report.place(line, col, Error, "broken-image", quote(raw)+" is not an image", "images end in "+strings.Join(imageTypes, ", "))
		return
	}
	b.pend.links = append(b.pend.links, pendingLink{line: line, col: col, raw: raw, image: to})
	n.Destination = []byte((&url.URL{Path: "/" + to}).String())
}

var imageTypes = []string{".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"}

func isImage(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return contains(imageTypes, ext)
}
