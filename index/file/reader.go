package file

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
)

// ErrDamaged is the error of reading what no Writer wrote, or wrote in another
// order.
var ErrDamaged = errors.New("the file is damaged or of another version")

// A Reader reads what a Writer wrote. After the first error all that it gives
// is empty. It believes no length that the rest of the file can't hold, so that
// damage never takes more memory than a few times the file.
type Reader struct {
	in   *bufio.Reader
	left int64 // bytes of the file
	err  error
}

// NewReader reads size bytes of r.
func NewReader(r io.Reader, size int64) *Reader {
	f := &Reader{in: bufio.NewReaderSize(r, bufferSize), left: size}
	f.Check(string(f.next(len(magic))) == magic)
	return f
}

// Err returns the first error.
func (r *Reader) Err() error { return r.err }

// Check makes ErrDamaged the error of the Reader, unless ok or there is one
// already.
func (r *Reader) Check(ok bool) {
	if !ok {
		r.fail(ErrDamaged)
	}
}

// End returns the first error; that something is left to read is one.
func (r *Reader) End() error {
	r.Check(r.left == 0)
	return r.err
}

func (r *Reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// next returns the next n bytes, at most bufferSize, good until the next call;
// none after an error.
func (r *Reader) next(n int) []byte {
	r.Check(int64(n) <= r.left)
	if r.err != nil {
		return nil
	}
	b, err := r.in.Peek(n)
	if err == nil {
		_, err = r.in.Discard(n)
	}
	switch {
	case errors.Is(err, io.EOF): // it became shorter
		r.fail(ErrDamaged)
		return nil
	case err != nil:
		r.fail(err)
		return nil
	}
	r.left -= int64(n)
	return b
}

// Uint64 reads one number.
func (r *Reader) Uint64() uint64 {
	if b := r.next(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

// Count reads the number of things that follow, each of at least size bytes.
func (r *Reader) Count(size int) int {
	n := r.Uint64()
	r.Check(n <= uint64(r.left)/uint64(size))
	if r.err != nil {
		return 0
	}
	return int(n)
}

// Uint32s reads an array.
func (r *Reader) Uint32s() []uint32 { return readArray[uint32](r) }

// Uint64s reads an array.
func (r *Reader) Uint64s() []uint64 { return readArray[uint64](r) }

// Float32s reads an array.
func (r *Reader) Float32s() []float32 { return readArray[float32](r) }

func readArray[T number](r *Reader) []T {
	size := binary.Size(T(0))
	list := make([]T, r.Count(size))
	for part := range slices.Chunk(list, bufferSize/8) {
		b := r.next(len(part) * size)
		if b == nil {
			return nil
		}
		_, _ = binary.Decode(b, binary.LittleEndian, part) // fails for other types and lengths only
	}
	return list
}

// Text reads a string.
func (r *Reader) Text() string {
	n := r.Count(1)
	var s strings.Builder
	s.Grow(n)
	for n > 0 {
		b := r.next(min(n, bufferSize))
		if b == nil {
			return ""
		}
		s.Write(b)
		n -= len(b)
	}
	return s.String()
}

// Texts reads strings that were written one by one.
func (r *Reader) Texts() []string {
	list := make([]string, r.Count(8))
	for i := range list {
		list[i] = r.Text()
	}
	if r.err != nil {
		return nil
	}
	return list
}

// Table reads a table.
func (r *Reader) Table() Table {
	t := Table{r.Text(), r.Uint32s()}
	if n := len(t.off); n > 0 {
		r.Check(t.off[0] == 0 && int(t.off[n-1]) == len(t.text) && slices.IsSorted(t.off))
	}
	if r.err != nil {
		return Table{}
	}
	return t
}

// Multimap reads a multimap.
func (r *Reader) Multimap() Multimap {
	m := Multimap{r.Table(), r.Uint32s(), r.Table()}
	n := len(m.from)
	r.Check(n == m.Keys.Len()+1 && int(m.from[n-1]) == m.values.Len() && slices.IsSorted(m.from))
	if r.err != nil {
		return Multimap{}
	}
	return m
}

// Below reports whether all numbers are smaller than n.
func Below(list []uint32, n int) bool {
	for _, x := range list {
		if uint64(x) >= uint64(n) {
			return false
		}
	}
	return true
}
