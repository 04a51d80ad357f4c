package index

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content"
	"casebook/index/text"
)

// A thesaurus knows the other names of things: from the glossary, and from
// the labels of all terms.
type thesaurus struct {
	concepts []concept
	byKey    []map[string][]name // by language: stems of a form -> what it names
	exact    map[string][]name   // forms that mean it only as they are written: US
	longest  int                 // words of the longest form
}

// A concept is one thing with all its names.
type concept struct {
	forms  []form
	term   bool            // a term of a vocabulary, not an entry of the glossary
	label  content.Text    // of a term
	tagged *roaring.Bitmap // documents of pages that have the term; nil if none has

	definition content.Text // of an entry of the glossary
	related    []int        // concepts that the definition names; see relate
}

// A form is one name in one language.
type form struct {
	text string
	lang int  // -1: the language is not known, or has no pages
	alt  bool // alternative label of a term: narrower or looser than the term
}

// A name says which concept a form names.
type name struct {
	concept int
	own     bool // the form is known to be of the language it was found in
	alt     bool
}

func (s *Snapshot) newThesaurus() *thesaurus {
	t := &thesaurus{exact: make(map[string][]name), byKey: make([]map[string][]name, len(s.Langs))}
	memos := make([]*text.Analyzer, len(s.Langs))
	for i, l := range s.Langs {
		t.byKey[i] = make(map[string][]name)
		memos[i] = text.NewAnalyzer(l)
	}
	if s.lib.Glossary != nil {
		for _, e := range s.lib.Glossary.Entries {
			forms := s.forms(e.Preferred)
			for _, x := range slices.Concat(e.Abbreviations, e.Synonyms) {
				forms = append(forms, form{text: x, lang: -1})
			}
			t.add(concept{forms: forms, definition: e.Definition}, memos)
		}
		t.relate(s, memos)
	}
	for _, vocabulary := range slices.Sorted(maps.Keys(s.lib.Vocabularies)) {
		for _, term := range s.lib.Vocabularies[vocabulary].Terms {
			t.add(concept{forms: s.termForms(term), term: true, label: term.Label, tagged: s.tagged(vocabulary, term.ID)}, memos)
		}
	}
	return t
}

// tagged returns the documents of pages that have a term in some field, nil
// if none has.
func (s *Snapshot) tagged(vocabulary, id string) *roaring.Bitmap {
	var sets []*roaring.Bitmap
	for _, c := range s.facets.Columns {
		if c.Facet.Type != content.FacetOfTerms || c.Facet.Field.Vocabulary != vocabulary {
			continue
		}
		if o, ok := c.Value(id); ok {
			sets = append(sets, c.Docs(o))
		}
	}
	if len(sets) == 0 {
		return nil
	}
	return union(sets)
}

// add takes in a concept under all its names.
func (t *thesaurus) add(c concept, memos []*text.Analyzer) {
	var forms []form
	for _, f := range c.forms {
		if strings.TrimSpace(f.text) != "" && !slices.ContainsFunc(forms, func(o form) bool { return o.text == f.text && o.lang == f.lang }) {
			forms = append(forms, f)
		}
	}
	if c.forms = forms; len(forms) < 2 {
		return
	}
	id := len(t.concepts)
	t.concepts = append(t.concepts, c)
	for _, f := range forms {
		if caseMatters(f.text) {
			t.exact[f.text] = append(t.exact[f.text], name{concept: id, alt: f.alt})
			continue
		}
		for lang := range memos {
			if f.lang >= 0 && f.lang != lang {
				continue
			}
			key, n := stemKey(memos[lang], f.text)
			if key != "" {
				t.byKey[lang][key] = append(t.byKey[lang][key], name{id, f.lang == lang, f.alt})
				t.longest = max(t.longest, n)
			}
		}
	}
}

// forms returns the names that a Text has.
func (s *Snapshot) forms(t content.Text) []form {
	var out []form
	for _, l := range t.Langs() {
		out = append(out, form{text: t.In(l), lang: s.langOrAny(l)})
	}
	return out
}

func (s *Snapshot) termForms(t *content.Term) []form {
	out := s.forms(t.Label)
	for _, l := range slices.Sorted(maps.Keys(t.Alt)) {
		for _, a := range t.Alt[l] {
			out = append(out, form{a, s.langOrAny(l), true})
		}
	}
	return out
}

// caseMatters reports whether a form means its concept only as it is
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

// stemKey returns the stems of the words of text and how many words it has.
// Words that say nothing count only at its ends: deprived of a passport is
// deprived of his passport, but no effect is no effect, and not evaluated is
// not what evaluated is. Without a word that says something the key is "".
func stemKey(m *text.Analyzer, body string) (key string, n int) {
	var stems, between []string // between: words since the last one that says something
	telling := 0
	n = m.Tokens(body, func(t text.Token) {
		switch {
		case t.Compound || t.Whole == "":
		case t.Stop && telling > 0:
			between = append(between, t.Terms[0])
		case t.Stop:
			stems = append(stems, t.Terms[0])
		default:
			stems, between = append(stems, t.Terms[0]), nil
			telling++
		}
	})
	if telling == 0 {
		return "", n
	}
	return strings.Join(append(stems, between...), " "), n
}

// framed reports whether the first or the last of the words says nothing in
// its language, so that they cannot be looked up as what they mean.
func framed(said []text.Token) bool {
	return len(said) > 0 && (said[0].Stop || said[len(said)-1].Stop)
}

// langOrAny returns the place of a language, -1 if no page is in it.
func (s *Snapshot) langOrAny(tag string) int {
	if i, ok := s.Lang(tag); ok {
		return i
	}
	return -1
}
