package index

import (
	"errors"

	"casebook/index/file"
)

// Frequencies say how often a term stands in each document of its posting
// list, what stands in title and summary counting more. bleve keeps them with
// each posting too, packed so that a list can only be unpacked from its start;
// a byte for each, in a row, is read ten times as fast.
type frequencies struct {
	data  []byte
	offs  [][]uint64 // by language and rank: data[offs[r]:offs[r+1]] are those of a term, by document
	close func()
}

// maxFrequency is the highest that is kept. To BM25 more are no more.
const maxFrequency = 255

var errFrequencies = errors.New("the frequencies are not of these posting lists")

// listLengths are how long the posting lists of each language are, by rank.
type listLengths [][]uint32

// measureLists counts the documents of every term.
func (s *Snapshot) measureLists() (listLengths, error) {
	lengths := make(listLengths, len(s.Langs))
	last := make([][]uint32, len(s.Langs)) // document + 1 that a term was seen in last
	for lang := range s.Langs {
		lengths[lang] = make([]uint32, len(s.forward.ranks[lang]))
		last[lang] = make([]uint32, len(s.forward.ranks[lang]))
	}
	for d, u := range s.Units {
		n, seen := lengths[u.Lang], last[u.Lang]
		err := s.forward.each(uint32(d), func(rank uint32, _, _ int) {
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

// place works out where the frequencies of each term are; it returns where
// those of the last end.
func (f *frequencies) place(lengths listLengths) (end uint64) {
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

// fill works the frequencies out of the forward index.
func (f *frequencies) fill(s *Snapshot) error {
	lengths, err := s.measureLists()
	if err != nil {
		return err
	}
	f.data = make([]byte, f.place(lengths))
	next := make([][]uint64, len(s.Langs)) // where the next frequency of a term goes
	sums := make([][]int, len(s.Langs))
	for lang := range s.Langs {
		next[lang] = append([]uint64(nil), f.offs[lang]...)
		sums[lang] = make([]int, len(lengths[lang]))
	}
	var seen []uint32
	for d, u := range s.Units {
		sum := sums[u.Lang]
		seen = seen[:0]
		err := s.forward.each(uint32(d), func(rank uint32, _, part int) {
			if sum[rank] == 0 {
				seen = append(seen, rank)
			}
			sum[rank] += weightOf[part]
		})
		if err != nil {
			return err
		}
		to := next[u.Lang]
		for _, rank := range seen {
			f.data[to[rank]] = byte(min(sum[rank], maxFrequency))
			to[rank]++
			sum[rank] = 0
		}
	}
	return nil
}

// open maps the file of the frequencies.
func (f *frequencies) open(name string, size uint64) (err error) {
	f.data, f.close, err = file.Map(name, size)
	return err
}

// size is how many there are.
func (f *frequencies) size() uint64 {
	last := f.offs[len(f.offs)-1]
	return last[len(last)-1]
}

// lengths returns what place was given.
func (f *frequencies) lengths() listLengths {
	out := make(listLengths, len(f.offs))
	for lang, offs := range f.offs {
		for i := range len(offs) - 1 {
			out[lang] = append(out[lang], uint32(offs[i+1]-offs[i]))
		}
	}
	return out
}

// frequenciesOf returns the frequencies of a term of a language, which n documents have.
func (s *Snapshot) frequenciesOf(lang int, term string, n int) ([]byte, error) {
	i, ok := s.surfaces[lang].Keys.Find(term)
	if !ok {
		return nil, errFrequencies
	}
	offs := s.frequencies.offs[lang][s.forward.ranks[lang][i]:]
	if offs[1]-offs[0] != uint64(n) {
		return nil, errFrequencies
	}
	return s.frequencies.data[offs[0]:offs[1]], nil
}
