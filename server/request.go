package server

import (
	"net/http"
	"net/url"

	"casebook/search"
	"casebook/server/address"
	"casebook/server/view"
)

// A request is an HTTP request with the Reader that is answered: the corpus
// and the language.
type request struct {
	*http.Request
	*view.Reader
	fields search.Fields // how the corpus reads the words of a query
	id     string        // for the log
	// passing says that the answer is right only now: it depends on more than the content and the
	// address, or leaves out what can't be read.
	passing bool
}

// A handler answers a request or returns an error, which the server turns
// into a page (see web.StatusError). It writes nothing before it is sure to
// succeed, which render sees to.
type handler func(w http.ResponseWriter, r *request) error

// search reads the query of a page of results. Where a form sent its empty
// boxes along, or the page asked for can't exist, redirect is the URL that
// links make of the query; the handler then sends the reader there (303).
// It leads to the HTML page; other formats answer the query as it was read.
func (r *request) search() (q search.Query, redirect string) {
	values, _ := url.ParseQuery(r.URL.RawQuery) // what can be read of it
	q, bad := address.Read(values, r.Library, r.fields, r.Lang)
	if q.Size == 0 {
		q.Size = search.DefaultSize
	}
	if !address.Tidy(values, bad) {
		return q, r.Links.Search(q)
	}
	return q, ""
}
