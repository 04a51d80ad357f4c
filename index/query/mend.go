package query

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content/lexical"
	"casebook/index/rank"
	"casebook/index/reading"
	"casebook/index/spelling"
	"casebook/index/words"
	"casebook/search"
)

// Bounds of spelling.
const (
	maxMended   = 5 // words of a query that are looked up, and as many that are doubted
	maxDoubtful = 2 // pages that may have a word which is doubted all the same
)

// mend looks for the nearest word of the corpus for words that no page has.
// All are offered to the reader; those that are hardly meant otherwise, or
// without which nothing would be found, are searched for too.
func (f *finder) mend(ctx context.Context, found *Found) error {
	var unknown, rare []*Word
	known := 0
	for _, w := range found.Words {
		switch {
		case len(w.Leaves) > 0:
			known++
			rare = append(rare, w)
		case w.named: // no page has it, and it is spelled right
		case w.wish.IsWord() && !slices.Contains(w.Stop, true):
			unknown = append(unknown, w)
		}
	}
	for _, w := range unknown[:min(len(unknown), maxMended)] {
		typed := w.wish.Clauses[0].Words[0]
		shown, sure, err := spelling.Mended(ctx, corpus{f}, lexical.FoldWord(typed), f.lang)
		if err != nil {
			return err
		}
		if shown == "" {
			continue
		}
		found.Mended[typed] = shown
		if known > 0 && !sure {
			continue
		}
		if err := f.alsoSearch(ctx, w, shown); err != nil {
			return err
		}
		if len(w.Leaves) > 0 {
			found.Added = append(found.Added, search.Expansion{For: typed, Added: []string{shown}})
		}
	}
	return f.doubt(ctx, found, rare[:min(len(rare), maxMended)])
}

// doubt offers another word for one that hardly any page has.
func (f *finder) doubt(ctx context.Context, found *Found, rare []*Word) error {
	for _, w := range rare {
		if !w.wish.IsWord() || w.named || slices.Contains(w.Stop, true) {
			continue
		}
		var sets []*roaring.Bitmap
		for _, l := range w.Leaves {
			sets = append(sets, l.Bits)
		}
		set := union(sets)
		have := int(set.GetCardinality())
		if have > maxDoubtful*len(f.docs.Tags) || f.docs.CountPages(f.docs.WholePages(set)) > maxDoubtful {
			continue
		}
		typed := w.wish.Clauses[0].Words[0]
		shown, err := spelling.Doubted(ctx, corpus{f}, lexical.FoldWord(typed), have, f.lang)
		if err != nil {
			return err
		}
		if shown != "" {
			found.Doubted[typed] = shown
		}
	}
	return nil
}

// alsoSearch adds other words to a word, in every language.
func (f *finder) alsoSearch(ctx context.Context, w *Word, other string) error {
	for lang := range f.docs.Langs {
		said := f.reader.ContentWords(lang, other)
		if len(said) == 0 {
			continue
		}
		if err := f.add(ctx, w, reading.Form{Lang: lang, Title: w.wish.Clauses[0].Field != "", Words: said}, rank.Synonym); err != nil {
			return err
		}
	}
	return nil
}

// A corpus is what spelling asks of the pages.
type corpus struct{ *finder }

var _ spelling.Corpus = corpus{}

func (c corpus) Documents(word string, lang int) (own, all int, err error) {
	list, err := c.lists.Docs(words.Whole, word)
	if err != nil || list == nil {
		return 0, 0, err
	}
	return int(list.Docs.AndCardinality(c.docs.InLang[lang])), int(list.Docs.GetCardinality()), nil
}

func (c corpus) Near(word string, slips int) ([]string, error) {
	return c.lists.Near(words.Whole, word, slips)
}

func (c corpus) Written(word string, lang int) string { return c.words.Written(word, lang) }

func (c corpus) Together(ctx context.Context, first, second string, atLeast int) (int, error) {
	a, err := c.lists.Docs(words.Whole, first)
	if err != nil || a == nil {
		return 0, err
	}
	b, err := c.lists.Docs(words.Whole, second)
	if err != nil || b == nil || a.Docs.AndCardinality(b.Docs) <= uint64(atLeast) {
		return 0, err
	}
	n := 0
	for lang := range c.docs.Langs {
		said, _ := c.reader.Tokens(lang, first+" "+second)
		if len(said) != 2 || said[0].Stop || said[1].Stop {
			continue
		}
		l, err := c.phrase(ctx, words.Text(lang), reading.Form{Lang: lang, Words: said}, 0)
		if err != nil {
			return 0, err
		}
		if l != nil {
			n += len(l.Docs)
		}
	}
	return n, nil
}
