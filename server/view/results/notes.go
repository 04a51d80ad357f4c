package results

import (
	"strings"

	"casebook/search"
	"casebook/server/address"
)

// noteText says in words how a query was read.
func (r reader) noteText(n search.Note) string {
	switch n.Code {
	case search.NoteTooLong, search.NoteManyWords, search.NoteManyPhrases, search.NoteManyNot, search.NoteOpenQuote, search.NoteManyValues, search.NoteManyForms:
		return r.Words.T("note." + string(n.Code))
	case search.NoteFilter:
		if field, id, ok := strings.Cut(n.Arg, ":"); ok {
			return r.Words.T("note.filter", "field", r.FieldLabel(field).Text, "value", r.ValueLabel(field, id).Text)
		}
	case search.NoteShortPrefix, search.NoteUnknownField, search.NoteUnknownValue, address.NoteFilterIgnored:
		return r.Words.T("note."+string(n.Code), "what", n.Arg)
	}
	return r.Words.T("note.other", "what", n.Arg)
}
