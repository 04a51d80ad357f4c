package server

import "net/http"

type aboutPage struct{ chrome }

func (s *Server) about(w http.ResponseWriter, r *request) error {
	return s.render(w, r, http.StatusOK, "about", &aboutPage{chrome: r.chrome("")})
}

func (s *Server) accessibility(w http.ResponseWriter, r *request) error {
	return s.render(w, r, http.StatusOK, "about", &aboutPage{chrome: r.chrome("")})
}
