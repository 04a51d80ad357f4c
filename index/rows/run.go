package rows

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// A Run is how a phrase of neighbouring words looks in rows.
type Run struct {
	ranks []uint32
	ends  [2][]byte // as the last word has a neighbour or not
}

// NewRun returns the run of one rank for each word.
func NewRun(ranks []uint32) *Run {
	var b []byte
	for _, rank := range ranks[:len(ranks)-1] {
		b = appendEntry(b, uint64(rank), 1)
	}
	last := uint64(ranks[len(ranks)-1]) << 1
	return &Run{ranks, [2][]byte{binary.AppendUvarint(slices.Clone(b), last), binary.AppendUvarint(slices.Clone(b), last|1)}}
}

// MayHold reports whether a document can have the run: always where it has,
// seldom where it has not.
func (f *Forward) MayHold(doc uint32, want *Run) (bool, error) {
	r, err := readRow(f.Data[f.Offs[doc]:f.Offs[doc+1]])
	if err != nil {
		return false, err
	}
	for x := r.extras; len(x) > 0; {
		term, n := binary.Uvarint(x)
		if n <= 0 {
			return false, ErrDamaged
		}
		if slices.Contains(want.ranks, uint32(term)) {
			return true, nil
		}
		_, m := binary.Uvarint(x[n:])
		if m <= 0 {
			return false, ErrDamaged
		}
		x = x[n+m:]
	}
	return bytes.Contains(r.main, want.ends[0]) || bytes.Contains(r.main, want.ends[1]), nil
}
