package rows

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"casebook/index/docs"
	"casebook/index/text"
)

// A row has the bytes that the package comment says: an index on disk is read
// by programs that come later.
func TestRowFormat(t *testing.T) {
	for _, tt := range []struct {
		name    string
		entries []entry
		want    string
	}{
		{"nothing", nil, "\x00\x00\x00\x00"},
		{"a word", []entry{{5, 0, InBody}}, "\x00\x00\x00\x00" + "\x0a"},
		{"not at the beginning", []entry{{5, 300, InBody}}, "\x00\x00\xac\x02\x00" + "\x0a"},
		{"neighbours", []entry{{5, 3, InTitle}, {6, 4, InTitle}, {7, 5, InSummary}}, "\x02\x01\x03\x00" + "\x0a\x0c\x0e"},
		{"a word between", []entry{{5, 0, InTitle}, {6, 2, InBody}}, "\x01\x00\x00\x00" + "\x0b\x02\x0c"},
		{"far apart", []entry{{5, 0, InBody}, {200, 300, InBody}, {6, 301, InBody}}, "\x00\x00\x00\x00" + "\x0b\xac\x02\x90\x03\x0c"},
		{"at one position", []entry{{5, 2, InTitle}, {6, 2, InTitle}, {7, 3, InTitle}, {8, 3, InTitle}}, "\x02\x00\x02\x04" + "\x06\x02\x08\x01" + "\x0a\x0e"},
		{"late compounds", []entry{{1, 0, InTitle}, {2, 1, InTitle}, {3, 0, InTitle}, {4, 2, InTitle}, {5, 1, InTitle}, {6, 3, InTitle}},
			"\x04\x00\x00\x04" + "\x03\x00\x05\x01" + "\x02\x04\x08\x0c"},
		{"fields are body", []entry{{1, 0, InBody}, {2, 1, InBody + 1}, {3, 2, 9}}, "\x00\x00\x00\x00" + "\x02\x04\x06"},
	} {
		if got := blockOf(tt.entries).Data; string(got) != tt.want {
			t.Errorf("%s: %x, want %x", tt.name, got, tt.want)
		}
	}
}

// A Writer forgets the row before.
func TestWriterBeginsAnew(t *testing.T) {
	late := []entry{{1, 0, InTitle}, {2, 1, InSummary}, {3, 0, InTitle}}
	plain := []entry{{4, 7, InBody}, {5, 7, InBody}}
	b := blockOf(late, plain, nil, late)
	want := slices.Concat(blockOf(late).Data, blockOf(plain).Data, blockOf().Data, []byte{0, 0, 0, 0}, blockOf(late).Data)
	if !bytes.Equal(b.Data, want) {
		t.Errorf("%x, want %x", b.Data, want)
	}
}

// forwardOfRow is one document with a row of these bytes.
func forwardOfRow(row string) *Forward {
	return &Forward{Data: []byte(row), Offs: []uint64{0, uint64(len(row))}}
}

// Every way to read a row notices what is cut off, or a number that no row can have.
func TestDamagedRows(t *testing.T) {
	const endless = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"
	const sound = "\x01\x01\x00\x02" + "\x01\x01" + "\x03\x02\x04"
	inMain := map[string]bool{"a word without an end": true, "a word cut off": true, "a distance that is missing": true, "a distance cut off": true,
		"a distance without an end": true, "no such word": true, "no such word behind another": true}
	for name, row := range map[string]string{
		"nothing": "", "a head cut off": "\x00\x00\x00", "a number cut off": "\x00\x00\x00\x80", "a head without an end": endless + "\x00\x00\x00",
		"a head that is too large": "\x80\x80\x80\x80\x08\x00\x00\x00", "extras that are missing": "\x00\x00\x00\x02\x01",
		"an extra cut off": "\x00\x00\x00\x01\x80", "an extra without an end": "\x00\x00\x00\x0c" + endless, "an extra without a place": "\x00\x00\x00\x01\x01",
		"a place cut off": "\x00\x00\x00\x02\x01\x80", "a place without an end": "\x00\x00\x00\x0d\x01" + endless, "a second extra cut off": "\x00\x00\x00\x03\x01\x01\x01",
		"a word cut off": "\x00\x00\x00\x00\x80", "a word without an end": "\x00\x00\x00\x00" + endless, "a distance that is missing": "\x00\x00\x00\x00\x03",
		"a distance cut off": "\x00\x00\x00\x00\x03\x80", "a distance without an end": "\x00\x00\x00\x00\x03" + endless,
	} {
		f := forwardOfRow(row)
		ignore := func(uint32, int, int) {}
		var k Sought
		k.Add(9, 0)
		errs := map[string]error{"Each": f.Each(0, ignore), "Scan": f.Scan(0, &k, ignore)}
		_, _, errs["renumber"] = renumber(nil, []byte(row), same(3), nil)
		if !inMain[name] { // it looks for bytes in the words
			_, errs["MayHold"] = f.MayHold(0, NewRun([]uint32{9}))
		}
		for what, err := range errs {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("%s: %s says %v", name, what, err)
			}
		}
	}
	for name, row := range map[string]string{
		"a word": "\x00\x00\x00\x00\x06", "a word behind another": "\x00\x00\x00\x00\x04\x06", "an extra": "\x00\x00\x00\x02\x03\x00",
	} {
		if _, _, err := renumber(nil, []byte(row), same(3), nil); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s without a number: %v", name, err)
		}
		if _, _, err := renumber(nil, []byte(row), same(4), nil); err != nil {
			t.Errorf("%s with the last number: %v", name, err)
		}
	}
	largest := "\x00\x00\xff\xff\xff\xff\x07\x00\x02"
	if err := forwardOfRow(largest).Each(0, func(_ uint32, pos, _ int) {
		if pos != 1<<31-1 {
			t.Errorf("position %d", pos)
		}
	}); err != nil {
		t.Errorf("the largest position: %v", err)
	}
	if out, _, err := renumber([]byte("x"), []byte(sound), same(3), []byte("yyy")); string(out) != "x"+sound || err != nil {
		t.Errorf("renumbered to the same: %x, %v", out, err)
	}
}

// Ranks of any number of bytes are found, wherever their bits are zero.
func TestScanFindsLongRanks(t *testing.T) {
	ranks := []uint32{63, 64, 65, 127, 128, 8191, 8192, 8193, 1 << 20, 1<<31 - 1}
	var entries []entry
	for i, rank := range ranks {
		entries = append(entries, entry{rank, 2 * i, InBody}, entry{rank ^ 0x100, 2 * i, InBody}) // ends with the same byte
	}
	f := forwardOfRow(string(blockOf(entries).Data))
	for i, rank := range ranks {
		for _, want := range []struct {
			rank uint32
			what string
		}{{rank, "an entry"}, {rank ^ 0x100, "an extra"}} {
			var k Sought
			k.Add(want.rank, 3)
			var got []int
			if err := f.Scan(0, &k, func(bits uint32, pos, part int) { got = append(got, int(bits), pos, part) }); err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(got, 2*i) || got[0] != 1<<3 || got[2] != InBody {
				t.Errorf("rank %d as %s: %v, want bit 3 at position %d", want.rank, want.what, got, 2*i)
			}
		}
	}
}

// An extra belongs to the part in which its position is.
func TestPartsOfExtras(t *testing.T) {
	f := forwardOf(t, &docs.Map{Units: make([]docs.Unit, 1), Langs: make([]*text.Language, 1)}, [][][]uint32{{same(20)}}, blockOf([]entry{
		{0, 4, InTitle}, {10, 4, InTitle}, {1, 7, InTitle}, {11, 7, InTitle}, {2, 20, InSummary}, {12, 20, InSummary}, {3, 40, InBody}, {13, 40, InBody},
	}))
	want := []entry{{10, 4, InTitle}, {11, 7, InTitle}, {12, 20, InSummary}, {13, 40, InBody}}
	var k Sought
	for rank := range uint32(4) {
		k.Add(10+rank, int(rank))
	}
	var each, scanned []entry
	if err := f.Each(0, func(rank uint32, pos, part int) {
		if rank >= 10 {
			each = append(each, entry{rank, pos, part})
		}
	}); err != nil {
		t.Fatal(err)
	}
	if err := f.Scan(0, &k, func(bits uint32, pos, part int) {
		scanned = append(scanned, entry{10 + uint32(slices.Index([]uint32{1, 2, 4, 8}, bits)), pos, part})
	}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(each, want) || !slices.Equal(scanned, want) {
		t.Errorf("each %v, scanned %v, want %v", each, scanned, want)
	}
}
