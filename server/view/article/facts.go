package article

import (
	"html/template"
	"net/url"
	"strings"

	"casebook/content"
	"casebook/server/view"
)

// A Fact is a line of the panel that shows a page at a glance.
type Fact struct {
	Label  view.Label
	Values []Value
	Why    view.Label // the Reason for the value
}

// A Value is a value, with its search where the field is a filter.
type Value struct {
	Label view.Label
	URL   string
	Safe  template.HTML // instead of Label: text with markup
	Dots  string        // the place of Label on a scale
	Whole bool          // stands on a line of its own
}

// facts lists the fields of a page that have a value, in the order of the
// schema. References, sources and reasons have their own places.
func (r reader) facts(p *content.Page) []Fact {
	var facts []Fact
	for _, f := range p.Kind.Fields {
		if f.Builtin || p.Kind.IsReason(f) || f.Name == p.Kind.Parent {
			continue
		}
		fact := Fact{Label: r.LabelOf(f)}
		for _, v := range r.Shown(p, f) {
			if fv, ok := r.factValue(p, f, v); ok {
				fact.Values = append(fact.Values, fv)
			}
		}
		if len(fact.Values) == 0 {
			continue
		}
		if why, ok := p.Kind.Reason(f.Name); ok {
			for _, v := range p.Values(why.Name) {
				fact.Why = r.Foreign(v.ID, p.Lang)
			}
		}
		facts = append(facts, fact)
	}
	return facts
}

// Value says one value; false for those that have their own place on the page.
func (r reader) factValue(p *content.Page, f *content.Field, v content.Value) (Value, bool) {
	fv := Value{Label: r.ValueLabel(f.Name, v.ID)}
	switch f.Type {
	case content.TypePage, content.TypeSource, content.TypeAny:
		return fv, false
	case content.TypeTerm:
		fv.URL, fv.Dots = r.Links.Term(f.Name, v.ID), r.Dots(p.Kind, f, v.ID)
	case content.TypeYears:
		fv.Label = view.Label{Text: r.Years(v.Years)}
	case content.TypeDate:
		fv.Label = view.Label{Text: r.Words.Date(v.Date)}
	case content.TypeText:
		fv.Label, fv.Whole = r.Foreign(v.ID, p.Lang), f.Many
	case content.TypeMarkdown:
		fv.Label, fv.Safe, fv.Whole = r.Foreign(" ", p.Lang), r.HTML(v.HTML), true
	case content.TypeURL:
		fv.Label, fv.URL = view.Label{Text: hostOf(v.ID)}, v.ID
	}
	return fv, fv.Label.Text != ""
}

// hostOf is the part of an address that tells a reader where it leads; the
// whole would fill the panel.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
