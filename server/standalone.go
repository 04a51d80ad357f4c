package server

import (
	"bytes"
	"net/http"
	"strings"

	"casebook/server/address"
	"casebook/server/api"
	"casebook/server/web"
)

// A standalonePage is a page without the site around it, for when there is no
// content to make that from, or no time.
type standalonePage struct{ Lang, Dir, Title, Text string }

// standalone answers e without a corpus: a small page in the language that the
// path's prefix names, or a problem document under /api.
func (s *Server) standalone(w http.ResponseWriter, r *http.Request, e *web.StatusError) {
	e.Headers(w)
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if !s.readers.Messages.Has(first) {
		first = "en"
	}
	p := s.readers.Messages.In(first)
	title, text := p.T("error."+e.Key+".title"), p.T("error."+e.Key+".text")
	if address.Under(r.URL.Path, "api") {
		s.problem(w, r, api.NewProblem(p, e.Status, http.StatusText(e.Status), e.Key, nil))
		return
	}
	var buf bytes.Buffer
	if err := s.pages["standalone"].ExecuteTemplate(&buf, "standalone.html", standalonePage{p.Lang(), p.Dir(), title, text}); err != nil {
		s.log.ErrorContext(r.Context(), "error page failed", "status", e.Status, "err", err)
		web.PlainError(w, r, e.Status)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	web.Send(w, r, e.Status, web.TypeHTML, buf.Bytes())
}
