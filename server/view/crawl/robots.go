// Package crawl makes what machines read of a site to find their way: the site
// map, robots.txt and the OpenSearch description. The links of the Reader that
// they are given must know the site's scheme and host (address.Links.From).
package crawl

import (
	"bytes"
	"encoding/xml"
	"strings"

	"casebook/server/address"
	"casebook/server/view"
)

// Robots tells crawlers to leave out what has no end: combinations of filters.
func Robots(r *view.Reader) []byte {
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	for _, p := range address.OwnPages {
		if p.Disallow == "" {
			continue
		}
		if !p.InLanguages {
			b.WriteString("Disallow: " + r.Links.Root() + p.Disallow + "\n")
			continue
		}
		for _, lang := range r.Library.Site.Languages {
			b.WriteString("Disallow: " + r.Links.In(lang).Prefix() + p.Disallow + "\n")
		}
	}
	b.WriteString("\nSitemap: " + r.Links.Absolute(r.Links.To(address.SiteMap)) + "\n")
	return []byte(b.String())
}

// document writes an XML document.
func document(v any) ([]byte, error) {
	var buf bytes.Buffer
	buf.WriteString(xml.Header)
	if err := xml.NewEncoder(&buf).Encode(v); err != nil {
		return nil, err
	}
	buf.WriteByte('\n')
	return buf.Bytes(), nil
}
