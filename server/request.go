package server

import (
	"net/http"
	"net/url"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
	"casebook/server/say"
)

// A request is an HTTP request with all that a handler asks for: the corpus
// it is answered from, and the language of the reader.
type request struct {
	*http.Request
	corpus Corpus
	lib    *content.Library // corpus.Library()
	lang   string           // of the reader; one of lib.Site.Languages
	m      *say.Printer     // the messages in lang
	links  address.Links    // all URLs, in lang
	path   string           // of the URL below base path and language prefix: "/search"
	srv    *Server
	values url.Values // parameters of the API, nil elsewhere
	id     string     // for the log
}

// A handler answers a request or returns an error, which the server turns
// into a page (see statusError). It writes nothing before it is sure to
// succeed, which render sees to.
type handler func(w http.ResponseWriter, r *request) error

// search reads the query of a page of results. Where a form sent its empty
// boxes along, or the page asked for can't exist, redirect is the URL that
// links make of the query; the handler then sends the reader there (303).
func (r *request) search() (q search.Query, redirect string) {
	values, _ := url.ParseQuery(r.URL.RawQuery) // what can be read of it
	q, bad := address.Read(values, r.lib, r.corpus, r.lang)
	if q.Size == 0 {
		q.Size = search.DefaultSize
	}
	if !address.Tidy(values, bad) {
		return q, r.links.Search(q)
	}
	return q, ""
}
