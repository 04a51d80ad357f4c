package definitions

import (
	"maps"
	"slices"
	"sync"

	"casebook/content"
	"casebook/content/lexical"
	"casebook/content/source"
)

// Terms are a vocabulary with what the reader of a page needs besides.
type Terms struct {
	*content.Vocabulary
	Missing bool // there is no such file, or it can't be read: fields of its terms are not checked

	ids    []string
	byName map[string]string // folded id, label or alternative label → id
	near   sync.Map          // word → remedy: the same for each page that has the word, and dear among many terms
}

// missingTerms are those of a vocabulary whose file can't be read.
func missingTerms(name string, label content.Text) *Terms {
	return &Terms{Vocabulary: content.NewVocabulary(name, label, nil), Missing: true}
}

// add takes in a term under all its names. The first of a name has it.
func (t *Terms) add(term *content.Term) {
	t.ids = append(t.ids, term.ID)
	name := func(s string) {
		if f := lexical.Fold(s); f != "" {
			if _, ok := t.byName[f]; !ok {
				t.byName[f] = term.ID
			}
		}
	}
	name(term.ID)
	for _, l := range term.Label.Langs() {
		name(term.Label.In(l))
	}
	for _, l := range slices.Sorted(maps.Keys(term.Alt)) {
		for _, s := range term.Alt[l] {
			name(s)
		}
	}
}

// DidYouMean is the remedy for a word that is no term's id: the term that has
// it as a label, or else the nearest id. It may be called from several
// goroutines.
func (t *Terms) DidYouMean(word string) string {
	if fix, ok := t.near.Load(word); ok {
		return fix.(string)
	}
	fix := ""
	if id, ok := t.byName[lexical.Fold(word)]; ok {
		fix = "did you mean " + source.Quote(id) + "?"
	} else {
		fix = source.DidYouMean(word, t.ids)
	}
	t.near.Store(word, fix)
	return fix
}
