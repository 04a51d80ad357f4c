package view

import (
	"unicode"
	"unicode/utf8"

	"casebook/content"
	"casebook/server/say"
)

// A Label is a text to show, with its language where that isn't the reader's.
type Label struct {
	Text string
	Lang string // "" for the page's own language
	Dir  string // of Lang, "" with it
}

// IsZero reports whether there is no text.
func (l Label) IsZero() bool { return l.Text == "" }

// Mid is the label as it stands within a sentence of the page's language:
// "Region" becomes "region". German keeps its capitals, and so do "EU" and
// names, which are no labels of fields.
func (l Label) Mid(lang string) string {
	first, n := utf8.DecodeRuneInString(l.Text)
	if n == 0 {
		return ""
	}
	second, _ := utf8.DecodeRuneInString(l.Text[n:])
	if lang == "de" || l.Lang != "" || unicode.IsUpper(second) {
		return l.Text
	}
	return string(unicode.ToLower(first)) + l.Text[n:]
}

// Said returns a text in the reader's language or the one that it falls back to.
func (r *Reader) Said(t content.Text) Label {
	return r.Foreign(t.In(r.Lang), t.LangOf(r.Lang))
}

// Foreign returns a text that is in lang.
func (r *Reader) Foreign(text, lang string) Label {
	if lang == "" || lang == r.Lang || text == "" {
		return Label{Text: text}
	}
	return Label{Text: text, Lang: lang, Dir: say.DirOf(lang)}
}

// FieldLabel names a field or facet.
func (r *Reader) FieldLabel(name string) Label {
	switch name {
	case content.KindFacet:
		return Label{Text: r.Words.T("field.kind")}
	case content.LanguageFacet:
		return Label{Text: r.Words.T("field.language")}
	}
	if f, ok := r.Library.Schema.Field(name); ok && !f.Label.IsZero() {
		return r.Said(f.Label)
	}
	return Label{Text: name}
}

// LabelOf names a field as the schema has it for one kind.
func (r *Reader) LabelOf(f *content.Field) Label {
	if f.Label.IsZero() {
		return r.FieldLabel(f.Name)
	}
	return r.Said(f.Label)
}

// ValueLabel names a value of a field or facet; ids that nobody knows stand for themselves.
func (r *Reader) ValueLabel(field, id string) Label {
	f, ok := r.Library.Facet(field)
	if !ok {
		return Label{Text: id}
	}
	return r.Value(f, id)
}

// Value names a value of a facet, as ValueLabel does.
func (r *Reader) Value(f content.Facet, id string) Label {
	switch f.Type {
	case content.FacetOfKinds:
		if k, ok := r.Library.Schema.Kind(id); ok {
			return r.Said(k.Label)
		}
	case content.FacetOfLanguages:
		return Label{Text: r.Words.Language(id)}
	case content.FacetOfTerms:
		if f.Vocabulary != nil {
			if t, ok := f.Vocabulary.Term(id); ok {
				return r.Said(t.Label)
			}
		}
	case content.FacetOfPages:
		if p, ok := r.Referred(f, id); ok {
			return r.PageLabel(p)
		}
	case content.FacetOfYears, content.FacetOfNumbers:
		return Label{Text: r.Words.Digits(id)}
	case content.FacetOfBooleans:
		if id == "true" || id == "false" {
			return Label{Text: r.Words.T("value." + id)}
		}
	}
	return Label{Text: id}
}

// PageLabel is the title of a page in the reader's language or its own.
func (r *Reader) PageLabel(p *content.Page) Label {
	p = p.In(r.Lang)
	return r.Foreign(p.Title, p.Lang)
}

// Referred returns the page behind a value of a facet of pages.
func (r *Reader) Referred(f content.Facet, value string) (*content.Page, bool) {
	place, ok := f.PagePlace(value)
	if !ok {
		return nil, false
	}
	return r.ListedAt(place)
}

// Years writes a span: "2014–2019", "2007, still running", "2014".
func (r *Reader) Years(y content.Years) string {
	switch {
	case y.Open:
		return r.Words.T("years.open", "from", r.Words.Year(y.From))
	case y.From == y.To || y.To == 0:
		return r.Words.Year(y.From)
	}
	return r.Words.T("years.span", "from", r.Words.Year(y.From), "to", r.Words.Year(y.To))
}

// ShortYears is years for where there is little room: "2007–".
func (r *Reader) ShortYears(y content.Years) string {
	if y.Open {
		return r.Words.T("years.since", "from", r.Words.Year(y.From))
	}
	return r.Years(y)
}

// Shown are the values of a field that a reader should see.
func (r *Reader) Shown(p *content.Page, f *content.Field) []content.Value {
	return r.Library.FacetOf(f).Shown(p)
}
