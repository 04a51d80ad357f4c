package rows

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"testing"

	"casebook/index/docs"
	"casebook/index/text"
)

// forwardOf writes blocks of rows.
func forwardOf(t *testing.T, m *docs.Map, ranks [][][]uint32, blocks ...*Block) *Forward {
	t.Helper()
	var buf bytes.Buffer
	offs, err := Write(&buf, m, func() (*Block, error) {
		if len(blocks) == 0 {
			return nil, io.EOF
		}
		b := blocks[0]
		blocks = blocks[1:]
		return b, nil
	}, ranks)
	if err != nil {
		t.Fatal(err)
	}
	return &Forward{buf.Bytes(), offs}
}

// blockOf makes the rows of documents, each a list of terms at positions.
func blockOf(docs ...[]entry) *Block {
	r := &Block{}
	var w Writer
	for _, d := range docs {
		w.Begin()
		for _, e := range d {
			w.Add(e.term, e.pos, e.part)
		}
		r.Data = w.AppendTo(r.Data)
		r.Ends = append(r.Ends, len(r.Data))
	}
	return r
}

// What is written of words, positions and parts is read again: neighbours,
// holes, several terms at one position, compounds that come late.
func TestForward(t *testing.T) {
	set := [][]entry{
		{{0, 0, 0}, {1, 1, 0}, {2, 17, 1}, {0, 18, 1}, {300, 40, 2}},
		{},
		{{3, 5, 0}, {3, 6, 0}, {200, 6, 0}, {4, 89_999, 2}, {1, 90_000, 2}, {300, 89_999, 2}},
	}
	m := &docs.Map{Units: make([]docs.Unit, len(set)), Langs: make([]*text.Language, 1)}
	numbers := make([]uint32, 301)
	for i := range numbers {
		numbers[i] = uint32(1000 - i)
	}
	f := forwardOf(t, m, [][][]uint32{{numbers}}, blockOf(set...))
	k := &Sought{}
	for bit, term := range []uint32{0, 1, 2, 3, 4, 200, 300} {
		k.Add(numbers[term], bit)
	}
	for doc, entries := range set {
		var want, got []entry
		for _, e := range entries {
			want = append(want, entry{numbers[e.term], e.pos, e.part})
		}
		err := f.Scan(uint32(doc), k, func(bits uint32, pos, part int) {
			got = append(got, entry{k.terms[slices.Index(k.bits, bits)], pos, part})
		})
		order := func(a, b entry) int { return cmp.Or(cmp.Compare(a.pos, b.pos), cmp.Compare(a.term, b.term)) }
		slices.SortFunc(want, order)
		slices.SortFunc(got, order)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("document %d: %v, %v, want %v", doc, got, err, want)
		}
	}
}

// Whatever a row holds, reading it ends, with an error or without.
func FuzzForward(f *testing.F) {
	f.Add(blockOf([]entry{{0, 0, 0}, {1, 1, 1}, {2, 17, 2}, {0, 3, 2}, {3, 17, 2}}).Data)
	f.Add([]byte{0x80})
	f.Add([]byte{0, 0, 0, 2, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 4})
	f.Fuzz(func(t *testing.T, row []byte) {
		numbers := []uint32{4, 3, 2, 1, 0}
		again, _, err := renumber(nil, row, numbers, nil)
		fw := Forward{Data: row, Offs: []uint64{0, uint64(len(row))}}
		k := &Sought{terms: []uint32{0, 1}, bits: []uint32{1, 2}}
		for i := range k.maybe {
			k.maybe[i] = true
		}
		read := fw.Scan(0, k, func(uint32, int, int) {})
		_, held := fw.MayHold(0, &Run{ranks: []uint32{0, 1}, ends: [2][]byte{{0, 2}, {0, 3}}})
		if err == nil && (read != nil || held != nil) {
			t.Errorf("renumbered to %x, but reading says %v, %v", again, read, held)
		}
		if err != nil {
			return
		}
		if back, _, err := renumber(nil, again, numbers, nil); err != nil || len(back) > len(row) {
			t.Errorf("%x renumbered twice is %x, %v", row, back, err)
		}
	})
}
