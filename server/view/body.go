package view

import (
	"html/template"
	"strings"

	"casebook/content"
	"casebook/server/address"
)

// HTML returns HTML of the content package with its links made fit for the
// reader: those to pages and terms of the site lead to the reader's language
// and below the path of the base URL. It is the one place where HTML that
// wasn't made by a template becomes template.HTML: content makes it from
// Markdown without raw HTML.
func (r *Reader) HTML(html string) template.HTML {
	const attr = ` href="/`
	if r.Links.Root() != "" {
		html = strings.ReplaceAll(html, ` src="/`, ` src="`+r.Links.Root()+"/")
	}
	if r.Links.Prefix() == "" || !strings.Contains(html, attr) {
		return template.HTML(html)
	}
	var b strings.Builder
	b.Grow(len(html) + 256)
	for {
		before, rest, ok := strings.Cut(html, attr)
		b.WriteString(before)
		if !ok {
			return template.HTML(b.String())
		}
		target, after, _ := strings.Cut(rest, `"`)
		b.WriteString(` href="`)
		if r.ownPath("/" + target) {
			b.WriteString(r.Links.Prefix())
		} else {
			b.WriteString(r.Links.Root())
		}
		b.WriteString("/" + target + `"`)
		html = after
	}
}

// ownPath reports whether a root-relative URL leads to something that every
// language has: a page, a term, a page of the program.
func (r *Reader) ownPath(url string) bool {
	p := url
	if i := strings.IndexAny(p, "?#"); i >= 0 {
		p = p[:i]
	}
	id := strings.Trim(p, "/")
	if r.Library.Has(id) || address.InEveryLanguage("/"+id) {
		return true
	}
	first, _, below := strings.Cut(id, "/")
	if below {
		_, ok := r.FacetNamed(first)
		return ok
	}
	return false
}

// FacetNamed returns the facet of this name, in any case, if it is a field.
func (r *Reader) FacetNamed(name string) (content.Facet, bool) {
	for _, facet := range r.Library.Schema.Facets {
		if f, ok := r.Library.Schema.Field(facet); ok && strings.EqualFold(facet, name) {
			return r.Library.FacetOf(f), true
		}
	}
	return content.Facet{}, false
}
