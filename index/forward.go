package index

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"

	"github.com/blevesearch/mmap-go"
)

// A forward index has the terms of every document in the order of reading:
// what phrases and the nearness of words are read from. Posting lists say which
// documents have some words; where they stand is looked up in those alone. That
// is smaller and quicker than positions beside every posting, which nearly all
// questions pass over.
//
// The terms of a document are a row of entries, each an unsigned varint: twice
// the term's rank in its language, the most frequent being 0, and one more if
// the entry doesn't stand one position behind the one before. Then the distance
// follows: 0 for another term of the same word, more after words that say
// nothing and between parts. In front stands the number of entries of the
// title.
type forward struct {
	data  []byte
	offs  []uint64   // the row of document d is data[offs[d]:offs[d+1]]
	ranks [][]uint32 // by language and by the term's place in Snapshot.surfaces
	close func()
}

var errForward = errors.New("the forward index is damaged")

// open maps the file of a forward index whose offsets are known.
func (f *forward) open(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close() // what is mapped stays
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if len(f.offs) == 0 || uint64(info.Size()) != f.offs[len(f.offs)-1] {
		return errForward
	}
	if info.Size() == 0 {
		return nil
	}
	m, err := mmap.Map(file, mmap.RDONLY, 0)
	if err != nil {
		return fmt.Errorf("mapping %s: %w", name, err)
	}
	f.data, f.close = m, func() { _ = m.Unmap() }
	return nil
}

// A rowWriter makes the row of one document after another. Terms are numbers.
type rowWriter struct {
	entries []entry
	titles  int  // entries
	back    bool // an entry stands before the one before it
}

// An entry is a term at a position from 0.
type entry struct {
	term uint32
	pos  int
}

// begin begins a row.
func (w *rowWriter) begin() { w.entries, w.titles, w.back = w.entries[:0], 0, false }

// add adds a term at a position. Compounds come behind their last word and
// stand at the first.
func (w *rowWriter) add(term uint32, pos int, title bool) {
	if title {
		w.titles++
	}
	n := len(w.entries)
	w.back = w.back || n > 0 && pos < w.entries[n-1].pos
	w.entries = append(w.entries, entry{term, pos})
}

// appendTo appends the row to out.
func (w *rowWriter) appendTo(out []byte) []byte {
	if w.back {
		slices.SortStableFunc(w.entries, func(a, b entry) int { return cmp.Compare(a.pos, b.pos) })
	}
	out = binary.AppendUvarint(out, uint64(w.titles))
	last := -1
	for _, e := range w.entries {
		x := uint64(e.term) << 1
		if e.pos == last+1 {
			out = binary.AppendUvarint(out, x)
		} else {
			out = binary.AppendUvarint(binary.AppendUvarint(out, x|1), uint64(e.pos-last))
		}
		last = e.pos
	}
	return out
}

// renumber appends a row to out with each term's number replaced.
func renumber(out, row []byte, numbers []uint32) ([]byte, error) {
	titles, n := binary.Uvarint(row)
	if n <= 0 {
		return nil, errForward
	}
	out, row = binary.AppendUvarint(out, titles), row[n:]
	for len(row) > 0 {
		x, n := binary.Uvarint(row)
		if n <= 0 || x>>1 >= uint64(len(numbers)) {
			return nil, errForward
		}
		row = row[n:]
		out = binary.AppendUvarint(out, uint64(numbers[x>>1])<<1|x&1)
		if x&1 != 0 {
			_, n := binary.Uvarint(row)
			if n <= 0 {
				return nil, errForward
			}
			out, row = append(out, row[:n]...), row[n:]
		}
	}
	return out, nil
}

// rows are the rows of neighbouring documents, with the numbers that one
// worker's memos have for terms.
type rows struct {
	first  int // document
	worker int
	data   []byte
	ends   []int // of rows in data
}

// writeForward writes rows one after another, in the order of documents, with
// terms by rank, and returns where each begins, and the end. next returns
// io.EOF in the end.
func (s *Snapshot) writeForward(w io.Writer, next func() (*rows, error), numbers [][][]uint32) (offs []uint64, err error) {
	offs = make([]uint64, 1, len(s.units)+1)
	var out []byte
	for {
		part, err := next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if part.first != len(offs)-1 || part.first+len(part.ends) > len(s.units) {
			return nil, errForward
		}
		out = out[:0]
		at, from := 0, offs[len(offs)-1]
		for i, end := range part.ends {
			out, err = renumber(out, part.data[at:end], numbers[part.worker][s.units[part.first+i].lang])
			if err != nil {
				return nil, err
			}
			at = end
			offs = append(offs, from+uint64(len(out)))
		}
		if _, err := w.Write(out); err != nil {
			return nil, err
		}
	}
	if len(offs) != len(s.units)+1 {
		return nil, errForward
	}
	return offs, nil
}

// rank gives the terms of every language their ranks: counts has how often
// each term of a language stands in texts. It returns what to put in the place
// of the numbers that the workers' memos gave.
func (f *forward) rank(s *Snapshot, counts []map[string]int, memos [][]*memo) [][][]uint32 {
	f.ranks = make([][]uint32, len(s.langs))
	for lang := range s.langs {
		keys := &s.surfaces[lang].keys
		order := make([]uint32, keys.len())
		for i := range order {
			order[i] = uint32(i)
		}
		slices.SortStableFunc(order, func(a, b uint32) int {
			return cmp.Compare(counts[lang][keys.at(int(b))], counts[lang][keys.at(int(a))])
		})
		f.ranks[lang] = make([]uint32, len(order))
		for rank, i := range order {
			f.ranks[lang][i] = uint32(rank)
		}
	}
	numbers := make([][][]uint32, len(memos))
	for w, byLang := range memos {
		numbers[w] = make([][]uint32, len(byLang))
		for lang, m := range byLang {
			numbers[w][lang] = make([]uint32, len(m.terms))
			for n, term := range m.terms {
				if i, ok := s.surfaces[lang].keys.find(string(term)); ok { // words that are no terms have none
					numbers[w][lang][n] = f.ranks[lang][i]
				}
			}
		}
	}
	return numbers
}

// A sought is what is looked for in rows of one language: terms, each with the
// bits of those who want it.
type sought struct {
	terms []uint32 // ranks
	bits  []uint32
	maybe [256]bool // by the last byte of a rank
}

// seek adds a term of a language with a bit below 32. A term that no text in
// the language has is not looked for.
func (s *Snapshot) seek(k *sought, lang int, term string, bit int) {
	i, ok := s.surfaces[lang].keys.find(term)
	if !ok {
		return
	}
	rank := s.forward.ranks[lang][i]
	k.maybe[byte(rank)] = true
	if i := slices.Index(k.terms, rank); i >= 0 {
		k.bits[i] |= 1 << bit
		return
	}
	k.terms, k.bits = append(k.terms, rank), append(k.bits, 1<<bit)
}

// places adds to at, by bit, the positions in a document at which the terms
// stand, each list ascending; with title those in the title alone.
func (f *forward) places(doc uint32, k *sought, title bool, at [][]int) error {
	row := f.data[f.offs[doc]:f.offs[doc+1]]
	x, n := binary.Uvarint(row)
	if n <= 0 {
		return errForward
	}
	left := math.MaxInt
	if title {
		left = int(min(x, math.MaxInt32))
	}
	pos := -1
	for row = row[n:]; len(row) > 0 && left > 0; left-- {
		x, n := binary.Uvarint(row)
		if n <= 0 {
			return errForward
		}
		row = row[n:]
		step := uint64(1)
		if x&1 != 0 {
			if step, n = binary.Uvarint(row); n <= 0 {
				return errForward
			}
			row = row[n:]
		}
		pos += int(step)
		if !k.maybe[byte(x>>1)] {
			continue
		}
		if i := slices.Index(k.terms, uint32(x>>1)); i >= 0 {
			for b, bits := 0, k.bits[i]; bits != 0; b, bits = b+1, bits>>1 {
				if bits&1 != 0 {
					at[b] = append(at[b], pos)
				}
			}
		}
	}
	return nil
}
