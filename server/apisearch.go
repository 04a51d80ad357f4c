package server

import (
	"bytes"
	"cmp"
	"maps"
	"math"
	"net/http"
	"slices"

	"casebook/search"
	"casebook/server/address"
	"casebook/server/view"
	"casebook/server/view/results"
)

// Bounds of the values of a facet in an answer.
const (
	defaultValues = results.MaxRows // as many as a page of results carries
	maxValues     = 1_000_000
)

type apiSearchResult struct {
	Query     apiQuery       `json:"query"`
	Total     int            `json:"total"`
	Page      int            `json:"page"`
	Size      int            `json:"size"`
	Hits      []apiHit       `json:"hits"`
	Facets    []apiFacet     `json:"facets"`
	DidYou    *apiSuggestion `json:"did_you_mean"`
	TookMicro int64          `json:"took_us"` // the last: apiSearch leaves it out of the ETag
}

// An apiQuery is a query as it was read.
type apiQuery struct {
	Text    string        `json:"text"`
	Groups  []apiGroup    `json:"groups"`
	Not     []apiClause   `json:"not"`
	Filters []apiFilter   `json:"filters"`
	Sort    string        `json:"sort"`
	Lang    string        `json:"lang"`
	Literal bool          `json:"literal"`
	Match   string        `json:"match"`
	Added   []apiAddition `json:"added"`
	Notes   []apiNote     `json:"notes"`
}

type apiGroup struct {
	Any []apiClause `json:"any"`
}

type apiClause struct {
	Kind  string   `json:"kind"`
	Field string   `json:"field"`
	Words []string `json:"words"`
}

type apiFilter struct {
	Field  string   `json:"field"`
	Values []string `json:"values"`
	From   *int     `json:"from"`
	To     *int     `json:"to"`
}

type apiAddition struct {
	For   string   `json:"for"`
	Terms []string `json:"terms"`
}

type apiNote struct {
	Code string `json:"code"`
	Arg  string `json:"arg"`
}

type apiHit struct {
	ID      string              `json:"id"`
	Kind    string              `json:"kind"`
	URL     string              `json:"url"`
	Title   string              `json:"title"`
	Summary string              `json:"summary"`
	Snippet string              `json:"snippet"`
	Lang    string              `json:"lang"`
	Score   float64             `json:"score"`
	Fields  map[string][]string `json:"fields"`
}

type apiFacet struct {
	Field  string          `json:"field"`
	Label  string          `json:"label"`
	Values []apiFacetValue `json:"values"`
	More   int             `json:"more"` // values that are left out
}

type apiFacetValue struct {
	ID       string   `json:"id"`
	Label    string   `json:"label"`
	Count    int      `json:"count"`
	Selected bool     `json:"selected"`
	Broader  []string `json:"broader"`
}

type apiSuggestion struct {
	Text  string `json:"text"`
	Total int    `json:"total"`
}

func (s *Server) apiSearch(w http.ResponseWriter, r *request) error {
	most, wrong := address.Number(r.values, address.ParamValues, defaultValues, 0, maxValues)
	values := maps.Clone(r.values)
	delete(values, address.ParamValues)
	q, bad := address.Read(values, r.Library, r.fields, r.Lang)
	for i, e := range bad {
		if e.Key == "parameter" {
			bad[i].Valid = append(slices.Clone(e.Valid), address.ParamValues)
		}
	}
	bad = append(bad, wrong...)
	if len(r.values[address.ParamLang]) > 1 {
		bad = append(bad, address.ParamError{Param: address.ParamLang, Value: r.values[address.ParamLang][1], Key: "twice"})
	}
	if bad != nil {
		return &badParams{params: bad}
	}
	res, err := r.Corpus.Search(r.Context(), q)
	if err != nil {
		return err
	}
	data, err := marshal(r.apiResult(q, res, most))
	if err != nil {
		return err
	}
	// How long the search took stands last; an answer that differs in it alone is the same.
	w.Header().Set("ETag", etag(data[:bytes.LastIndex(data, []byte(`"took_us":`))]))
	send(w, r.Request, http.StatusOK, typeJSON, data)
	return nil
}

// SearchJSON returns what /api/v1/search answers to q when c gave res: for
// programs that search without a server.
func (s *Server) SearchJSON(c Corpus, q search.Query, res *search.Result) ([]byte, error) {
	r := &request{Request: new(http.Request), Reader: s.readers.New(c, q.Lang, view.Place{}, s.leftOut(""))}
	return marshal(r.apiResult(q, res, defaultValues))
}

func (r *request) apiResult(q search.Query, res *search.Result, most int) apiSearchResult {
	out := apiSearchResult{
		Query: r.apiQuery(q, res), Total: res.Total, Page: q.Page, Size: q.Size,
		Hits: make([]apiHit, 0, len(res.Hits)), Facets: make([]apiFacet, 0, len(res.Facets)), TookMicro: res.Took.Microseconds(),
	}
	for _, hit := range res.Hits {
		if h, ok := r.apiHit(hit); ok {
			out.Hits = append(out.Hits, h)
		}
	}
	for _, f := range res.Facets {
		out.Facets = append(out.Facets, r.apiFacet(f, most))
	}
	if res.DidYou != nil {
		out.DidYou = &apiSuggestion{Text: res.DidYou.Text, Total: res.DidYou.Total}
	}
	return out
}

// matchNames are how the interface calls the matches.
var matchNames = map[search.Match]string{search.MatchBrowse: "browse", search.MatchAll: "all", search.MatchMost: "most"}

// clauseNames are how the interface calls the kinds of clause.
var clauseNames = map[search.ClauseKind]string{search.Word: "word", search.Phrase: "phrase", search.Prefix: "prefix"}

func (r *request) apiQuery(q search.Query, res *search.Result) apiQuery {
	out := apiQuery{
		Text: q.Text, Groups: []apiGroup{}, Not: apiClauses(q.Not), Filters: []apiFilter{}, Sort: q.Sort, Lang: q.Lang,
		Literal: q.Literal, Match: matchNames[res.Match], Added: []apiAddition{}, Notes: []apiNote{},
	}
	if out.Sort == "" {
		out.Sort = address.Relevance
	}
	for _, g := range q.Groups {
		out.Groups = append(out.Groups, apiGroup{Any: apiClauses(g.Any)})
	}
	for _, f := range q.Filters {
		af := apiFilter{Field: f.Field, Values: list(f.Values)}
		if f.From != 0 {
			af.From = &f.From
		}
		if f.To != 0 {
			af.To = &f.To
		}
		out.Filters = append(out.Filters, af)
	}
	for _, x := range res.Added {
		out.Added = append(out.Added, apiAddition{For: x.For, Terms: list(x.Added)})
	}
	for _, n := range res.Notes {
		out.Notes = append(out.Notes, apiNote{Code: string(n.Code), Arg: n.Arg})
	}
	return out
}

func apiClauses(clauses []search.Clause) []apiClause {
	out := make([]apiClause, 0, len(clauses))
	for _, c := range clauses {
		out = append(out, apiClause{Kind: clauseNames[c.Kind], Field: c.Field, Words: list(c.Words)})
	}
	return out
}

func (r *request) apiHit(hit search.Hit) (apiHit, bool) {
	p, ok := r.Listed(hit.ID)
	if !ok {
		return apiHit{}, false
	}
	shown := p.In(hit.Lang)
	out := apiHit{
		ID: p.ID, Kind: p.Kind.ID, URL: r.apiURL(r.Links.Page(p)), Title: shown.Title, Summary: shown.Summary,
		Snippet: hit.Passage.Text(), Lang: shown.Lang, Score: hit.Score, Fields: make(map[string][]string),
	}
	for _, facet := range r.Library.Schema.Facets {
		if _, ok := p.Kind.Field(facet); !ok {
			continue
		}
		ids := []string{}
		for _, v := range p.Values(facet) {
			ids = append(ids, v.ID)
		}
		out.Fields[facet] = ids
	}
	return out, true
}

// apiFacet returns the best filled values of a facet, at most most of them, and
// those that are chosen, in the order of the facet.
func (r *request) apiFacet(f search.Facet, most int) apiFacet {
	values := bestFilled(f.Values, most)
	out := apiFacet{Field: f.Field, Label: r.FieldLabel(f.Field).Text, Values: make([]apiFacetValue, 0, len(values)), More: len(f.Values) - len(values)}
	facet, _ := r.Library.Facet(f.Field)
	for _, v := range values {
		out.Values = append(out.Values, apiFacetValue{
			ID: v.ID, Label: r.ValueLabel(f.Field, v.ID).Text, Count: v.Count, Selected: v.Selected, Broader: list(facet.Above(v.ID)),
		})
	}
	return out
}

// bestFilled returns the values with the largest counts, of equal ones the
// first, and those that are chosen.
func bestFilled(values []search.FacetValue, most int) []search.FacetValue {
	if len(values) <= most {
		return values
	}
	counts := make([]int, len(values))
	for i, v := range values {
		counts[i] = v.Count
	}
	slices.SortFunc(counts, func(a, b int) int { return cmp.Compare(b, a) })
	least, ties := math.MaxInt, 0 // the smallest count that stays, and how many of it
	if most > 0 {
		least = counts[most-1]
		for _, n := range counts[:most] {
			if n == least {
				ties++
			}
		}
	}
	var out []search.FacetValue
	for _, v := range values {
		switch {
		case v.Count == least && ties > 0:
			ties--
			out = append(out, v)
		case v.Count > least, v.Selected:
			out = append(out, v)
		}
	}
	return out
}
