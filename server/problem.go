package server

import (
	"cmp"
	"errors"
	"net/http"
	"strings"

	"casebook/server/address"
	"casebook/server/say"
)

// badParams are parameters that the interface for programs refuses.
type badParams struct {
	status int // 0 is 400
	params []address.ParamError
	cause  error // where the parameters can't be read at all
}

func (e *badParams) Error() string {
	if e.cause != nil {
		return e.cause.Error()
	}
	names := make([]string, len(e.params))
	for i, p := range e.params {
		names[i] = p.Param
	}
	return "bad parameters: " + strings.Join(names, ", ")
}

// A problem is an error for programs (RFC 9457). Errors tells of each
// parameter that is wrong.
type problem struct {
	Type   string          `json:"type"`
	Title  string          `json:"title"`
	Status int             `json:"status"`
	Detail string          `json:"detail"`
	Errors []problemDetail `json:"errors"`
}

type problemDetail struct {
	Parameter string   `json:"parameter"`
	Value     string   `json:"value"`
	Detail    string   `json:"detail"`
	Valid     []string `json:"valid"` // parameters or values that there are; empty where there is no list
}

// maxExplained bounds how many parameters one answer explains.
const maxExplained = 10

// problemOf is the document for an error of the interface for programs.
func problemOf(r *request, e *statusError) *problem {
	p := &problem{Type: "about:blank", Title: http.StatusText(e.status), Status: e.status, Detail: r.Words.T("error." + e.key + ".text"), Errors: []problemDetail{}}
	bad, ok := errors.AsType[*badParams](e.cause)
	if !ok {
		return p
	}
	var details []string
	for _, q := range bad.params[:min(len(bad.params), maxExplained)] {
		key := q.Key
		if key == "value" && len(q.Valid) == 0 {
			key = "no-value"
		}
		d := problemDetail{
			Parameter: q.Param, Value: say.Cut(q.Value, 200), Valid: list(q.Valid),
			Detail: r.Words.T("api."+key, "param", say.Cut(q.Param, 200), "value", say.Cut(q.Value, 200), "valid", strings.Join(q.Valid, ", ")),
		}
		p.Errors = append(p.Errors, d)
		details = append(details, d.Detail)
	}
	if len(details) > 0 {
		p.Detail = strings.Join(details, " ")
	}
	return p
}

func (s *Server) problem(w http.ResponseWriter, r *http.Request, p *problem) {
	data, err := marshal(p)
	if err != nil { // strings and numbers always can be written
		s.log.Error("problem document", "err", err)
	}
	send(w, r, p.Status, typeProblem, data)
}

// asStatus makes a statusError of what the interface refuses.
func (e *badParams) asStatus() *statusError {
	se := &statusError{status: cmp.Or(e.status, http.StatusBadRequest), key: "bad-request", cause: e}
	if se.status == http.StatusNotFound {
		se.key = "not-found"
	}
	return se
}
