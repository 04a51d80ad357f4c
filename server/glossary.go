package server

import "net/http"

type glossaryPage struct{ chrome }

func (s *Server) glossary(w http.ResponseWriter, r *request) error {
	return s.render(w, r, http.StatusOK, "glossary", &glossaryPage{chrome: r.chrome("")})
}
