// Package api is the interface for programs, /api/v1: its answers, and the
// description of them (OpenAPI). It knows no HTTP: a Call has the parameters, an
// Answer the JSON, so that whoever else speaks for a corpus answers alike.
//
// Lists are never null, ids are those of the content folder, labels are in the
// language that the parameter lang names. A test holds answers and description
// together.
package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"casebook/search"
	"casebook/server/address"
	"casebook/server/view"
)

// A Call is one question.
type Call struct {
	*view.Reader
	Fields search.Fields // how the corpus reads the words of a query
	Values url.Values    // the parameters
	Name   string        // what is variable in the path: the id of a page, the name of a vocabulary
}

// An Endpoint answers calls. Its errors are those of the corpus,
// content.ErrNoPage and *BadParams.
type Endpoint func(context.Context, Call) (Answer, error)

// Endpoints are the answers by their key in address.OwnPages.
var Endpoints = map[address.Key]Endpoint{
	address.APISearch: Search, address.APISuggest: Suggest, address.APIPage: Page, address.APITerms: Vocabulary,
}

// An Answer is a JSON document.
type Answer struct {
	Data []byte
	// Same is what two answers have in common that are the same to whoever asks: Data but for how
	// long it took.
	Same []byte
}

// NewCall reads a question from the parameters of a URL. The parameter lang
// takes the place of the prefix that pages have.
func NewCall(r *view.Reader, fields search.Fields, query, name string) (Call, error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return Call{}, &BadParams{Cause: err}
	}
	if lang := values.Get(address.ParamLang); lang != "" {
		if !slices.Contains(r.Library.Site.Languages, lang) {
			return Call{}, &BadParams{Params: []address.ParamError{{Param: address.ParamLang, Value: lang, Key: "value", Valid: r.Library.Site.Languages}}}
		}
		r = r.In(lang)
	}
	return Call{Reader: r, Fields: fields, Values: values, Name: name}, nil
}

// only refuses all parameters but these and lang.
func (c Call) only(names ...string) error {
	if bad := address.Only(c.Values, append(names, address.ParamLang)...); bad != nil {
		return &BadParams{Params: bad}
	}
	return nil
}

// BadParams are parameters that are refused.
type BadParams struct {
	Params  []address.ParamError
	Missing bool  // what the path names isn't there
	Cause   error // where the parameters can't be read at all
}

func (e *BadParams) Error() string {
	if e.Cause != nil {
		return e.Cause.Error()
	}
	names := make([]string, len(e.Params))
	for i, p := range e.Params {
		names[i] = p.Param
	}
	return "bad parameters: " + strings.Join(names, ", ")
}

// A reader makes the parts of an answer.
type reader struct{ *view.Reader }

// url is a URL of this site for programs: absolute where the site's own
// address is known.
func (r reader) url(url string) string {
	if abs := r.Links.Absolute(url); abs != "" {
		return abs
	}
	return url
}

// answer makes an answer that is the same as another if all of it is.
func answer(v any) (Answer, error) {
	data, err := marshal(v)
	return Answer{Data: data, Same: data}, err
}

// list is a list that JSON writes as [] where it is empty.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// marshal writes JSON that stays readable: & and < as they are, which is safe
// under our media type and nosniff.
func marshal(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return buf.Bytes(), err
}

// Media types of answers and problems.
const (
	TypeJSON    = "application/json"
	TypeProblem = "application/problem+json"
)
