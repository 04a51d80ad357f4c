package server

import "net/http"

type homePage struct{ chrome }

func (s *Server) home(w http.ResponseWriter, r *request) error {
	return s.render(w, r, http.StatusOK, "home", &homePage{chrome: r.chrome("")})
}
