package server

import "net/http"

type searchPage struct{ chrome }

func (s *Server) search(w http.ResponseWriter, r *request) error {
	return s.render(w, r, http.StatusOK, "search", &searchPage{chrome: r.chrome("")})
}
