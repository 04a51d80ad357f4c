package server_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"casebook/content"
	"casebook/content/load"
	"casebook/index"
	"casebook/server"
	"casebook/server/internal/plaincorpus"
	"casebook/server/say"
)

var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func newServer(t testing.TB, fsys fs.FS, change ...func(*server.Config)) *server.Server {
	t.Helper()
	lib, problems, err := load.Load(t.Context(), fsys, load.Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := index.Build(t.Context(), lib, index.Options{Deadline: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	live := index.NewLive(snapshot)
	t.Cleanup(live.Close)
	cfg := server.Config{
		Acquire: func() server.Corpus { return live.Acquire() }, BaseURL: "https://cases.example", Version: "test", Files: fsys,
		Problems: func() content.Problems { return problems }, Now: func() time.Time { return today }, Timeout: time.Minute,
	}
	for _, f := range change {
		f(&cfg)
	}
	s, err := server.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Every page that links lead to, from the home pages on: each link resolves,
// and each page is sound HTML in the language that it says.
func TestCrawl(t *testing.T) {
	s := newServer(t, plaincorpus.Files())
	c := &crawler{t: t, site: s, seen: map[string]bool{}, ids: map[string]map[string]bool{}, most: 3000, languages: siteLanguages(t, plaincorpus.Files())}
	c.crawl("/", "/fr/", "/ar/", "/sitemap.xml", "/nothing", "/fr/search?q=nothingatall", "/ar/search?q=water&place=plain&place=hills&page=2", "/search?q=%22open+-stones&place=moon")
	if c.pages < 100 {
		t.Errorf("only %d pages were found", c.pages)
	}
	for _, path := range []string{
		"/cases/cape-stones", "/fr/cases/cape-stones", "/ar/cases/hill-moons", "/rules/dry-land/02", "/books/dry-land", "/place/cape", "/ar/land/TN",
		"/fr/glossary", "/about", "/accessibility", "/cases/wall.svg",
	} {
		if !c.seen[path] {
			t.Errorf("no link leads to %s", path)
		}
	}
	t.Logf("%d pages, %d addresses", c.pages, len(c.seen))
}

type crawler struct {
	t     *testing.T
	site  *server.Server
	seen  map[string]bool            // addresses without fragment
	ids   map[string]map[string]bool // ids of each page
	want  []fragment
	pages int
	most  int
	// languages are those of the site, the first without a prefix.
	languages []string
}

// siteLanguages returns the languages of the site of some content.
func siteLanguages(t *testing.T, fsys fs.FS) []string {
	t.Helper()
	lib, _, err := load.Load(t.Context(), fsys, load.Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return lib.Site.Languages
}

// A fragment is a link into a page.
type fragment struct{ from, to, id string }

func (c *crawler) crawl(from ...string) {
	queue := from
	for len(queue) > 0 && c.pages < c.most {
		path := queue[0]
		queue = queue[1:]
		if c.seen[path] {
			continue
		}
		c.seen[path] = true
		for _, link := range c.visit(path) {
			if !c.seen[link] {
				queue = append(queue, link)
			}
		}
	}
	for _, f := range c.want {
		if ids, ok := c.ids[f.to]; ok && !ids[f.id] {
			c.t.Errorf("%s links to %s#%s, which isn't there", f.from, f.to, f.id)
		}
	}
}

// visit checks one address and returns those that it links to.
func (c *crawler) visit(path string) []string {
	w := httptest.NewRecorder()
	c.site.Handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	kind, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";")
	switch {
	case w.Code >= 300 && w.Code < 400:
		to, _, _ := strings.Cut(w.Header().Get("Location"), "#")
		return []string{to}
	case w.Code != 200 && !(w.Code == 404 && strings.HasSuffix(path, "/nothing")):
		c.t.Errorf("GET %s = %d", path, w.Code)
		return nil
	case kind == "application/xml":
		return c.siteMap(path, w.Body.String())
	case kind != "text/html":
		return nil
	}
	c.pages++
	doc, err := html.Parse(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		c.t.Errorf("%s: %v", path, err)
		return nil
	}
	p := page{crawler: c, path: path, ids: map[string]bool{}}
	p.walk(doc)
	p.check(w.Body.String())
	c.ids[path] = p.ids
	return p.links
}

func (c *crawler) siteMap(path, body string) []string {
	var links []string
	for loc := range strings.SplitSeq(body, "<loc>") {
		if to, _, ok := strings.Cut(loc, "</loc>"); ok {
			u, err := url.Parse(to)
			if err != nil || u.Host != "cases.example" {
				c.t.Errorf("%s: %s, %v", path, to, err)
				continue
			}
			links = append(links, u.RequestURI())
		}
	}
	return links
}

// A page is what one HTML page turned out to have.
type page struct {
	*crawler
	path       string
	ids        map[string]bool
	links      []string
	refs       []string // ids that labels and ARIA attributes name
	h1, mains  int
	lang, dir  string
	title      string
	text       strings.Builder
	canonical  string
	noIndex    bool
	alternates int
}

func (p *page) walk(n *html.Node) {
	if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
		p.text.WriteString(n.Data)
	}
	if n.Type == html.ElementNode {
		p.element(n)
	}
	for child := range n.ChildNodes() {
		p.walk(child)
	}
}

func (p *page) element(n *html.Node) {
	attr := make(map[string]string)
	for _, a := range n.Attr {
		attr[a.Key] = a.Val
		if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
			p.t.Errorf("%s: <%s %s>: the policy forbids inline script and style", p.path, n.Data, a.Key)
		}
	}
	if id, ok := attr["id"]; ok {
		if p.ids[id] || id == "" {
			p.t.Errorf("%s: the id %q is there twice, or empty", p.path, id)
		}
		p.ids[id] = true
	}
	for _, name := range []string{"for", "aria-labelledby", "aria-describedby", "aria-controls", "list"} {
		p.refs = append(p.refs, strings.Fields(attr[name])...)
	}
	switch n.Data {
	case "html":
		p.lang, p.dir = attr["lang"], attr["dir"]
	case "h1":
		p.h1++
	case "main":
		p.mains++
	case "title":
		if n.FirstChild != nil && n.Parent.Data == "head" {
			p.title = n.FirstChild.Data
		}
	case "style":
		p.t.Errorf("%s: <style>: the policy forbids it", p.path)
	case "script":
		if attr["src"] == "" && attr["type"] != "application/ld+json" {
			p.t.Errorf("%s: an inline script", p.path)
		}
	case "link":
		if attr["rel"] == "canonical" {
			p.canonical = attr["href"]
		}
		if attr["rel"] == "alternate" && attr["hreflang"] != "" {
			p.alternates++
		}
	case "meta":
		if attr["name"] == "robots" && strings.Contains(attr["content"], "noindex") {
			p.noIndex = true
		}
	case "img":
		if _, ok := attr["alt"]; !ok {
			p.t.Errorf("%s: an image without alt", p.path)
		}
	}
	for _, name := range []string{"href", "src", "action", "xlink:href"} {
		if target, ok := attr[name]; ok {
			p.link(n.Data, target)
		}
	}
}

func (p *page) link(element, target string) {
	u, err := url.Parse(target)
	if err != nil {
		p.t.Errorf("%s: %v", p.path, err)
		return
	}
	if u.Scheme == "https" && u.Host == "cases.example" && element == "link" {
		target = u.RequestURI()
		u, _ = url.Parse(target)
	}
	switch {
	case u.Scheme != "" || u.Host != "":
		if element != "a" && element != "link" {
			p.t.Errorf("%s: <%s> asks another host: %s", p.path, element, target)
		}
		return
	case target == "" || !strings.HasPrefix(target, "/") && !strings.HasPrefix(target, "#"):
		p.t.Errorf("%s: <%s> leads to %q", p.path, element, target)
		return
	}
	to, id, _ := strings.Cut(target, "#")
	if to == "" {
		to = p.path
	} else {
		p.links = append(p.links, to)
	}
	if id != "" {
		if id, err := url.PathUnescape(id); err == nil {
			p.want = append(p.want, fragment{p.path, to, id})
		}
	}
}

func (p *page) check(body string) {
	bad := func(format string, args ...any) { p.t.Errorf("%s: %s", p.path, fmt.Sprintf(format, args...)) }
	lang, dir := "en", "ltr"
	if first, _, deeper := strings.Cut(p.path[1:], "/"); deeper && slices.Contains(p.languages[1:], first) {
		lang, dir = first, say.DirOf(first)
	}
	if p.lang != lang || p.dir != dir {
		bad("lang=%q dir=%q, want %s, %s", p.lang, p.dir, lang, dir)
	}
	if p.h1 != 1 || p.mains != 1 {
		bad("%d h1 and %d main", p.h1, p.mains)
	}
	if p.title == "" {
		bad("no title")
	}
	for _, id := range p.refs {
		if !p.ids[id] {
			bad("nothing has the id %q, which is referred to", id)
		}
	}
	text := p.text.String()
	for _, sign := range []string{"&amp;", "&lt;", "&#", "&quot;", "⟦", "ZgotmplZ", "%!", "<nil>", "{{"} {
		if i := strings.Index(text, sign); i >= 0 {
			bad("the text has %q: …%s…", sign, text[max(0, i-40):min(len(text), i+40)])
		}
	}
	if strings.Contains(body, "ZgotmplZ") {
		bad("a template was refused a value")
	}
	if !p.noIndex && (p.canonical == "" || p.alternates == 0) {
		bad("to be indexed, but canonical is %q and there are %d alternates", p.canonical, p.alternates)
	}
}

// The pages that the program is shipped with, as far as the first few hundred
// addresses reach.
func TestCrawlShipped(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds")
	}
	s := newServer(t, content.Default)
	c := &crawler{t: t, site: s, seen: map[string]bool{}, ids: map[string]map[string]bool{}, most: 400, languages: siteLanguages(t, content.Default)}
	c.crawl("/", "/fr/", "/ar/", "/sitemap.xml")
	if c.pages < c.most {
		t.Errorf("only %d pages were found", c.pages)
	}
}
