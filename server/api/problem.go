package api

import (
	"errors"
	"strings"

	"casebook/server/say"
)

// A Problem is an error for programs (RFC 9457). Errors tells of each
// parameter that is wrong.
type Problem struct {
	Type   string   `json:"type"`
	Title  string   `json:"title"`
	Status int      `json:"status"`
	Detail string   `json:"detail"`
	Errors []Detail `json:"errors"`
}

// A Detail tells of one parameter that is wrong.
type Detail struct {
	Parameter string   `json:"parameter"`
	Value     string   `json:"value"`
	Detail    string   `json:"detail"`
	Valid     []string `json:"valid"` // parameters or values that there are; empty where there is no list
}

// maxExplained bounds how many parameters one answer explains.
const maxExplained = 10

// NewProblem is the document for an error: title is the name of its status in
// HTTP, key that of its message. Where cause has a *BadParams, it tells of each.
func NewProblem(words *say.Printer, status int, title, key string, cause error) *Problem {
	p := &Problem{Type: "about:blank", Title: title, Status: status, Detail: words.T("error." + key + ".text"), Errors: []Detail{}}
	bad, ok := errors.AsType[*BadParams](cause)
	if !ok {
		return p
	}
	var details []string
	for _, q := range bad.Params[:min(len(bad.Params), maxExplained)] {
		key := q.Key
		if key == "value" && len(q.Valid) == 0 {
			key = "no-value"
		}
		d := Detail{
			Parameter: q.Param, Value: say.Cut(q.Value, maxShown), Valid: list(q.Valid),
			Detail: words.T("api."+key, "param", say.Cut(q.Param, maxShown), "value", say.Cut(q.Value, maxShown), "valid", strings.Join(q.Valid, ", ")),
		}
		p.Errors = append(p.Errors, d)
		details = append(details, d.Detail)
	}
	if len(details) > 0 {
		p.Detail = strings.Join(details, " ")
	}
	return p
}

// maxShown bounds the letters of a parameter that come back.
const maxShown = 200

// JSON writes the document.
func (p *Problem) JSON() ([]byte, error) { return marshal(p) }
