package article

import (
	"context"
	"slices"
	"strings"

	"casebook/content"
	"casebook/search"
	"casebook/server/view"
)

// A Related is a page like this one, with what they have in common.
type Related struct {
	Label view.Label
	URL   string
	Why   []Reason
}

// A Reason says one way in which pages are alike.
type Reason struct {
	Say  string // "Same country:"
	What []view.Label
}

const (
	maxRelated     = 5
	maxShared      = 3 // common values that are named
	maxSharedWords = 4
	enoughShared   = 2 // common values from which no words are named
)

// related lists the pages most like p that none of the groups has already.
func (r reader) related(ctx context.Context, p *content.Page, groups ...[]RefGroup) ([]Related, error) {
	said := make(map[string]bool)
	for _, gs := range groups {
		for _, g := range gs {
			for _, part := range g.Parts {
				for _, ref := range part.Refs {
					said[ref.URL] = true
				}
			}
		}
	}
	similar, err := r.Corpus.Similar(ctx, p.ID, r.Lang, maxRelated+len(said))
	if err != nil {
		return nil, err
	}
	var out []Related
	for _, s := range similar {
		other, ok := r.Listed(s.ID)
		if !ok || said[r.Links.Page(other)] {
			continue
		}
		out = append(out, Related{Label: r.PageLabel(other), URL: r.Links.Page(other), Why: r.reasons(s)})
		if len(out) == maxRelated {
			break
		}
	}
	return out, nil
}

// reasons says what a page shares: the terms, or else a page that both refer
// to, and where that is little, words.
func (r reader) reasons(s search.Similar) []Reason {
	var terms, refs []search.SharedValue
	for _, v := range s.Shared {
		if f, ok := r.Library.Schema.Field(v.Field); ok && f.Type == content.TypePage {
			refs = append(refs, v)
		} else {
			terms = append(terms, v)
		}
	}
	if len(terms) == 0 {
		terms = refs[:min(len(refs), 1)]
	}
	var reasons []Reason
	at := make(map[string]int) // field -> its place in reasons
	var shown, others []view.Label
	for _, v := range terms {
		l := r.ValueLabel(v.Field, v.ID)
		if len(shown) == maxShared || slices.Contains(shown, l) { // two fields may have a value of one name
			continue
		}
		shown = append(shown, l)
		if !r.nameable(v.Field) {
			others = append(others, l)
			continue
		}
		i, ok := at[v.Field]
		if !ok {
			i = len(reasons)
			at[v.Field] = i
			reasons = append(reasons, Reason{Say: r.Words.T("page.same", "field", r.FieldLabel(v.Field).Mid(r.Lang))})
		}
		reasons[i].What = append(reasons[i].What, l)
	}
	if len(others) > 0 {
		key := "page.shared"
		if len(reasons) > 0 {
			key = "page.shared.also"
		}
		reasons = append(reasons, Reason{r.Words.T(key), others})
	}
	if len(shown) < enoughShared {
		if words := r.sharedWords(s, reasons); len(words) > 0 {
			reasons = append(reasons, Reason{r.Words.T("page.shared.words", "n", len(words)), words})
		}
	}
	return reasons
}

// nameable reports whether the label of a field reads well behind "same":
// "same country", but not "same useful for". Those of the gap map do, which
// say where and what, those that they are inferred from, and those of pages,
// which are called like the pages.
func (r reader) nameable(field string) bool {
	if f, ok := r.Library.Schema.Field(field); ok && f.Type == content.TypePage {
		return true
	}
	return slices.ContainsFunc(r.Library.Site.Matrix[:], func(name string) bool {
		if name == field {
			return true
		}
		f, ok := r.Library.Schema.Field(name)
		return ok && f.From != "" && f.From == field
	})
}

// sharedWords returns the most telling of the common words that the reasons
// don't have yet.
func (r reader) sharedWords(s search.Similar, reasons []Reason) []view.Label {
	var words []view.Label
	for _, w := range s.Words {
		told := slices.ContainsFunc(reasons, func(why Reason) bool {
			return slices.ContainsFunc(why.What, func(l view.Label) bool {
				return strings.Contains(strings.ToLower(l.Text), strings.ToLower(w))
			})
		})
		if !told && len(words) < maxSharedWords {
			words = append(words, r.Foreign(w, s.WordsLang))
		}
	}
	return words
}
