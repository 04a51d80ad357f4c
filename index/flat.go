package index

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"
)

// A flat file holds arrays and texts one after another, little-endian, each
// behind the number of its elements: read with one allocation for each, on
// any machine. Reader and writer agree on the order.

// flatMagic begins a flat file.
const flatMagic = "casebook state\n"

// errFlat is returned for a file that flatWriter did not write.
var errFlat = errors.New("the file is damaged or of another version")

// flatPiece is how many bytes are turned at once.
const flatPiece = 1 << 16

type flatWriter struct {
	w   *bufio.Writer
	buf [8]byte
	err error
}

func newFlatWriter(w io.Writer) *flatWriter {
	f := &flatWriter{w: bufio.NewWriterSize(w, flatPiece)}
	f.bytes(flatMagic)
	return f
}

func (f *flatWriter) bytes(s string) {
	if _, err := f.w.WriteString(s); err != nil && f.err == nil {
		f.err = err
	}
}

func (f *flatWriter) u32(x uint32) {
	binary.LittleEndian.PutUint32(f.buf[:], x)
	if _, err := f.w.Write(f.buf[:4]); err != nil && f.err == nil {
		f.err = err
	}
}

func (f *flatWriter) u64(x uint64) {
	f.u32(uint32(x))
	f.u32(uint32(x >> 32))
}

func (f *flatWriter) u32s(list []uint32) {
	f.u64(uint64(len(list)))
	for _, x := range list {
		f.u32(x)
	}
}

func (f *flatWriter) u64s(list []uint64) {
	f.u64(uint64(len(list)))
	for _, x := range list {
		f.u64(x)
	}
}

func (f *flatWriter) floats(list []float32) {
	f.u64(uint64(len(list)))
	for _, x := range list {
		f.u32(math.Float32bits(x))
	}
}

func (f *flatWriter) text(s string) {
	f.u64(uint64(len(s)))
	f.bytes(s)
}

func (f *flatWriter) texts(list []string) {
	f.u64(uint64(len(list)))
	for _, s := range list {
		f.text(s)
	}
}

func (f *flatWriter) table(t table) {
	f.text(t.text)
	f.u32s(t.off)
}

func (f *flatWriter) dictionary(d dictionary) {
	f.table(d.keys)
	f.u32s(d.from)
	f.table(d.words)
}

func (f *flatWriter) finish() error {
	if err := f.w.Flush(); f.err == nil {
		f.err = err
	}
	return f.err
}

// A flatReader reads what a flatWriter wrote. After the first error all it
// reads is empty. It believes no length that the rest of the file can't hold.
type flatReader struct {
	r    io.Reader
	left int64 // bytes of the file
	buf  []byte
	err  error
}

// newFlatReader reads a file of a size.
func newFlatReader(r io.Reader, size int64) *flatReader {
	f := &flatReader{r: bufio.NewReaderSize(r, flatPiece), left: size, buf: make([]byte, flatPiece)}
	if f.bytes(len(flatMagic)) != flatMagic {
		f.fail(errFlat)
	}
	return f
}

func (f *flatReader) fail(err error) {
	if f.err == nil {
		f.err = err
	}
	f.left = 0
}

// piece reads the next n bytes, at most flatPiece; they are good until the
// next call. It returns zeros after an error.
func (f *flatReader) piece(n int) []byte {
	b := f.buf[:n]
	if int64(n) > f.left {
		f.fail(errFlat)
	}
	if f.err == nil {
		f.left -= int64(n)
		if _, err := io.ReadFull(f.r, b); err != nil {
			f.fail(err)
		}
	}
	if f.err != nil {
		clear(b)
	}
	return b
}

func (f *flatReader) bytes(n int) string {
	if n <= flatPiece {
		return string(f.piece(n))
	}
	if int64(n) > f.left {
		f.fail(errFlat)
		return ""
	}
	f.left -= int64(n)
	b := make([]byte, n)
	if _, err := io.ReadFull(f.r, b); err != nil {
		f.fail(err)
		return ""
	}
	return string(b)
}

func (f *flatReader) u64() uint64 { return binary.LittleEndian.Uint64(f.piece(8)) }

// count reads the number of elements that follow, each of so many bytes.
func (f *flatReader) count(size int) int {
	n := f.u64()
	if n > uint64(f.left)/uint64(size) {
		f.fail(errFlat)
		return 0
	}
	return int(n)
}

// each reads n elements of a size piece by piece.
func (f *flatReader) each(n, size int, turn func(from int, b []byte)) {
	for from := 0; from < n && f.err == nil; {
		k := min(n-from, flatPiece/size)
		turn(from, f.piece(k*size))
		from += k
	}
}

func (f *flatReader) u32s() []uint32 {
	list := make([]uint32, f.count(4))
	f.each(len(list), 4, func(from int, b []byte) {
		for i := 0; i+4 <= len(b); i += 4 {
			list[from+i/4] = binary.LittleEndian.Uint32(b[i:])
		}
	})
	return list
}

func (f *flatReader) u64s() []uint64 {
	list := make([]uint64, f.count(8))
	f.each(len(list), 8, func(from int, b []byte) {
		for i := 0; i+8 <= len(b); i += 8 {
			list[from+i/8] = binary.LittleEndian.Uint64(b[i:])
		}
	})
	return list
}

func (f *flatReader) floats() []float32 {
	list := make([]float32, f.count(4))
	f.each(len(list), 4, func(from int, b []byte) {
		for i := 0; i+4 <= len(b); i += 4 {
			list[from+i/4] = math.Float32frombits(binary.LittleEndian.Uint32(b[i:]))
		}
	})
	return list
}

func (f *flatReader) text() string { return f.bytes(f.count(1)) }

func (f *flatReader) texts() []string {
	list := make([]string, f.count(8))
	for i := range list {
		list[i] = f.text()
	}
	return list
}

func (f *flatReader) table() table {
	t := table{f.text(), f.u32s()}
	if f.err == nil && len(t.off) > 0 && (t.off[0] != 0 || int(t.off[len(t.off)-1]) != len(t.text)) || !ascend(t.off) {
		f.fail(errFlat)
	}
	if f.err != nil {
		return table{}
	}
	return t
}

func (f *flatReader) dictionary() dictionary {
	d := dictionary{f.table(), f.u32s(), f.table()}
	if f.err == nil && (len(d.from) != d.keys.len()+1 || int(d.from[len(d.from)-1]) != d.words.len() || !ascend(d.from)) {
		f.fail(errFlat)
	}
	if f.err != nil {
		return dictionary{}
	}
	return d
}

// ascend reports whether no number is smaller than the one before.
func ascend(list []uint32) bool {
	for i := 1; i < len(list); i++ {
		if list[i] < list[i-1] {
			return false
		}
	}
	return true
}

// below reports whether all numbers are smaller than n.
func below(list []uint32, n int) bool {
	for _, x := range list {
		if uint64(x) >= uint64(n) {
			return false
		}
	}
	return true
}
