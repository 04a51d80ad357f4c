package server

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/content"
	"casebook/server/say"
)

// A label is a text to show, with its language where that isn't the reader's.
type label struct {
	Text string
	Lang string // "" for the page's own language
	Dir  string // of Lang, "" with it
}

func (l label) IsZero() bool { return l.Text == "" }

// Mid is the label as it stands within a sentence of the page's language:
// "Region" becomes "region". German keeps its capitals, and so do "EU" and
// names, which are no labels of fields.
func (l label) Mid(lang string) string {
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

// said returns a text in the reader's language or the one that it falls back to.
func (r *request) said(t content.Text) label {
	return r.foreign(t.In(r.lang), t.LangOf(r.lang))
}

// foreign returns a text that is in lang.
func (r *request) foreign(text, lang string) label {
	if lang == "" || lang == r.lang || text == "" {
		return label{Text: text}
	}
	return label{Text: text, Lang: lang, Dir: say.DirOf(lang)}
}

// fieldLabel names a field or facet.
func (r *request) fieldLabel(name string) label {
	switch name {
	case content.KindFacet:
		return label{Text: r.m.T("field.kind")}
	case content.LanguageFacet:
		return label{Text: r.m.T("field.language")}
	}
	if f, ok := r.lib.Schema.Field(name); ok && !f.Label.IsZero() {
		return r.said(f.Label)
	}
	return label{Text: name}
}

// labelOf names a field as the schema has it for one kind.
func (r *request) labelOf(f *content.Field) label {
	if f.Label.IsZero() {
		return r.fieldLabel(f.Name)
	}
	return r.said(f.Label)
}

// valueLabel names a value of a field or facet; ids that nobody knows stand for themselves.
func (r *request) valueLabel(field, id string) label {
	switch field {
	case content.KindFacet:
		if k, ok := r.lib.Schema.Kind(id); ok {
			return r.said(k.Label)
		}
		return label{Text: id}
	case content.LanguageFacet:
		return label{Text: r.m.Language(id)}
	}
	f, ok := r.lib.Schema.Field(field)
	if !ok {
		return label{Text: id}
	}
	switch f.Type {
	case content.TypeTerm:
		if v, ok := r.lib.Vocabulary(f.Vocabulary); ok {
			if t, ok := v.Term(id); ok {
				return r.said(t.Label)
			}
		}
	case content.TypePage:
		if p, ok := r.refPage(f, id); ok {
			return r.pageLabel(p)
		}
	case content.TypeYears, content.TypeDate, content.TypeNumber:
		return label{Text: r.m.Digits(id)}
	case content.TypeBoolean:
		if id == "true" || id == "false" {
			return label{Text: r.m.T("value." + id)}
		}
	}
	return label{Text: id}
}

// pageLabel is the title of a page in the reader's language or its own.
func (r *request) pageLabel(p *content.Page) label {
	p = p.In(r.lang)
	return r.foreign(p.Title, p.Lang)
}

// refPage finds the page behind a value of a field of references. The value
// is an id without its kind's folder, of the field's kind or of one above it.
func (r *request) refPage(f *content.Field, id string) (*content.Page, bool) {
	for name, n := f.Kind, 0; name != "" && n < 8; n++ {
		k, ok := r.lib.Schema.Kind(name)
		if !ok {
			break
		}
		if p, ok := r.listed(k.Folder + "/" + id); ok {
			return p, true
		}
		parent, ok := k.Field(k.Parent)
		if !ok {
			break
		}
		name = parent.Kind
	}
	return nil, false
}

// years writes a span: "2014–2019", "2007, still running", "2014".
func (r *request) years(y content.Years) string {
	switch {
	case y.Open:
		return r.m.T("years.open", "from", r.m.Year(y.From))
	case y.From == y.To || y.To == 0:
		return r.m.Year(y.From)
	}
	return r.m.T("years.span", "from", r.m.Year(y.From), "to", r.m.Year(y.To))
}

// shortYears is years for where there is little room: "2007–".
func (r *request) shortYears(y content.Years) string {
	if y.Open {
		return r.m.T("years.since", "from", r.m.Year(y.From))
	}
	return r.years(y)
}

// shownValues are the values of a field that a reader should see: those given
// in the file or, where the field was inferred as a whole, the narrowest.
func (r *request) shownValues(p *content.Page, f *content.Field) []content.Value {
	all := p.Values(f.Name)
	var given []content.Value
	for _, v := range all {
		if v.Given {
			given = append(given, v)
		}
	}
	if len(given) > 0 || f.Type != content.TypeTerm {
		return given
	}
	voc, ok := r.lib.Vocabulary(f.Vocabulary)
	if !ok {
		return nil
	}
	broader := make(map[string]bool)
	for _, v := range all {
		if t, ok := voc.Term(v.ID); ok {
			for _, a := range t.Ancestors {
				broader[a] = true
			}
		}
	}
	var narrow []content.Value
	for _, v := range all {
		if !broader[v.ID] {
			narrow = append(narrow, v)
		}
	}
	return narrow
}

// whyField is the name of the text field that gives the reason for a term:
// evidence_why beside evidence. It is no fact of its own.
func whyField(k *content.Kind, name string) (*content.Field, bool) {
	f, ok := k.Field(name + "_why")
	return f, ok && f.Type == content.TypeText
}

func isWhyField(k *content.Kind, f *content.Field) bool {
	base, ok := strings.CutSuffix(f.Name, "_why")
	if !ok {
		return false
	}
	g, ok := k.Field(base)
	return ok && g.Type == content.TypeTerm
}

// byYears reports whether a facet is counted by year.
func (r *request) byYears(facet string) bool {
	f, ok := r.lib.Facet(facet)
	return ok && f.ByYears()
}
