package server

import (
	"encoding/json"
	"net/http"
)

// A problem is an error for programs (RFC 9457).
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
}

func problemOf(r *request, e *statusError) *problem {
	return &problem{Type: "about:blank", Title: http.StatusText(e.status), Status: e.status, Detail: r.m.T("error." + e.key + ".text")}
}

func (s *Server) problem(w http.ResponseWriter, r *request, p *problem) {
	data, err := json.Marshal(p)
	if err != nil {
		s.log.Error("problem document", "err", err)
	}
	send(w, r.Request, p.Status, "application/problem+json", data)
}
