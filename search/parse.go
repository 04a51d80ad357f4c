package search

import (
	"slices"
	"strings"
)

// Parse reads what a person typed. It never fails: what cannot be read as an
// operator is read as words, and the Notes say so.
//
//	children mothers        both words
//	"foreign fighters"      the phrase; any kind of quotation marks
//	-trial                  not this word
//	prison OR detention     either
//	title:returnees         in the title
//	region:sahel            a filter, where lex knows the facet and the value
//	period:2015..2019       years; either end may be missing
//	rehabilit*              words that begin so
//
// The query that Parse returns is canonical: Parse(q.String()) has the same
// Groups, Not and Filters.
func Parse(text string, lex Fields) Query {
	if lex == nil {
		lex = NoFields{}
	}
	p := parser{lex: lex, q: Query{Page: 1, Size: DefaultSize}, budget: MaxQueryBytes}
	p.parse(text)
	return p.q
}

type parser struct {
	lex     Fields
	q       Query
	text    []string // what stays of the words as typed, filters taken out
	budget  int      // bytes of words that may still come
	words   int
	phrases int

	operand  bool // the last token gave a clause that OR may follow
	or       bool // the next clause joins the last group
	beforeOr bool // OR follows the token being read
}

func (p *parser) parse(text string) {
	text, cut := clean(text)
	if cut {
		p.note(NoteTooLong, "")
	}
	tokens := lex(text)
	for i, t := range tokens {
		if !t.quoted && t.text == "OR" {
			if p.isOr(tokens, i) {
				p.or = true
				p.text = append(p.text, "OR")
				continue
			}
			if i > 0 && i+1 < len(tokens) && (p.isFilter(tokens[i-1]) || p.isFilter(tokens[i+1])) {
				continue // values of one filter widen anyway
			}
		}
		p.beforeOr = i+2 < len(tokens) && !tokens[i+1].quoted && tokens[i+1].text == "OR"
		p.token(t)
		p.or = false
	}
	p.dedupe()
	p.q.Text = strings.Join(p.text, " ")
}

// dedupe drops groups that came twice and could not be dropped earlier
// because an OR followed.
func (p *parser) dedupe() {
	var out []Group
	for _, g := range p.q.Groups {
		if !slices.ContainsFunc(out, g.same) {
			out = append(out, g)
		}
	}
	p.q.Groups = out
}

// isOr reports whether the OR at i stands between two clauses.
func (p *parser) isOr(tokens []token, i int) bool {
	if !p.operand || i+1 >= len(tokens) {
		return false
	}
	next := tokens[i+1]
	if next.quoted {
		return !strings.HasPrefix(next.before, "-") && letters(next.text) > 0 && !p.isFilter(next)
	}
	return next.text != "OR" && !strings.HasPrefix(next.text, "-") && letters(next.text) > 0 && !p.isFilter(next)
}

// isFilter reports whether the token is a field:value of a known facet.
func (p *parser) isFilter(t token) bool {
	_, _, ok := p.filter(t)
	return ok
}

// token reads one token and adds what it means to the query.
func (p *parser) token(t token) {
	if t.open {
		p.note(NoteOpenQuote, "")
	}
	if f, typed, ok := p.filter(t); ok {
		p.addFilter(f, typed)
		p.operand = false
		return
	}
	p.keep(t)
	not := strings.HasPrefix(t.before, "-") || !t.quoted && strings.HasPrefix(t.text, "-")
	name, value, isField := splitField(t)
	name = strings.TrimPrefix(name, "-")
	switch {
	case !isField:
		if t.quoted {
			p.add(Clause{Kind: Phrase, Words: plainWords(t.text)}, not)
		} else {
			p.add(p.word("", t.text), not)
		}
	case strings.EqualFold(name, titleField):
		if t.quoted {
			p.add(Clause{Kind: Phrase, Field: titleField, Words: plainWords(value)}, not)
		} else {
			p.add(p.word(titleField, value), not)
		}
	case p.lex.FieldName(name) != "":
		p.note(NoteUnknownValue, name+":"+value)
		p.add(Clause{Kind: Word, Words: plainWords(value)}, not)
	case t.quoted || isName(name):
		p.note(NoteUnknownField, name+":"+value)
		p.add(Clause{Kind: Word, Words: append(plainWords(name), plainWords(value)...)}, not)
	default: // 10:30
		p.add(p.word("", t.text), not)
	}
}

// keep keeps the token as typed in the text of the query.
func (p *parser) keep(t token) {
	if t.quoted {
		p.text = append(p.text, t.before+`"`+t.text+`"`)
	} else {
		p.text = append(p.text, t.text)
	}
}

// word reads a token without quotes: a word or a prefix*.
func (p *parser) word(field, text string) Clause {
	base, star := strings.CutSuffix(strings.TrimRightFunc(text, func(r rune) bool { return !isWordRune(r) && r != '*' }), "*")
	base = trim(base)
	c := Clause{Kind: Word, Field: field, Words: plainWords(base)}
	if !star || base == "" {
		return c
	}
	if letters(base) < MinPrefix || len(c.Words) != 1 {
		p.note(NoteShortPrefix, base)
		return c
	}
	c.Kind = Prefix
	return c
}

// plainWords returns the words of text without anything that Parse would
// read as an operator.
func plainWords(text string) []string {
	var out []string
	for _, w := range strings.Fields(text) {
		for w = trim(w); w != ""; {
			name, value, ok := strings.Cut(w, ":")
			if name = trim(name); !ok || !isName(name) || strings.HasPrefix(value, "/") {
				out = append(out, w)
				break
			}
			out = append(out, name)
			w = trim(value)
		}
	}
	return out
}

// isName reports whether s, trimmed, could be meant as the name of a field:
// letters, then letters, hyphens and low lines. 10:30 and 2:1 are no fields.
func isName(s string) bool {
	for i, r := range s {
		if !(isWordRune(r) && (i > 0 || r < '0' || r > '9')) && r != '-' && r != '_' {
			return false
		}
	}
	return s != ""
}

// add puts a clause into the query, within the bounds. A clause of kind Word
// with several words becomes a group for each.
func (p *parser) add(c Clause, not bool) {
	join := p.or
	p.operand = false
	if c.Kind == Phrase && len(c.Words) > 1 {
		if p.phrases >= MaxPhrases {
			p.note(NoteManyPhrases, "")
		} else if c.Words = p.bound(c.Words); len(c.Words) > 1 {
			p.put(c, not, join)
			return
		}
	}
	if c.Kind == Phrase {
		c.Kind = Word // a phrase of one word, or one too many
	}
	for _, w := range c.Words {
		if len(p.bound([]string{w})) == 0 {
			return
		}
		p.put(Clause{Kind: c.Kind, Field: c.Field, Words: []string{w}}, not, join)
		join = false
	}
}

// bound cuts words to what the bounds leave.
func (p *parser) bound(words []string) []string {
	n := 0
	for i, w := range words {
		n += len(w) + 1
		switch {
		case n > p.budget:
			p.note(NoteTooLong, "")
			p.budget = n - len(w) - 1 // for those before it; no shorter word after it either
			return words[:i]
		case p.words+i >= MaxWords:
			p.note(NoteManyWords, "")
			return words[:i]
		}
	}
	return words
}

// put adds one clause, unless the query has it already.
func (p *parser) put(c Clause, not, join bool) {
	switch {
	case not:
		if slices.ContainsFunc(p.q.Not, c.same) {
			return
		}
		if len(p.q.Not) >= MaxNegations {
			p.note(NoteManyNot, "")
			return
		}
		p.q.Not = append(p.q.Not, c)
	case join:
		p.operand = true
		g := &p.q.Groups[len(p.q.Groups)-1]
		if slices.ContainsFunc(g.Any, c.same) {
			return
		}
		g.Any = append(g.Any, c)
	default:
		g := Group{Any: []Clause{c}}
		if !p.beforeOr && slices.ContainsFunc(p.q.Groups, g.same) {
			return
		}
		p.operand = true
		p.q.Groups = append(p.q.Groups, g)
	}
	if c.Kind == Phrase {
		p.phrases++
	}
	for _, w := range c.Words {
		p.words++
		p.budget -= len(w) + 1
	}
}

// addFilter merges a filter that stood in the words.
func (p *parser) addFilter(f Filter, typed string) {
	if p.q.countValues() >= MaxValues {
		p.note(NoteManyValues, "")
		return
	}
	p.note(NoteFilter, typed)
	p.q = p.q.withFilter(f)
}

func (p *parser) note(code NoteCode, arg string) {
	n := Note{Code: code, Arg: arg}
	if !slices.Contains(p.q.Notes, n) && (arg == "" || len(p.q.Notes) < maxNotes) {
		p.q.Notes = append(p.q.Notes, n)
	}
}

// maxNotes bounds what a person is told about one query. Notes without an
// argument come besides: each is there once, and tells of a bound.
const maxNotes = 16

// same reports whether two clauses ask for the same, whatever the case.
func (c Clause) same(o Clause) bool {
	return c.Kind == o.Kind && c.Field == o.Field && slices.EqualFunc(c.Words, o.Words, strings.EqualFold)
}

func (g Group) same(o Group) bool { return slices.EqualFunc(g.Any, o.Any, Clause.same) }
