package index

import (
	"io"
	"slices"
	"testing"
)

// rowsOf makes the rows of documents, each a list of words at positions.
func rowsOf(docs ...[]entry) *rows {
	r := &rows{}
	var w rowWriter
	for _, d := range docs {
		w.begin()
		for i, e := range d {
			w.add(e.term, e.pos, i < 2)
		}
		r.data = w.appendTo(r.data)
		r.ends = append(r.ends, len(r.data))
	}
	return r
}

// What is written of words and positions is read again: neighbours, holes,
// several terms at one position, compounds that come late, the title apart.
func TestForward(t *testing.T) {
	docs := [][]entry{
		{{0, 0}, {1, 1}, {2, 17}, {0, 18}},
		{},
		{{3, 5}, {3, 6}, {200, 6}, {1, 90_000}, {4, 89_999}},
	}
	s := &Snapshot{units: make([]unit, len(docs)), langs: make([]*language, 1)}
	numbers := make([]uint32, 201)
	for i := range numbers {
		numbers[i] = uint32(1000 - i)
	}
	m := &memorySink{rows: []*rows{rowsOf(docs...)}}
	var f forward
	err := m.forward(&f, func(w io.Writer, next func() (*rows, error)) ([]uint64, error) {
		return s.writeForward(w, next, [][][]uint32{{numbers}})
	})
	if err != nil {
		t.Fatal(err)
	}
	k := &sought{}
	for bit, term := range []uint32{0, 1, 2, 3, 4, 200} {
		k.maybe[byte(numbers[term])] = true
		k.terms, k.bits = append(k.terms, numbers[term]), append(k.bits, 1<<bit)
	}
	for _, c := range []struct {
		doc   uint32
		title bool
		want  [][]int
	}{
		{0, false, [][]int{{0, 18}, {1}, {17}, nil, nil, nil}},
		{0, true, [][]int{{0}, {1}, nil, nil, nil, nil}},
		{1, false, make([][]int, 6)},
		{2, false, [][]int{nil, {90_000}, nil, {5, 6}, {89_999}, {6}}},
		{2, true, [][]int{nil, nil, nil, {5, 6}, nil, nil}},
	} {
		at := make([][]int, 6)
		if err := f.places(c.doc, k, c.title, at); err != nil {
			t.Fatal(err)
		}
		if !slices.EqualFunc(at, c.want, slices.Equal) {
			t.Errorf("document %d, title %t: %v, want %v", c.doc, c.title, at, c.want)
		}
	}
}

// Whatever a row holds, reading it ends, with an error or without.
func FuzzForward(f *testing.F) {
	f.Add(rowsOf([]entry{{0, 0}, {1, 1}, {2, 17}, {0, 3}}).data)
	f.Add([]byte{0x80})
	f.Add([]byte{2, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 4})
	f.Fuzz(func(t *testing.T, row []byte) {
		numbers := []uint32{4, 3, 2, 1, 0}
		again, err := renumber(nil, row, numbers)
		fw := forward{data: row, offs: []uint64{0, uint64(len(row))}}
		k := &sought{terms: []uint32{0, 1}, bits: []uint32{1, 2}}
		for i := range k.maybe {
			k.maybe[i] = true
		}
		at := make([][]int, 2)
		read := fw.places(0, k, false, at)
		if err == nil && read != nil {
			t.Errorf("renumbered to %x, but reading says %v", again, read)
		}
		if err != nil {
			return
		}
		if back, err := renumber(nil, again, numbers); err != nil || len(back) > len(row) {
			t.Errorf("%x renumbered twice is %x, %v", row, back, err)
		}
	})
}
