package server

import (
	"bytes"
	"net/http"
	"strings"

	"casebook/server/address"
)

// A barePage is a page without the site around it, for when there is no
// content to make that from, or no time.
type barePage struct{ Lang, Dir, Title, Text string }

// bare answers e without a corpus: a small page in the language that the
// path's prefix names, or a problem document under /api.
func (s *Server) bare(w http.ResponseWriter, r *http.Request, e *statusError) {
	e.headers(w)
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if !s.readers.Messages.Has(first) {
		first = "en"
	}
	p := s.readers.Messages.In(first)
	title, text := p.T("error."+e.key+".title"), p.T("error."+e.key+".text")
	if address.Under(r.URL.Path, "api") {
		s.problem(w, r, &problem{Type: "about:blank", Title: http.StatusText(e.status), Status: e.status, Detail: text, Errors: []problemDetail{}})
		return
	}
	var buf bytes.Buffer
	if err := s.pages["bare"].ExecuteTemplate(&buf, "bare.html", barePage{p.Lang(), p.Dir(), title, text}); err != nil {
		s.log.ErrorContext(r.Context(), "error page failed", "status", e.status, "err", err)
		plainError(w, r, e.status)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	send(w, r, e.status, typeHTML, buf.Bytes())
}
