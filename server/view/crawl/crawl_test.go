package crawl

import (
	"strings"
	"testing"

	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
	"casebook/server/view"
)

func TestSiteMap(t *testing.T) {
	r := viewtest.At(t, plaincorpus.New(t), "en", "https://example.org", "", "")
	data, err := SiteMap(t.Context(), r, SiteMapSize)
	if err != nil {
		t.Fatal(err)
	}
	body := string(data)
	for _, want := range []string{
		"<loc>https://example.org/</loc>", "<loc>https://example.org/fr/cases/cape-stones</loc><lastmod>2026-05-04</lastmod>",
		`<xhtml:link rel="alternate" hreflang="fr" href="https://example.org/fr/cases/cape-stones">`, "<loc>https://example.org/place/coast</loc>",
		"<loc>https://example.org/ar/cases/hill-moons</loc>",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, not := range []string{"/fr/cases/plain-wells", "/land/DK", "/status"} { // not translated; no page; for operators
		if strings.Contains(body, not) {
			t.Errorf("%s is listed", not)
		}
	}
}

func TestRobotsAndOpenSearch(t *testing.T) {
	c := plaincorpus.New(t)
	robots := string(Robots(from(t, c, "en", "http://cases.example:8080")))
	for _, want := range []string{"Disallow: /search?\n", "Disallow: /ar/search?\n", "Disallow: /api/\n", "Sitemap: http://cases.example:8080/sitemap.xml\n"} {
		if !strings.Contains(robots, want) {
			t.Errorf("robots.txt has no %q:\n%s", want, robots)
		}
	}
	data, err := OpenSearch(from(t, c, "fr", "http://cases.example"), "/static/icon.svg")
	if err != nil {
		t.Fatal(err)
	}
	d := string(data)
	for _, want := range []string{"<ShortName>Puits et jardins</ShortName>", `template="http://cases.example/fr/search?q={searchTerms}"`, "<Language>fr</Language>", `<Image width="16" height="16" type="image/svg+xml">http://cases.example/static/icon.svg</Image>`} {
		if !strings.Contains(d, want) {
			t.Errorf("opensearch.xml has no %q:\n%s", want, d)
		}
	}
	if data, err := OpenSearch(from(t, c, "fr", "http://cases.example"), ""); err != nil || strings.Contains(string(data), "Image") {
		t.Errorf("without an icon: %s, %v", data, err)
	}
}

// from is a Reader at a site whose host only the request knows.
func from(t *testing.T, c *plaincorpus.Corpus, lang, origin string) *view.Reader {
	t.Helper()
	r := viewtest.Reader(t, c, lang)
	r.Links = r.Links.From(origin)
	return r
}
