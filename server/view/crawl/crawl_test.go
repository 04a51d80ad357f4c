package crawl

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"casebook/search"
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

// The parts of a site map have each address once, in the order of the whole.
func TestSiteMapParts(t *testing.T) {
	r := viewtest.At(t, plaincorpus.New(t), "en", "https://example.org", "", "")
	locs := func(data []byte) (out []string) {
		for part := range strings.SplitSeq(string(data), "<loc>") {
			if loc, _, ok := strings.Cut(part, "</loc>"); ok {
				out = append(out, loc)
			}
		}
		return out
	}
	whole, err := SiteMap(t.Context(), r, SiteMapSize)
	if err != nil {
		t.Fatal(err)
	}
	all := locs(whole)
	if !strings.HasPrefix(string(whole), `<?xml version="1.0" encoding="UTF-8"?>`+"\n<urlset xmlns=") || !strings.HasSuffix(string(whole), "</urlset>\n") {
		t.Errorf("%.200s", whole)
	}
	for _, size := range []int{1, 7, len(all) - 1, len(all)} {
		index, err := SiteMap(t.Context(), r, size)
		if err != nil {
			t.Fatal(err)
		}
		if size == len(all) {
			if !slices.Equal(locs(index), all) {
				t.Errorf("all %d addresses fit, but %.200s", size, index)
			}
			if _, ok, err := SiteMapPart(t.Context(), r, 1, size); ok || err != nil {
				t.Errorf("a part of one site map: %v, %v", ok, err)
			}
			continue
		}
		var joined []string
		for n, loc := range locs(index) {
			if want := fmt.Sprintf("https://example.org/sitemap-%d.xml", n+1); loc != want {
				t.Errorf("part %d is at %s, want %s", n+1, loc, want)
			}
			data, ok, err := SiteMapPart(t.Context(), r, n+1, size)
			if !ok || err != nil || len(locs(data)) > size {
				t.Fatalf("part %d: %v, %v, %d addresses", n+1, ok, err, len(locs(data)))
			}
			joined = append(joined, locs(data)...)
		}
		if !slices.Equal(joined, all) {
			t.Errorf("parts of %d: %d addresses, want %d", size, len(joined), len(all))
		}
		for _, n := range []int{-1, 0, len(locs(index)) + 1, math.MaxInt} {
			if _, ok, err := SiteMapPart(t.Context(), r, n, size); ok || err != nil {
				t.Errorf("part %d of %d: %v, %v", n, len(locs(index)), ok, err)
			}
		}
	}
}

// Each address stands with the same page in the other languages: content in those
// that it is written in, all else in each of the site.
func TestSiteMapLanguages(t *testing.T) {
	c := plaincorpus.New(t)
	data, err := SiteMap(t.Context(), viewtest.At(t, c, "en", "https://example.org", "", ""), SiteMapSize)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<url><loc>https://example.org/about</loc><xhtml:link rel="alternate" hreflang="en" href="https://example.org/about"></xhtml:link>` +
			`<xhtml:link rel="alternate" hreflang="fr" href="https://example.org/fr/about"></xhtml:link><xhtml:link rel="alternate" hreflang="ar" href="https://example.org/ar/about"></xhtml:link></url>`,
		`<url><loc>https://example.org/cases/plain-wells</loc><lastmod>2025-01-15</lastmod></url>`,
		`<url><loc>https://example.org/ar/cases/hill-moons</loc><lastmod>2026-10-01</lastmod>`,
		`<url><loc>https://example.org/fr/place/coast</loc><xhtml:link`,
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("no %s", want)
		}
	}
	for want, have := range map[string][]string{"en": {"en"}, "en fr": {"fr", "en"}, "en ": nil, "en  ": {"de"}, "fr ar": {"ar", "fr", "de"}} {
		if got := strings.Join(writtenIn(have, []string{"en", "fr", "ar"}), " "); got != strings.TrimSpace(want) {
			t.Errorf("written in %q: %q, want %q", have, got, want)
		}
	}
	c.Searching = func(context.Context, search.Query) (*search.Result, error) { return nil, search.ErrOverloaded }
	r := viewtest.Reader(t, c, "en")
	_, whole := SiteMap(t.Context(), r, 10)
	_, ok, part := SiteMapPart(t.Context(), r, 1, 10)
	if !errors.Is(whole, search.ErrOverloaded) || !errors.Is(part, search.ErrOverloaded) || ok {
		t.Errorf("a corpus that can't answer: %v; %v, %v", whole, ok, part)
	}
}

func TestRobots(t *testing.T) {
	r := viewtest.At(t, plaincorpus.New(t), "en", "https://example.org/in", "", "")
	const want = "User-agent: *\nDisallow: /in/search?\nDisallow: /in/fr/search?\nDisallow: /in/ar/search?\nDisallow: /in/api/\n\nSitemap: https://example.org/in/sitemap.xml\n"
	if got := string(Robots(r)); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}
