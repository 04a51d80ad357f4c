package server

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
)

// node is a part of a JSON document. Maps are written in the order of their
// keys, so one library has one document.
type node map[string]any

// openAPI describes the interface for programs (OpenAPI 3.1), with the
// filters of the schema that is being served.
func (s *Server) openAPI(w http.ResponseWriter, r *request) error {
	return sendJSON(w, r, r.openAPIDocument())
}

func (r *request) openAPIDocument() node {
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
		"200":     answer("The answer.", typeJSON, schema),
		"304":     node{"description": "Not changed since the ETag in If-None-Match."},
		"400":     answer("A parameter that doesn't exist, or a value that it can't have; the document names the valid ones.", typeProblem, "Problem"),
		"503":     answer("Not ready, or not ready in time. Retry-After says when to try again.", typeProblem, "Problem"),
		"default": answer("Any other error.", typeProblem, "Problem"),
	}
	if missing {
		responses["404"] = answer("There is none of this name.", typeProblem, "Problem")
	}
	return node{"get": node{"operationId": id, "summary": summary, "parameters": parameters, "responses": responses}}
}

func parameter(name, description string, schema node) node {
	return node{"name": name, "in": "query", "description": description, "schema": schema}
}

func pathParameter(name, description string) node {
	return node{"name": name, "in": "path", "required": true, "description": description, "schema": node{"type": "string"}}
}

func (r *request) langParameter() node {
	return parameter(address.ParamLang, "The reader's language: labels come in it, and pages where they exist in it. It never narrows.",
		node{"type": "string", "enum": r.Library.Site.Languages, "default": r.Library.Site.Languages[0]})
}

// searchParameters describes what address.Read reads.
func (r *request) searchParameters() []any {
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

func ref(name string) node { return node{"$ref": "#/components/schemas/" + name} }

// object is a schema in which every property is required unless its name
// ends in "?", and no other is allowed.
func object(properties node) node {
	props, required := node{}, []string{}
	for name, schema := range properties {
		if name[len(name)-1] == '?' {
			props[name[:len(name)-1]] = schema
			continue
		}
		props[name] = schema
		required = append(required, name)
	}
	slices.Sort(required)
	return node{"type": "object", "properties": props, "required": required, "additionalProperties": false}
}

func listOf(items any) node  { return node{"type": "array", "items": items} }
func mapOf(values any) node  { return node{"type": "object", "additionalProperties": values} }
func orNull(name string) any { return node{"type": []string{name, "null"}} }

func (r *request) schemas() node {
	str, integer, boolean := node{"type": "string"}, node{"type": "integer"}, node{"type": "boolean"}
	strs := listOf(str)
	kinds := make([]string, 0, len(r.Library.Schema.Kinds))
	for _, k := range r.Library.Schema.Kinds {
		kinds = append(kinds, k.ID)
	}
	kind := node{"type": "string", "enum": kinds}
	lang := node{"type": "string", "description": "BCP 47 language tag"}
	link := node{"type": "string", "format": "uri-reference", "description": "Absolute where the server knows its own address, else from the root"}
	date := node{"type": "string", "format": "date"}
	dateOrNull := node{"type": []string{"string", "null"}, "format": "date"}
	count := node{"type": "integer", "minimum": 0}

	fields := node{}
	for _, k := range r.Library.Schema.Kinds {
		for _, f := range k.Fields {
			fields[f.Name] = listOf(valueSchema(f))
		}
	}
	return node{
		"SearchResult": object(node{
			"query": ref("Query"), "total": count, "page": node{"type": "integer", "minimum": 1},
			"size": node{"type": "integer", "minimum": 0, "maximum": search.MaxSize}, "hits": listOf(ref("Hit")), "facets": listOf(ref("Facet")),
			"did_you_mean": node{"oneOf": []any{node{"type": "null"}, object(node{"text": str, "total": count})}},
			"took_us":      count,
		}),
		"Query": object(node{
			"text": str, "groups": listOf(object(node{"any": listOf(ref("Clause"))})), "not": listOf(ref("Clause")),
			"filters": listOf(object(node{"field": str, "values": strs, "from": orNull("integer"), "to": orNull("integer")})),
			"sort":    node{"type": "string", "enum": address.SortNames(r.Library.Schema)}, "lang": lang, "literal": boolean,
			"match": node{"type": "string", "enum": []string{"browse", "all", "most"}},
			"added": listOf(object(node{"for": str, "terms": strs})),
			"notes": listOf(object(node{"code": str, "arg": str})),
		}),
		"Clause": object(node{"kind": node{"type": "string", "enum": []string{"word", "phrase", "prefix"}}, "field": str, "words": strs}),
		"Hit": object(node{
			"id": str, "kind": kind, "url": link, "title": str, "summary": str, "snippet": str, "lang": lang,
			"score": node{"type": "number"}, "fields": mapOf(strs),
		}),
		"Facet": object(node{"field": node{"type": "string", "enum": list(r.Library.Schema.Facets)}, "label": str, "values": listOf(ref("FacetValue")), "more": count}),
		"FacetValue": object(node{
			"id": str, "label": str, "count": count, "selected": boolean,
			"broader": node{"type": "array", "items": str, "description": "Ids of the values directly above: broader terms, or the page that this one is part of"},
		}),
		"Suggestions": object(node{"query": str, "suggestions": listOf(object(node{
			"kind": node{"type": "string", "enum": []string{"page", "term", "query"}}, "text": str, "url": link, "id": str, "field": str,
			"label": str, "lang": str, "count": count,
		}))}),
		"Page": object(node{
			"id": str, "kind": kind, "url": link, "lang": lang, "langs": listOf(lang), "title": str, "summary": str, "reviewed": dateOrNull,
			"translation": orNull("string"), "parent": orNull("string"),
			"fields": node{"type": "object", "properties": fields, "additionalProperties": false}, "sections": listOf(ref("Section")), "notes": node{"type": "string", "description": "HTML of the footnotes, empty if there are none."},
		}),
		"Section": object(node{"id": str, "key": str, "title": str, "level": integer, "html": str, "text": str}),
		"Value": object(node{
			"id": str, "label": str, "given": node{"type": "boolean", "description": "Stands in the page; false where it follows from another value"},
			"page?": str, "why?": str, "from?": integer, "to?": integer, "open?": boolean, "date?": date, "number?": node{"type": "number"},
			"boolean?": boolean, "html?": str,
		}),
		"Source": object(node{
			"title": str, "publisher": str, "author": str, "year": orNull("integer"), "url": str, "note": str, "unverified": boolean,
		}),
		"Vocabulary": object(node{"name": str, "label": str, "note": str, "ordered": boolean, "terms": listOf(ref("Term"))}),
		"Term": object(node{
			"id": str, "label": str, "labels": mapOf(str), "alt": mapOf(strs), "note": str, "broader": strs, "narrower": strs,
			"ancestors": strs, "countries": strs,
		}),
		"Problem": object(node{
			"type": node{"type": "string", "format": "uri-reference"}, "title": str, "status": integer, "detail": str,
			"errors": listOf(object(node{"parameter": str, "value": str, "detail": str, "valid": strs})),
		}),
	}
}

// valueSchema is what apiValue makes of a value.
func valueSchema(f *content.Field) node {
	switch f.Type {
	case content.TypeAny:
		return node{}
	case content.TypeSource:
		return ref("Source")
	}
	return ref("Value")
}
