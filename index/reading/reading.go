// Package reading makes wishes of the words of a query: it says what each word or
// phrase means in every language of the pages, and knows no page. What it makes is
// the same for every back end.
//
// A wish is one word or phrase of a query, or several of which any will do. A form
// is one way in which a text can fulfil it. A content word says something, in a
// language; a stop word says nothing there, so that nothing is missing where it is
// missing; a framing word (role, example) only frames a question and may be missing
// too.
package reading

import (
	"slices"
	"strings"

	"casebook/content/lexical"
	"casebook/index/text"
	"casebook/search"
)

// A Reader reads the words of one query in some languages. It belongs to one
// goroutine.
type Reader struct {
	langs     []*text.Language
	analyzers []*text.Analyzer // by language
}

// NewReader returns a Reader of languages, which are known by their place.
func NewReader(langs []*text.Language) *Reader {
	r := &Reader{langs, make([]*text.Analyzer, len(langs))}
	for i, l := range langs {
		r.analyzers[i] = text.NewAnalyzer(l)
	}
	return r
}

// Langs returns how many languages there are.
func (r *Reader) Langs() int { return len(r.langs) }

// Tokens reads a text in a language: its words, and apart from them the hyphenated
// compounds joined to one word.
func (r *Reader) Tokens(lang int, s string) (said, compounds []text.Token) {
	r.analyzers[lang].Tokens(s, func(t text.Token) {
		switch {
		case t.Whole == "":
		case t.Compound:
			compounds = append(compounds, t)
		default:
			said = append(said, t)
		}
	})
	return said, compounds
}

// ContentWords returns the words of a text that say something in a language, each
// with its place among all of them.
func (r *Reader) ContentWords(lang int, s string) []text.Token {
	said, _ := r.Tokens(lang, s)
	return slices.DeleteFunc(said, func(t text.Token) bool { return t.Stop })
}

// A Wish is one wish of a query. Any of its forms fulfils it.
type Wish struct {
	Clauses  []search.Clause
	Required bool       // a phrase or a title: may not be missing even where others may
	Framing  bool       // only frames the question
	Stop     []bool     // by language: says nothing there
	Whole    [][]string // by language: all words, folded
	Forms    []Form     // in a fixed order
}

// IsWord reports whether the wish is one word.
func (w *Wish) IsWord() bool { return len(w.Clauses) == 1 && w.Clauses[0].Kind == search.Word }

// A Form is one way to fulfil a wish.
type Form struct {
	Kind   FormKind
	Lang   int          // place of its language; AnyLang for Beginning
	Title  bool         // in titles alone
	Words  []text.Token // of Sequence: one or more content words; of one, any of its terms
	Folded []string     // of AllOf: the words; of Beginning: one
}

// AnyLang stands for all languages.
const AnyLang = -1

// A FormKind says how a Form is fulfilled.
type FormKind uint8

// The kinds of forms.
const (
	Sequence  FormKind = iota // words as far from each other as Words
	AllOf                     // folded words anywhere
	Beginning                 // a word that begins so
)

// Wishes reads the groups of a query for a reader of a language.
func (r *Reader) Wishes(groups []search.Group, lang int) []*Wish {
	wishes := make([]*Wish, len(groups))
	for i, g := range groups {
		wishes[i] = r.Wish(g.Any)
	}
	r.onlyStops(wishes)
	r.frame(wishes, lang)
	return wishes
}

// Alone reads a clause that stands for itself, such as one to leave out.
func (r *Reader) Alone(c search.Clause) *Wish {
	w := r.Wish([]search.Clause{c})
	r.onlyStops([]*Wish{w})
	return w
}

// Wish reads clauses of which any will do, in every language.
func (r *Reader) Wish(clauses []search.Clause) *Wish {
	n := len(r.langs)
	w := &Wish{Clauses: clauses, Stop: make([]bool, n), Whole: make([][]string, n)}
	for _, c := range clauses {
		w.Required = w.Required || c.Kind == search.Phrase || c.Field != ""
		if c.Kind == search.Prefix {
			w.Forms = append(w.Forms, Form{Kind: Beginning, Lang: AnyLang, Title: c.Field != "", Folded: []string{lexical.FoldWord(c.Words[0])}})
			continue
		}
		for lang := range r.langs {
			r.clause(w, c, lang)
		}
	}
	return w
}

// clause adds what a word or phrase means in one language.
func (r *Reader) clause(w *Wish, c search.Clause, lang int) {
	said, compounds := r.Tokens(lang, strings.Join(c.Words, " "))
	var telling []text.Token
	for _, t := range said {
		if !t.Stop {
			telling = append(telling, t)
		}
		w.Whole[lang] = append(w.Whole[lang], t.Whole)
	}
	title := c.Field != ""
	switch {
	case len(telling) == 0 && title:
		w.allOf(lang, true)
		return
	case len(telling) == 0:
		w.Stop[lang] = true
		return
	}
	add := func(words []text.Token) {
		w.Forms = append(w.Forms, Form{Kind: Sequence, Lang: lang, Title: title, Words: words})
	}
	add(telling)
	if n := text.Unpadded(telling[0].Whole); n != "" && len(said) == 1 { // paragraph 05
		said, _ := r.Tokens(lang, n)
		add(said)
	}
	if c.Kind == search.Word {
		for _, t := range compounds {
			add([]text.Token{t})
		}
	}
}

// allOf adds the form of the folded words of a language.
func (w *Wish) allOf(lang int, title bool) {
	if len(w.Whole[lang]) > 0 {
		w.Forms = append(w.Forms, Form{Kind: AllOf, Lang: lang, Title: title, Folded: slices.Clone(w.Whole[lang])})
	}
}

// onlyStops gives wishes their folded words in languages in which all of them say
// nothing: The Who must find something.
func (r *Reader) onlyStops(wishes []*Wish) {
	for lang := range r.langs {
		if len(wishes) == 0 || slices.ContainsFunc(wishes, func(w *Wish) bool { return !w.Stop[lang] }) {
			continue
		}
		for _, w := range wishes {
			w.Stop[lang] = false
			w.allOf(lang, false)
		}
	}
}

// frame finds the words that only frame the question, unless all do.
func (r *Reader) frame(wishes []*Wish, lang int) {
	if len(r.langs) == 0 {
		return
	}
	telling := false
	for _, w := range wishes {
		w.Framing = w.IsWord() && !w.Required && len(w.Whole[lang]) == 1 && r.langs[lang].Frames(w.Whole[lang][0])
		telling = telling || !w.Framing && !w.Stop[lang]
	}
	if !telling {
		for _, w := range wishes {
			w.Framing = false
		}
	}
}

// ContentCount counts the wishes that say something in a language.
func ContentCount(wishes []*Wish, lang int) int {
	n := 0
	for _, w := range wishes {
		if !w.Stop[lang] && !w.Framing {
			n++
		}
	}
	return n
}
