package file

import (
	"math"
	"sort"
	"strings"
)

// A Table is a list of strings in one.
type Table struct {
	text string
	off  []uint32 // string i is text[off[i]:off[i+1]]
}

// Len returns the number of strings.
func (t *Table) Len() int { return max(0, len(t.off)-1) }

// At returns the string at a place from 0.
func (t *Table) At(i int) string { return t.text[t.off[i]:t.off[i+1]] }

// Find returns the place of s in a sorted table; where it is not there, the
// place that it would have.
func (t *Table) Find(s string) (place int, ok bool) {
	return sort.Find(t.Len(), func(i int) int { return strings.Compare(s, t.At(i)) })
}

// A TableBuilder makes a Table. Its zero value is an empty one.
type TableBuilder struct {
	text strings.Builder
	off  []uint32
}

// Add appends a string. One with which the text would pass 4 GiB becomes "".
func (b *TableBuilder) Add(s string) {
	if len(b.off) == 0 {
		b.off = append(b.off, 0)
	}
	if b.text.Len()+len(s) <= math.MaxUint32 {
		b.text.WriteString(s)
	}
	b.off = append(b.off, uint32(b.text.Len()))
}

// Table returns the strings so far.
func (b *TableBuilder) Table() Table { return Table{b.text.String(), b.off} }
