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
// once: a language without messages; folders of kinds, names of facets and
// languages that collide with each other or with the server's own paths and
// parameters. Whoever swaps in a new library checks it first.
func (s *Server) Check(lib *content.Library) error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	taken := make(map[string]string) // first part of a path → whose it is
	for _, p := range reservedPaths {
		taken[p] = "the program's own page of that name"
	}
	take := func(name, whose string) {
		key := strings.ToLower(name)
		if other, ok := taken[key]; ok {
			bad("%s has the address /%s, which is that of %s; one of them needs another name", whose, name, other)
			return
		}
		taken[key] = whose
	}
	if len(lib.Site.Languages) == 0 {
		bad("site.yaml: no languages")
	}
	for _, lang := range lib.Site.Languages {
		if _, ok := s.messages.byLang[lang]; !ok {
			bad("site.yaml: there are no messages in the language %q; there are %s", lang, strings.Join(s.messages.languages(), ", "))
		}
		take(lang, "the language "+lang)
	}
	folders := make(map[string]bool)
	for _, k := range lib.Schema.Kinds {
		first, _, _ := strings.Cut(k.Folder, "/")
		if !folders[first] {
			take(first, "the folder of the kind "+k.ID)
		}
		folders[first] = true
	}
	params := make(map[string]string)
	for _, p := range reservedParams {
		params[p] = "the program itself"
	}
	for _, facet := range lib.Schema.Facets {
		if facet != facetKind && facet != facetLanguage {
			take(facet, "the facet "+facet)
		}
		names := []string{facet}
		if isYears(lib.Schema, facet) {
			names = append(names, facet+"_from", facet+"_to")
		}
		for _, name := range names {
			if other, ok := params[name]; ok {
				bad("the facet %s uses the parameter %s, which is that of %s; it needs another name", facet, name, other)
			}
			params[name] = "the facet " + facet
		}
	}
	return errors.Join(errs...)
}
