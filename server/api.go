package server

import (
	"cmp"
	"net/http"

	"github.com/gorilla/mux"

	"casebook/search"
	"casebook/server/api"
	"casebook/server/view"
	"casebook/server/web"
)

// api answers with an endpoint of the interface for programs.
func (s *Server) api(endpoint api.Endpoint) handler {
	return func(w http.ResponseWriter, r *request) error {
		vars := mux.Vars(r.Request)
		call, err := api.NewCall(r.Reader, r.fields, r.URL.RawQuery, cmp.Or(vars["id"], vars["name"]))
		if err != nil {
			return err
		}
		r.Reader = call.Reader // in the language of the answer, should it be an error
		a, err := endpoint(r.Context(), call)
		if err != nil {
			return err
		}
		sendAnswer(w, r, a)
		return nil
	}
}

// openAPI answers with the description of the interface.
func (s *Server) openAPI(w http.ResponseWriter, r *request) error {
	a, err := api.OpenAPI(r.Reader)
	if err != nil {
		return err
	}
	sendAnswer(w, r, a)
	return nil
}

func sendAnswer(w http.ResponseWriter, r *request, a api.Answer) {
	w.Header().Set("ETag", web.ETag(a.Same))
	web.Send(w, r.Request, http.StatusOK, api.TypeJSON, a.Data)
}

// problem answers with the document of an error.
func (s *Server) problem(w http.ResponseWriter, r *http.Request, p *api.Problem) {
	data, err := p.JSON()
	if err != nil { // strings and numbers always can be written
		s.log.Error("problem document", "err", err)
	}
	web.Send(w, r, p.Status, api.TypeProblem, data)
}

// SearchJSON returns what /api/v1/search answers to q when c gave res: for
// programs that search without a server.
func (s *Server) SearchJSON(c Corpus, q search.Query, res *search.Result) ([]byte, error) {
	a, err := api.Result(s.readers.New(c, q.Lang, view.Place{}, s.leftOut(new(request))), q, res)
	return a.Data, err
}
