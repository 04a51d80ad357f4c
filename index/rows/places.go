package rows

import (
	"slices"
)

// Places are the positions at which the holder of each bit has found something,
// by bit.
type Places [][]int

// Reset forgets all positions.
func (p Places) Reset() {
	for i := range p {
		p[i] = p[i][:0]
	}
}

// Add adds a position to the lists of all bits.
func (p Places) Add(bits uint32, pos int) {
	for i := 0; bits != 0 && i < len(p); i, bits = i+1, bits>>1 {
		if bits&1 != 0 {
			p[i] = append(p[i], pos)
		}
	}
}

// Sort puts positions in order where extras stand before entries.
func (p Places) Sort() {
	for _, places := range p {
		if !slices.IsSorted(places) {
			slices.Sort(places)
		}
	}
}
