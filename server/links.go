package server

import (
	"net/url"
	"strconv"
	"strings"

	"casebook/content"
	"casebook/search"
)

// links makes every URL of the site, in one language. Handlers and templates
// never compose one themselves. URLs are root-relative unless a name says
// otherwise; parameters stand in one order and empty ones are left out, so
// that one query has one URL.
type links struct {
	lib    *content.Library
	lang   string
	root   string // path part of the base URL
	origin string // scheme and host, "" if not known
	prefix string // root and language: "", "/fr", "/casebook/fr"
}

func (s *Server) linksFor(lib *content.Library, lang string) links {
	l := links{lib: lib, root: s.root, origin: s.origin}
	return l.In(lang)
}

// In returns the links of the site in another of its languages.
func (l links) In(lang string) links {
	l.lang, l.prefix = lang, l.root
	if langs := l.lib.Site.Languages; len(langs) > 0 && lang != langs[0] {
		l.prefix += "/" + lang
	}
	return l
}

// Home is the first page.
func (l links) Home() string { return l.prefix + "/" }

// Glossary is the thesaurus.
func (l links) Glossary() string { return l.prefix + "/glossary" }

// About says what the site is.
func (l links) About() string { return l.prefix + "/about" }

// Accessibility is the accessibility statement.
func (l links) Accessibility() string { return l.prefix + "/accessibility" }

// Status says what content is served and what was left out.
func (l links) Status() string { return l.prefix + "/status" }

// OpenSearch is the description by which browsers add the search.
func (l links) OpenSearch() string { return l.prefix + "/opensearch.xml" }

// Page is a content page.
func (l links) Page(p *content.Page) string { return l.PageID(p.Original().ID) }

// PageID is the content page with this id.
func (l links) PageID(id string) string { return l.prefix + "/" + escapePath(id) }

// Kind is the list of the pages of a kind.
func (l links) Kind(k *content.Kind) string { return l.prefix + "/" + escapePath(k.Folder) }

// Term is the page of a term of a facet.
func (l links) Term(field, id string) string {
	return l.prefix + "/" + escapePath(field) + "/" + escapePath(id)
}

// SearchForm is where search forms lead, without parameters.
func (l links) SearchForm() string { return l.prefix + "/search" }

// Search is the search page of a query.
func (l links) Search(q search.Query) string { return withQuery(l.SearchForm(), l.params(q)) }

// Words is the search for words without any filter.
func (l links) Words(text string) string { return l.Search(search.Query{Text: text}) }

// Toggle is q on its first page with value chosen in field, or without it
// where it is chosen already.
func (l links) Toggle(q search.Query, field, value string) string {
	return l.Search(q.Toggle(field, value))
}

// Only is the search for everything with this value.
func (l links) Only(field, value string) string { return l.Toggle(search.Query{}, field, value) }

// WithoutFilter is q on its first page with nothing chosen in field.
func (l links) WithoutFilter(q search.Query, field string) string {
	return l.Search(q.Without(field))
}

// Clear is q on its first page without any filter.
func (l links) Clear(q search.Query) string {
	return l.Search(q.ClearFilters())
}

// WithText is q on its first page with other words.
func (l links) WithText(q search.Query, text string) string {
	q.Text, q.Page = text, 1
	return l.Search(q)
}

// WithSort is q on its first page in another order; "" is relevance.
func (l links) WithSort(q search.Query, sort string) string {
	return l.Search(q.WithSort(sort))
}

// AsTyped is q on its first page without synonyms (literal) or with them.
func (l links) AsTyped(q search.Query, literal bool) string {
	return l.Search(q.WithLiteral(literal))
}

// AtPage is another page of q's results, from 1.
func (l links) AtPage(q search.Query, page int) string {
	return l.Search(q.WithPage(page))
}

// Unfolded is the page of q with every value of a filter that has very many.
func (l links) Unfolded(q search.Query, field string) string {
	params := l.params(q)
	if params != "" {
		params += "&"
	}
	return withQuery(l.SearchForm(), params+paramAll+"="+url.QueryEscape(field)) + "#f-" + url.PathEscape(field)
}

// APISearch is q for programs.
func (l links) APISearch(q search.Query) string {
	return withQuery(l.root+"/api/v1/search", l.params(q)+l.langParam(l.params(q) != ""))
}

// APISuggest is where completions of the words typed come from; the script
// adds q.
func (l links) APISuggest() string {
	return withQuery(l.root+"/api/v1/suggest", l.langParam(false))
}

// APIPage is a content page for programs.
func (l links) APIPage(id string) string {
	return withQuery(l.root+"/api/v1/pages/"+escapePath(id), l.langParam(false))
}

// APIVocabulary is a vocabulary for programs.
func (l links) APIVocabulary(name string) string {
	return withQuery(l.root+"/api/v1/vocabularies/"+escapePath(name), l.langParam(false))
}

// API is the description of the interface for programs.
func (l links) API() string { return l.root + "/api/openapi.json" }

// Contact is where corrections go: an address on the web or a mailto link, ""
// if the site names none.
func (l links) Contact() string {
	c := l.lib.Site.Contact
	if strings.Contains(c, "@") && !strings.Contains(c, ":") {
		return "mailto:" + c
	}
	return c
}

// Absolute is url, which one of the other methods made, with scheme and
// host; "" where the base URL isn't known.
func (l links) Absolute(url string) string {
	if l.origin == "" {
		return ""
	}
	return l.origin + url
}

// at is the URL of a path below the language prefix, both escaped already.
func (l links) at(path, query string) string { return withQuery(l.prefix+escapePath(path), query) }

func (l links) canonical(path, query string) string { return l.Absolute(l.at(path, query)) }

func (l links) langParam(more bool) string {
	langs := l.lib.Site.Languages
	if len(langs) == 0 || l.lang == langs[0] {
		return ""
	}
	s := "lang=" + url.QueryEscape(l.lang)
	if more {
		s = "&" + s
	}
	return s
}

// params writes q as the parameters that readQuery reads: the words, the
// filters in the order of the schema, sort, page, size, literal.
func (l links) params(q search.Query) string {
	var b strings.Builder
	add := func(name, value string) {
		if value == "" {
			return
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(name))
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(value))
	}
	add("q", q.Text)
	if len(q.Filters) > 0 {
		for _, field := range l.lib.Schema.Facets {
			f, _ := q.Filter(field)
			for _, v := range f.Values {
				add(field, v)
			}
			if f.From != 0 {
				add(field+"_from", strconv.Itoa(f.From))
			}
			if f.To != 0 {
				add(field+"_to", strconv.Itoa(f.To))
			}
		}
	}
	add("sort", q.Sort)
	if q.Page > 1 {
		add("page", strconv.Itoa(q.Page))
	}
	if q.Size > 0 && q.Size != search.DefaultSize {
		add("size", strconv.Itoa(q.Size))
	}
	if q.Literal {
		add("literal", "1")
	}
	return b.String()
}

func withQuery(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}

// escapePath escapes each part of a path and keeps the slashes.
func escapePath(p string) string { return (&url.URL{Path: p}).EscapedPath() }

// underFolder reports whether path is the folder or lies in it.
func underFolder(path, folder string) bool {
	rest, ok := strings.CutPrefix(path, "/"+folder)
	return ok && (rest == "" || rest[0] == '/')
}
