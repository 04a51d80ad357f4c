package index

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/index/rank"
	"casebook/index/text"
)

// A name that few pages have is helped by the names that its definition in
// the glossary names: the group that it split from, the body that it belongs
// to. They find no page, they only count for those that are found.
const (
	relatedFew    = 10  // pages that have the name; with more it needs no help
	relatedWeight = 0.5 // of a related name beside one that was typed
)

// A namedRun is a run of groups of a plan that names concepts.
type namedRun struct {
	groups   []*group
	concepts []int
}

// relate adds to the plan what the definitions of rare names name.
func (p *planner) relate(pl *plan, mentions []namedRun) error {
	for _, m := range mentions {
		var sets []*roaring.Bitmap
		for _, g := range m.groups {
			sets = append(sets, g.docs)
		}
		if p.snap.CountPages(intersect(sets)) >= relatedFew {
			continue
		}
		for _, id := range m.concepts {
			for _, r := range p.snap.thesaurus.concepts[id].related {
				if slices.Contains(m.concepts, r) {
					continue
				}
				g, err := p.called(p.snap.thesaurus.concepts[r].forms)
				if err != nil {
					return err
				}
				if len(g.Leaves) == 0 {
					continue
				}
				p.finish(g)
				g.IDF *= relatedWeight
				g.TypedIDF = g.IDF
				pl.related = append(pl.related, g)
			}
		}
	}
	return nil
}

// called returns the group that any of the names fulfils.
func (p *planner) called(forms []form) (*group, error) {
	n := len(p.snap.Langs)
	g := &group{Word: rank.Word{Stop: make([]bool, n)}, whole: make([][]string, n), terms: make([][]string, n)}
	for _, f := range forms[:min(len(forms), maxSynonyms)] {
		if caseMatters(f.text) {
			continue
		}
		for lang := range p.snap.Langs {
			if f.lang >= 0 && f.lang != lang {
				continue
			}
			said, _ := p.read(lang, f.text)
			said = slices.DeleteFunc(said, func(t text.Token) bool { return t.Stop })
			if len(said) == 0 {
				continue
			}
			if err := p.sequence(g, lang, said, rank.Synonym, false); err != nil {
				return nil, err
			}
		}
	}
	return g, nil
}

// relate notes which concepts the definitions of the glossary name, by a name
// that begins with a capital letter in the middle of a sentence.
func (t *thesaurus) relate(s *Snapshot, memos []*text.Analyzer) {
	for id := range t.concepts {
		definition := t.concepts[id].definition
		for _, l := range definition.Langs() {
			lang, ok := s.Lang(l)
			if !ok {
				continue
			}
			body := definition.In(l)
			var toks []text.Token
			memos[lang].Tokens(body, func(tok text.Token) {
				if !tok.Compound && !tok.Stop && len(tok.Terms) > 0 {
					toks = append(toks, tok)
				}
			})
			for len(toks) > 0 {
				n := t.related(id, lang, body, toks)
				toks = toks[max(1, n):]
			}
		}
	}
}

// related adds to a concept what the longest name at the beginning of toks
// names, and returns how many words that name has.
func (t *thesaurus) related(id, lang int, text string, toks []text.Token) int {
	c := &t.concepts[id]
	first, _ := utf8.DecodeRuneInString(text[toks[0].Start:])
	if toks[0].Start == 0 || !unicode.IsUpper(first) {
		return 0
	}
	for n := min(t.longest, len(toks)); n > 0; n-- {
		var stems []string
		for _, tok := range toks[:n] {
			stems = append(stems, tok.Terms[0])
		}
		named := t.byKey[lang][strings.Join(stems, " ")]
		for _, x := range named {
			if x.concept != id && !slices.Contains(c.related, x.concept) {
				c.related = append(c.related, x.concept)
			}
		}
		if len(named) > 0 {
			return n
		}
	}
	return 0
}
