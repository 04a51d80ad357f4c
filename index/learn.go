package index

import (
	"cmp"
	"slices"
	"strings"

	"casebook/index/docs"
	"casebook/index/file"
	"casebook/index/rows"
	"casebook/index/text"
)

// measure computes what the length of a text does to its score, against the
// average of its language.
func (s *Snapshot) measure(seen *facts) {
	sum, count := make([]float64, len(s.Langs)), make([]float64, len(s.Langs))
	for i, u := range s.Units {
		sum[u.Lang] += float64(seen.lengths[i])
		count[u.Lang]++
	}
	s.norms = make([]float32, len(s.Units))
	for i, u := range s.Units {
		avg := max(1, sum[u.Lang]/count[u.Lang])
		s.norms[i] = float32(k1 * (1 - b + b*float64(seen.lengths[i])/avg))
	}
	s.titles = docs.NewNames(seen.titles, seen.names)
}

// learn keeps how words are written: for marks in passages, and to show words
// in suggestions as readers know them. It returns how often each term of a
// language stands in texts.
func (s *Snapshot) learn(memos [][]*text.Analyzer) []map[string]int {
	s.surfaces = make([]file.Multimap, len(s.Langs))
	counts := make([]map[string]int, len(s.Langs))
	display := make(map[string][]string)
	for i := range s.Langs {
		seen := make(map[string]*text.Analysis)
		for _, byLang := range memos {
			for surface, a := range byLang[i].Seen {
				if have, ok := seen[surface]; ok {
					have.Count += a.Count
				} else {
					seen[surface] = a
				}
			}
		}
		surfaces := make(map[string][]string)
		counts[i] = make(map[string]int)
		best := make(map[string]int)
		for _, surface := range sortedKeys(seen) {
			a := seen[surface]
			for _, t := range a.Terms {
				surfaces[t] = append(surfaces[t], surface)
				counts[i][t] += a.Count
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
		s.surfaces[i] = file.NewMultimap(surfaces)
	}
	s.display = file.NewMultimap(display)
	return counts
}

// termCounts returns how many terms each language has.
func (s *Snapshot) termCounts() []int {
	out := make([]int, len(s.ranks))
	for lang := range s.ranks {
		out[lang] = len(s.ranks[lang])
	}
	return out
}

// rankTerms gives the terms of every language their ranks: counts has how often
// each term of a language stands in texts. It returns what to put in the place
// of the numbers that the workers' analyzers gave.
func (s *Snapshot) rankTerms(counts []map[string]int, memos [][]*text.Analyzer) [][][]uint32 {
	s.ranks = make([][]uint32, len(s.Langs))
	for lang := range s.Langs {
		keys := &s.surfaces[lang].Keys
		order := make([]uint32, keys.Len())
		for i := range order {
			order[i] = uint32(i)
		}
		slices.SortStableFunc(order, func(a, b uint32) int {
			return cmp.Compare(counts[lang][keys.At(int(b))], counts[lang][keys.At(int(a))])
		})
		s.ranks[lang] = make([]uint32, len(order))
		for rank, i := range order {
			s.ranks[lang][i] = uint32(rank)
		}
	}
	numbers := make([][][]uint32, len(memos))
	for w, byLang := range memos {
		numbers[w] = make([][]uint32, len(byLang))
		for lang, m := range byLang {
			numbers[w][lang] = make([]uint32, len(m.Terms))
			for n, term := range m.Terms {
				if rank, ok := s.rankOf(lang, string(term)); ok { // words that are no terms have none
					numbers[w][lang][n] = rank
				}
			}
		}
	}
	return numbers
}

// rankOf returns the rank of a term; false if no text in the language has it.
func (s *Snapshot) rankOf(lang int, term string) (uint32, bool) {
	i, ok := s.surfaces[lang].Keys.Find(term)
	if !ok {
		return 0, false
	}
	return s.ranks[lang][i], true
}

// seek makes a term of a language looked for, with a bit below rows.MaxSought. A
// term that no text in the language has is not looked for.
func (s *Snapshot) seek(k *rows.Sought, lang int, term string, bit int) {
	if rank, ok := s.rankOf(lang, term); ok {
		k.Add(rank, bit)
	}
}

// run returns what one term for each word looks like in rows; nil if no text has
// one of them.
func (s *Snapshot) run(lang int, terms []string) *rows.Run {
	var ranks []uint32
	for _, term := range terms {
		rank, ok := s.rankOf(lang, term)
		if !ok {
			return nil
		}
		ranks = append(ranks, rank)
	}
	return rows.NewRun(ranks)
}

// frequenciesOf returns the frequencies of a term of a language, which n documents have.
func (s *Snapshot) frequenciesOf(lang int, term string, n int) ([]byte, error) {
	rank, ok := s.rankOf(lang, term)
	if !ok {
		return nil, rows.ErrFrequencies
	}
	return s.frequencies.Of(lang, rank, n)
}
