package index

import (
	"slices"
	"unicode/utf8"

	"casebook/content/lexical"
	"casebook/index/words"
	"casebook/search"
)

// maxPieces bounds the words that one word is taken apart into.
const maxPieces = 6

// apart returns the query with words taken apart that no page has as they
// stand and that are several: prison/probation, GP19, 2178(5). Names that the
// thesaurus knows stay whole.
func (p *planner) apart(q search.Query) (search.Query, error) {
	var groups []search.Group // nil as long as nothing changes
	for i, g := range q.Groups {
		ps, err := p.piecesOf(g, q.Lang)
		if err != nil {
			return q, err
		}
		if len(ps) > 1 && groups == nil {
			groups = slices.Clone(q.Groups[:i])
		}
		if len(ps) < 2 || len(groups)+len(ps) > search.MaxWords {
			if groups != nil {
				groups = append(groups, g)
			}
			continue
		}
		for _, w := range ps {
			groups = append(groups, search.Group{Any: []search.Clause{{Kind: search.Word, Words: []string{w}}}})
		}
	}
	if groups != nil {
		q.Groups = groups
		q.Text = q.Words() // a name of a page is one however it was typed
	}
	return q, nil
}

// piecesOf returns the words of a group that is one word which no page has;
// nil for all others, and where no page has any of them.
func (p *planner) piecesOf(g search.Group, reader string) ([]string, error) {
	if len(g.Any) != 1 || g.Any[0].Kind != search.Word || g.Any[0].Field != "" {
		return nil, nil
	}
	body := g.Any[0].Words[0]
	ps := lexical.Fragments(body)
	if len(ps) < 2 || len(ps) > maxPieces {
		return nil, nil
	}
	whole, err := p.group(g.Any)
	if err != nil || len(whole.Leaves) > 0 {
		return nil, err
	}
	if _, named := p.names([]*group{whole}, body, reader); named {
		return nil, nil
	}
	for _, w := range ps {
		piece, err := p.group([]search.Clause{{Kind: search.Word, Words: []string{w}}})
		if err != nil {
			return nil, err
		}
		if len(piece.Leaves) > 0 {
			return ps, nil
		}
	}
	return nil, nil
}

// minHalf is the least number of letters of each of two words that were
// written as one.
const minHalf = 3

// twoWords returns the two words that a word is which no page has, where some
// page has them side by side: Bokoharam. "" if it is no two words.
func (p *planner) twoWords(word string) (first, second string, err error) {
	most := uint64(0)
	n := utf8.RuneCountInString(word)
	if n < 2*minHalf || n > maxSpelling {
		return "", "", nil
	}
	rs := []rune(word)
	for i := minHalf; i <= len(rs)-minHalf; i++ {
		a, b := string(rs[:i]), string(rs[i:])
		x, err := p.words.Docs(words.Whole, a)
		if err != nil || x == nil {
			if err != nil {
				return "", "", err
			}
			continue
		}
		y, err := p.words.Docs(words.Whole, b)
		if err != nil {
			return "", "", err
		}
		if y == nil || x.Docs.AndCardinality(y.Docs) <= most {
			continue
		}
		together := uint64(0)
		for lang := range p.snap.Langs {
			said, _ := p.read(lang, a+" "+b)
			if len(said) != 2 || said[0].Stop || said[1].Stop {
				continue
			}
			found, err := p.phrase(lang, false, said, 0)
			if err != nil {
				return "", "", err
			}
			if found != nil {
				together += found.Bits.GetCardinality()
			}
		}
		if together > most {
			first, second, most = a, b, together
		}
	}
	return first, second, nil
}
