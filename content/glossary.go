package content

// A Glossary says what words mean and which mean the same, in several
// languages, so that a search for one finds the others.
type Glossary struct {
	Entries []*Entry // in the order of the file
}

// An Entry is one concept of the glossary.
type Entry struct {
	ID            string
	Preferred     Text // equivalents of the preferred term, in every language known
	Synonyms      []string
	Abbreviations []string
	Definition    Text
}
