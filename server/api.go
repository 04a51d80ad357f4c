package server

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gorilla/mux"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
)

// The interface for programs, /api/v1. openapi.go describes it; a test holds
// the two together. Lists are never null, ids are those of the content
// folder, labels are in the language that the parameter lang names.

// Bounds of /api/v1/suggest.
const (
	defaultSuggestions = 8
	maxSuggestions     = 20
)

type apiCompletions struct {
	Query       string          `json:"query"`
	Suggestions []apiCompletion `json:"suggestions"`
}

type apiCompletion struct {
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	URL   string `json:"url"`
	ID    string `json:"id"`
	Field string `json:"field"`
	Label string `json:"label"`
	Lang  string `json:"lang"`
	Count int    `json:"count"`
}

type apiVocabulary struct {
	Name    string    `json:"name"`
	Label   string    `json:"label"`
	Note    string    `json:"note"`
	Ordered bool      `json:"ordered"`
	Terms   []apiTerm `json:"terms"`
}

type apiTerm struct {
	ID        string              `json:"id"`
	Label     string              `json:"label"`
	Labels    map[string]string   `json:"labels"`
	Alt       map[string][]string `json:"alt"`
	Note      string              `json:"note"`
	Broader   []string            `json:"broader"`
	Narrower  []string            `json:"narrower"`
	Ancestors []string            `json:"ancestors"`
	Countries []string            `json:"countries"`
}

// api reads the parameter lang, which takes the place of the prefix that
// pages have.
func (s *Server) api(h handler) handler {
	return func(w http.ResponseWriter, r *request) error {
		values, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			return &badParams{cause: err}
		}
		lang := values.Get(address.ParamLang)
		if lang != "" && !slices.Contains(r.Library.Site.Languages, lang) {
			return &badParams{params: []address.ParamError{{Param: address.ParamLang, Value: lang, Key: "value", Valid: r.Library.Site.Languages}}}
		}
		if lang != "" {
			r.Reader = r.In(lang)
		}
		r.values = values
		return h(w, r)
	}
}

// only refuses all parameters but these and lang.
func (r *request) only(names ...string) error {
	if bad := address.Only(r.values, append(names, address.ParamLang)...); bad != nil {
		return &badParams{params: bad}
	}
	return nil
}

func (s *Server) apiSuggest(w http.ResponseWriter, r *request) error {
	if err := r.only(address.ParamWords, address.ParamSize); err != nil {
		return err
	}
	n, bad := address.Number(r.values, address.ParamSize, defaultSuggestions, 1, maxSuggestions)
	if bad != nil {
		return &badParams{params: bad}
	}
	text := address.Clean(r.values.Get(address.ParamWords))
	if len(text) > search.MaxQueryBytes {
		text = address.Clean(text[:search.MaxQueryBytes])
	}
	completions, err := r.Corpus.Suggest(r.Context(), text, r.Lang, n)
	if err != nil {
		return err
	}
	out := apiCompletions{Query: text, Suggestions: make([]apiCompletion, 0, len(completions))}
	for _, c := range completions {
		ac := apiCompletion{Kind: c.Kind, Text: c.Text, ID: c.ID, Field: c.Field, Lang: c.Lang, Count: c.Count}
		switch c.Kind {
		case "page":
			p, ok := r.Listed(c.ID)
			if !ok {
				continue
			}
			ac.URL, ac.Label = r.Links.Page(p), p.Kind.Label.In(r.Lang)
		case "term":
			ac.URL, ac.Label = r.Links.Only(c.Field, c.ID), r.FieldLabel(c.Field).Text
		default:
			ac.URL = r.Links.Words(c.Text)
		}
		ac.URL = r.apiURL(ac.URL)
		out.Suggestions = append(out.Suggestions, ac)
	}
	return sendJSON(w, r, out)
}

func (s *Server) apiVocabulary(w http.ResponseWriter, r *request) error {
	if err := r.only(); err != nil {
		return err
	}
	name := mux.Vars(r.Request)["name"]
	v, ok := r.Library.Vocabulary(name)
	if !ok {
		return &badParams{status: http.StatusNotFound, params: []address.ParamError{{Param: "name", Value: name, Key: "value", Valid: vocabularyNames(r.Library)}}}
	}
	out := apiVocabulary{
		Name: v.Name, Label: v.Label.In(r.Lang), Note: v.Note.In(r.Lang), Ordered: v.Ordered, Terms: make([]apiTerm, 0, len(v.Terms)),
	}
	for _, t := range v.Terms {
		at := apiTerm{
			ID: t.ID, Label: t.Label.In(r.Lang), Labels: make(map[string]string), Alt: make(map[string][]string), Note: t.Note.In(r.Lang),
			Broader: list(t.Broader), Narrower: list(t.Narrower), Ancestors: list(t.Ancestors), Countries: list(t.Countries),
		}
		for _, lang := range t.Label.Langs() {
			at.Labels[lang] = t.Label.In(lang)
		}
		for lang, alt := range t.Alt {
			at.Alt[lang] = list(alt)
		}
		out.Terms = append(out.Terms, at)
	}
	return sendJSON(w, r, out)
}

// apiURL is a URL of this site for programs: absolute where the site's own
// address is known.
func (r *request) apiURL(url string) string {
	if abs := r.Links.Absolute(url); abs != "" {
		return abs
	}
	return url
}

func vocabularyNames(lib *content.Library) []string {
	names := make([]string, 0, len(lib.Vocabularies))
	for name := range lib.Vocabularies {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// list is a list that JSON writes as [] where it is empty.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func dateOrNull(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := t.Format(time.DateOnly)
	return &s
}

func sendJSON(w http.ResponseWriter, r *request, v any) error {
	data, err := marshal(v)
	if err != nil {
		return err
	}
	send(w, r.Request, http.StatusOK, typeJSON, data)
	return nil
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
