package synonyms

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/index/reading"
	"casebook/index/text"
)

// relate notes which concepts the definitions of the glossary name, by a name
// that begins with a capital letter in the middle of a sentence: the group that it
// split from, the body that it belongs to.
func (t *Thesaurus) relate(r *reading.Reader, langOf func(tag string) (place int, ok bool)) {
	for id := range t.Concepts {
		definition := t.Concepts[id].definition
		for _, l := range definition.Langs() {
			lang, ok := langOf(l)
			if !ok {
				continue
			}
			s := definition.In(l)
			words := slices.DeleteFunc(r.ContentWords(lang, s), func(w text.Token) bool { return len(w.Terms) == 0 })
			for len(words) > 0 {
				n := t.related(id, lang, s, words)
				words = words[max(1, n):]
			}
		}
	}
}

// related adds to a concept what the longest name at the beginning of words names,
// and returns how many words that name has.
func (t *Thesaurus) related(id, lang int, definition string, words []text.Token) int {
	c := &t.Concepts[id]
	first, _ := utf8.DecodeRuneInString(definition[words[0].Start:])
	if words[0].Start == 0 || !unicode.IsUpper(first) {
		return 0
	}
	for n := min(t.longest, len(words)); n > 0; n-- {
		var stems []string
		for _, w := range words[:n] {
			stems = append(stems, w.Terms[0])
		}
		named := t.byKey[lang][strings.Join(stems, " ")]
		for _, x := range named {
			if x.concept != id && !slices.Contains(c.Related, x.concept) {
				c.Related = append(c.Related, x.concept)
			}
		}
		if len(named) > 0 {
			return n
		}
	}
	return 0
}
