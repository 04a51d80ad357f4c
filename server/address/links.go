package address

import (
	"net/url"
	"strconv"
	"strings"

	"casebook/content"
	"casebook/search"
)

// Links makes every URL of the site, in one language. Handlers and templates
// never compose one themselves. URLs are root-relative unless a name says
// otherwise; parameters stand in one order and empty ones are left out, so
// that one query has one URL.
type Links struct {
	site   *content.Site
	schema *content.Schema
	lang   string
	base   Base
	prefix string // path of the base and language: "", "/fr", "/casebook/fr"
}

// NewLinks returns the links of a site in one of its languages.
func NewLinks(base Base, site *content.Site, schema *content.Schema, lang string) Links {
	return Links{site: site, schema: schema, base: base}.In(lang)
}

// In returns the links of the site in another of its languages.
func (l Links) In(lang string) Links {
	l.lang, l.prefix = lang, l.base.Root
	if langs := l.site.Languages; len(langs) > 0 && lang != langs[0] {
		l.prefix += "/" + lang
	}
	return l
}

// From returns the same links for a site whose base URL says no host: origin
// is the scheme and host that Absolute then writes.
func (l Links) From(origin string) Links {
	if l.base.Origin == "" {
		l.base.Origin = origin
	}
	return l
}

// Root is the path of the base URL, which all links begin with.
func (l Links) Root() string { return l.base.Root }

// Prefix is what links to pages that each language has begin with.
func (l Links) Prefix() string { return l.prefix }

// To is one of the program's own pages (see OwnPages); rest stands for what is
// variable at the end of its path. A key that isn't in the table is "".
func (l Links) To(key Key, rest ...string) string {
	p, ok := Own(key)
	if !ok {
		return ""
	}
	fixed, _, _ := strings.Cut(p.Path, variable)
	url := l.base.Root
	if p.InLanguages {
		url = l.prefix
	}
	return url + fixed + escapePath(strings.Join(rest, ""))
}

// Home is the first page.
func (l Links) Home() string { return l.prefix + "/" }

// Page is a content page.
func (l Links) Page(p *content.Page) string { return l.PageID(p.Original().ID) }

// PageID is the content page with this id.
func (l Links) PageID(id string) string { return l.prefix + "/" + escapePath(id) }

// Kind is the list of the pages of a kind.
func (l Links) Kind(k *content.Kind) string { return l.prefix + "/" + escapePath(k.Folder) }

// Term is the page of a term of a facet.
func (l Links) Term(field, id string) string {
	return l.prefix + "/" + escapePath(field) + "/" + escapePath(id)
}

// SearchForm is where search forms lead, without parameters.
func (l Links) SearchForm() string { return l.prefix + searchPath }

// Search is the search page of a query.
func (l Links) Search(q search.Query) string { return WithQuery(l.SearchForm(), l.params(q)) }

// Words is the search for words without any filter.
func (l Links) Words(text string) string { return l.Search(search.Query{Text: text}) }

// Toggle is q on its first page with value chosen in field, or without it
// where it is chosen already.
func (l Links) Toggle(q search.Query, field, value string) string {
	return l.Search(q.Toggle(field, value))
}

// Only is the search for everything with this value.
func (l Links) Only(field, value string) string { return l.Toggle(search.Query{}, field, value) }

// WithoutFilter is q on its first page with nothing chosen in field.
func (l Links) WithoutFilter(q search.Query, field string) string {
	return l.Search(q.Without(field))
}

// Clear is q on its first page without any filter.
func (l Links) Clear(q search.Query) string {
	return l.Search(q.ClearFilters())
}

// WithText is q on its first page with other words.
func (l Links) WithText(q search.Query, text string) string {
	q.Text, q.Page = text, 1
	return l.Search(q)
}

// WithSort is q on its first page in another order; "" is relevance.
func (l Links) WithSort(q search.Query, sort string) string {
	return l.Search(q.WithSort(sort))
}

// AsTyped is q on its first page without synonyms (literal) or with them.
func (l Links) AsTyped(q search.Query, literal bool) string {
	return l.Search(q.WithLiteral(literal))
}

// AtPage is another page of q's results, from 1.
func (l Links) AtPage(q search.Query, page int) string {
	return l.Search(q.WithPage(page))
}

// Unfolded is the page of q with every value of a filter that has very many.
func (l Links) Unfolded(q search.Query, field string) string {
	params := l.params(q)
	if params != "" {
		params += "&"
	}
	return WithQuery(l.SearchForm(), params+ParamUnfold+"="+url.QueryEscape(field)) + "#f-" + url.PathEscape(field)
}

// APISearch is q for programs.
func (l Links) APISearch(q search.Query) string {
	params := l.params(q)
	return WithQuery(l.To(APISearch), params+l.langParam(params != ""))
}

// APISuggest is where completions of the words typed come from; the script
// adds q.
func (l Links) APISuggest() string { return WithQuery(l.To(APISuggest), l.langParam(false)) }

// APIPage is a content page for programs.
func (l Links) APIPage(id string) string { return WithQuery(l.To(APIPage, id), l.langParam(false)) }

// APIVocabulary is a vocabulary for programs.
func (l Links) APIVocabulary(name string) string {
	return WithQuery(l.To(APITerms, name), l.langParam(false))
}

// Contact is where corrections go: an address on the web or a mailto link, ""
// if the site names none.
func (l Links) Contact() string {
	c := l.site.Contact
	if strings.Contains(c, "@") && !strings.Contains(c, ":") {
		return "mailto:" + c
	}
	return c
}

// Absolute is url, which one of the other methods made, with scheme and
// host; "" where the base URL isn't known.
func (l Links) Absolute(url string) string {
	if l.base.Origin == "" {
		return ""
	}
	return l.base.Origin + url
}

// At is the URL of a path below the language prefix, unescaped, with
// parameters that are escaped already.
func (l Links) At(path, query string) string { return WithQuery(l.prefix+escapePath(path), query) }

// Edit fills the path of a content file into a URL with {path} in it; "" stays.
func Edit(url, path string) string { return strings.ReplaceAll(url, "{path}", escapePath(path)) }

func (l Links) langParam(more bool) string {
	langs := l.site.Languages
	if len(langs) == 0 || l.lang == langs[0] {
		return ""
	}
	s := ParamLang + "=" + url.QueryEscape(l.lang)
	if more {
		s = "&" + s
	}
	return s
}

// params writes q as the parameters that Read reads: the words, the
// filters in the order of the schema, sort, page, size, literal.
func (l Links) params(q search.Query) string {
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
	add(ParamWords, q.Text)
	if len(q.Filters) > 0 {
		for _, field := range l.schema.Facets {
			f, _ := q.Filter(field)
			for _, v := range f.Values {
				add(field, v)
			}
			if f.From != 0 {
				add(From(field), strconv.Itoa(f.From))
			}
			if f.To != 0 {
				add(To(field), strconv.Itoa(f.To))
			}
		}
	}
	add(ParamSort, q.Sort)
	if q.Page > 1 {
		add(ParamPage, strconv.Itoa(q.Page))
	}
	if q.Size > 0 && q.Size != search.DefaultSize {
		add(ParamSize, strconv.Itoa(q.Size))
	}
	if q.Literal {
		add(ParamLiteral, "1")
	}
	return b.String()
}
