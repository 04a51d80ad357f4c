// Package file keeps arrays and texts in files: a Writer writes them one after
// another, little-endian, each behind the number of its elements; a Reader gives
// them back in the same order, with one allocation for each, on any machine.
// Which comes when is agreed between those who write and those who read.
//
// A Table is a list of strings in one, a Multimap a map of strings to strings made
// of Tables: a million entries take no million of headers and are read at once.
// What is too large to be read at all is mapped into memory, see Map.
package file

import (
	"bufio"
	"encoding/binary"
	"io"
	"slices"
)

// magic begins what a Writer writes.
const magic = "casebook state\n"

// bufferSize is how many bytes are turned at once.
const bufferSize = 1 << 16

// number is what arrays are made of.
type number interface{ uint32 | uint64 | float32 }

// A Writer writes arrays and texts. Its first error is kept until Flush.
type Writer struct {
	out *bufio.Writer
	buf []byte
}

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer {
	out := bufio.NewWriterSize(w, bufferSize)
	_, _ = out.WriteString(magic)
	return &Writer{out: out}
}

// Uint64 writes one number.
func (w *Writer) Uint64(x uint64) {
	w.buf = binary.LittleEndian.AppendUint64(w.buf[:0], x)
	_, _ = w.out.Write(w.buf)
}

// Uint32s writes an array.
func (w *Writer) Uint32s(list []uint32) { writeArray(w, list) }

// Uint64s writes an array.
func (w *Writer) Uint64s(list []uint64) { writeArray(w, list) }

// Float32s writes an array.
func (w *Writer) Float32s(list []float32) { writeArray(w, list) }

func writeArray[T number](w *Writer, list []T) {
	w.Uint64(uint64(len(list)))
	for part := range slices.Chunk(list, bufferSize/8) {
		w.buf, _ = binary.Append(w.buf[:0], binary.LittleEndian, part) // fails for other types only
		_, _ = w.out.Write(w.buf)
	}
}

// Text writes a string.
func (w *Writer) Text(s string) {
	w.Uint64(uint64(len(s)))
	_, _ = w.out.WriteString(s)
}

// Texts writes strings one by one; a Table is quicker to read.
func (w *Writer) Texts(list []string) {
	w.Uint64(uint64(len(list)))
	for _, s := range list {
		w.Text(s)
	}
}

// Table writes a table.
func (w *Writer) Table(t Table) {
	w.Text(t.text)
	w.Uint32s(t.off)
}

// Multimap writes a multimap.
func (w *Writer) Multimap(m Multimap) {
	w.Table(m.Keys)
	w.Uint32s(m.from)
	w.Table(m.values)
}

// Flush writes what is still in memory. It returns the first error of all
// writing.
func (w *Writer) Flush() error { return w.out.Flush() }
