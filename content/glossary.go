package content

// A Glossary is the thesaurus of the site, from glossary.yaml.
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
