package crawl

import (
	"encoding/xml"

	"casebook/server/say"
	"casebook/server/view"
)

// OpenSearchType is the media type of the OpenSearch description.
const OpenSearchType = "application/opensearchdescription+xml"

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

// OpenSearch describes the search to browsers; icon is the URL of the site's
// icon, an SVG image, "" if there is none.
func OpenSearch(r *view.Reader, icon string) ([]byte, error) {
	d := openSearchDescription{
		NS:            "http://a9.com/-/spec/opensearch/1.1/",
		ShortName:     say.Cut(r.Library.Site.Title.In(r.Lang), 16), // bounds of the format
		Description:   say.Cut(r.Library.Site.Tagline.In(r.Lang), 1024),
		InputEncoding: "UTF-8",
		Language:      r.Lang,
		URLs: []openSearchURL{
			{Type: "text/html", Template: r.Links.Absolute(r.Links.SearchForm()) + "?q={searchTerms}"},
			{Type: OpenSearchType, Rel: "self", Template: r.Links.Absolute(r.Links.To("opensearch"))},
		},
	}
	if icon != "" {
		d.Image = &openSearchIcon{Width: 16, Height: 16, Type: "image/svg+xml", URL: r.Links.Absolute(icon)}
	}
	return document(d)
}
