package index

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content/lexical"
	"casebook/index/rank"
	"casebook/index/text"
	"casebook/index/words"
	"casebook/search"
)

// Bounds of spelling.
const (
	maxMended    = 5  // words of a query that are looked up
	minSpelling  = 4  // letters of a word that is looked up
	maxSpelling  = 32 // the same, at most
	twoErrors    = 8  // letters from which two errors are forgiven
	sureSpelling = 6  // letters from which another way to write the same sounds is hardly another word: chips are no ships

	maxDoubtful   = 2  // pages that may have a word which is doubted all the same
	doubtSpelling = 8  // letters of such a word, at least
	doubtTimes    = 20 // documents that have the word which it may be a slip for, for each that has it
)

// mend looks for the nearest word of the corpus for words that no page has.
// All are offered to the reader; those that are hardly meant otherwise, or
// without which nothing would be found, are searched for too.
func (p *planner) mend(pl *plan, lang int) error {
	var unknown, rare []*group
	known := 0
	for _, g := range pl.groups {
		switch {
		case len(g.Leaves) > 0:
			known++
			rare = append(rare, g)
		case g.named: // no page has it, and it is spelled right
		case len(g.clauses) == 1 && g.clauses[0].Kind == search.Word && !slices.Contains(g.Stop, true):
			unknown = append(unknown, g)
		}
	}
	for _, g := range unknown[:min(len(unknown), maxMended)] {
		typed := g.clauses[0].Words[0]
		folded := lexical.FoldWord(typed)
		shown, sure, err := p.mended(folded, lang)
		if err != nil {
			return err
		}
		if shown == "" {
			continue
		}
		pl.mended[typed] = shown
		if known > 0 && !sure {
			continue
		}
		if err := p.alsoSearch(g, shown); err != nil {
			return err
		}
		if len(g.Leaves) > 0 {
			pl.added = append(pl.added, search.Expansion{For: typed, Added: []string{shown}})
		}
	}
	return p.doubt(pl, rare[:min(len(rare), maxMended)], lang)
}

// doubt offers another word for one that hardly any page has and that looks
// like a slip for one that very many have: pages have misspellings too.
func (p *planner) doubt(pl *plan, groups []*group, lang int) error {
	for _, g := range groups {
		if len(g.clauses) != 1 || g.clauses[0].Kind != search.Word || g.named || slices.Contains(g.Stop, true) {
			continue
		}
		typed := g.clauses[0].Words[0]
		word := lexical.FoldWord(typed)
		if utf8.RuneCountInString(word) < doubtSpelling {
			continue
		}
		var sets []*roaring.Bitmap
		for _, l := range g.Leaves {
			sets = append(sets, l.Bits)
		}
		docs := union(sets)
		if docs.GetCardinality() > maxDoubtful*uint64(len(p.snap.Tags)) || p.snap.CountPages(p.snap.WholePages(docs)) > maxDoubtful {
			continue
		}
		near, err := p.nearest(word, lang)
		if err != nil {
			return err
		}
		if near == "" || !slip(word, near) {
			continue
		}
		l, err := p.words.Docs(words.Whole, near)
		if err != nil {
			return err
		}
		if l != nil && l.Docs.GetCardinality() >= doubtTimes*docs.GetCardinality() {
			pl.doubted[typed] = p.snap.words.Written(near, lang)
		}
	}
	return nil
}

// mended returns what is hopefully meant by a word that no page has, as pages
// write it, and whether it is hardly meant otherwise: another way to write the
// same name, two words run together, or a slip. "" if nothing is near.
func (p *planner) mended(word string, lang int) (shown string, sure bool, err error) {
	same, err := p.respelled(word, lang)
	if err != nil || same != "" {
		return p.snap.words.Written(same, lang), len(word) >= sureSpelling, err
	}
	near, err := p.nearest(word, lang)
	if err != nil || near != "" && slip(word, near) {
		return p.snap.words.Written(near, lang), true, err
	}
	first, second, err := p.twoWords(word)
	switch {
	case err != nil:
		return "", false, err
	case first != "":
		return p.snap.words.Written(first, lang) + " " + p.snap.words.Written(second, lang), true, nil
	case near != "":
		return p.snap.words.Written(near, lang), false, nil
	}
	return "", false, nil
}

// alsoSearch adds another word to a group, in every language.
func (p *planner) alsoSearch(g *group, word string) error {
	for lang := range p.snap.Langs {
		said, _ := p.read(lang, word)
		said = slices.DeleteFunc(said, func(t text.Token) bool { return t.Stop })
		if len(said) == 0 {
			continue
		}
		if err := p.sequence(g, lang, said, rank.Synonym, g.clauses[0].Field != ""); err != nil {
			return err
		}
	}
	return nil
}

// slip reports whether typed is hardly anything but a slip for word: long for
// its one or two errors, or two letters swapped.
func slip(typed, word string) bool {
	n := utf8.RuneCountInString(typed)
	switch lexical.Edits(typed, word) {
	case 1:
		return n >= 7 || n >= 5 && n == utf8.RuneCountInString(word) && sameLetters(typed, word)
	case 2:
		return n >= 11
	}
	return false
}

func sameLetters(a, b string) bool {
	x, y := []rune(a), []rune(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// nearest returns the word of the corpus nearest to one that is in none of
// its pages: of two that are equally near, the one more frequent in lang, then
// in all languages; "" if none is near.
func (p *planner) nearest(word string, lang int) (string, error) {
	n := utf8.RuneCountInString(word)
	if n < minSpelling || n > maxSpelling || p.ctx.Err() != nil {
		return "", p.ctx.Err()
	}
	errs := 1
	if n >= twoErrors {
		errs = 2
	}
	found, err := p.words.Near(words.Whole, word, errs)
	if err != nil {
		return "", err
	}
	type near struct {
		word       string
		far        int
		own, count uint64 // documents in lang, in all
	}
	var all []near
	for _, w := range found {
		l, err := p.words.Docs(words.Whole, w)
		if err != nil {
			return "", err
		}
		if l != nil {
			all = append(all, near{w, lexical.Edits(word, w), l.Docs.AndCardinality(p.snap.InLang[lang]), l.Docs.GetCardinality()})
		}
	}
	if len(all) == 0 {
		return "", nil
	}
	return slices.MinFunc(all, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(b.own, a.own), cmp.Compare(b.count, a.count), cmp.Compare(a.word, b.word))
	}).word, nil
}
