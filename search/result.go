package search

import (
	"errors"
	"time"
)

// Errors of a search that a caller may branch on. Others wrap
// context.DeadlineExceeded or context.Canceled, or tell of a fault.
var (
	// ErrOverloaded means that too many searches are running; later may be better.
	ErrOverloaded = errors.New("too many searches at once")
	// ErrTooDeep means that the query asks for hits past MaxDepth.
	ErrTooDeep = errors.New("page is too far from the first")
)

// A Result answers a Query.
type Result struct {
	Total   int     // pages found; a page in several languages counts once
	Hits    []Hit   // those of the asked page, best first
	Facets  []Facet // in the order of the schema
	Match   Match
	Added   []Expansion // what was searched for besides the words
	DidYou  *Suggestion // another spelling that finds more; nil if none helps
	Instead []Way       // when nothing was found: ways on, best first
	Notes   []Note      // the query's, and those of the search itself
	Took    time.Duration
}

// Match says which pages belong to the answer.
type Match uint8

// The matches.
const (
	MatchBrowse Match = iota // no words: all pages that pass the filters
	MatchAll                 // pages with all of the words
	MatchMost                // pages with most of the words; those with all come first
)

// A Hit is one page found.
type Hit struct {
	ID      string // page id, of the original
	Lang    string // the language version shown
	Score   float64
	Passage Passage // best part of the text; empty when browsing
	Title   Passage // the title with its words marked; empty when browsing
}

// A Passage is text in pieces; those that the query wanted are marked.
type Passage []Piece

// A Piece is a run of text.
type Piece struct {
	Text   string
	Marked bool
}

// Text returns the passage without marks.
func (p Passage) Text() string {
	var s string
	for _, x := range p {
		s += x.Text
	}
	return s
}

// A Facet is one filter with the number beside each value: the results one
// would have if the value were the only one chosen in the facet, all other
// filters as they are (drill sideways).
type Facet struct {
	Field  string
	Values []FacetValue // those with results, and the chosen ones; by the vocabulary's order, else by id
}

// A FacetValue is one value of a facet.
type FacetValue struct {
	ID       string
	Count    int
	Selected bool
}

// An Expansion is what the thesaurus added to one word or phrase.
type Expansion struct {
	For   string   // as typed
	Added []string // as readers write them
}

// A Suggestion is another way to write the query.
type Suggestion struct {
	Text  string // the whole query, mended
	Total int    // results that it has with the same filters
}

// A Way is what one could do when nothing was found.
type Way struct {
	Drop  string // name of the filter to drop, "" for another kind of way
	Field string // with Value: a broader value to choose instead
	Value string
	Total int // results that it has
}

// A Similar is a page like another one, with what makes it like that.
type Similar struct {
	ID     string        // page id, of the original
	Lang   string        // the language version shown
	Score  float64       // what the page that they are like would have is 1
	Shared []SharedValue // the terms and references that both have, the most telling first
	// Words are telling words that both have, as readers write them, the most telling first.
	// They are in the language WordsLang: that of the versions that were compared.
	Words     []string
	WordsLang string
}

// A SharedValue is a value of a field that two pages have.
type SharedValue struct {
	Field string
	ID    string
}

// A Completion is one suggestion while typing.
type Completion struct {
	Kind  string // "page", "term" or "query"
	Text  string // what to show
	ID    string // page id, or term id with Field
	Field string // facet of a term
	Lang  string
	Count int // pages behind a term, 0 if not known
}
