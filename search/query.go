// Package search holds what a question is and what its answer is: values and
// pure functions, without input, output or an index.
package search

import "strings"

// Bounds on what a stranger may ask; what goes past them is ignored, and the
// Query's Notes say so. Prices stand in docs/decisions/query-bounds.md.
const (
	MaxQueryBytes = 1 << 10
	MaxWords      = 32
	MaxPhrases    = 4
	MaxNegations  = 8
	MaxValues     = 200 // filter values chosen, over all filters
	MaxSize       = 100
	MaxDepth      = 10_000 // Page × Size
	MinPrefix     = 3      // letters before the * of a prefix
	DefaultSize   = 20
)

// A Query is one question: words, chosen filter values, sort and page. It is
// a value: methods return changed copies.
type Query struct {
	Text    string   // the words as typed, bounded and with spaces folded
	Groups  []Group  // all are wanted (subject to the rule of who belongs to an answer)
	Not     []Clause // none may occur
	Filters []Filter // sorted by field; one per field
	Sort    string   // "" is relevance (newest review without words); "reviewed", "title", or a years, date or number field
	Page    int      // from 1
	Size    int      // 0 to MaxSize
	Lang    string   // the reader's language; never narrows
	Literal bool     // only the words typed: no synonyms
	Notes   []Note   // how the words were read, where that is not plain
}

// A Group is one wish: any of its clauses fulfils it (OR). Most have one.
type Group struct{ Any []Clause }

// ClauseKind says how a Clause matches.
type ClauseKind uint8

// The kinds of clause.
const (
	Word ClauseKind = iota
	Phrase
	Prefix
)

// A Clause is a word, a "quoted phrase" or the beginning of a word (prefix*).
type Clause struct {
	Kind  ClauseKind
	Field string   // "" all text, "title" titles only
	Words []string // as typed, without operators; one for Word and Prefix
}

// titleField is the Clause.Field of words that are wanted in titles.
const titleField = "title"

// A Filter is what is chosen in one facet. Values widen (OR).
type Filter struct {
	Field    string
	Values   []string // ids, sorted, each once
	From, To int      // years, both ends included; 0 is open. For fields of years and dates
}

// IsZero reports whether the filter asks for nothing.
func (f Filter) IsZero() bool { return len(f.Values) == 0 && f.From == 0 && f.To == 0 }

// NoteCode names something that the reader of a query should be told.
type NoteCode string

// The notes. Arg of a Note is given behind the code.
const (
	NoteTooLong      NoteCode = "too-long"      // the text was cut after MaxQueryBytes
	NoteManyWords    NoteCode = "many-words"    // only the first MaxWords count
	NoteManyPhrases  NoteCode = "many-phrases"  // further phrases were read as words
	NoteManyNot      NoteCode = "many-not"      // further -words were ignored
	NoteShortPrefix  NoteCode = "short-prefix"  // Arg: a prefix of fewer than MinPrefix letters, read as a word
	NoteOpenQuote    NoteCode = "open-quote"    // an open quote was closed at the end
	NoteUnknownField NoteCode = "unknown-field" // Arg: "field:value" read as words
	NoteUnknownValue NoteCode = "unknown-value" // Arg: "field:value" read as words
	NoteManyValues   NoteCode = "many-values"   // only the first MaxValues filter values count
	NoteManyForms    NoteCode = "many-forms"    // the words, with their endings, synonyms and beginnings, stand for more forms than are searched for
	NoteFilter       NoteCode = "filter"        // Arg: "field:value" in the words, read as a filter
)

// A Note is one remark on how a query was read.
type Note struct {
	Code NoteCode
	Arg  string
}

// Fields tell Parse which field:value there is. Implementations are of
// one corpus; NoFields has none.
type Fields interface {
	// FieldName returns the facet that a person means by name: its own name, or its label in any
	// language, whatever the case and accents; "" if there is none.
	FieldName(name string) string
	// FieldType returns how values of the facet name are written: "term", "years" or "".
	FieldType(name string) string
	// Value returns the id of the value of a facet that a person means by text: its id, or a label
	// or alternative label in any language, whatever the case and accents.
	Value(field, text string) (id string, ok bool)
}

// NoFields reads every field:value as words.
type NoFields struct{}

// FieldName returns "".
func (NoFields) FieldName(string) string { return "" }

// FieldType returns "".
func (NoFields) FieldType(string) string { return "" }

// Value returns false.
func (NoFields) Value(string, string) (string, bool) { return "", false }

// Filter returns what is chosen in field.
func (q Query) Filter(field string) (Filter, bool) {
	for _, f := range q.Filters {
		if f.Field == field {
			return f, true
		}
	}
	return Filter{}, false
}

// Browsing reports whether the query has no words.
func (q Query) Browsing() bool { return len(q.Groups) == 0 && len(q.Not) == 0 }

// Has reports whether value is chosen in field.
func (q Query) Has(field, value string) bool {
	f, _ := q.Filter(field)
	for _, v := range f.Values {
		if v == value {
			return true
		}
	}
	return false
}

func foldSpace(s string) string { return strings.Join(strings.Fields(s), " ") }
