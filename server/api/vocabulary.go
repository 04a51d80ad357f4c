package api

import (
	"context"
	"maps"
	"slices"

	"casebook/content"
	"casebook/server/address"
)

type vocabularyJSON struct {
	Name    string     `json:"name"`
	Label   string     `json:"label"`
	Note    string     `json:"note"`
	Ordered bool       `json:"ordered"`
	Terms   []termJSON `json:"terms"`
}

type termJSON struct {
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

// Vocabulary answers with the terms of a vocabulary.
func Vocabulary(_ context.Context, r Call) (Answer, error) {
	if err := r.only(); err != nil {
		return Answer{}, err
	}
	v, ok := r.Library.Vocabulary(r.Name)
	if !ok {
		return Answer{}, &BadParams{Missing: true, Params: []address.ParamError{{Param: "name", Value: r.Name, Key: "value", Valid: vocabularyNames(r.Library)}}}
	}
	out := vocabularyJSON{
		Name: v.Name, Label: v.Label.In(r.Lang), Note: v.Note.In(r.Lang), Ordered: v.Ordered, Terms: make([]termJSON, 0, len(v.Terms)),
	}
	for _, t := range v.Terms {
		at := termJSON{
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
	return answer(out)
}

// vocabularyNames returns the names of all vocabularies, sorted.
func vocabularyNames(lib *content.Library) []string {
	return slices.Sorted(maps.Keys(lib.Vocabularies))
}
