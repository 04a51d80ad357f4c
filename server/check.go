package server

import (
	"errors"
	"fmt"
	"strings"

	"casebook/content"
)

// reservedPaths are first parts of paths that belong to the program, those of
// views to come included.
var reservedPaths = []string{
	"about", "accessibility", "api", "compare", "contribute", "favicon.ico", "glossary", "healthz", "lessons", "map", "matrix",
	"opensearch.xml", "pack", "readyz", "reviews", "robots.txt", "search", "sitemap.xml", "static", "status", "timeline", "wanted",
}

// Check returns what keeps the server from serving a library, all of it at
// once (see Collisions), and logs the languages that it has no messages in.
// Whoever swaps in a new library checks it first.
func (s *Server) Check(lib *content.Library) error {
	var errs []error
	for _, p := range s.Collisions(lib) {
		errs = append(errs, p)
	}
	for _, lang := range lib.Site.Languages {
		if !s.messages.Has(lang) {
			s.log.Warn("no messages in a language of site.yaml", "lang", lang, "instead", s.messages.Fallback(),
				"there_are", strings.Join(s.messages.Languages(), ", "))
		}
	}
	return errors.Join(errs...)
}

// Collisions returns the folders of kinds, names of facets and languages that
// collide with each other or with the server's own paths and parameters.
func (s *Server) Collisions(lib *content.Library) content.Problems {
	var problems content.Problems
	bad := func(file, code, fix, format string, args ...any) {
		problems = append(problems, &content.Problem{
			Path: file, Severity: content.Error, Code: code, Msg: fmt.Sprintf(format, args...), Fix: fix,
		})
	}
	taken := make(map[string]string) // first part of a path → whose it is
	for _, p := range reservedPaths {
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
		if facet != facetKind && facet != facetLanguage {
			take(facet, "schema.yaml", "the facet "+facet)
		} else if _, ok := lib.Schema.Field(facet); ok {
			bad("schema.yaml", "name-taken", "the field needs another name", "the facet %s is one that all pages have, but there is a field of that name", facet)
		}
		names := []string{facet}
		if isYears(lib.Schema, facet) {
			names = append(names, facet+"_from", facet+"_to")
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
