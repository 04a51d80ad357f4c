package server

import (
	"net/http"

	"casebook/content"
)

// A request is an HTTP request with all that a handler asks for: the corpus
// it is answered from, and the language of the reader.
type request struct {
	*http.Request
	corpus Corpus
	lib    *content.Library // corpus.Library()
	lang   string           // of the reader; one of lib.Site.Languages
	m      *printer         // the messages in lang
	links  links            // all URLs, in lang
	path   string           // of the URL below base path and language prefix: "/search"
	srv    *Server
	id     string // for the log
}

// A handler answers a request or returns an error, which the server turns
// into a page (see statusError). It writes nothing before it is sure to
// succeed, which render sees to.
type handler func(w http.ResponseWriter, r *request) error
