package server

import (
	"net/http"

	"casebook/content"
)

type termPage struct{ chrome }

// term shows the page of a term of a facet.
func (s *Server) term(w http.ResponseWriter, r *request, f *content.Field, t *content.Term) error {
	return s.render(w, r, http.StatusOK, "term", &termPage{chrome: r.chrome(t.Label.In(r.lang))})
}
