package content

// A Vocabulary is a list of controlled terms, in SKOS's words. It comes from
// vocabularies/NAME.yaml.
type Vocabulary struct {
	Name    string
	Label   Text
	Note    Text    // help for the whole vocabulary
	Ordered bool    // the file's order means something (grades); else readers see terms by label
	Terms   []*Term // in the order of the file

	byID    map[string]*Term
	byFold  map[string]string // folded label or alternative label -> id; for remedies
	missing bool              // there is no such file, or it can't be read: its fields are not checked
}

// Term returns the term with this id.
func (v *Vocabulary) Term(id string) (*Term, bool) { t, ok := v.byID[id]; return t, ok }

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
