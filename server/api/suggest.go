package api

import (
	"context"

	"casebook/search"
	"casebook/server/address"
)

// Bounds of /api/v1/suggest.
const (
	defaultSuggestions = 8
	maxSuggestions     = 20
)

type completionsJSON struct {
	Query       string           `json:"query"`
	Suggestions []completionJSON `json:"suggestions"`
}

type completionJSON struct {
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	URL   string `json:"url"`
	ID    string `json:"id"`
	Field string `json:"field"`
	Label string `json:"label"`
	Lang  string `json:"lang"`
	Count int    `json:"count"`
}

// Suggest completes what somebody has typed so far.
func Suggest(ctx context.Context, c Call) (Answer, error) {
	if err := c.only(address.ParamWords, address.ParamSize); err != nil {
		return Answer{}, err
	}
	r := reader{c.Reader}
	n, bad := address.Number(c.Values, address.ParamSize, defaultSuggestions, 1, maxSuggestions)
	if bad != nil {
		return Answer{}, &BadParams{Params: bad}
	}
	text := address.Clean(c.Values.Get(address.ParamWords))
	if len(text) > search.MaxQueryBytes {
		text = address.Clean(text[:search.MaxQueryBytes])
	}
	completions, err := r.Corpus.Suggest(ctx, text, r.Lang, n)
	if err != nil {
		return Answer{}, err
	}
	out := completionsJSON{Query: text, Suggestions: make([]completionJSON, 0, len(completions))}
	for _, found := range completions {
		ac := completionJSON{Kind: found.Kind, Text: found.Text, ID: found.ID, Field: found.Field, Lang: found.Lang, Count: found.Count}
		switch found.Kind {
		case "page":
			p, ok := r.Listed(found.ID)
			if !ok {
				continue
			}
			ac.URL, ac.Label = r.Links.Page(p), p.Kind.Label.In(r.Lang)
		case "term":
			ac.URL, ac.Label = r.Links.Only(found.Field, found.ID), r.FieldLabel(found.Field).Text
		default:
			ac.URL = r.Links.Words(found.Text)
		}
		ac.URL = r.url(ac.URL)
		out.Suggestions = append(out.Suggestions, ac)
	}
	return answer(out)
}
