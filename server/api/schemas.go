package api

import (
	"slices"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
)

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

func (r reader) schemas() node {
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

// valueSchema is what valueJSON makes of a value.
func valueSchema(f *content.Field) node {
	switch f.Type {
	case content.TypeAny:
		return node{}
	case content.TypeSource:
		return ref("Source")
	}
	return ref("Value")
}
