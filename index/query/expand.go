package query

import (
	"context"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/index/rank"
	"casebook/index/reading"
	"casebook/index/synonyms"
	"casebook/search"
)

// maxSynonyms bounds what the thesaurus adds to one word or phrase.
const maxSynonyms = 8

// addNames adds to the words that name something what it is called besides, and
// the pages that have it as a term. A synonym is the same word: its occurrences join
// those of the word. Found is told what some page has of it, in words that the
// reader knows where there are such.
func (f *finder) addNames(ctx context.Context, found *Found, n synonyms.Named) error {
	words := found.Words[n.From:n.To]
	for _, w := range words {
		w.named = true
	}
	x := search.Expansion{For: n.Words}
	tell := func(name string) {
		if !slices.ContainsFunc(x.Added, func(s string) bool { return strings.EqualFold(s, name) }) && !strings.EqualFold(name, n.Words) {
			x.Added = append(x.Added, name)
		}
	}
	for i, id := range slices.Concat(n.Concepts, n.Also) {
		if f.tagged[id] == nil {
			continue
		}
		for _, w := range words {
			w.Leaves = append(w.Leaves, rank.Leaf{Lang: reading.AnyLang, Bits: f.tagged[id], Weight: termWeight, By: rank.Tagged})
		}
		if n.Loosely || i >= len(n.Concepts) {
			tell(f.synonyms.Concepts[id].Label.In(found.Query.Lang))
		}
	}
	count := 0
	for name := range f.synonyms.Others(f.reader, n, f.lang, f.reached) {
		if count == maxSynonyms {
			break
		}
		added, err := f.addForms(ctx, words, name.Forms)
		if err != nil {
			return err
		}
		if added {
			count++
			tell(name.Text)
		}
	}
	if len(x.Added) > 0 {
		found.Added = append(found.Added, x)
	}
	return nil
}

// addForms adds the forms of another name to all of the words, and reports whether
// any page has one.
func (f *finder) addForms(ctx context.Context, words []*Word, forms []reading.Form) (added bool, err error) {
	for _, form := range forms {
		probe := &Word{Terms: make([][]string, len(f.docs.Langs))}
		if err := f.add(ctx, probe, form, rank.Synonym); err != nil {
			return false, err
		}
		if len(probe.Leaves) == 0 {
			continue
		}
		added = true
		for _, w := range words {
			w.Leaves = append(w.Leaves, probe.Leaves...)
			w.Terms[form.Lang] = append(w.Terms[form.Lang], probe.Terms[form.Lang]...)
		}
	}
	return added, nil
}

// reached reports whether every page that is in lang is in one of the
// languages from too, so that words of those find it.
func (f *finder) reached(from []bool, lang int) bool {
	rest := f.docs.InLang[lang]
	for l, ok := range from {
		if ok {
			rest = roaring.AndNot(rest, f.docs.WholePages(f.docs.InLang[l]))
		}
	}
	return rest.IsEmpty()
}

// A name that few pages have is helped by the names that its definition in
// the glossary names. They find no page, they only count for those that are found.
const (
	relatedFew    = 10  // pages that have the name; with more it needs no help
	relatedWeight = 0.5 // of a related name beside one that was typed
)

// relate adds what the definitions of rare names name.
func (f *finder) relate(ctx context.Context, found *Found, named []synonyms.Named) error {
	for _, n := range named {
		var sets []*roaring.Bitmap
		for _, w := range found.Words[n.From:n.To] {
			sets = append(sets, w.docs)
		}
		if f.docs.CountPages(intersect(sets)) >= relatedFew {
			continue
		}
		for _, id := range n.Concepts {
			for _, related := range f.synonyms.Concepts[id].Related {
				if slices.Contains(n.Concepts, related) {
					continue
				}
				w, err := f.called(ctx, related)
				if err != nil {
					return err
				}
				if len(w.Leaves) == 0 {
					continue
				}
				f.weigh(w)
				w.IDF *= relatedWeight
				w.TypedIDF = w.IDF
				found.Related = append(found.Related, &w.Word)
			}
		}
	}
	return nil
}

// called returns the word that any of the names of a concept fulfils.
func (f *finder) called(ctx context.Context, concept int) (*Word, error) {
	n := len(f.docs.Langs)
	w := &Word{Word: rank.Word{Stop: make([]bool, n)}, Terms: make([][]string, n), wish: &reading.Wish{}}
	for _, form := range f.synonyms.Forms(f.reader, concept, maxSynonyms) {
		if err := f.add(ctx, w, form, rank.Synonym); err != nil {
			return nil, err
		}
	}
	return w, nil
}
