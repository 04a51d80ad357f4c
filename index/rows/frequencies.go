package rows

import (
	"errors"

	"casebook/index/docs"
)

// Frequencies say how often a term stands in each document of its posting
// list, what stands in title and summary counting more. bleve keeps them with
// each posting too, packed so that a list can only be unpacked from its start;
// a byte for each, in a row, is read ten times as fast.
type Frequencies struct {
	Data []byte
	offs [][]uint64 // by language and rank: Data[offs[r]:offs[r+1]] are those of a term, by document
}

// MaxFrequency is the highest that is kept. To BM25 more are no more.
const MaxFrequency = 255

// ErrFrequencies means that frequencies and posting lists are not of one index.
var ErrFrequencies = errors.New("the frequencies are not of these posting lists")

// Lengths are how long the posting lists of each language are, by rank.
type Lengths [][]uint32

// measure counts the documents of every term.
func (f *Forward) measure(m *docs.Map, terms []int) (Lengths, error) {
	lengths := make(Lengths, len(m.Langs))
	last := make([][]uint32, len(m.Langs)) // document + 1 that a term was seen in last
	for lang := range m.Langs {
		lengths[lang] = make([]uint32, terms[lang])
		last[lang] = make([]uint32, terms[lang])
	}
	for d, u := range m.Units {
		n, seen := lengths[u.Lang], last[u.Lang]
		err := f.Each(uint32(d), func(rank uint32, _, _ int) {
			if seen[rank] != uint32(d)+1 {
				seen[rank] = uint32(d) + 1
				n[rank]++
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return lengths, nil
}

// Place works out where the frequencies of each term are; it returns where
// those of the last end.
func (f *Frequencies) Place(lengths Lengths) (end uint64) {
	f.offs = make([][]uint64, len(lengths))
	for lang, list := range lengths {
		f.offs[lang] = make([]uint64, 1, len(list)+1)
		f.offs[lang][0] = end
		for _, n := range list {
			end += uint64(n)
			f.offs[lang] = append(f.offs[lang], end)
		}
	}
	return end
}

// Fill works the frequencies out of rows, in whose languages there are so many
// terms.
func (f *Frequencies) Fill(m *docs.Map, rows *Forward, terms []int) error {
	lengths, err := rows.measure(m, terms)
	if err != nil {
		return err
	}
	f.Data = make([]byte, f.Place(lengths))
	next := make([][]uint64, len(m.Langs)) // where the next frequency of a term goes
	sums := make([][]int, len(m.Langs))
	for lang := range m.Langs {
		next[lang] = append([]uint64(nil), f.offs[lang]...)
		sums[lang] = make([]int, len(lengths[lang]))
	}
	var seen []uint32
	for d, u := range m.Units {
		sum := sums[u.Lang]
		seen = seen[:0]
		err := rows.Each(uint32(d), func(rank uint32, _, part int) {
			if sum[rank] == 0 {
				seen = append(seen, rank)
			}
			sum[rank] += Weights[part]
		})
		if err != nil {
			return err
		}
		to := next[u.Lang]
		for _, rank := range seen {
			f.Data[to[rank]] = byte(min(sum[rank], MaxFrequency))
			to[rank]++
			sum[rank] = 0
		}
	}
	return nil
}

// Size is how many there are.
func (f *Frequencies) Size() uint64 {
	if len(f.offs) == 0 {
		return 0
	}
	last := f.offs[len(f.offs)-1]
	return last[len(last)-1]
}

// Lengths returns what Place was given.
func (f *Frequencies) Lengths() Lengths {
	out := make(Lengths, len(f.offs))
	for lang, offs := range f.offs {
		for i := range len(offs) - 1 {
			out[lang] = append(out[lang], uint32(offs[i+1]-offs[i]))
		}
	}
	return out
}

// Of returns the frequencies of the term of a rank in a language, which n
// documents have. It fails where as many are not known.
func (f *Frequencies) Of(lang int, rank uint32, n int) ([]byte, error) {
	offs := f.offs[lang][rank:]
	if offs[1]-offs[0] != uint64(n) {
		return nil, ErrFrequencies
	}
	return f.Data[offs[0]:offs[1]], nil
}
