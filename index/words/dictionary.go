package words

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/vellum/levenshtein"
)

// Bounds of a beginning.
const (
	MaxWalk      = 20_000 // words of the dictionary that are looked at
	MaxBeginning = 256    // the most frequent of them that are returned
)

// Beginning returns the most frequent terms of a field that begin with start,
// the most frequent first.
func (r *Reader) Beginning(f Field, start string) ([]string, error) {
	if r.Index.seg == nil || start == "" {
		return nil, nil
	}
	d, err := r.dict(f)
	if err != nil {
		return nil, err
	}
	type entry struct {
		term  string
		count uint64
	}
	var found []entry
	it := d.AutomatonIterator(nil, []byte(start), after([]byte(start)))
	for range MaxWalk {
		e, err := it.Next()
		if err != nil {
			return nil, fmt.Errorf("looking for words that begin with %q: %w", start, err)
		}
		if e == nil {
			break
		}
		found = append(found, entry{e.Term, e.Count})
	}
	slices.SortFunc(found, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.term, b.term))
	})
	var out []string
	for _, e := range found[:min(len(found), MaxBeginning)] {
		out = append(out, e.term)
	}
	return out, nil
}

// maxNear is how many near words are looked at.
const maxNear = 1_000

// Near returns the terms of a field that are so many slips, 1 or 2, from a word
// and begin with its first letter; the word itself is not among them.
func (r *Reader) Near(f Field, word string, slips int) ([]string, error) {
	if r.Index.seg == nil || word == "" {
		return nil, nil
	}
	dict, err := r.dict(f)
	if err != nil {
		return nil, err
	}
	builder, err := automata[slips-1]()
	if err != nil {
		return nil, err
	}
	dfa, err := builder.BuildDfa(word, uint8(slips))
	if err != nil {
		return nil, fmt.Errorf("looking for words near %q: %w", word, err)
	}
	_, first := utf8.DecodeRuneInString(word)
	from := []byte(word[:first])
	it := dict.AutomatonIterator(dfa, from, after(from))
	var out []string
	for range maxNear {
		e, err := it.Next()
		if err != nil {
			return nil, fmt.Errorf("looking for words near %q: %w", word, err)
		}
		if e == nil {
			break
		}
		if e.Term != word {
			out = append(out, e.Term)
		}
	}
	return out, nil
}

// after returns the first text that is behind all that begin with a prefix.
func after(prefix []byte) []byte {
	out := slices.Clone(prefix)
	for i := len(out) - 1; i >= 0; i-- {
		if out[i]++; out[i] != 0 {
			return out[:i+1]
		}
	}
	return nil // there is none: all bytes were 0xff
}

// automata make the automata of one and of two slips. Two letters that changed
// places are one.
var automata = [2]func() (*levenshtein.LevenshteinAutomatonBuilder, error){
	sync.OnceValues(func() (*levenshtein.LevenshteinAutomatonBuilder, error) {
		return levenshtein.NewLevenshteinAutomatonBuilder(1, true)
	}),
	sync.OnceValues(func() (*levenshtein.LevenshteinAutomatonBuilder, error) {
		return levenshtein.NewLevenshteinAutomatonBuilder(2, true)
	}),
}
