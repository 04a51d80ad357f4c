package api

import (
	"cmp"
	"fmt"

	"casebook/search"
	"casebook/server/address"
	"casebook/server/view"
)

// node is a part of a JSON document. Maps are written in the order of their
// keys, so one library has one document.
type node map[string]any

// OpenAPI describes the interface for programs (OpenAPI 3.1), with the filters
// of the schema that is being served.
func OpenAPI(r *view.Reader) (Answer, error) {
	return answer(reader{r}.openAPI())
}

func (r reader) openAPI() node {
	site := r.Library.Site
	info := node{
		"title":       site.Title.In(r.Lang),
		"version":     "1",
		"description": cmp.Or(site.Tagline.In(r.Lang), site.Title.In(r.Lang)),
	}
	if licence := site.Licence.In(r.Lang); licence != "" {
		l := node{"name": licence}
		if site.LicenceURL != "" {
			l["url"] = site.LicenceURL
		}
		info["license"] = l
	}
	return node{
		"openapi": "3.1.0",
		"info":    info,
		"servers": []any{node{"url": cmp.Or(r.Links.Absolute(r.Links.Root()), r.Links.Root(), "/")}},
		"paths": node{
			"/api/v1/search": operation("search", "Search the pages. All words are wanted; values of one filter widen, filters narrow.",
				r.searchParameters(), "SearchResult", false),
			"/api/v1/suggest": operation("suggest", "Complete what somebody has typed so far.", []any{
				parameter("q", "What was typed.", node{"type": "string"}),
				parameter("size", "How many suggestions at most.", node{"type": "integer", "minimum": 1, "maximum": maxSuggestions, "default": defaultSuggestions}),
				r.langParameter(),
			}, "Suggestions", false),
			"/api/v1/pages/{id}": operation("page", "One page with all of its fields and its text. The id may have slashes, which stay as they are.", []any{
				pathParameter("id", "Id of the page: the part of its address behind the language."), r.langParameter(),
			}, "Page", true),
			"/api/v1/vocabularies/{name}": operation("vocabulary", "The terms of a vocabulary.", []any{
				node{"name": "name", "in": "path", "required": true, "description": "Name of the vocabulary.",
					"schema": node{"type": "string", "enum": vocabularyNames(r.Library)}}, r.langParameter(),
			}, "Vocabulary", true),
		},
		"components": node{"schemas": r.schemas()},
	}
}

func operation(id, summary string, parameters []any, schema string, missing bool) node {
	answer := func(description, mediaType, schema string) node {
		return node{"description": description, "content": node{mediaType: node{"schema": ref(schema)}}}
	}
	responses := node{
		"200":     answer("The answer.", TypeJSON, schema),
		"304":     node{"description": "Not changed since the ETag in If-None-Match."},
		"400":     answer("A parameter that doesn't exist, or a value that it can't have; the document names the valid ones.", TypeProblem, "Problem"),
		"503":     answer("Not ready, or not ready in time. Retry-After says when to try again.", TypeProblem, "Problem"),
		"default": answer("Any other error.", TypeProblem, "Problem"),
	}
	if missing {
		responses["404"] = answer("There is none of this name.", TypeProblem, "Problem")
	}
	return node{"get": node{"operationId": id, "summary": summary, "parameters": parameters, "responses": responses}}
}

func parameter(name, description string, schema node) node {
	return node{"name": name, "in": "query", "description": description, "schema": schema}
}

func pathParameter(name, description string) node {
	return node{"name": name, "in": "path", "required": true, "description": description, "schema": node{"type": "string"}}
}

func (r reader) langParameter() node {
	return parameter(address.ParamLang, "The reader's language: labels come in it, and pages where they exist in it. It never narrows.",
		node{"type": "string", "enum": r.Library.Site.Languages, "default": r.Library.Site.Languages[0]})
}

// searchParameters describes what address.Read reads.
func (r reader) searchParameters() []any {
	params := []any{parameter(address.ParamWords, `The words. "quoted phrase", -without, OR, field:value, prefix*.`, node{"type": "string"})}
	for _, facet := range r.Library.Facets() {
		label := r.FieldLabel(facet.Name).Text
		item := node{"type": "string"}
		if ids := facet.Values(); len(ids) > 0 {
			item["enum"] = ids
		}
		p := parameter(facet.Name, label+". Give it again for several values; they widen.", node{"type": "array", "items": item})
		p["explode"] = true
		params = append(params, p)
		if facet.ByYears() {
			year := node{"type": "integer", "minimum": 1, "maximum": 9999}
			params = append(params, parameter(address.From(facet.Name), label+": the first year.", year), parameter(address.To(facet.Name), label+": the last year.", year))
		}
	}
	return append(params,
		parameter(address.ParamSort, "Order of the hits.", node{"type": "string", "enum": address.SortNames(r.Library.Schema), "default": address.Relevance}),
		parameter(address.ParamPage, fmt.Sprintf("Page of the hits, from 1. Page times size is at most %d.", search.MaxDepth), node{"type": "integer", "minimum": 1, "maximum": search.MaxDepth, "default": 1}),
		parameter(address.ParamSize, "Hits on a page; 0 for the counts alone.", node{"type": "integer", "minimum": 0, "maximum": search.MaxSize, "default": search.DefaultSize}),
		parameter(address.ParamLiteral, "1: only the words typed, without synonyms.", node{"type": "integer", "enum": []int{0, 1}, "default": 0}),
		r.langParameter(),
		parameter(address.ParamValues, "The most values of a facet in the answer: those with the largest counts; chosen ones always stand there. Their field more says how many are left out.",
			node{"type": "integer", "minimum": 0, "maximum": maxValues, "default": defaultValues}),
	)
}
