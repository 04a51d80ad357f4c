package article

import (
	"time"

	"casebook/content"
	"casebook/server/view"
)

// A MetaTag is a <meta> element that citation managers read.
type MetaTag struct{ Name, Content string }

// citation describes a page to citation managers in Highwire's and Dublin
// Core's words.
func (r reader) citation(p *content.Page, address string) []MetaTag {
	site := r.Library.Site.Title.In(p.Lang)
	tags := []MetaTag{
		{"citation_title", p.Title},
		{"citation_journal_title", site},
		{"citation_publisher", site},
		{"citation_language", p.Lang},
		{"citation_public_url", address},
		{"DC.title", p.Title},
		{"DC.language", p.Lang},
		{"DC.type", p.Kind.Label.In(p.Lang)},
		{"DC.identifier", address},
	}
	if d := p.Original().Reviewed; !d.IsZero() {
		tags = append(tags,
			MetaTag{"citation_publication_date", d.Format("2006/01/02")},
			MetaTag{"DC.date", d.Format(time.DateOnly)})
	}
	if p.Summary != "" {
		tags = append(tags, MetaTag{"DC.description", p.Summary})
	}
	return tags
}

// jsonLD describes a page to search engines as schema.org has it.
func (r reader) jsonLD(p *content.Page, v *Page) any {
	publisher := map[string]any{"@type": "Organization", "name": r.Library.Site.Title.In(r.Lang)}
	article := map[string]any{
		"@type":      "Article",
		"headline":   p.Title,
		"inLanguage": p.Lang,
		"url":        v.Address,
		"genre":      p.Kind.Label.In(p.Lang),
		"publisher":  publisher,
		"author":     publisher,
	}
	if p.Summary != "" {
		article["abstract"] = p.Summary
	}
	if !v.Reviewed.IsZero() {
		article["dateModified"] = v.Reviewed.Format(time.DateOnly)
	}
	if url := r.Library.Site.LicenceURL; url != "" {
		article["license"] = url
	}
	var about []map[string]any
	for _, f := range v.Facts {
		for _, value := range f.Values {
			if value.URL != "" && value.URL[0] == '/' {
				about = append(about, map[string]any{"@type": "DefinedTerm", "name": value.Label.Text})
			}
		}
	}
	if len(about) > 0 {
		article["about"] = about
	}
	var cited []map[string]any
	for _, s := range v.Sources {
		c := map[string]any{"@type": "CreativeWork", "name": s.Title}
		if s.URL != "" {
			c["url"] = s.URL
		}
		cited = append(cited, c)
	}
	if len(cited) > 0 {
		article["citation"] = cited
	}
	var steps []map[string]any
	for i, c := range append(v.Crumbs[:len(v.Crumbs):len(v.Crumbs)], view.Link{Label: v.Heading, URL: r.Links.Page(p)}) {
		step := map[string]any{"@type": "ListItem", "position": i + 1, "name": c.Label.Text}
		if abs := r.Links.Absolute(c.URL); abs != "" {
			step["item"] = abs
		}
		steps = append(steps, step)
	}
	return map[string]any{
		"@context": "https://schema.org",
		"@graph": []any{
			article,
			map[string]any{"@type": "BreadcrumbList", "itemListElement": steps},
		},
	}
}
