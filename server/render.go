package server

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"

	"casebook/server/view"
	"casebook/server/web"
)

// parseTemplates makes one set per page: layout.html, all parts/*.html and
// the page itself, which defines "main" for layout.html to call.
func parseTemplates(fsys fs.FS, funcs template.FuncMap) (map[string]*template.Template, error) {
	common, err := template.New("layout.html").Funcs(funcs).Option("missingkey=error").ParseFS(fsys, "layout.html", "parts/*.html")
	if err != nil {
		return nil, fmt.Errorf("parsing the layout: %w", err)
	}
	names, err := fs.Glob(fsys, "*.html")
	if err != nil {
		return nil, err
	}
	pages := make(map[string]*template.Template)
	for _, file := range names {
		if file == "layout.html" {
			continue
		}
		t, err := common.Clone()
		if err == nil {
			_, err = t.ParseFS(fsys, file)
		}
		if err != nil {
			return nil, fmt.Errorf("parsing %s: %w", file, err)
		}
		pages[strings.TrimSuffix(path.Base(file), ".html")] = t
	}
	return pages, nil
}

// funcs are the functions of all templates. They are pure: what differs
// from request to request is data or a method of view.Chrome.
//
//	asset "site.css"   URL of a static file, with its hash; unknown names are errors
//	in PAGE ITEM       the item with the page's chrome, for a part (see view.Chrome)
//	strong "x"         <strong>x</strong>, escaped, for an argument of {{.H}}
//	em "x"             <em>x</em>
//	bdi "x"            <bdi>x</bdi>: text whose direction must not disturb its surroundings
//	link "url" "x"     <a href="url">x</a>
func (s *Server) funcs() template.FuncMap {
	element := func(name string) func(string) template.HTML {
		return func(text string) template.HTML {
			return template.HTML("<" + name + ">" + template.HTMLEscapeString(text) + "</" + name + ">")
		}
	}
	return template.FuncMap{
		"asset":  s.static.URL,
		"in":     view.In,
		"strong": element("strong"),
		"em":     element("em"),
		"bdi":    element("bdi"),
		"link": func(url, text string) template.HTML {
			if !safeHref(url) {
				return template.HTML(template.HTMLEscapeString(text))
			}
			return template.HTML(`<a href="` + template.HTMLEscapeString(url) + `">` + template.HTMLEscapeString(text) + "</a>")
		},
	}
}

// safeHref reports whether a link may lead to url: a path of this site, or
// an http, https or mailto address.
func safeHref(url string) bool {
	for _, p := range []string{"/", "#", "?", "https://", "http://", "mailto:"} {
		if strings.HasPrefix(url, p) {
			return true
		}
	}
	return false
}

// render executes the template of this name with a page and sends it. Nothing
// is sent when the template fails.
func (s *Server) render(w http.ResponseWriter, r *request, status int, name string, page view.Page) error {
	t, ok := s.pages[name]
	if !ok {
		return fmt.Errorf("no template %q", name)
	}
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	if err := t.ExecuteTemplate(buf, "layout.html", page); err != nil {
		return fmt.Errorf("template %s: %w", name, err)
	}
	body := bytes.Clone(buf.Bytes()) // no larger than the page: it may be kept
	if buf.Cap() <= 1<<20 {          // a rare large page must not stay in memory
		buffers.Put(buf)
	}
	web.Send(w, r.Request, status, web.TypeHTML, body)
	return nil
}

// buffers are for templates to write into.
var buffers = sync.Pool{New: func() any { return bytes.NewBuffer(make([]byte, 0, 64<<10)) }}
