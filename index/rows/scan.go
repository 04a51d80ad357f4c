package rows

import (
	"encoding/binary"
	"slices"
)

// A Sought is what is looked for in rows of one language: terms, each with the
// bits of those who want it.
type Sought struct {
	terms []uint32 // ranks
	bits  []uint32
	maybe [256]bool // by the last byte of a rank
}

// MaxSought is how many may want terms: the bits of a Sought.
const MaxSought = 32

// Add makes a rank looked for by the holder of a bit below MaxSought.
func (k *Sought) Add(rank uint32, bit int) {
	k.maybe[byte(rank)] = true
	if i := slices.Index(k.terms, rank); i >= 0 {
		k.bits[i] |= 1 << bit
		return
	}
	k.terms, k.bits = append(k.terms, rank), append(k.bits, 1<<bit)
}

// Scan tells of every place in a document at which a sought term stands: the
// bits of the term, its position and its part. First come the entries, then the
// extras, both in order of position.
func (f *Forward) Scan(doc uint32, k *Sought, found func(bits uint32, pos, part int)) error {
	r, err := readRow(f.Data[f.Offs[doc]:f.Offs[doc+1]])
	if err != nil {
		return err
	}
	pos, i, b := r.start, 0, r.main
	for at := 0; at < len(b); i++ {
		r.ended(i, pos)
		x := uint64(b[at])
		at++
		if x >= 0x80 {
			x &= 0x7f
			for shift := 7; ; shift += 7 {
				if at == len(b) || shift > 63 {
					return ErrDamaged
				}
				c := b[at]
				at++
				x |= uint64(c&0x7f) << shift
				if c < 0x80 {
					break
				}
			}
		}
		if k.maybe[byte(x>>1)] {
			if j := slices.Index(k.terms, uint32(x>>1)); j >= 0 {
				found(k.bits[j], pos, r.partOf(i))
			}
		}
		pos++
		if x&1 != 0 {
			step, n := binary.Uvarint(b[at:])
			if n <= 0 {
				return ErrDamaged
			}
			pos += int(step) - 1
			at += n
		}
	}
	return r.eachExtra(func(rank uint32, pos, part int) {
		if j := slices.Index(k.terms, rank); j >= 0 {
			found(k.bits[j], pos, part)
		}
	})
}

// Each tells of every term of a document, once for every place.
func (f *Forward) Each(doc uint32, found func(rank uint32, pos, part int)) error {
	r, err := readRow(f.Data[f.Offs[doc]:f.Offs[doc+1]])
	if err != nil {
		return err
	}
	pos, b := r.start, r.main
	for i := 0; len(b) > 0; i++ {
		r.ended(i, pos)
		x, n := binary.Uvarint(b)
		if n <= 0 {
			return ErrDamaged
		}
		b = b[n:]
		found(uint32(x>>1), pos, r.partOf(i))
		step := uint64(1)
		if x&1 != 0 {
			if step, n = binary.Uvarint(b); n <= 0 {
				return ErrDamaged
			}
			b = b[n:]
		}
		pos += int(step)
	}
	return r.eachExtra(found)
}

// partOf returns the part of entry i.
func (r *row) partOf(i int) int {
	switch {
	case i < r.parts[InTitle]:
		return InTitle
	case i < r.parts[InTitle]+r.parts[InSummary]:
		return InSummary
	}
	return InBody
}

// ended notes where title and summary end: that entry i stands at pos.
func (r *row) ended(i, pos int) {
	if i < r.parts[InTitle] {
		r.last[InTitle] = pos
	}
	if i < r.parts[InTitle]+r.parts[InSummary] {
		r.last[InSummary] = pos
	}
}

// eachExtra tells of every extra. It must come after all entries were passed
// to ended.
func (r *row) eachExtra(found func(rank uint32, pos, part int)) error {
	pos := 0
	for x := r.extras; len(x) > 0; {
		rank, n := binary.Uvarint(x)
		if n <= 0 {
			return ErrDamaged
		}
		step, m := binary.Uvarint(x[n:])
		if m <= 0 {
			return ErrDamaged
		}
		x = x[n+m:]
		pos += int(step)
		part := InBody
		switch {
		case pos <= r.last[InTitle]:
			part = InTitle
		case pos <= r.last[InSummary]:
			part = InSummary
		}
		found(uint32(rank), pos, part)
	}
	return nil
}
