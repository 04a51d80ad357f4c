package address

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casebook/server/internal/plaincorpus"
	"casebook/templates"
)

// The table as it stands: what a page is, and where it comes up.
func TestOwnPages(t *testing.T) {
	var got []string
	keys := make(map[Key]bool)
	for _, p := range OwnPages {
		line := string(p.Key) + " " + p.Path
		if p.InLanguages {
			line += " languages"
		}
		if p.InSiteMap {
			line += " map"
		}
		line += []string{"", " top", " foot"}[p.Menu]
		if p.Disallow != "" {
			line += " -" + p.Disallow
		}
		got = append(got, line)
		if keys[p.Key] {
			t.Errorf("the key %s is there twice", p.Key)
		}
		keys[p.Key] = true
		if own, ok := Own(p.Key); !ok || own != p {
			t.Errorf("Own(%s) = %+v", p.Key, own)
		}
		if InEveryLanguage(p.Path) != p.InLanguages {
			t.Errorf("InEveryLanguage(%s) = %v", p.Path, !p.InLanguages)
		}
		if p.InSiteMap && !p.InLanguages {
			t.Errorf("%s is in the site map, which lists a page in each language", p.Path)
		}
	}
	want := []string{
		"home / languages map", "search /search languages map -/search?", "glossary /glossary languages map top", "about /about languages map foot",
		"accessibility /accessibility languages map foot", "status /status languages foot", "opensearch /opensearch.xml languages",
		"robots /robots.txt", "sitemap /sitemap.xml", "sitemap-part /sitemap-{n:[0-9]{1,6}}.xml", "api /api/openapi.json foot -/api/",
		"api-search /api/v1/search", "api-suggest /api/v1/suggest", "api-page /api/v1/pages/{id:.+}", "api-vocabulary /api/v1/vocabularies/{name}",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the table is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if _, ok := Own("nothing"); ok || InEveryLanguage("/nothing") || InEveryLanguage("/glossary/x") {
		t.Error("a page that isn't in the table")
	}
}

func TestReserved(t *testing.T) {
	want := "about accessibility api compare contribute favicon.ico glossary healthz lessons map matrix opensearch.xml pack readyz reviews robots.txt search " +
		"sitemap.xml static status timeline wanted"
	if got := strings.Join(Reserved(), " "); got != want {
		t.Errorf("reserved: %s\nwant %s", got, want)
	}
}

// Links lead where the table says.
func TestLinksToOwnPages(t *testing.T) {
	lib := plaincorpus.New(t).Lib
	fr := links(lib, "https://example.org/in/here", "fr")
	for _, tt := range []struct{ got, want string }{
		{fr.To(Home), "/in/here/fr/"}, {fr.Home(), "/in/here/fr/"}, {fr.To(Search), "/in/here/fr/search"}, {fr.SearchForm(), "/in/here/fr/search"},
		{fr.To("glossary"), "/in/here/fr/glossary"}, {fr.To("robots"), "/in/here/robots.txt"}, {fr.To(OpenAPI), "/in/here/api/openapi.json"},
		{fr.To(SiteMapPart, "7", ".xml"), "/in/here/sitemap-7.xml"}, {fr.To(APIPage, "a/b c"), "/in/here/api/v1/pages/a/b%20c"}, {fr.To("nothing"), ""},
		{fr.Root(), "/in/here"}, {fr.Prefix(), "/in/here/fr"}, {fr.In("en").Prefix(), "/in/here"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %s, want %s", tt.got, tt.want)
		}
	}
}

// Whatever key a template links to is in the table.
func TestTemplatesLinkToOwnPages(t *testing.T) {
	link := regexp.MustCompile(`\.Links\.To "([^"]*)"`)
	n := 0
	err := fs.WalkDir(templates.FS, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".html") {
			return err
		}
		data, err := fs.ReadFile(templates.FS, file)
		for _, m := range link.FindAllSubmatch(data, -1) {
			n++
			if _, ok := Own(Key(m[1])); !ok {
				t.Errorf("%s links to %q, which isn't in OwnPages", file, m[1])
			}
		}
		return err
	})
	if err != nil || n == 0 {
		t.Errorf("%d links, %v", n, err)
	}
}
