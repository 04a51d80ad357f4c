package query

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/index/rank"
	"casebook/index/reading"
	"casebook/index/words"
)

// A Word is one wish with the documents that fulfil it.
type Word struct {
	rank.Word
	Terms      [][]string // by language: what to mark in texts
	Beginnings []string   // folded beginnings of words to mark
	Folded     []string   // folded words to mark

	wish  *reading.Wish
	named bool            // names something that the thesaurus knows
	docs  *roaring.Bitmap // documents with one of the leaves, whole pages
	sure  *roaring.Bitmap // those of docs that don't have it by a synonym alone
}

// What counts how much beside a word itself.
const (
	synonymWeight = 0.8 // an occurrence of a synonym
	termWeight    = 10  // a page's having the term, in occurrences: it is about it and doesn't just mention it
	framingWeight = 0.3 // a word that only frames the question
)

// synonymSlop is how many words may stand between those of a synonym:
// deprivation of nationality is also "deprived of his nationality".
const synonymSlop = 2

// word finds what fulfils a wish.
func (f *finder) word(ctx context.Context, wish *reading.Wish) (*Word, error) {
	w := &Word{Word: rank.Word{Stop: wish.Stop}, Terms: make([][]string, len(f.docs.Langs)), wish: wish}
	for _, form := range wish.Forms {
		if err := f.add(ctx, w, form, rank.Typed); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// add adds the leaves of a form.
func (f *finder) add(ctx context.Context, w *Word, form reading.Form, by rank.Origin) error {
	switch form.Kind {
	case reading.AllOf:
		return f.allOf(w, form)
	case reading.Beginning:
		return f.beginning(w, form)
	}
	return f.sequence(ctx, w, form, by)
}

// sequence adds the leaves of a run of words in one language: the lists of
// one word, or the documents where several stand in this order.
func (f *finder) sequence(ctx context.Context, w *Word, form reading.Form, by rank.Origin) error {
	field := words.Text(form.Lang)
	if form.Title {
		field = words.Title(form.Lang)
	}
	weight, slop := float32(1), 0
	if by == rank.Synonym {
		weight, slop = synonymWeight, synonymSlop
	}
	for _, t := range form.Words {
		w.Terms[form.Lang] = append(w.Terms[form.Lang], t.Terms...)
	}
	if len(form.Words) > 1 {
		l, err := f.phrase(ctx, field, form, slop)
		if err != nil || l == nil {
			return err
		}
		l.Lang, l.Weight, l.Title, l.By = form.Lang, weight, form.Title, by
		w.Leaves = append(w.Leaves, *l)
		return nil
	}
	for _, term := range form.Words[0].Terms {
		list, err := f.lists.Docs(field, term)
		if err != nil {
			return err
		}
		if list != nil {
			w.Leaves = append(w.Leaves, rank.Leaf{Lang: form.Lang, List: list, Bits: list.Docs, Weight: weight, Title: form.Title, By: by})
		}
	}
	return nil
}

// allOf adds the documents of a language that have all of the folded words.
func (f *finder) allOf(w *Word, form reading.Form) error {
	field := words.Whole
	if form.Title {
		field = words.WholeTitle
	}
	bits := f.docs.InLang[form.Lang].Clone()
	for _, word := range form.Folded {
		list, err := f.lists.Docs(field, word)
		if err != nil || list == nil {
			return err
		}
		bits.And(list.Docs)
	}
	if !bits.IsEmpty() {
		w.Leaves = append(w.Leaves, rank.Leaf{Lang: form.Lang, Bits: bits, Weight: 1, Title: true})
		w.Folded = append(w.Folded, form.Folded...)
	}
	return nil
}

// beginning adds the documents with a word that begins so. All languages share the
// folded words.
func (f *finder) beginning(w *Word, form reading.Form) error {
	field := words.Whole
	if form.Title {
		field = words.WholeTitle
	}
	start := form.Folded[0]
	terms, err := f.lists.Beginning(field, start)
	if err != nil {
		return err
	}
	w.Beginnings = append(w.Beginnings, start)
	for _, t := range terms {
		list, err := f.lists.Docs(field, t)
		if err != nil {
			return err
		}
		if list != nil {
			w.Leaves = append(w.Leaves, rank.Leaf{Lang: reading.AnyLang, List: list, Bits: list.Docs, Weight: 1, Title: form.Title})
		}
	}
	return nil
}

// weigh computes the sets and the weights of a word, when it has all its leaves.
func (f *finder) weigh(w *Word) {
	var sets, typed, sure []*roaring.Bitmap
	for _, l := range w.Leaves {
		sets = append(sets, l.Bits)
		if l.By != rank.Synonym {
			sure = append(sure, l.Bits)
		}
		if l.By == rank.Typed {
			typed = append(typed, l.Bits)
		}
	}
	w.Any = union(sets)
	w.docs = f.docs.WholePages(w.Any)
	w.IDF = rank.IDF(int(f.satisfied(w, w.docs).GetCardinality()), len(f.docs.Units))
	w.sure, w.TypedIDF = w.docs, w.IDF
	if len(typed) < len(sets) && len(typed) > 0 {
		// What was added makes the word look more common than it is: whoever
		// asks for orphans finds children too, but orphans first. It is
		// rare or not among the pages in its own language.
		w.Typed = union(typed)
		has := f.satisfied(w, w.Typed).GetCardinality()
		w.TypedIDF = max(w.IDF, rank.IDF(int(has), int(max(has, f.typedIn(w).GetCardinality()))))
		w.sure = f.docs.WholePages(union(sure))
	}
	if w.wish.Framing {
		w.IDF *= framingWeight
		w.TypedIDF = w.IDF
	}
}

// typedIn returns the documents in the languages in which a word was typed.
func (f *finder) typedIn(w *Word) *roaring.Bitmap {
	langs := roaring.New()
	for _, l := range w.Leaves {
		switch {
		case l.By != rank.Typed:
		case l.Lang < 0:
			return f.docs.All
		default:
			langs = roaring.Or(langs, f.docs.InLang[l.Lang])
		}
	}
	return langs
}

// satisfied returns the documents in which the word is not missing: those
// that have it, and those in whose language it says nothing.
func (f *finder) satisfied(w *Word, have *roaring.Bitmap) *roaring.Bitmap {
	sets := []*roaring.Bitmap{have}
	for lang, stop := range w.Stop {
		if stop {
			sets = append(sets, f.docs.InLang[lang])
		}
	}
	if len(sets) == 1 {
		return have
	}
	return f.docs.WholePages(roaring.FastOr(sets...))
}
