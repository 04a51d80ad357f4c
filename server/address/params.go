package address

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/content"
)

// Parameters of a search besides those of the facets.
const (
	ParamWords   = "q"
	ParamSort    = "sort"
	ParamPage    = "page"
	ParamSize    = "size"
	ParamLang    = "lang"
	ParamLiteral = "literal"
	ParamValues  = "values" // of the API: the most values of a facet in the answer
	ParamUnfold  = "all"    // a facet whose values the search page shows all of; says nothing to the search
)

// searchParams are those of them that every search has.
var searchParams = []string{ParamWords, ParamSort, ParamPage, ParamSize, ParamLiteral, ParamLang}

// reservedParams can't be names of facets.
var reservedParams = append(slices.Clone(searchParams), ParamUnfold, ParamValues, "id", "format", "view", "rows", "columns")

// From and To are the parameters of a facet of years: the first and the last.
func From(facet string) string { return facet + "_from" }
func To(facet string) string   { return facet + "_to" }

// SearchParams returns the names of all parameters of a search, in the order
// in which links write them.
func SearchParams(schema *content.Schema) []string {
	names := searchParams[:1:1]
	for _, f := range schema.Facets {
		names = append(names, f)
		if byYears(schema, f) {
			names = append(names, From(f), To(f))
		}
	}
	return append(names, searchParams[1:]...)
}

// byYears reports whether a facet is chosen by its first and last year.
func byYears(schema *content.Schema, facet string) bool {
	f, ok := schema.Field(facet)
	return ok && f.ByYears()
}

// Relevance is how the order that is meant by no sort at all can be written.
const Relevance = "relevance"

// SortNames returns the orders that there are: relevance first, then those of
// every page, then the fields that can be ordered by.
func SortNames(schema *content.Schema) []string {
	names := []string{Relevance, "reviewed", "title"}
	for _, f := range schema.Sortable() {
		if !slices.Contains(names, f.Name) {
			names = append(names, f.Name)
		}
	}
	return names
}

// A ParamError is a parameter that can't be read as it is. Pages pass over
// it, the API refuses it.
type ParamError struct {
	Param string
	Value string
	Key   string   // message api.KEY, which says what is wrong
	Valid []string // what there is instead, nil where that is no list
}

// params are the parameters of a URL and what was wrong with those read so far.
type params struct {
	values url.Values
	errors []ParamError
}

func (ps *params) bad(param, value, key string, valid []string) {
	ps.errors = append(ps.errors, ParamError{Param: param, Value: value, Key: key, Valid: valid})
}

// single returns the one value of a parameter, the first of several.
func (ps *params) single(name string) string {
	values := ps.values[name]
	if len(values) > 1 {
		ps.bad(name, values[1], "twice", nil)
	}
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

// number reads a whole number from least to most; missing or bad, it is def.
func (ps *params) number(name string, def, least, most int) int {
	s := strings.TrimSpace(ps.single(name))
	if s == "" {
		return def
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		ps.bad(name, s, "number", []string{fmt.Sprintf("%d–%d", least, most)})
		return def
	}
	return n
}

// Number reads the parameter of a name: a whole number from least to most. It
// is def where the parameter is missing, and where it is bad, which the errors
// then say.
func Number(values url.Values, name string, def, least, most int) (int, []ParamError) {
	ps := params{values: values}
	n := ps.number(name, def, least, most)
	return n, ps.errors
}

// Only returns what is wrong with parameters of which there may be one value
// each of these names, sorted by name.
func Only(values url.Values, names ...string) []ParamError {
	ps := params{values: values}
	for name, vs := range values {
		switch {
		case !slices.Contains(names, name):
			ps.bad(name, "", "parameter", names)
		case len(vs) > 1:
			ps.bad(name, vs[1], "twice", nil)
		}
	}
	slices.SortFunc(ps.errors, func(a, b ParamError) int { return strings.Compare(a.Param, b.Param) })
	return ps.errors
}

// Clean takes out of a parameter what no reader types: broken UTF-8 and
// control characters become spaces.
func Clean(s string) string {
	odd := func(c rune) bool { return c == utf8.RuneError || unicode.IsControl(c) }
	if !strings.ContainsFunc(s, odd) {
		return s
	}
	return strings.Map(func(c rune) rune {
		if odd(c) {
			return ' '
		}
		return c
	}, s)
}

// Unfolded returns the facets of which a page of results should show all
// values: those that the parameters ask for.
func Unfolded(query string) []string {
	v, _ := url.ParseQuery(query) // what can be read of it
	return v[ParamUnfold]
}
