package api

import (
	"errors"
	"strings"
	"testing"

	"casebook/content"
	"casebook/server/address"
	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
)

// A site answers URLs of the interface as the server does.
type site struct {
	t      testing.TB
	corpus *plaincorpus.Corpus
	base   string
}

func newSite(t testing.TB, base string) *site {
	t.Helper()
	return &site{t, plaincorpus.New(t), base}
}

// A reply is what the server would send.
type reply struct {
	status int
	kind   string
	body   []byte
}

func (s *site) get(target string) reply {
	s.t.Helper()
	path, query, _ := strings.Cut(target, "?")
	r := viewtest.At(s.t, s.corpus, "en", s.base, path, query)
	if path == r.Links.To(address.OpenAPI) {
		a, err := OpenAPI(r)
		if err != nil {
			s.t.Fatal(err)
		}
		return reply{200, TypeJSON, a.Data}
	}
	for key, endpoint := range Endpoints {
		name, ok := strings.CutPrefix(path, r.Links.To(key))
		if !ok {
			continue
		}
		c, err := NewCall(r, s.corpus, query, name)
		var a Answer
		if err == nil {
			r = c.Reader
			if a, err = endpoint(s.t.Context(), c); err == nil {
				return reply{200, TypeJSON, a.Data}
			}
		}
		status := 400
		bad, ok := errors.AsType[*BadParams](err)
		if ok && bad.Missing || errors.Is(err, content.ErrNoPage) {
			status = 404
		} else if !ok {
			s.t.Fatal(err)
		}
		data, err := NewProblem(r.Words, status, "title", map[int]string{400: "bad-request", 404: "not-found"}[status], err).JSON()
		if err != nil {
			s.t.Fatal(err)
		}
		return reply{status, TypeProblem, data}
	}
	s.t.Fatalf("nothing answers %s", target)
	return reply{}
}
