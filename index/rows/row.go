package rows

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"casebook/index/docs"
)

// A Writer makes the row of one document after another. Terms are numbers.
type Writer struct {
	entries []entry
	counts  [2]int // entries so far of the title and the summary
	back    bool   // an entry stands before the one before it
	extras  []byte
	main    []byte
}

// An entry is a term at a position from 0, in a part of the text.
type entry struct {
	term uint32
	pos  int
	part int
}

// The parts that are told apart.
const (
	InTitle = iota
	InSummary
	InBody
)

// Weights are what an occurrence in each of the parts counts.
var Weights = [...]int{InTitle: docs.TitleWeight, InSummary: docs.SummaryWeight, InBody: 1}

// Begin begins a row.
func (w *Writer) Begin() { w.entries, w.back = w.entries[:0], false }

// Add adds a term at a position. Parts come in order; compounds come behind
// their last word and stand at the first.
func (w *Writer) Add(term uint32, pos, part int) {
	n := len(w.entries)
	w.back = w.back || n > 0 && pos < w.entries[n-1].pos
	w.entries = append(w.entries, entry{term, pos, min(part, InBody)})
}

// AppendTo appends the row to out.
func (w *Writer) AppendTo(out []byte) []byte {
	if w.back {
		slices.SortStableFunc(w.entries, func(a, b entry) int { return cmp.Compare(a.pos, b.pos) })
	}
	w.counts, w.extras, w.main = [2]int{}, w.extras[:0], w.main[:0]
	start, extra := 0, 0 // position of the first entry, of the last extra
	var last entry
	for i, e := range w.entries {
		switch {
		case i == 0:
			start = e.pos
		case e.pos == last.pos:
			w.extras = binary.AppendUvarint(binary.AppendUvarint(w.extras, uint64(e.term)), uint64(e.pos-extra))
			extra = e.pos
			continue
		default:
			w.main = appendEntry(w.main, uint64(last.term), e.pos-last.pos)
		}
		if e.part < InBody {
			w.counts[e.part]++
		}
		last = e
	}
	if len(w.entries) > 0 {
		w.main = appendEntry(w.main, uint64(last.term), 1)
	}
	for _, n := range []int{w.counts[InTitle], w.counts[InSummary], start, len(w.extras)} {
		out = binary.AppendUvarint(out, uint64(n))
	}
	return append(append(out, w.extras...), w.main...)
}

func appendEntry(b []byte, rank uint64, step int) []byte {
	if step == 1 {
		return binary.AppendUvarint(b, rank<<1)
	}
	return binary.AppendUvarint(binary.AppendUvarint(b, rank<<1|1), uint64(step))
}

// A row is a row with its beginning read.
type row struct {
	parts        [2]int // entries of the title and the summary
	start        int
	extras, main []byte
	last         [2]int // positions of the last entry of the title, and up to the summary; see ended
}

func readRow(b []byte) (r row, err error) {
	var head [4]int
	for i := range head {
		x, n := binary.Uvarint(b)
		if n <= 0 || x > math.MaxInt32 {
			return row{}, ErrDamaged
		}
		head[i], b = int(x), b[n:]
	}
	if head[3] > len(b) {
		return row{}, ErrDamaged
	}
	return row{[2]int{head[0], head[1]}, head[2], b[:head[3]], b[head[3]:], [2]int{-1, -1}}, nil
}

// renumber appends a row to out with each term's number replaced.
func renumber(out, b []byte, numbers []uint32, extras []byte) (all, memory []byte, err error) {
	r, err := readRow(b)
	if err != nil {
		return nil, nil, err
	}
	extras = extras[:0]
	for x := r.extras; len(x) > 0; {
		term, n := binary.Uvarint(x)
		if n <= 0 || term >= uint64(len(numbers)) {
			return nil, nil, ErrDamaged
		}
		_, m := binary.Uvarint(x[n:])
		if m <= 0 {
			return nil, nil, ErrDamaged
		}
		extras = append(binary.AppendUvarint(extras, uint64(numbers[term])), x[n:n+m]...)
		x = x[n+m:]
	}
	for _, n := range []int{r.parts[InTitle], r.parts[InSummary], r.start, len(extras)} {
		out = binary.AppendUvarint(out, uint64(n))
	}
	out = append(out, extras...)
	for x := r.main; len(x) > 0; {
		e, n := binary.Uvarint(x)
		if n <= 0 || e>>1 >= uint64(len(numbers)) {
			return nil, nil, ErrDamaged
		}
		x = x[n:]
		out = binary.AppendUvarint(out, uint64(numbers[e>>1])<<1|e&1)
		if e&1 != 0 {
			_, n := binary.Uvarint(x)
			if n <= 0 {
				return nil, nil, ErrDamaged
			}
			out, x = append(out, x[:n]...), x[n:]
		}
	}
	return out, extras, nil
}
