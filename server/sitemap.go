package server

import (
	"bytes"
	"encoding/xml"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/mux"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
)

// siteMapSize is how many addresses one site map may have, by the protocol
// (sitemaps.org).
const siteMapSize = 50_000

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

const siteMapNS = "http://www.sitemaps.org/schemas/sitemap/0.9"

// siteMap lists all addresses; where one file can't hold them, the files
// that do.
func (s *Server) siteMap(w http.ResponseWriter, r *request) error {
	urls, total, err := s.siteURLs(r, 0)
	if err != nil {
		return err
	}
	if total <= s.siteMapSize {
		return sendXML(w, r, typeXML, urlSet{NS: siteMapNS, XHTML: "http://www.w3.org/1999/xhtml", URLs: urls})
	}
	index := siteIndex{NS: siteMapNS}
	for n := 1; (n-1)*s.siteMapSize < total; n++ {
		index.Maps = append(index.Maps, siteURL{Loc: r.absolute(r.links.To(address.SiteMapPart, strconv.Itoa(n), ".xml"))})
	}
	return sendXML(w, r, typeXML, index)
}

// siteMapPart is one of several site maps.
func (s *Server) siteMapPart(w http.ResponseWriter, r *request) error {
	n, err := strconv.Atoi(mux.Vars(r.Request)["n"])
	if err != nil || n < 1 || n > math.MaxInt32/s.siteMapSize {
		return errNotFound
	}
	urls, total, err := s.siteURLs(r, (n-1)*s.siteMapSize)
	if err != nil {
		return err
	}
	if len(urls) == 0 || total <= s.siteMapSize {
		return errNotFound
	}
	return sendXML(w, r, typeXML, urlSet{NS: siteMapNS, XHTML: "http://www.w3.org/1999/xhtml", URLs: urls})
}

// siteURLs returns the addresses that a search engine should know, as many as
// one site map has, from a number on, and how many there are in all: the
// program's pages and terms in every language of the site, content pages in
// the languages that they are written in.
func (s *Server) siteURLs(r *request, from int) (urls []siteURL, total int, err error) {
	languages := r.lib.Site.Languages
	add := func(langs []string, lastMod time.Time, url func(address.Links) string) {
		first := total
		if total += len(langs); total <= from || first >= from+s.siteMapSize {
			return
		}
		var alternates []altLink
		if len(langs) > 1 {
			for _, lang := range langs {
				alternates = append(alternates, altLink{Rel: "alternate", Lang: lang, Href: r.absolute(url(r.links.In(lang)))})
			}
		}
		for i, lang := range langs {
			if n := first + i; n < from || n >= from+s.siteMapSize {
				continue
			}
			u := siteURL{Loc: r.absolute(url(r.links.In(lang))), Links: alternates}
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
	table := r.lib.Table()
	for i := range r.lib.Len() {
		add(writtenIn(table.Langs(i), languages), table.Reviewed(i), func(l address.Links) string { return l.PageID(r.lib.ID(i)) })
	}
	res, err := r.corpus.Search(r.Context(), search.Query{Page: 1, Lang: r.lang})
	if err != nil {
		return nil, 0, err
	}
	for _, facet := range res.Facets {
		if f, ok := r.lib.Facet(facet.Field); !ok || f.Type != content.FacetOfTerms {
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

// robots tells crawlers to leave out what has no end: combinations of filters.
func (s *Server) robots(w http.ResponseWriter, r *request) error {
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	for _, p := range address.OwnPages {
		if p.Disallow == "" {
			continue
		}
		if !p.InLanguages {
			b.WriteString("Disallow: " + r.links.Root() + p.Disallow + "\n")
			continue
		}
		for _, lang := range r.lib.Site.Languages {
			b.WriteString("Disallow: " + r.links.In(lang).Prefix() + p.Disallow + "\n")
		}
	}
	b.WriteString("\nSitemap: " + r.absolute(r.links.To(address.SiteMap)) + "\n")
	send(w, r.Request, http.StatusOK, typeText, []byte(b.String()))
	return nil
}

// An openSearchDescription lets a browser add the search to its own box
// (OpenSearch 1.1).
type openSearchDescription struct {
	XMLName       xml.Name        `xml:"OpenSearchDescription"`
	NS            string          `xml:"xmlns,attr"`
	ShortName     string          `xml:"ShortName"`
	Description   string          `xml:"Description"`
	InputEncoding string          `xml:"InputEncoding"`
	Language      string          `xml:"Language"`
	Image         *openSearchIcon `xml:"Image"`
	URLs          []openSearchURL `xml:"Url"`
}

type openSearchIcon struct {
	Width  int    `xml:"width,attr"`
	Height int    `xml:"height,attr"`
	Type   string `xml:"type,attr"`
	URL    string `xml:",chardata"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Rel      string `xml:"rel,attr,omitempty"`
	Template string `xml:"template,attr"`
}

func (s *Server) openSearch(w http.ResponseWriter, r *request) error {
	d := openSearchDescription{
		NS:            "http://a9.com/-/spec/opensearch/1.1/",
		ShortName:     cut(r.lib.Site.Title.In(r.lang), 16),
		Description:   cut(r.lib.Site.Tagline.In(r.lang), 1024),
		InputEncoding: "UTF-8",
		Language:      r.lang,
		URLs: []openSearchURL{
			{Type: "text/html", Template: r.absolute(r.links.SearchForm()) + "?q={searchTerms}"},
			{Type: "application/opensearchdescription+xml", Rel: "self", Template: r.absolute(r.links.To("opensearch"))},
		},
	}
	if icon, err := s.static.url("icon.svg"); err == nil {
		d.Image = &openSearchIcon{Width: 16, Height: 16, Type: "image/svg+xml", URL: r.absolute(icon)}
	}
	return sendXML(w, r, "application/opensearchdescription+xml; charset=utf-8", d)
}

// cut shortens a text to so many letters, as the OpenSearch format demands.
func cut(s string, letters int) string {
	if rs := []rune(s); len(rs) > letters {
		return string(rs[:letters])
	}
	return s
}

func sendXML(w http.ResponseWriter, r *request, contentType string, v any) error {
	var buf bytes.Buffer
	buf.WriteString(xml.Header)
	if err := xml.NewEncoder(&buf).Encode(v); err != nil {
		return err
	}
	buf.WriteByte('\n')
	send(w, r.Request, http.StatusOK, contentType, buf.Bytes())
	return nil
}

// absolute is a root-relative URL with scheme and host: those of the base
// URL, else those that the reader asked.
func (r *request) absolute(url string) string {
	if abs := r.links.Absolute(url); abs != "" {
		return abs
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host + url
}
