package server

import "net/http"

type errorPage struct {
	chrome
	Status int
	Key    string // messages error.KEY.title and error.KEY.text
}

// errorPage shows what went wrong with a request.
func (s *Server) errorPage(w http.ResponseWriter, r *request, e *statusError) error {
	c := r.chrome(r.m.T("error." + e.key + ".title"))
	c.Canonical, c.NoIndex = "", true
	return s.render(w, r, e.status, "error", &errorPage{chrome: c, Status: e.status, Key: e.key})
}
