package index

import (
	"slices"
	"strings"
	"unicode"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/index/rank"
	"casebook/index/text"
	"casebook/search"
)

// maxSynonyms bounds what the thesaurus adds to one word or phrase.
const maxSynonyms = 8

// expand adds synonyms to the groups of the plan, longest names first, and
// returns the names that it found. A synonym is the same word: its occurrences
// join those of the word.
func (p *planner) expand(pl *plan, reader string) (mentions []namedRun, err error) {
	for i := 0; i < len(pl.groups); {
		taken := 1
		for n := span(pl.groups[i:], p.snap.thesaurus.longest); n > 0; n-- {
			groups := pl.groups[i : i+n]
			typed := typedText(groups)
			if found, ok := p.names(groups, typed, reader); ok {
				if err := p.addForms(pl, groups, typed, reader, found); err != nil {
					return nil, err
				}
				for _, g := range groups {
					g.named = true
				}
				mentions = append(mentions, namedRun{groups, found.concepts})
				taken = n
				break
			}
		}
		i += taken
	}
	return mentions, nil
}

// span returns how many of the first groups may be one name together: words
// without OR and field, or one phrase.
func span(groups []*group, longest int) int {
	for n, g := range groups {
		simple := len(g.clauses) == 1 && g.clauses[0].Field == ""
		switch {
		case n == 0 && simple && g.clauses[0].Kind == search.Phrase:
			return 1
		case n == longest || !simple || g.clauses[0].Kind != search.Word:
			return n
		}
	}
	return len(groups)
}

// typedText returns the words of groups as typed.
func typedText(groups []*group) string {
	var ws []string
	for _, g := range groups {
		ws = append(ws, g.clauses[0].Words...)
	}
	return strings.Join(ws, " ")
}

// A naming is what typed words name.
type naming struct {
	concepts []int
	loosely  bool   // concepts are named by looser names of theirs
	also     []int  // where they are not: what the words name loosely besides
	in       []bool // the languages in which they do
}

// names returns what the words of groups name. Looser names give their names
// only where there is no proper one.
func (p *planner) names(groups []*group, typed, reader string) (naming, bool) {
	n := naming{in: make([]bool, len(p.snap.Langs))}
	for _, alt := range []bool{false, true} {
		take := func(x name, lang int) {
			if x.alt != alt {
				return
			}
			if alt && len(n.concepts) > 0 && !n.loosely {
				if !slices.Contains(n.also, x.concept) {
					n.also = append(n.also, x.concept)
				}
				return
			}
			n.loosely = alt
			if !slices.Contains(n.concepts, x.concept) {
				n.concepts = append(n.concepts, x.concept)
			}
			if x.own {
				n.in[lang] = true
			}
		}
		for _, x := range p.snap.thesaurus.exact[typed] {
			take(x, 0)
		}
		for lang := range p.snap.Langs {
			key, _ := stemKey(p.memos[lang], typed)
			for _, x := range p.snap.thesaurus.byKey[lang][key] {
				take(x, lang)
			}
		}
	}
	if len(n.concepts) > 0 && !slices.Contains(n.in, true) {
		n.in[p.snap.LangFor(reader)] = true
	}
	return n, len(n.concepts) > 0
}

// addForms adds what concepts are called besides, and the pages that have
// them as a term, to all of the groups. It says what some page has of it, in
// words that the reader knows where there are such.
func (p *planner) addForms(pl *plan, groups []*group, typed, reader string, n naming) error {
	x := search.Expansion{For: typed}
	add := func(name string) {
		if !slices.ContainsFunc(x.Added, func(s string) bool { return strings.EqualFold(s, name) }) && !strings.EqualFold(name, typed) {
			x.Added = append(x.Added, name)
		}
	}
	for i, id := range slices.Concat(n.concepts, n.also) {
		c := &p.snap.thesaurus.concepts[id]
		if c.tagged == nil {
			continue
		}
		for _, g := range groups {
			g.Leaves = append(g.Leaves, rank.Leaf{Lang: -1, Bits: c.tagged, Weight: termWeight, By: rank.Tagged})
		}
		if n.loosely || i >= len(n.concepts) {
			add(c.label.In(reader))
		}
	}
	count := 0
	for _, id := range n.concepts {
		c := &p.snap.thesaurus.concepts[id]
		for _, f := range p.snap.inOrder(c.forms, reader) {
			if count == maxSynonyms {
				break
			}
			if c.term && f.alt || caseMatters(f.text) { // the index does not tell US from us
				continue
			}
			found, err := p.addForm(groups, typed, f, c.term && !n.loosely, n)
			if err != nil {
				return err
			}
			if found {
				count++
				add(f.text)
			}
		}
	}
	if len(x.Added) > 0 {
		pl.added = append(pl.added, x)
	}
	return nil
}

// inOrder returns names with those first that a reader knows: in the
// reader's language, then in the reader's script, then all others.
func (s *Snapshot) inOrder(forms []form, reader string) []form {
	at := s.LangFor(reader)
	latin := true
	for _, f := range forms {
		if f.lang == at {
			latin = isLatin(f.text)
		}
	}
	rank := func(f form) int {
		switch {
		case f.lang == at:
			return 0
		case isLatin(f.text) != latin:
			return 3
		case f.lang < 0:
			return 1
		}
		return 2
	}
	out := slices.Clone(forms)
	slices.SortStableFunc(out, func(a, b form) int { return rank(a) - rank(b) })
	return out
}

func isLatin(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
}

// addForm adds one name to the groups, in its language or in all. It reports
// whether that can find anything the typed words do not; for the name of a
// term that the words name properly that is nothing in their language: a page
// has the labels of its terms in its text.
func (p *planner) addForm(groups []*group, typed string, f form, term bool, n naming) (found bool, err error) {
	for lang := range p.snap.Langs {
		switch {
		case f.lang >= 0 && f.lang != lang:
			continue
		case n.in[lang] && term:
			continue
		case !n.in[lang] && p.snap.reached(n.in, lang):
			continue
		}
		key, _ := stemKey(p.memos[lang], f.text)
		have, _ := stemKey(p.memos[lang], typed)
		if key == "" || have != "" && strings.Contains(" "+key+" ", " "+have+" ") {
			continue // it holds the typed words: whatever has it is found already
		}
		said, _ := p.read(lang, f.text)
		if framed(said) {
			continue
		}
		said = slices.DeleteFunc(said, func(t text.Token) bool { return t.Stop })
		probe := &group{terms: make([][]string, len(p.snap.Langs))}
		if err := p.sequence(probe, lang, said, rank.Synonym, false); err != nil {
			return false, err
		}
		if len(probe.Leaves) == 0 {
			continue
		}
		found = true
		for _, g := range groups {
			g.Leaves = append(g.Leaves, probe.Leaves...)
			g.terms[lang] = append(g.terms[lang], probe.terms[lang]...)
		}
	}
	return found, nil
}

// reached reports whether every page that is in lang is in one of the
// languages from too, so that words of those find it.
func (s *Snapshot) reached(from []bool, lang int) bool {
	rest := s.InLang[lang]
	for l, ok := range from {
		if ok {
			rest = roaring.AndNot(rest, s.WholePages(s.InLang[l]))
		}
	}
	return rest.IsEmpty()
}
