package server

import (
	"net/http"

	"casebook/content"
)

type pagePage struct{ chrome }

// page shows a content page; p is the original, p.In(r.lang) what the reader
// should see.
func (s *Server) page(w http.ResponseWriter, r *request, p *content.Page) error {
	return s.render(w, r, http.StatusOK, "page", &pagePage{chrome: r.chrome(p.In(r.lang).Title)})
}
