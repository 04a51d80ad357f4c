package server

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/content"
	"casebook/search"
)

// NoteFilterIgnored says that a value in the URL (Arg: "field:value") isn't
// one that the filter has, so it was passed over. It stands among the notes
// of the query, as those of package search do.
const NoteFilterIgnored search.NoteCode = "filter-ignored"

// A queryError is a parameter that can't be read as it is. Pages pass over
// it, the API refuses it.
type queryError struct {
	Param string
	Value string
	Key   string   // message api.KEY, which says what is wrong
	Valid []string // what there is instead, nil where that is no list
}

// Parameters of a search besides those of the facets.
const (
	paramWords   = "q"
	paramSort    = "sort"
	paramPage    = "page"
	paramSize    = "size"
	paramLang    = "lang"
	paramLiteral = "literal"
	paramValues  = "values" // of the API: the most values of a facet in the answer
	paramAll     = "all"    // a facet whose values the search page shows all of; says nothing to the search
)

// reservedParams can't be names of facets.
var reservedParams = []string{paramWords, paramSort, paramPage, paramSize, paramLang, paramLiteral, paramAll, paramValues, "id", "format", "view", "rows", "columns"}

// readQuery reads a search from the parameters of a URL:
//
//	q            the words
//	FACET        a value of a facet; repeated for several, which widen
//	FACET_from   of a facet of years or dates: the first year …
//	FACET_to     … and the last; either may be missing
//	sort         see sortNames
//	page, size   from 1; 0 to search.MaxSize
//	literal      1: without synonyms
//	lang         read elsewhere
//
// Empty parameters count as missing. readQuery always returns a query that
// can be asked; what it passed over or put right is in the errors, in the
// order of the URL's names.
func readQuery(v url.Values, lib *content.Library, lex search.Fields, lang string) (search.Query, []queryError) {
	rd := queryReader{values: v, lib: lib, lex: lex, room: search.MaxValues}
	q := search.Parse(clean(rd.single(paramWords)), lex)
	q.Lang = lang
	rd.notes = q.Notes
	for _, f := range q.Filters {
		rd.room -= len(f.Values) + 1
	}
	for _, field := range lib.Schema.Facets {
		if f := rd.filter(field); !f.IsZero() {
			q = joinFilter(q, f)
		}
	}
	q.Sort = rd.sort()
	q.Size = rd.number(paramSize, search.DefaultSize, 0, search.MaxSize)
	q.Page = rd.number(paramPage, 1, 1, max(1, search.MaxDepth/max(1, q.Size)))
	q.Literal = rd.number(paramLiteral, 0, 0, 1) == 1
	q.Notes = rd.notes
	rd.unknown()
	slices.SortStableFunc(rd.errors, func(a, b queryError) int { return cmp.Compare(a.Param, b.Param) })
	return q, rd.errors
}

type queryReader struct {
	values url.Values
	lib    *content.Library
	lex    search.Fields
	room   int // filter values that may still be chosen
	notes  []search.Note
	errors []queryError
}

func (rd *queryReader) bad(param, value, key string, valid []string) {
	rd.errors = append(rd.errors, queryError{Param: param, Value: value, Key: key, Valid: valid})
}

// single returns the one value of a parameter, the first of several.
func (rd *queryReader) single(name string) string {
	values := rd.values[name]
	if len(values) > 1 {
		rd.bad(name, values[1], "twice", nil)
	}
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

// number reads a whole number from least to most; missing or bad, it is def.
func (rd *queryReader) number(name string, def, least, most int) int {
	s := strings.TrimSpace(rd.single(name))
	if s == "" {
		return def
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		rd.bad(name, s, "number", []string{fmt.Sprintf("%d–%d", least, most)})
		return def
	}
	return n
}

func (rd *queryReader) sort() string {
	s := rd.single(paramSort)
	if s == "" || s == sortRelevance {
		return ""
	}
	names := sortNames(rd.lib.Schema)
	if !slices.Contains(names, s) {
		rd.bad(paramSort, s, "value", names)
		return ""
	}
	return s
}

// sortRelevance is how the order that is meant by no sort at all can be written.
const sortRelevance = "relevance"

// sortNames returns the orders that there are: relevance first, then those of
// every page, then the fields that can be ordered by.
func sortNames(schema *content.Schema) []string {
	names := []string{sortRelevance, "reviewed", "title"}
	for _, k := range schema.Kinds {
		for _, f := range k.Fields {
			switch f.Type {
			case content.TypeYears, content.TypeDate, content.TypeNumber:
				if !slices.Contains(names, f.Name) {
					names = append(names, f.Name)
				}
			}
		}
	}
	return names
}

// filter reads what is chosen in one facet.
func (rd *queryReader) filter(field string) search.Filter {
	f := search.Filter{Field: field}
	for _, raw := range rd.values[field] {
		text := strings.TrimSpace(clean(raw))
		if text == "" {
			continue
		}
		id, ok := facetValue(rd.lib, rd.lex, field, text)
		switch {
		case !ok:
			rd.bad(field, text, "value", facetValues(rd.lib, field))
			rd.note(NoteFilterIgnored, field+":"+text)
		case slices.Contains(f.Values, id):
		case rd.room <= 0:
			rd.bad(field, text, "many", nil)
			rd.note(search.NoteManyValues, "")
		default:
			f.Values = append(f.Values, id)
			rd.room--
		}
	}
	slices.Sort(f.Values)
	if !isYears(rd.lib.Schema, field) {
		return f
	}
	f.From = rd.year(field + "_from")
	f.To = rd.year(field + "_to")
	if f.From != 0 || f.To != 0 {
		if rd.room--; rd.room < 0 {
			rd.bad(field, "", "many", nil)
			rd.note(search.NoteManyValues, "")
			f.From, f.To = 0, 0
		}
	}
	if f.From > f.To && f.To != 0 {
		rd.bad(field+"_from", strconv.Itoa(f.From), "order", nil)
		f.From, f.To = f.To, f.From
	}
	return f
}

func (rd *queryReader) year(name string) int {
	before := len(rd.errors)
	y := rd.number(name, 0, 1, 9999)
	if len(rd.errors) > before {
		rd.note(NoteFilterIgnored, name+":"+clean(rd.values.Get(name)))
	}
	return y
}

// note adds a note once; a stranger's thousand bad values get a handful.
func (rd *queryReader) note(code search.NoteCode, arg string) {
	const enough = 12
	n := search.Note{Code: code, Arg: arg}
	if (len(rd.notes) < enough || code != NoteFilterIgnored) && !slices.Contains(rd.notes, n) {
		rd.notes = append(rd.notes, n)
	}
}

// unknown records the parameters that no search has.
func (rd *queryReader) unknown() {
	var names []string
	for name := range rd.values {
		if !isSearchParam(rd.lib.Schema, name) {
			if names == nil {
				names = searchParams(rd.lib.Schema)
			}
			rd.bad(name, "", "parameter", names)
		}
	}
}

func isSearchParam(schema *content.Schema, name string) bool {
	switch name {
	case paramWords, paramSort, paramPage, paramSize, paramLang, paramLiteral:
		return true
	}
	if slices.Contains(schema.Facets, name) {
		return true
	}
	for _, end := range []string{"_from", "_to"} {
		if field, ok := strings.CutSuffix(name, end); ok && slices.Contains(schema.Facets, field) && isYears(schema, field) {
			return true
		}
	}
	return false
}

// searchParams returns the names of all parameters of a search, in the order
// in which links write them.
func searchParams(schema *content.Schema) []string {
	names := []string{paramWords}
	for _, f := range schema.Facets {
		names = append(names, f)
		if isYears(schema, f) {
			names = append(names, f+"_from", f+"_to")
		}
	}
	return append(names, paramSort, paramPage, paramSize, paramLiteral, paramLang)
}

// isYears reports whether a facet counts by year.
func isYears(schema *content.Schema, field string) bool {
	f, ok := schema.Field(field)
	return ok && (f.Type == content.TypeYears || f.Type == content.TypeDate)
}

// facetKind and facetLanguage are the facets that pages of every schema have
// besides their fields.
const (
	facetKind     = "kind"
	facetLanguage = "language"
)

// facetValue returns the id of the value that text names in a facet: an id,
// or what the corpus takes for one.
func facetValue(lib *content.Library, lex search.Fields, field, text string) (string, bool) {
	known := false
	f, ok := lib.Schema.Field(field)
	switch {
	case field == facetKind:
		_, known = lib.Schema.Kind(text)
	case field == facetLanguage:
		known = slices.Contains(lib.Table().Languages(), text)
	case !ok:
		return "", false
	case f.Type == content.TypeTerm:
		if v, ok := lib.Vocabulary(f.Vocabulary); ok {
			_, known = v.Term(text)
		}
	case f.Type == content.TypePage:
		if k, ok := lib.Schema.Kind(f.Kind); ok {
			known = lib.Has(k.Folder + "/" + text)
		}
	case f.Type == content.TypeYears || f.Type == content.TypeDate:
		y, err := strconv.Atoi(text)
		return strconv.Itoa(y), err == nil && y > 0 && y <= 9999
	default:
		return text, true // an open list
	}
	if known {
		return text, true
	}
	return lex.Value(field, text)
}

// facetValues returns the ids that a facet can have, nil where there is no
// list of them.
func facetValues(lib *content.Library, field string) []string {
	var ids []string
	f, ok := lib.Schema.Field(field)
	switch {
	case field == facetKind:
		for _, k := range lib.Schema.Kinds {
			ids = append(ids, k.ID)
		}
	case field == facetLanguage:
		ids = lib.Table().Languages()
	case ok && f.Type == content.TypeTerm:
		if v, ok := lib.Vocabulary(f.Vocabulary); ok {
			for _, t := range v.Terms {
				ids = append(ids, t.ID)
			}
		}
	}
	return ids
}

// clean takes out of a parameter what no reader types: broken UTF-8 and
// control characters.
func clean(s string) string {
	ok := true
	for _, c := range s {
		if c == utf8.RuneError || unicode.IsControl(c) {
			ok = false
			break
		}
	}
	if ok {
		return s
	}
	return strings.Map(func(c rune) rune {
		if c == utf8.RuneError || unicode.IsControl(c) {
			return ' '
		}
		return c
	}, s)
}

// joinFilter chooses f besides what the words have chosen in its field
// ("region:sahel" beside region=maghreb). What the parameters say of years wins.
func joinFilter(q search.Query, f search.Filter) search.Query {
	old, _ := q.Filter(f.Field)
	f.Values = append(f.Values, old.Values...)
	f.From, f.To = cmp.Or(f.From, old.From), cmp.Or(f.To, old.To)
	return q.SetFilter(f)
}
