package server

import (
	"net/http"

	"casebook/server/address"
)

// An errorPage says what went wrong with a request, and where to go on.
type errorPage struct {
	chrome
	Status int
	Key    string    // messages error.KEY.title and error.KEY.text
	Near   []refView // pages and terms that the address may have meant
}

// maxNear is how many guesses a page that isn't there makes.
const maxNear = 4

// errorPage shows what went wrong with a request.
func (s *Server) errorPage(w http.ResponseWriter, r *request, e *statusError) error {
	c := r.chrome(r.m.T("error." + e.key + ".title"))
	c.Canonical, c.NoIndex = "", true
	v := &errorPage{chrome: c, Status: e.status, Key: e.key}
	if e.status == http.StatusNotFound {
		v.Q = address.Words(r.path)
		v.Near = r.near(v.Q)
	}
	return s.render(w, r, e.status, "error", v)
}

// near finds what an address may have meant; an error here is not worth one
// more.
func (r *request) near(words string) []refView {
	if words == "" {
		return nil
	}
	found, err := r.corpus.Suggest(r.Context(), words, r.lang, maxNear)
	if err != nil {
		return nil
	}
	var refs []refView
	for _, c := range found {
		if c.Text == "" {
			continue // a page that can't be read
		}
		l := r.foreign(c.Text, c.Lang)
		switch c.Kind {
		case "page":
			refs = append(refs, refView{Label: l, URL: r.links.PageID(c.ID)})
		case "term":
			refs = append(refs, refView{Label: l, URL: r.links.Term(c.Field, c.ID)})
		}
	}
	return refs
}
