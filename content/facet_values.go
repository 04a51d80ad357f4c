package content

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Label returns what the schema calls the facet. It is zero for kinds and
// languages, of which no file says it.
func (f Facet) Label() Text {
	if f.Field == nil {
		return Text{}
	}
	return f.Field.Label
}

// ValueLabel returns what the content calls a value: the label of a kind or a
// term. Other values have none there.
func (f Facet) ValueLabel(id string) (Text, bool) {
	names := f.Names(id)
	if len(names) == 0 {
		return Text{}, false
	}
	return names[0], true
}

// Names returns the texts that the content calls a value by, the label first:
// label and plural of a kind, the label of a term. Alternative labels are not
// among them: several terms may share one.
func (f Facet) Names(id string) []Text {
	switch {
	case f.Type == FacetOfKinds:
		if k, ok := f.lib.Schema.Kind(id); ok {
			return []Text{k.Label, k.Plural}
		}
	case f.Vocabulary != nil:
		if t, ok := f.Vocabulary.Term(id); ok {
			return []Text{t.Label}
		}
	}
	return nil
}

// Values returns the ids that there can be, whether or not a page has them:
// kinds and terms as the files have them, languages by code. It is nil where
// no list says what there can be.
func (f Facet) Values() []string {
	switch {
	case f.Type == FacetOfKinds:
		ids := make([]string, len(f.lib.Schema.Kinds))
		for i, k := range f.lib.Schema.Kinds {
			ids[i] = k.ID
		}
		return ids
	case f.Type == FacetOfLanguages:
		return f.lib.Table().Languages()
	case f.Vocabulary != nil:
		return f.Vocabulary.IDs()
	}
	return nil
}

// Value returns the id that text is. It is false where text is none, which
// for years is all but a number from 1 to 9999; in an open list every text is
// one.
func (f Facet) Value(text string) (id string, ok bool) {
	switch f.Type {
	case FacetOfKinds:
		_, ok = f.lib.Schema.Kind(text)
	case FacetOfLanguages:
		ok = slices.Contains(f.lib.Table().Languages(), text)
	case FacetOfTerms:
		if f.Vocabulary != nil {
			_, ok = f.Vocabulary.Term(text)
		}
	case FacetOfPages:
		if f.Kind != nil {
			_, ok = f.lib.Place(f.Kind.Folder + "/" + text)
		}
	case FacetOfYears:
		if y, err := strconv.Atoi(text); err == nil && y > 0 && y <= 9999 {
			return strconv.Itoa(y), true
		}
	case FacetOfNumbers, FacetOfBooleans, FacetOfTexts:
		ok = true
	}
	if !ok {
		return "", false
	}
	return text, true
}

// PagePlace returns the place of the page behind a value of a facet of pages:
// one of the facet's kind, or of one of the kinds above it, whose pages follow
// from those.
func (f Facet) PagePlace(value string) (place int, ok bool) {
	for k, n := f.Kind, 0; k != nil && n < maxKinds; n++ {
		if place, ok := f.lib.Place(k.Folder + "/" + value); ok {
			return place, true
		}
		parent, ok := k.Field(k.Parent)
		if !ok {
			break
		}
		k, _ = f.lib.Schema.Kind(parent.Kind)
	}
	return 0, false
}

// PageID is PagePlace for the page's id.
func (f Facet) PageID(value string) (string, bool) {
	place, ok := f.PagePlace(value)
	if !ok {
		return "", false
	}
	return f.lib.ID(place), true
}

// maxKinds bounds the kinds that are above each other.
const maxKinds = 8

// Above returns the values directly above one: the broader terms, in the
// order of the file, or the page above.
func (f Facet) Above(value string) []string {
	if f.Vocabulary != nil {
		if t, ok := f.Vocabulary.Term(value); ok {
			return t.Broader
		}
		return nil
	}
	place, ok := f.PagePlace(value)
	if !ok {
		return nil
	}
	table := f.lib.Table()
	above, ok := table.Parent(place)
	if !ok {
		return nil
	}
	up := strings.TrimPrefix(f.lib.ID(above), table.Kind(above).Folder+"/")
	if back, ok := f.PagePlace(up); !ok || back != above { // that value is another page
		return nil
	}
	return []string{up}
}

// Order returns how the values of the facet stand: kinds as the schema has
// them, languages as the site, terms as their file, years and numbers by
// size; then the others by id. It is a total order, made when asked for.
func (f Facet) Order() func(a, b string) int {
	if f.Type == FacetOfYears || f.Type == FacetOfNumbers {
		return func(a, b string) int {
			x, _ := strconv.ParseFloat(a, 64)
			y, _ := strconv.ParseFloat(b, 64)
			return cmp.Or(cmp.Compare(x, y), cmp.Compare(a, b))
		}
	}
	var list []string
	if f.Type == FacetOfLanguages {
		list = f.lib.Site.Languages
	} else {
		list = f.Values()
	}
	rank := make(map[string]int, len(list))
	for i, id := range list {
		rank[id] = i + 1
	}
	return func(a, b string) int {
		ra, rb := rank[a], rank[b]
		if (ra == 0) != (rb == 0) { // what no list has comes last
			return cmp.Compare(rb, ra)
		}
		return cmp.Or(cmp.Compare(ra, rb), cmp.Compare(a, b))
	}
}
