package address

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"casebook/content"
	"casebook/search"
)

// NoteFilterIgnored says that a value in the URL (Arg: "field:value") isn't
// one that the filter has, so it was passed over. It stands among the notes
// of the query, as those of package search do.
const NoteFilterIgnored search.NoteCode = "filter-ignored"

// Read reads a search from the parameters of a URL:
//
//	q            the words
//	FACET        a value of a facet; repeated for several, which widen
//	FACET_from   of a facet of years or dates: the first year …
//	FACET_to     … and the last; either may be missing
//	sort         see SortNames
//	page, size   from 1; 0 to search.MaxSize
//	literal      1: without synonyms
//	lang         read elsewhere
//
// Empty parameters count as missing. Read always returns a query that can be
// asked, whose link (Links.Search) is read as the same query; what it passed
// over or put right is in the errors, in the order of the parameters' names.
func Read(v url.Values, lib *content.Library, names search.Fields, lang string) (search.Query, []ParamError) {
	rd := reader{params: params{values: v}, lib: lib, names: names, room: search.MaxValues}
	q := search.Parse(Clean(rd.single(ParamWords)), names)
	q.Lang = lang
	rd.notes = q.Notes
	for _, f := range q.Filters {
		rd.room -= len(f.Values) + 1
	}
	for _, facet := range lib.Facets() {
		if f := rd.filter(facet); !f.IsZero() {
			q = rd.join(q, f)
		}
	}
	q.Sort = rd.sort()
	q.Size = rd.number(ParamSize, search.DefaultSize, 0, search.MaxSize)
	q.Page = rd.number(ParamPage, 1, 1, search.MaxDepth/max(1, q.Size))
	q.Literal = rd.number(ParamLiteral, 0, 0, 1) == 1
	q.Notes = rd.notes
	rd.unknown()
	slices.SortStableFunc(rd.errors, func(a, b ParamError) int { return cmp.Compare(a.Param, b.Param) })
	return q, rd.errors
}

// Tidy reports whether parameters that Read took for a page of results should
// stay in the reader's address. It is false where a form sent its empty boxes
// along, and where there can't be such a page: their place is taken by the
// link of the query.
func Tidy(v url.Values, errors []ParamError) bool {
	for _, values := range v {
		if slices.Contains(values, "") {
			return false
		}
	}
	return !slices.ContainsFunc(errors, func(e ParamError) bool { return e.Param == ParamPage || e.Param == ParamSize })
}

// A reader takes the parameters of a search apart.
type reader struct {
	params
	lib   *content.Library
	names search.Fields
	room  int // filter values that may still be chosen
	notes []search.Note
}

func (rd *reader) sort() string {
	s := rd.single(ParamSort)
	if s == "" || s == Relevance {
		return ""
	}
	names := SortNames(rd.lib.Schema)
	if !slices.Contains(names, s) {
		rd.bad(ParamSort, s, "value", names)
		return ""
	}
	return s
}

// filter reads what is chosen in one facet.
func (rd *reader) filter(facet content.Facet) search.Filter {
	f := search.Filter{Field: facet.Name}
	for _, raw := range rd.values[facet.Name] {
		text := strings.TrimSpace(Clean(raw))
		if text == "" {
			continue
		}
		id, ok := rd.value(facet, text)
		switch {
		case !ok:
			rd.bad(facet.Name, text, "value", facet.Values())
			rd.note(NoteFilterIgnored, facet.Name+":"+text)
		case slices.Contains(f.Values, id):
		case rd.room <= 0:
			rd.tooMany(facet.Name, text)
		default:
			f.Values = append(f.Values, id)
			rd.room--
		}
	}
	if !facet.ByYears() {
		return f
	}
	f.From, f.To = rd.year(From(facet.Name)), rd.year(To(facet.Name))
	if f.From != 0 || f.To != 0 {
		if rd.room--; rd.room < 0 {
			rd.tooMany(facet.Name, "")
			f.From, f.To = 0, 0
		}
	}
	return rd.ordered(f)
}

// ordered puts the first year of a filter before the last.
func (rd *reader) ordered(f search.Filter) search.Filter {
	if f.From > f.To && f.To != 0 {
		rd.bad(From(f.Field), strconv.Itoa(f.From), "order", nil)
		f.From, f.To = f.To, f.From
	}
	return f
}

// value returns the id that text means: itself, or what the corpus takes it
// for, which for years is nothing.
func (rd *reader) value(facet content.Facet, text string) (string, bool) {
	if id, ok := facet.Value(text); ok || facet.ByYears() {
		return id, ok
	}
	return rd.names.Value(facet.Name, text)
}

func (rd *reader) tooMany(field, value string) {
	rd.bad(field, value, "many", nil)
	rd.note(search.NoteManyValues, "")
}

func (rd *reader) year(name string) int {
	before := len(rd.errors)
	y := rd.number(name, 0, 1, 9999)
	if len(rd.errors) > before {
		rd.note(NoteFilterIgnored, name+":"+Clean(rd.values.Get(name)))
	}
	return y
}

// note adds a note once; a stranger's thousand bad values get a handful.
func (rd *reader) note(code search.NoteCode, arg string) {
	const enough = 12
	n := search.Note{Code: code, Arg: arg}
	if (len(rd.notes) < enough || code != NoteFilterIgnored) && !slices.Contains(rd.notes, n) {
		rd.notes = append(rd.notes, n)
	}
}

// unknown records the parameters that no search has.
func (rd *reader) unknown() {
	for name := range rd.values {
		if slices.Contains(searchParams, name) || rd.lib.Schema.IsFacet(name) {
			continue // most are; the whole list is only made for others
		}
		if names := SearchParams(rd.lib.Schema); !slices.Contains(names, name) {
			rd.bad(name, "", "parameter", names)
		}
	}
}

// join chooses f besides what the words have chosen in its field
// ("region:sahel" beside region=maghreb). What the parameters say of years wins.
func (rd *reader) join(q search.Query, f search.Filter) search.Query {
	old, _ := q.Filter(f.Field)
	f.Values = append(f.Values, old.Values...)
	f.From, f.To = cmp.Or(f.From, old.From), cmp.Or(f.To, old.To)
	return q.SetFilter(rd.ordered(f))
}
