package index

import (
	"strings"

	"casebook/index/docs"
	"casebook/index/file"
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
