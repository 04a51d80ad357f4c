package docs

import "casebook/content"

// What stands in a page's title and summary counts more.
const (
	TitleWeight   = 3
	SummaryWeight = 2
)

// A Part is a piece of a unit's text with what an occurrence in it counts.
type Part struct {
	Text   string
	Weight int
}

// Prose returns what a page itself says, in the order of reading.
func Prose(p *content.Page) []Part {
	ps := []Part{{p.Title, TitleWeight}, {p.Summary, SummaryWeight}}
	for _, s := range p.Body.Sections {
		ps = append(ps, Part{s.Title, 1}, Part{s.Text, 1})
	}
	return ps
}

// Parts returns the text of a page in the order of reading, and behind it
// what its fields say.
func Parts(p *content.Page, lib *content.Library) []Part {
	ps := Prose(p)
	for _, f := range p.Original().Kind.Fields {
		switch f.Type {
		case content.TypeTerm:
			v, ok := lib.Vocabulary(f.Vocabulary)
			if !ok {
				continue
			}
			for _, val := range p.Values(f.Name) {
				if t, ok := v.Term(val.ID); ok { // its other names find the page through the thesaurus
					ps = append(ps, Part{t.Label.In(p.Lang), 1})
				}
			}
		case content.TypePage:
			if p.Of == nil { // reasons are in the language of the original
				for _, val := range p.Values(f.Name) {
					ps = append(ps, Part{val.Why, 1})
				}
			}
		case content.TypeText:
			for _, val := range p.Values(f.Name) {
				ps = append(ps, Part{val.ID, 1})
			}
		}
	}
	return ps
}
