package rows

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"slices"
	"testing"

	"casebook/index/docs"
	"casebook/index/text"
)

// twoLanguages are three documents, the second in another language.
func twoLanguages() *docs.Map {
	return &docs.Map{Units: []docs.Unit{{Lang: 0}, {Lang: 1}, {Lang: 0}}, Langs: make([]*text.Language, 2)}
}

// same keeps the numbers of terms as ranks.
func same(n int) []uint32 {
	out := make([]uint32, n)
	for i := range out {
		out[i] = uint32(i)
	}
	return out
}

func TestFrequencies(t *testing.T) {
	m := twoLanguages()
	long := []entry{{1, 0, InTitle}}
	for pos := range 300 {
		long = append(long, entry{0, 10 + pos, InBody})
	}
	rows := forwardOf(t, m, [][][]uint32{{same(3), same(3)}}, blockOf(
		[]entry{{0, 0, InTitle}, {0, 20, InSummary}, {0, 40, InBody}, {2, 41, InBody}, {2, 41, InBody}},
		[]entry{{1, 0, InBody}},
		long,
	))
	var f Frequencies
	if err := f.Fill(m, rows, []int{3, 2}); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		lang int
		rank uint32
		want []byte
	}{
		{0, 0, []byte{3 + 2 + 1, MaxFrequency}}, {0, 1, []byte{3}}, {0, 2, []byte{2}}, {1, 0, nil}, {1, 1, []byte{1}},
	} {
		got, err := f.Of(tt.lang, tt.rank, len(tt.want))
		if err != nil || !bytes.Equal(got, tt.want) {
			t.Errorf("language %d, rank %d: %v, %v; want %v", tt.lang, tt.rank, got, err, tt.want)
		}
		if _, err := f.Of(tt.lang, tt.rank, len(tt.want)+1); !errors.Is(err, ErrFrequencies) {
			t.Errorf("language %d, rank %d: a list of another length gives %v", tt.lang, tt.rank, err)
		}
	}
	if want := (Lengths{{2, 1, 1}, {0, 1}}); !reflect.DeepEqual(f.Lengths(), want) || f.Size() != 5 {
		t.Errorf("lengths %v, %d in all; want %v", f.Lengths(), f.Size(), want)
	}
	if n := new(Frequencies).Size(); n != 0 {
		t.Errorf("without languages there are %d", n)
	}
	var again Frequencies
	if end := again.Place(f.Lengths()); end != 5 || !reflect.DeepEqual(again.offs, f.offs) {
		t.Errorf("placed again: %v, %d; want %v", again.offs, end, f.offs)
	}
}

// Blocks must be of all documents, in order, with terms that have ranks.
func TestWriteRefuses(t *testing.T) {
	one := []entry{{0, 0, InBody}}
	at := func(first int) *Block {
		b := blockOf(one)
		b.First = first
		return b
	}
	whole := func() *Block { return blockOf(one, one, one) }
	for name, blocks := range map[string][]*Block{
		"too few": {blockOf(one, one)}, "too many": {blockOf(one, one, one, one)}, "a gap": {blockOf(one), at(2)},
		"twice": {whole(), whole()}, "out of order": {at(0), at(2), at(1)}, "an unknown term": {blockOf(one, one, []entry{{7, 0, InBody}})},
		"an unknown term at a place with another": {blockOf(one, one, []entry{{0, 0, InBody}, {7, 0, InBody}})},
	} {
		_, err := Write(io.Discard, twoLanguages(), func() (*Block, error) {
			if len(blocks) == 0 {
				return nil, io.EOF
			}
			b := blocks[0]
			blocks = blocks[1:]
			return b, nil
		}, [][][]uint32{{same(3), same(3)}})
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	broken := errors.New("broken")
	if _, err := Write(io.Discard, twoLanguages(), func() (*Block, error) { return nil, broken }, nil); !errors.Is(err, broken) {
		t.Errorf("an error of next: %v", err)
	}
}

// Terms are written by the ranks of their worker and language.
func TestRanks(t *testing.T) {
	m := twoLanguages()
	second := blockOf([]entry{{1, 0, InBody}})
	second.First, second.Worker = 2, 1
	rows := forwardOf(t, m, [][][]uint32{{{5, 6}, {7, 8}}, {{9, 10}, {11, 12}}}, blockOf([]entry{{1, 0, InBody}}, []entry{{1, 0, InBody}}), second)
	var got []uint32
	for d := range 3 {
		if err := rows.Each(uint32(d), func(rank uint32, _, _ int) { got = append(got, rank) }); err != nil {
			t.Fatal(err)
		}
	}
	if want := []uint32{6, 8, 10}; !slices.Equal(got, want) {
		t.Errorf("ranks %v, want %v", got, want)
	}
}

// Each tells the same of a row as what was written.
func TestEach(t *testing.T) {
	entries := []entry{{0, 3, InTitle}, {200, 4, InTitle}, {1, 4, InTitle}, {2, 30, InSummary}, {3, 30, InSummary}, {300, 31, InBody}, {4, 90, InBody}}
	m := &docs.Map{Units: make([]docs.Unit, 1), Langs: make([]*text.Language, 1)}
	rows := forwardOf(t, m, [][][]uint32{{same(301)}}, blockOf(entries))
	var got []entry
	if err := rows.Each(0, func(rank uint32, pos, part int) { got = append(got, entry{rank, pos, part}) }); err != nil {
		t.Fatal(err)
	}
	want := []entry{entries[0], entries[1], entries[3], entries[5], entries[6], entries[2], entries[4]} // extras come behind
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestRuns(t *testing.T) {
	docsOf := [][]entry{
		{{1, 0, InBody}, {200, 1, InBody}, {3, 2, InBody}}, // 1 200 3
		{{1, 0, InBody}, {200, 5, InBody}},                 // far apart
		{{1, 0, InBody}, {200, 1, InBody}},                 // at the end
		{{9, 0, InBody}, {1, 0, InBody}, {200, 1, InBody}}, // behind an extra
		{{2, 0, InBody}, {4, 1, InBody}},
		{{1, 0, InBody}, {200, 1, InBody}, {3, 9, InBody}},                 // the next word is far away
		{{9, 0, InBody}, {1, 1, InBody}, {8, 0, InBody}, {200, 2, InBody}}, // a compound that comes late
	}
	m := &docs.Map{Units: make([]docs.Unit, len(docsOf)), Langs: make([]*text.Language, 1)}
	rows := forwardOf(t, m, [][][]uint32{{same(301)}}, blockOf(docsOf...))
	run := NewRun([]uint32{1, 200})
	for doc, want := range []bool{true, false, true, true, false, true, true} {
		if got, err := rows.MayHold(uint32(doc), run); got != want || err != nil {
			t.Errorf("document %d: %t, %v; want %t", doc, got, err, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	p := make(Places, 3)
	p.Add(0b101, 7)
	p.Add(0b001, 3)
	p.Add(0b1000, 9) // nobody's
	p.Sort()
	if want := (Places{{3, 7}, nil, {7}}); !reflect.DeepEqual(p, want) {
		t.Errorf("%v, want %v", p, want)
	}
	p.Reset()
	if len(p[0])+len(p[2]) != 0 {
		t.Errorf("after a reset %v", p)
	}
}

// A rank that two want is told to both.
func TestSoughtByTwo(t *testing.T) {
	m := &docs.Map{Units: make([]docs.Unit, 1), Langs: make([]*text.Language, 1)}
	rows := forwardOf(t, m, [][][]uint32{{same(300)}}, blockOf([]entry{{0, 0, InBody}, {256, 1, InBody}}))
	var k Sought
	k.Add(0, 1)
	k.Add(0, 4) // 256 ends with the same byte and is not wanted
	var got []uint32
	if err := rows.Scan(0, &k, func(bits uint32, pos, _ int) { got = append(got, bits, uint32(pos)) }); err != nil {
		t.Fatal(err)
	}
	if want := []uint32{0b10010, 0}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
