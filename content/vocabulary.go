package content

import "slices"

// A Vocabulary is a list of controlled terms, in SKOS's words. It comes from
// vocabularies/NAME.yaml.
type Vocabulary struct {
	Name    string
	Label   Text
	Note    Text    // help for the whole vocabulary
	Ordered bool    // the file's order means something (grades); else readers see terms by label
	Terms   []*Term // in the order of the file

	byID map[string]*Term
}

// maxAncestors bounds the broader terms of one term: a chain as long as a big
// vocabulary would take memory by its square.
const maxAncestors = 1000

// NewVocabulary returns a vocabulary of terms with different ids, all of whose
// broader terms are among them. It works out their Narrower and Ancestors.
func NewVocabulary(name string, label Text, terms []*Term) *Vocabulary {
	v := &Vocabulary{Name: name, Label: label, Terms: terms, byID: make(map[string]*Term, len(terms))}
	for _, t := range terms {
		v.byID[t.ID] = t
	}
	for _, t := range terms {
		for _, b := range t.Broader {
			if o, ok := v.byID[b]; ok {
				o.Narrower = append(o.Narrower, t.ID)
			}
		}
		t.Ancestors = v.closure(t)
	}
	return v
}

// closure returns the broader terms of t, theirs, and so on, nearest first.
func (v *Vocabulary) closure(t *Term) []string {
	if len(t.Broader) == 0 {
		return nil
	}
	list := slices.Clone(t.Broader)
	seen := map[string]bool{t.ID: true}
	for _, b := range list {
		seen[b] = true
	}
	for i := 0; i < len(list) && len(list) < maxAncestors; i++ {
		t, ok := v.byID[list[i]]
		if !ok {
			continue
		}
		for _, b := range t.Broader {
			if !seen[b] {
				seen[b] = true
				list = append(list, b)
			}
		}
	}
	return list
}

// Term returns the term with this id.
func (v *Vocabulary) Term(id string) (*Term, bool) { t, ok := v.byID[id]; return t, ok }

// IDs returns the ids of all terms, in the order of the file.
func (v *Vocabulary) IDs() []string {
	ids := make([]string, len(v.Terms))
	for i, t := range v.Terms {
		ids[i] = t.ID
	}
	return ids
}

// A Term is one term of a vocabulary.
type Term struct {
	ID        string
	Label     Text                // prefLabel
	Alt       map[string][]string // altLabel by language; language "" where the file gives a plain list
	Note      Text                // scopeNote
	Broader   []string            // direct broader terms, in the order of the file
	Narrower  []string            // direct narrower terms, in the order of the file
	Ancestors []string            // closure of Broader without the term itself, nearest first, each once
	Countries []string            // ids of country terms that this term holds (regions)
}
