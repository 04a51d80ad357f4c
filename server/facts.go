package server

import (
	"net/url"
	"strings"

	"casebook/content"
)

// A factView is a line of the panel that shows a page at a glance.
type factView struct {
	Label  label
	Values []factValue
	Why    label // the reason for the value
}

// A factValue is a value, with its search where the field is a filter.
type factValue struct {
	Label label
	URL   string
	Safe  safeHTML // instead of Label: text with markup
	Dots  string   // the place of Label on a scale
	Whole bool     // stands on a line of its own
}

// facts lists the fields of a page that have a value, in the order of the
// schema. References, sources and reasons have their own places.
func (r *request) facts(p *content.Page) []factView {
	var facts []factView
	for _, f := range p.Kind.Fields {
		if f.Builtin || isWhyField(p.Kind, f) || f.Name == p.Kind.Parent {
			continue
		}
		fact := factView{Label: r.labelOf(f)}
		for _, v := range r.shownValues(p, f) {
			if fv, ok := r.factValue(p, f, v); ok {
				fact.Values = append(fact.Values, fv)
			}
		}
		if len(fact.Values) == 0 {
			continue
		}
		if why, ok := whyField(p.Kind, f.Name); ok {
			for _, v := range p.Values(why.Name) {
				fact.Why = r.foreign(v.ID, p.Lang)
			}
		}
		facts = append(facts, fact)
	}
	return facts
}

// factValue says one value; false for those that have their own place on the page.
func (r *request) factValue(p *content.Page, f *content.Field, v content.Value) (factValue, bool) {
	fv := factValue{Label: r.valueLabel(f.Name, v.ID)}
	switch f.Type {
	case content.TypePage, content.TypeSource, content.TypeAny:
		return fv, false
	case content.TypeTerm:
		fv.URL, fv.Dots = r.links.Term(f.Name, v.ID), r.dots(p.Kind, f, v.ID)
	case content.TypeYears:
		fv.Label = label{Text: r.years(v.Years)}
	case content.TypeDate:
		fv.Label = label{Text: r.m.Date(v.Date)}
	case content.TypeText:
		fv.Label, fv.Whole = r.foreign(v.ID, p.Lang), f.Many
	case content.TypeMarkdown:
		fv.Label, fv.Safe, fv.Whole = r.foreign(" ", p.Lang), r.body(v.HTML), true
	case content.TypeURL:
		fv.Label, fv.URL = label{Text: hostOf(v.ID)}, v.ID
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
