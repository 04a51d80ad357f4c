package crawl

import (
	"context"
	"encoding/xml"
	"math"
	"slices"
	"strconv"
	"time"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
	"casebook/server/view"
)

// SiteMapSize is how many addresses one site map may have, by the protocol
// (sitemaps.org).
const SiteMapSize = 50_000

// A siteURL is one entry of the site map.
type siteURL struct {
	Loc     string    `xml:"loc"`
	LastMod string    `xml:"lastmod,omitempty"`
	Links   []altLink `xml:"xhtml:link"`
}

// An altLink leads to the same page in another language.
type altLink struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

type urlSet struct {
	XMLName xml.Name  `xml:"urlset"`
	NS      string    `xml:"xmlns,attr"`
	XHTML   string    `xml:"xmlns:xhtml,attr"`
	URLs    []siteURL `xml:"url"`
}

type siteIndex struct {
	XMLName xml.Name  `xml:"sitemapindex"`
	NS      string    `xml:"xmlns,attr"`
	Maps    []siteURL `xml:"sitemap"`
}

const (
	siteMapNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
	xhtmlNS   = "http://www.w3.org/1999/xhtml"
)

// SiteMap lists all addresses; where they are more than size, which one file
// may hold, the files that do.
func SiteMap(ctx context.Context, r *view.Reader, size int) ([]byte, error) {
	urls, total, err := siteURLs(ctx, r, 0, size)
	if err != nil {
		return nil, err
	}
	if total <= size {
		return document(urlSet{NS: siteMapNS, XHTML: xhtmlNS, URLs: urls})
	}
	index := siteIndex{NS: siteMapNS}
	for n := 1; (n-1)*size < total; n++ {
		index.Maps = append(index.Maps, siteURL{Loc: r.Links.Absolute(r.Links.To(address.SiteMapPart, strconv.Itoa(n), ".xml"))})
	}
	return document(index)
}

// SiteMapPart is the site map of a number, from 1, where several share the
// addresses; false where there is none of that number.
func SiteMapPart(ctx context.Context, r *view.Reader, n, size int) (data []byte, ok bool, err error) {
	if n < 1 || n > math.MaxInt32/size {
		return nil, false, nil
	}
	urls, total, err := siteURLs(ctx, r, (n-1)*size, size)
	if err != nil || len(urls) == 0 || total <= size {
		return nil, false, err
	}
	data, err = document(urlSet{NS: siteMapNS, XHTML: xhtmlNS, URLs: urls})
	return data, true, err
}

// siteURLs returns the addresses that a search engine should know, size of
// them from a number on, and how many there are in all: the program's pages and
// terms in every language of the site, content pages in the languages that they
// are written in.
func siteURLs(ctx context.Context, r *view.Reader, from, size int) (urls []siteURL, total int, err error) {
	languages := r.Library.Site.Languages
	add := func(langs []string, lastMod time.Time, url func(address.Links) string) {
		first := total
		if total += len(langs); total <= from || first >= from+size {
			return
		}
		absolute := func(lang string) string { return r.Links.Absolute(url(r.Links.In(lang))) }
		var alternates []altLink
		if len(langs) > 1 {
			for _, lang := range langs {
				alternates = append(alternates, altLink{Rel: "alternate", Lang: lang, Href: absolute(lang)})
			}
		}
		for i, lang := range langs {
			if n := first + i; n < from || n >= from+size {
				continue
			}
			u := siteURL{Loc: absolute(lang), Links: alternates}
			if !lastMod.IsZero() {
				u.LastMod = lastMod.Format(time.DateOnly)
			}
			urls = append(urls, u)
		}
	}
	for _, p := range address.OwnPages {
		if p.InSiteMap {
			add(languages, time.Time{}, func(l address.Links) string { return l.To(p.Key) })
		}
	}
	table := r.Library.Table()
	for i := range r.Library.Len() {
		add(writtenIn(table.Langs(i), languages), table.Reviewed(i), func(l address.Links) string { return l.PageID(r.Library.ID(i)) })
	}
	res, err := r.Corpus.Search(ctx, search.Query{Page: 1, Lang: r.Lang})
	if err != nil {
		return nil, 0, err
	}
	for _, facet := range res.Facets {
		if f, ok := r.Library.Facet(facet.Field); !ok || f.Type != content.FacetOfTerms {
			continue
		}
		for _, v := range facet.Values {
			add(languages, time.Time{}, func(l address.Links) string { return l.Term(facet.Field, v.ID) })
		}
	}
	return urls, total, nil
}

// writtenIn returns the languages of the site that a page is written in; the
// site's first where it is in none of them.
func writtenIn(have, languages []string) []string {
	var langs []string
	for _, lang := range languages {
		if slices.Contains(have, lang) {
			langs = append(langs, lang)
		}
	}
	if langs == nil {
		return languages[:1]
	}
	return langs
}
