// Package synonyms knows the other names of things, from the glossary and from the
// labels of all terms, and what the words of a query name. It knows no page.
//
// A concept is one thing with all its names: an entry of the glossary or a term of
// a vocabulary. An alternative label of a term is a looser name: it is narrower or
// vaguer than the term.
package synonyms

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"casebook/content"
	"casebook/index/reading"
	"casebook/index/text"
)

// A Thesaurus has all concepts that have more names than one.
type Thesaurus struct {
	Concepts []Concept

	langs   []*text.Language
	byKey   []map[string][]reference // by language and reading.Key of a name
	exact   map[string][]reference   // names that mean it only as they are written: US
	longest int                      // words of the longest name
}

// A Concept is one thing with all its names.
type Concept struct {
	Vocabulary string       // of a term; "" for an entry of the glossary
	Term       string       // its id
	Label      content.Text // of a term
	Related    []int        // concepts that the definition of an entry names

	names      []name
	definition content.Text
}

// A name is what a concept is called in one language.
type name struct {
	text  string
	lang  int // reading.AnyLang: the language is not known, or has no pages
	loose bool
}

// A reference says which concept a name names.
type reference struct {
	concept int
	own     bool // the name is known to be of the language it was found in
	loose   bool
}

// New returns the Thesaurus of a library, for languages that langOf knows the places
// of.
func New(lib *content.Library, langs []*text.Language, langOf func(tag string) (place int, ok bool)) *Thesaurus {
	t := &Thesaurus{langs: langs, exact: make(map[string][]reference), byKey: make([]map[string][]reference, len(langs))}
	for i := range langs {
		t.byKey[i] = make(map[string][]reference)
	}
	place := func(tag string) int {
		if i, ok := langOf(tag); ok {
			return i
		}
		return reading.AnyLang
	}
	labels := func(label content.Text) (names []name) {
		for _, l := range label.Langs() {
			names = append(names, name{text: label.In(l), lang: place(l)})
		}
		return names
	}
	r := reading.NewReader(langs)
	if lib.Glossary != nil {
		for _, e := range lib.Glossary.Entries {
			names := labels(e.Preferred)
			for _, x := range slices.Concat(e.Abbreviations, e.Synonyms) {
				names = append(names, name{text: x, lang: reading.AnyLang})
			}
			t.add(r, Concept{names: names, definition: e.Definition})
		}
		t.relate(r, langOf)
	}
	for _, vocabulary := range slices.Sorted(maps.Keys(lib.Vocabularies)) {
		for _, term := range lib.Vocabularies[vocabulary].Terms {
			names := labels(term.Label)
			for _, l := range slices.Sorted(maps.Keys(term.Alt)) {
				for _, a := range term.Alt[l] {
					names = append(names, name{a, place(l), true})
				}
			}
			t.add(r, Concept{Vocabulary: vocabulary, Term: term.ID, Label: term.Label, names: names})
		}
	}
	return t
}

// add takes in a concept under all its names, each once.
func (t *Thesaurus) add(r *reading.Reader, c Concept) {
	var names []name
	for _, n := range c.names {
		if strings.TrimSpace(n.text) != "" && !slices.ContainsFunc(names, func(o name) bool { return o.text == n.text && o.lang == n.lang }) {
			names = append(names, n)
		}
	}
	if c.names = names; len(names) < 2 {
		return
	}
	id := len(t.Concepts)
	t.Concepts = append(t.Concepts, c)
	for _, n := range names {
		if caseMatters(n.text) {
			t.exact[n.text] = append(t.exact[n.text], reference{concept: id, loose: n.loose})
			continue
		}
		for lang := range t.langs {
			if !n.isIn(lang) {
				continue
			}
			if key, words := r.Key(lang, n.text); key != "" {
				t.byKey[lang][key] = append(t.byKey[lang][key], reference{id, n.lang == lang, n.loose})
				t.longest = max(t.longest, words)
			}
		}
	}
}

// isIn reports whether a name can be of a language.
func (n *name) isIn(lang int) bool { return n.lang == reading.AnyLang || n.lang == lang }

// caseMatters reports whether a name means its concept only as it is
// written: two capital letters, which in small ones are mostly a word.
func caseMatters(text string) bool {
	n := 0
	for _, r := range text {
		if !unicode.IsUpper(r) {
			return false
		}
		n++
	}
	return n > 0 && n <= 2
}
