package server

import "net/http"

type statusPage struct{ chrome }

func (s *Server) status(w http.ResponseWriter, r *request) error {
	return s.render(w, r, http.StatusOK, "status", &statusPage{chrome: r.chrome("")})
}
