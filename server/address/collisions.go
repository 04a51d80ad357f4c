package address

import (
	"fmt"
	"strings"

	"casebook/content"
)

// Collisions returns the folders of kinds, names of facets and languages that
// collide with each other or with the server's own paths and parameters.
func Collisions(lib *content.Library) content.Problems {
	var problems content.Problems
	bad := func(file, code, fix, format string, args ...any) {
		problems = append(problems, &content.Problem{
			Path: file, Severity: content.Error, Code: code, Msg: fmt.Sprintf(format, args...), Fix: fix,
		})
	}
	taken := make(map[string]string) // first part of a path → whose it is
	for _, p := range Reserved() {
		taken[p] = "the program's own page of that name"
	}
	take := func(name, file, whose string) {
		key := strings.ToLower(name)
		if other, ok := taken[key]; ok {
			bad(file, "address-taken", "one of them needs another name", "%s has the address /%s, which is that of %s", whose, name, other)
			return
		}
		taken[key] = whose
	}
	if len(lib.Site.Languages) == 0 {
		bad("site.yaml", "no-language", "name one under languages:", "there are no languages")
	}
	for _, lang := range lib.Site.Languages {
		take(lang, "site.yaml", "the language "+lang)
	}
	folders := make(map[string]bool)
	for _, k := range lib.Schema.Kinds {
		first, _, _ := strings.Cut(k.Folder, "/")
		if !folders[first] {
			take(first, "schema.yaml", "the folder of the kind "+k.ID)
		}
		folders[first] = true
	}
	params := make(map[string]string)
	for _, p := range reservedParams {
		params[p] = "the program itself"
	}
	for _, facet := range lib.Schema.Facets {
		if facet != content.KindFacet && facet != content.LanguageFacet {
			take(facet, "schema.yaml", "the facet "+facet)
		} else if _, ok := lib.Schema.Field(facet); ok {
			bad("schema.yaml", "name-taken", "the field needs another name", "the facet %s is one that all pages have, but there is a field of that name", facet)
		}
		names := []string{facet}
		if byYears(lib.Schema, facet) {
			names = append(names, From(facet), To(facet))
		}
		for _, name := range names {
			if other, ok := params[name]; ok {
				bad("schema.yaml", "parameter-taken", "it needs another name", "the facet %s uses the parameter %s, which is that of %s", facet, name, other)
			}
			params[name] = "the facet " + facet
		}
	}
	return problems
}
