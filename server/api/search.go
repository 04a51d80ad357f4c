package api

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"math"
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

type searchResultJSON struct {
	Query     queryJSON       `json:"query"`
	Total     int             `json:"total"`
	Page      int             `json:"page"`
	Size      int             `json:"size"`
	Hits      []hitJSON       `json:"hits"`
	Facets    []facetJSON     `json:"facets"`
	DidYou    *suggestionJSON `json:"did_you_mean"`
	TookMicro int64           `json:"took_us"` // the last: it says nothing of the answer itself
}

// An queryJSON is a query as it was read.
type queryJSON struct {
	Text    string         `json:"text"`
	Groups  []groupJSON    `json:"groups"`
	Not     []clauseJSON   `json:"not"`
	Filters []filterJSON   `json:"filters"`
	Sort    string         `json:"sort"`
	Lang    string         `json:"lang"`
	Literal bool           `json:"literal"`
	Match   string         `json:"match"`
	Added   []additionJSON `json:"added"`
	Notes   []noteJSON     `json:"notes"`
}

type groupJSON struct {
	Any []clauseJSON `json:"any"`
}

type clauseJSON struct {
	Kind  string   `json:"kind"`
	Field string   `json:"field"`
	Words []string `json:"words"`
}

type filterJSON struct {
	Field  string   `json:"field"`
	Values []string `json:"values"`
	From   *int     `json:"from"`
	To     *int     `json:"to"`
}

type additionJSON struct {
	For   string   `json:"for"`
	Terms []string `json:"terms"`
}

type noteJSON struct {
	Code string `json:"code"`
	Arg  string `json:"arg"`
}

type hitJSON struct {
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

type facetJSON struct {
	Field  string           `json:"field"`
	Label  string           `json:"label"`
	Values []facetValueJSON `json:"values"`
	More   int              `json:"more"` // values that are left out
}

type facetValueJSON struct {
	ID       string   `json:"id"`
	Label    string   `json:"label"`
	Count    int      `json:"count"`
	Selected bool     `json:"selected"`
	Broader  []string `json:"broader"`
}

type suggestionJSON struct {
	Text  string `json:"text"`
	Total int    `json:"total"`
}

// Search answers with the hits and counts of a query.
func Search(ctx context.Context, c Call) (Answer, error) {
	q, most, err := c.query()
	if err != nil {
		return Answer{}, err
	}
	res, err := c.Corpus.Search(ctx, q)
	if err != nil {
		return Answer{}, err
	}
	return searchAnswer(c.Reader, q, res, most)
}

// query reads the search that is asked for, and how many values of a facet the
// answer should have at most.
func (c Call) query() (q search.Query, values int, err error) {
	values, wrong := address.Number(c.Values, address.ParamValues, defaultValues, 0, maxValues)
	params := maps.Clone(c.Values)
	delete(params, address.ParamValues)
	q, bad := address.Read(params, c.Library, c.Fields, c.Lang)
	for i, e := range bad {
		if e.Key == "parameter" {
			bad[i].Valid = append(slices.Clone(e.Valid), address.ParamValues)
		}
	}
	bad = append(bad, wrong...)
	if langs := c.Values[address.ParamLang]; len(langs) > 1 {
		bad = append(bad, address.ParamError{Param: address.ParamLang, Value: langs[1], Key: "twice"})
	}
	if bad != nil {
		return q, 0, &BadParams{Params: bad}
	}
	return q, values, nil
}

// Result returns what Search answers to q where the corpus gave res.
func Result(r *view.Reader, q search.Query, res *search.Result) (Answer, error) {
	return searchAnswer(r, q, res, defaultValues)
}

func searchAnswer(r *view.Reader, q search.Query, res *search.Result, most int) (Answer, error) {
	data, err := marshal(reader{r}.result(q, res, most))
	if err != nil {
		return Answer{}, err
	}
	// How long the search took stands last.
	return Answer{Data: data, Same: data[:bytes.LastIndex(data, []byte(`"took_us":`))]}, nil
}

func (r reader) result(q search.Query, res *search.Result, most int) searchResultJSON {
	out := searchResultJSON{
		Query: r.query(q, res), Total: res.Total, Page: q.Page, Size: q.Size,
		Hits: make([]hitJSON, 0, len(res.Hits)), Facets: make([]facetJSON, 0, len(res.Facets)), TookMicro: res.Took.Microseconds(),
	}
	for _, hit := range res.Hits {
		if h, ok := r.hit(hit); ok {
			out.Hits = append(out.Hits, h)
		}
	}
	for _, f := range res.Facets {
		out.Facets = append(out.Facets, r.facet(f, most))
	}
	if res.DidYou != nil {
		out.DidYou = &suggestionJSON{Text: res.DidYou.Text, Total: res.DidYou.Total}
	}
	return out
}

// matchNames are how the interface calls the matches.
var matchNames = map[search.Match]string{search.MatchBrowse: "browse", search.MatchAll: "all", search.MatchMost: "most"}

// clauseNames are how the interface calls the kinds of clause.
var clauseNames = map[search.ClauseKind]string{search.Word: "word", search.Phrase: "phrase", search.Prefix: "prefix"}

func (r reader) query(q search.Query, res *search.Result) queryJSON {
	out := queryJSON{
		Text: q.Text, Groups: []groupJSON{}, Not: clauses(q.Not), Filters: []filterJSON{}, Sort: q.Sort, Lang: q.Lang,
		Literal: q.Literal, Match: matchNames[res.Match], Added: []additionJSON{}, Notes: []noteJSON{},
	}
	if out.Sort == "" {
		out.Sort = address.Relevance
	}
	for _, g := range q.Groups {
		out.Groups = append(out.Groups, groupJSON{Any: clauses(g.Any)})
	}
	for _, f := range q.Filters {
		af := filterJSON{Field: f.Field, Values: list(f.Values)}
		if f.From != 0 {
			af.From = &f.From
		}
		if f.To != 0 {
			af.To = &f.To
		}
		out.Filters = append(out.Filters, af)
	}
	for _, x := range res.Added {
		out.Added = append(out.Added, additionJSON{For: x.For, Terms: list(x.Added)})
	}
	for _, n := range res.Notes {
		out.Notes = append(out.Notes, noteJSON{Code: string(n.Code), Arg: n.Arg})
	}
	return out
}

func clauses(cs []search.Clause) []clauseJSON {
	out := make([]clauseJSON, 0, len(cs))
	for _, c := range cs {
		out = append(out, clauseJSON{Kind: clauseNames[c.Kind], Field: c.Field, Words: list(c.Words)})
	}
	return out
}

func (r reader) hit(hit search.Hit) (hitJSON, bool) {
	p, ok := r.Listed(hit.ID)
	if !ok {
		return hitJSON{}, false
	}
	shown := p.In(hit.Lang)
	out := hitJSON{
		ID: p.ID, Kind: p.Kind.ID, URL: r.url(r.Links.Page(p)), Title: shown.Title, Summary: shown.Summary,
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

// facet returns the best filled values of a facet, at most most of them, and
// those that are chosen, in the order of the facet.
func (r reader) facet(f search.Facet, most int) facetJSON {
	values := bestFilled(f.Values, most)
	out := facetJSON{Field: f.Field, Label: r.FieldLabel(f.Field).Text, Values: make([]facetValueJSON, 0, len(values)), More: len(f.Values) - len(values)}
	facet, _ := r.Library.Facet(f.Field)
	for _, v := range values {
		out.Values = append(out.Values, facetValueJSON{
			ID: v.ID, Label: r.Value(facet, v.ID).Text, Count: v.Count, Selected: v.Selected, Broader: list(facet.Above(v.ID)),
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
