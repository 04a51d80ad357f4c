package words

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"casebook/content/lexical"
	"casebook/index/file"
	"casebook/index/text"
)

// A vocabulary has the terms of each language: their ranks, and how texts write
// them.
type vocabulary struct {
	surfaces []file.Multimap // by language: term -> words as texts have them
	ranks    [][]uint32      // by language and by the term's place in surfaces
	display  file.Multimap   // folded word -> how it is most often written
}

// newVocabulary gathers what analyzers have seen, by worker and language.
func newVocabulary(langs int, analyzers [][]*text.Analyzer) vocabulary {
	v := vocabulary{surfaces: make([]file.Multimap, langs), ranks: make([][]uint32, langs)}
	display := make(map[string][]string)
	best := make(map[string]int) // how often a word is written so, in one language
	for lang := range langs {
		seen := make(map[string]*text.Analysis)
		for _, byLang := range analyzers {
			for surface, a := range byLang[lang].Seen {
				if have, ok := seen[surface]; ok {
					have.Count += a.Count
				} else {
					seen[surface] = a
				}
			}
		}
		surfaces := make(map[string][]string)
		counts := make(map[string]int) // how often a term stands in texts
		for _, surface := range slices.Sorted(maps.Keys(seen)) {
			a := seen[surface]
			for _, t := range a.Terms {
				surfaces[t] = append(surfaces[t], surface)
				counts[t] += a.Count
			}
			n := a.Count
			if strings.ToLower(surface) == surface {
				n *= 4 // a word at the head of sentences and titles is no name
			}
			if n > best[a.Whole] {
				best[a.Whole] = n
				display[a.Whole] = []string{surface}
			}
		}
		v.surfaces[lang] = file.NewMultimap(surfaces)
		v.ranks[lang] = rankTerms(&v.surfaces[lang].Keys, counts)
	}
	v.display = file.NewMultimap(display)
	return v
}

// rankTerms returns the ranks of terms by their place: the most frequent first,
// of two as frequent the first.
func rankTerms(terms *file.Table, counts map[string]int) []uint32 {
	order := make([]uint32, terms.Len())
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortStableFunc(order, func(a, b uint32) int {
		return cmp.Compare(counts[terms.At(int(b))], counts[terms.At(int(a))])
	})
	ranks := make([]uint32, len(order))
	for rank, i := range order {
		ranks[i] = uint32(rank)
	}
	return ranks
}

// ranksOf returns by worker, language and number of an analyzer the ranks of
// terms.
func (v *vocabulary) ranksOf(analyzers [][]*text.Analyzer) [][][]uint32 {
	out := make([][][]uint32, len(analyzers))
	for w, byLang := range analyzers {
		out[w] = make([][]uint32, len(byLang))
		for lang, a := range byLang {
			out[w][lang] = make([]uint32, len(a.Terms))
			for n, term := range a.Terms {
				if rank, ok := v.rank(lang, string(term)); ok { // words that are no terms have none
					out[w][lang][n] = rank
				}
			}
		}
	}
	return out
}

// rank returns the rank of a term; false if no text in the language has it.
func (v *vocabulary) rank(lang int, term string) (uint32, bool) {
	i, ok := v.surfaces[lang].Keys.Find(term)
	if !ok {
		return 0, false
	}
	return v.ranks[lang][i], true
}

// terms returns how many terms each language has.
func (v *vocabulary) terms() []int {
	out := make([]int, len(v.ranks))
	for lang := range v.ranks {
		out[lang] = len(v.ranks[lang])
	}
	return out
}

// Surfaces returns the words, as texts in a language have them, that a term is
// made of.
func (x *Index) Surfaces(lang int, term string) []string { return x.surfaces[lang].Of(term) }

// Written returns how a folded word is written: as texts in a language have it,
// if some do, else as most texts do; the word itself where none has it.
func (x *Index) Written(word string, lang int) string {
	most, ok := x.display.First(word)
	if !ok {
		most = word
	}
	var other string
	for _, stem := range x.docs.Langs[lang].Stems(word) {
		for _, surface := range x.Surfaces(lang, stem) {
			switch {
			case lexical.Fold(surface) != word:
			case surface == most:
				return most
			case other == "" || strings.ToLower(surface) == surface && strings.ToLower(other) != other:
				other = surface
			}
		}
	}
	if other != "" {
		return other
	}
	return most
}
