package server

import (
	"net/http"
)

// healthz says that the process answers.
func (s *Server) healthz(w http.ResponseWriter, r *http.Request) {
	plainText(w, r, http.StatusOK, "ok\n")
}

// readyz says whether there is content to answer from, and which.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	if s.draining.Load() {
		errUnavailable.headers(w)
		plainText(w, r, http.StatusServiceUnavailable, "stopping\n")
		return
	}
	c := s.cfg.Acquire()
	if c == nil {
		errUnavailable.headers(w)
		plainText(w, r, http.StatusServiceUnavailable, "not ready\n")
		return
	}
	defer c.Release()
	plainText(w, r, http.StatusOK, "ready "+c.Library().Revision+"\n")
}

// favicon answers browsers that ask for an icon before they have read a page.
func (s *Server) favicon(w http.ResponseWriter, r *http.Request) {
	for _, name := range []string{"favicon.ico", "icon.svg"} {
		if f, ok := s.static.byName[name]; ok {
			f.serve(w, r, "public, max-age=86400")
			return
		}
	}
	plainError(w, r, http.StatusNotFound)
}

// plainError answers outside of the pages: static files, health, and what
// goes wrong before there is a corpus.
func plainError(w http.ResponseWriter, r *http.Request, status int) {
	plainText(w, r, status, http.StatusText(status)+"\n")
}

func plainText(w http.ResponseWriter, r *http.Request, status int, text string) {
	w.Header().Set("Content-Type", typeText)
	w.Header().Set("Cache-Control", "no-store")
	write(w, r, status, []byte(text))
}
