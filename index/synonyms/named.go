package synonyms

import (
	"iter"
	"slices"
	"strings"
	"unicode"

	"casebook/index/reading"
	"casebook/index/text"
	"casebook/search"
)

// Named is what some words of a query name.
type Named struct {
	From, To int    // the wishes that are the words, from From on, before To
	Words    string // as typed
	Concepts []int
	Loosely  bool  // Concepts are named by looser names of theirs
	Also     []int // where they are not: what the words name loosely besides

	in []bool // by language: the words are a name in it
}

// Names finds what the wishes of a query name, the longest names first, for a
// reader of a language.
func (t *Thesaurus) Names(r *reading.Reader, wishes []*reading.Wish, reader int) []Named {
	var all []Named
	for from := 0; from < len(wishes); {
		next := from + 1
		for n := span(wishes[from:], t.longest); n > 0; n-- {
			named, ok := t.Named(r, typed(wishes[from:from+n]), reader)
			if ok {
				named.From, named.To = from, from+n
				all = append(all, named)
				next = from + n
				break
			}
		}
		from = next
	}
	return all
}

// span returns how many of the first wishes may be one name together: words
// without OR and field, or one phrase.
func span(wishes []*reading.Wish, longest int) int {
	for n, w := range wishes {
		simple := len(w.Clauses) == 1 && w.Clauses[0].Field == ""
		switch {
		case n == 0 && simple && w.Clauses[0].Kind == search.Phrase:
			return 1
		case n == longest || !simple || w.Clauses[0].Kind != search.Word:
			return n
		}
	}
	return len(wishes)
}

// typed returns the words of wishes as typed.
func typed(wishes []*reading.Wish) string {
	var ws []string
	for _, w := range wishes {
		ws = append(ws, w.Clauses[0].Words...)
	}
	return strings.Join(ws, " ")
}

// Named returns what words name, for a reader of a language; false for nothing.
// Looser names give their concepts only where there is no proper one.
func (t *Thesaurus) Named(r *reading.Reader, words string, reader int) (Named, bool) {
	n := Named{Words: words, in: make([]bool, len(t.langs))}
	for _, loose := range []bool{false, true} {
		take := func(x reference, lang int) {
			if x.loose != loose {
				return
			}
			if loose && len(n.Concepts) > 0 && !n.Loosely {
				if !slices.Contains(n.Also, x.concept) {
					n.Also = append(n.Also, x.concept)
				}
				return
			}
			n.Loosely = loose
			if !slices.Contains(n.Concepts, x.concept) {
				n.Concepts = append(n.Concepts, x.concept)
			}
			if x.own {
				n.in[lang] = true
			}
		}
		for _, x := range t.exact[words] {
			take(x, 0)
		}
		for lang := range t.langs {
			key, _ := r.Key(lang, words)
			for _, x := range t.byKey[lang][key] {
				take(x, lang)
			}
		}
	}
	if len(n.Concepts) > 0 && !slices.Contains(n.in, true) {
		n.in[reader] = true
	}
	return n, len(n.Concepts) > 0
}

// A Name is another name of what was named, with the forms by which texts have it.
type Name struct {
	Text  string
	Forms []reading.Form
}

// Others yields the other names of what was named, those first that a reader of a
// language knows. reached says of a language whether all pages in it are in one of
// those too in which the words are a name: then names in it find nothing more. For
// the proper name of a term other names in its language are left out: a page has
// the labels of its terms in its text.
func (t *Thesaurus) Others(r *reading.Reader, n Named, reader int, reached func(from []bool, lang int) bool) iter.Seq[Name] {
	return func(yield func(Name) bool) {
		for _, id := range n.Concepts {
			c := &t.Concepts[id]
			term := c.Vocabulary != ""
			for _, x := range inOrder(c.names, reader) {
				if term && x.loose || caseMatters(x.text) { // the index does not tell US from us
					continue
				}
				forms := t.forms(r, n, x, term && !n.Loosely, reached)
				if len(forms) > 0 && !yield(Name{x.text, forms}) {
					return
				}
			}
		}
	}
}

// forms returns the forms of a name that can find what the typed words don't.
func (t *Thesaurus) forms(r *reading.Reader, n Named, x name, proper bool, reached func(from []bool, lang int) bool) []reading.Form {
	var forms []reading.Form
	for lang := range t.langs {
		switch {
		case !x.isIn(lang):
			continue
		case n.in[lang] && proper:
			continue
		case !n.in[lang] && reached(n.in, lang):
			continue
		}
		key, _ := r.Key(lang, x.text)
		have, _ := r.Key(lang, n.Words)
		if key == "" || have != "" && strings.Contains(" "+key+" ", " "+have+" ") {
			continue // it holds the typed words: whatever has it is found already
		}
		said, _ := r.Tokens(lang, x.text)
		if said[0].Stop || said[len(said)-1].Stop { // it can't be looked up as what it means
			continue
		}
		said = slices.DeleteFunc(said, func(t text.Token) bool { return t.Stop })
		forms = append(forms, reading.Form{Lang: lang, Words: said})
	}
	return forms
}

// Forms returns the forms of the first so many names of a concept.
func (t *Thesaurus) Forms(r *reading.Reader, concept, most int) []reading.Form {
	names := t.Concepts[concept].names
	var forms []reading.Form
	for _, x := range names[:min(len(names), most)] {
		if caseMatters(x.text) {
			continue
		}
		for lang := range t.langs {
			if !x.isIn(lang) {
				continue
			}
			if words := r.ContentWords(lang, x.text); len(words) > 0 {
				forms = append(forms, reading.Form{Lang: lang, Words: words})
			}
		}
	}
	return forms
}

// inOrder returns names with those first that a reader of a language knows: in that
// language, then in its script, then all others.
func inOrder(names []name, reader int) []name {
	latin := true
	for _, n := range names {
		if n.lang == reader {
			latin = isLatin(n.text)
		}
	}
	rank := func(n name) int {
		switch {
		case n.lang == reader:
			return 0
		case isLatin(n.text) != latin:
			return 3
		case n.lang == reading.AnyLang:
			return 1
		}
		return 2
	}
	out := slices.Clone(names)
	slices.SortStableFunc(out, func(a, b name) int { return rank(a) - rank(b) })
	return out
}

func isLatin(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
}
