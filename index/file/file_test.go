package file

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// A step writes one thing and reads it back.
type step struct {
	name  string
	write func(*Writer)
	read  func(*Reader) any
	want  any
	bytes string // behind the magic
}

var capitals = NewMultimap(map[string][]string{"b": {"x", ""}, "a": {"yy"}, "none": nil})

var steps = []step{
	{"number", func(w *Writer) { w.Uint64(0x0102030405060708) }, func(r *Reader) any { return r.Uint64() }, uint64(0x0102030405060708),
		"\x08\x07\x06\x05\x04\x03\x02\x01"},
	{"uint32s", func(w *Writer) { w.Uint32s([]uint32{1, 0xfffefdfc}) }, func(r *Reader) any { return r.Uint32s() }, []uint32{1, 0xfffefdfc},
		"\x02\x00\x00\x00\x00\x00\x00\x00" + "\x01\x00\x00\x00" + "\xfc\xfd\xfe\xff"},
	{"uint64s", func(w *Writer) { w.Uint64s([]uint64{1 << 40}) }, func(r *Reader) any { return r.Uint64s() }, []uint64{1 << 40},
		"\x01\x00\x00\x00\x00\x00\x00\x00" + "\x00\x00\x00\x00\x00\x01\x00\x00"},
	{"float32s", func(w *Writer) { w.Float32s([]float32{1, -0.5}) }, func(r *Reader) any { return r.Float32s() }, []float32{1, -0.5},
		"\x02\x00\x00\x00\x00\x00\x00\x00" + "\x00\x00\x80\x3f" + "\x00\x00\x00\xbf"},
	{"no numbers", func(w *Writer) { w.Uint32s(nil) }, func(r *Reader) any { return r.Uint32s() }, []uint32{},
		"\x00\x00\x00\x00\x00\x00\x00\x00"},
	{"text", func(w *Writer) { w.Text("né\x00") }, func(r *Reader) any { return r.Text() }, "né\x00",
		"\x04\x00\x00\x00\x00\x00\x00\x00né\x00"},
	{"texts", func(w *Writer) { w.Texts([]string{"", "ab"}) }, func(r *Reader) any { return r.Texts() }, []string{"", "ab"},
		"\x02\x00\x00\x00\x00\x00\x00\x00" + "\x00\x00\x00\x00\x00\x00\x00\x00" + "\x02\x00\x00\x00\x00\x00\x00\x00ab"},
	{"table", func(w *Writer) { w.Table(tableOf("ab", "", "c")) }, func(r *Reader) any { return r.Table() }, tableOf("ab", "", "c"),
		"\x03\x00\x00\x00\x00\x00\x00\x00abc" + "\x04\x00\x00\x00\x00\x00\x00\x00" + "\x00\x00\x00\x00\x02\x00\x00\x00\x02\x00\x00\x00\x03\x00\x00\x00"},
	{"multimap", func(w *Writer) { w.Multimap(capitals) }, func(r *Reader) any { return r.Multimap() }, capitals, ""},
}

func tableOf(list ...string) Table {
	var b TableBuilder
	for _, s := range list {
		b.Add(s)
	}
	return b.Table()
}

// written returns what some steps write.
func written(t testing.TB, steps ...step) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b)
	for _, s := range steps {
		s.write(w)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadsWhatWasWritten(t *testing.T) {
	all := written(t, steps...)
	r := NewReader(bytes.NewReader(all), int64(len(all)))
	for _, s := range steps {
		if got := s.read(r); !reflect.DeepEqual(got, s.want) {
			t.Errorf("%s: read %#v, want %#v", s.name, got, s.want)
		}
		if b := written(t, s); s.bytes != "" && string(b) != magic+s.bytes {
			t.Errorf("%s: wrote %q, want %q", s.name, b, magic+s.bytes)
		}
	}
	if err := r.End(); err != nil {
		t.Error(err)
	}
}

// Arrays and texts longer than the buffer, by one element and by many.
func TestLongArrays(t *testing.T) {
	for _, n := range []int{bufferSize/8 - 1, bufferSize / 8, bufferSize/8 + 1, bufferSize, bufferSize + 1, 5*bufferSize + 7} {
		u32, u64, f32 := make([]uint32, n), make([]uint64, n), make([]float32, n)
		for i := range n {
			u32[i], u64[i], f32[i] = uint32(i)*2654435761, uint64(i)<<33|7, float32(i)/3
		}
		text := strings.Repeat("0123456789abcdefg", n/17+1)[:n]
		var b bytes.Buffer
		w := NewWriter(&b)
		w.Uint32s(u32)
		w.Text(text)
		w.Uint64s(u64)
		w.Float32s(f32)
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		r := NewReader(iotest.HalfReader(bytes.NewReader(b.Bytes())), int64(b.Len()))
		if !slices.Equal(r.Uint32s(), u32) || r.Text() != text || !slices.Equal(r.Uint64s(), u64) || !slices.Equal(r.Float32s(), f32) {
			t.Errorf("of %d elements another comes back", n)
		}
		if err := r.End(); err != nil {
			t.Errorf("%d elements: %v", n, err)
		}
	}
}

// What is cut anywhere, by its bytes or by its size, is an error, after which
// all is empty.
func TestCutFiles(t *testing.T) {
	for _, s := range steps {
		whole := written(t, s)
		for cut := range len(whole) {
			for what, r := range map[string]*Reader{
				"shorter than it says": NewReader(bytes.NewReader(whole[:cut]), int64(len(whole))),
				"short":                NewReader(bytes.NewReader(whole[:cut]), int64(cut)),
				"longer than it says":  NewReader(bytes.NewReader(whole), int64(cut)),
			} {
				got := s.read(r)
				if !errors.Is(r.Err(), ErrDamaged) || !errors.Is(r.End(), ErrDamaged) {
					t.Errorf("%s of %d bytes, %s: error %v", s.name, cut, what, r.Err())
				}
				if v := reflect.ValueOf(got); !v.IsZero() && !(v.Kind() == reflect.Slice && v.Len() == 0) {
					t.Errorf("%s of %d bytes, %s: read %#v", s.name, cut, what, got)
				}
				if r.Uint64() != 0 || len(r.Uint32s()) != 0 || r.Text() != "" || len(r.Texts()) != 0 {
					t.Errorf("%s of %d bytes, %s: something comes behind the error", s.name, cut, what)
				}
			}
		}
		r := NewReader(bytes.NewReader(append(whole, 0)), int64(len(whole))+1)
		s.read(r)
		if r.Err() != nil || !errors.Is(r.End(), ErrDamaged) {
			t.Errorf("%s with a byte too many: %v", s.name, r.Err())
		}
	}
}

// What stands behind the size is not read.
func TestReadsNoFurther(t *testing.T) {
	data := written(t, step{write: func(w *Writer) { w.Uint64(7); w.Uint64(8) }})
	r := NewReader(bytes.NewReader(data), int64(len(data))-8)
	if x := r.Uint64(); x != 7 || r.Err() != nil {
		t.Errorf("read %d, %v", x, r.Err())
	}
	if x := r.Uint64(); x != 0 || !errors.Is(r.Err(), ErrDamaged) {
		t.Errorf("behind the end: %d, %v", x, r.Err())
	}
	if r := NewReader(bytes.NewReader(data), 3); !errors.Is(r.Err(), ErrDamaged) {
		t.Errorf("of three bytes: %v", r.Err())
	}
}

// raw is a file of these parts, sound or not.
func raw(parts ...any) *Reader {
	b := []byte(magic)
	for _, p := range parts {
		if s, ok := p.(string); ok {
			b = append(b, s...)
			continue
		}
		b, _ = binary.Append(b, binary.LittleEndian, p)
	}
	return NewReader(bytes.NewReader(b), int64(len(b)))
}

func TestDamagedFiles(t *testing.T) {
	huge := uint64(1) << 62
	table := func(text string, off ...uint32) []any { return []any{uint64(len(text)), text, uint64(len(off)), off} }
	multimap := func(from ...uint32) *Reader {
		return raw(slices.Concat(table("ab", 0, 1, 2), []any{uint64(len(from)), from}, table("xyz", 0, 1, 2, 3))...)
	}
	for _, tt := range []struct {
		name string
		r    *Reader
		read func(*Reader)
		ok   bool
	}{
		{"no magic", NewReader(strings.NewReader("casebook stats\n........"), 23), func(r *Reader) { r.Uint64() }, false},
		{"more numbers than fit", raw(uint64(3), []uint32{1, 2}), func(r *Reader) { r.Uint32s() }, false},
		{"as many numbers as fit", raw(uint64(2), []uint32{1, 2}), func(r *Reader) { r.Uint32s() }, true},
		{"more large numbers than fit", raw(uint64(2), []uint64{1}, uint32(1)), func(r *Reader) { r.Uint64s() }, false},
		{"numbers without end", raw(huge), func(r *Reader) { r.Uint64s() }, false},
		{"a length that overflows", raw(uint64(math.MaxUint64), "12345678"), func(r *Reader) { r.Float32s() }, false},
		{"text without end", raw(huge, "a"), func(r *Reader) { r.Text() }, false},
		{"texts without end", raw(huge, "a"), func(r *Reader) { r.Texts() }, false},
		{"a text of texts without end", raw(uint64(1), huge), func(r *Reader) { r.Texts() }, false},
		{"table", raw(table("abc", 0, 1, 3)...), func(r *Reader) { r.Table() }, true},
		{"empty table", raw(table("")...), func(r *Reader) { r.Table() }, true},
		{"table that begins late", raw(table("abc", 1, 3)...), func(r *Reader) { r.Table() }, false},
		{"table that ends early", raw(table("abc", 0, 2)...), func(r *Reader) { r.Table() }, false},
		{"table that ends behind its text", raw(table("abc", 0, 4)...), func(r *Reader) { r.Table() }, false},
		{"table that goes back", raw(table("abc", 0, 2, 1, 3)...), func(r *Reader) { r.Table() }, false},
		{"multimap", multimap(0, 1, 3), func(r *Reader) { r.Multimap() }, true},
		{"multimap without a place for each key", multimap(0, 3), func(r *Reader) { r.Multimap() }, false},
		{"multimap with too many places", multimap(0, 1, 2, 3), func(r *Reader) { r.Multimap() }, false},
		{"multimap without places", multimap(), func(r *Reader) { r.Multimap() }, false},
		{"multimap that ends early", multimap(0, 1, 2), func(r *Reader) { r.Multimap() }, false},
		{"multimap that ends late", multimap(0, 1, 4), func(r *Reader) { r.Multimap() }, false},
		{"multimap that goes back", multimap(2, 1, 3), func(r *Reader) { r.Multimap() }, false},
		{"checked and found wrong", raw(uint64(1)), func(r *Reader) { r.Check(r.Uint64() == 2) }, false},
		{"checked and found right", raw(uint64(1)), func(r *Reader) { r.Check(r.Uint64() == 1) }, true},
	} {
		tt.read(tt.r)
		if err := tt.r.End(); (err == nil) != tt.ok || err != nil && !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// An error of the disk is no damage, and the first error is the one that counts.
func TestErrorsOfTheDisk(t *testing.T) {
	broken := errors.New("broken")
	r := NewReader(io.MultiReader(strings.NewReader(magic), iotest.ErrReader(broken)), 100)
	r.Uint32s()
	r.Check(false)
	if !errors.Is(r.End(), broken) {
		t.Errorf("reading: %v", r.Err())
	}
	w := NewWriter(brokenWriter{broken})
	w.Uint32s(make([]uint32, bufferSize))
	w.Text("more")
	if err := w.Flush(); !errors.Is(err, broken) {
		t.Errorf("writing: %v", err)
	}
}

type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }

func TestTable(t *testing.T) {
	sorted := tableOf("a", "b", "bb", "d")
	for _, tt := range []struct {
		s     string
		place int
		ok    bool
	}{{"", 0, false}, {"a", 0, true}, {"b", 1, true}, {"ba", 2, false}, {"bb", 2, true}, {"c", 3, false}, {"d", 3, true}, {"e", 4, false}} {
		if place, ok := sorted.Find(tt.s); place != tt.place || ok != tt.ok {
			t.Errorf("Find(%q) = %d, %t; want %d, %t", tt.s, place, ok, tt.place, tt.ok)
		}
	}
	if sorted.Len() != 4 || sorted.At(2) != "bb" {
		t.Errorf("%d strings, %q", sorted.Len(), sorted.At(2))
	}
	var none Table
	if _, ok := none.Find("a"); ok || none.Len() != 0 {
		t.Error("an empty table has something")
	}
}

func TestMultimap(t *testing.T) {
	for key, want := range map[string][]string{"a": {"yy"}, "b": {"x", ""}, "none": nil, "c": nil, "": nil} {
		first, ok := capitals.First(key)
		if got := capitals.Of(key); !slices.Equal(got, want) || ok != (len(want) > 0) || ok && first != want[0] {
			t.Errorf("%q: %q, first %q, %t; want %q", key, got, first, ok, want)
		}
	}
	if empty := NewMultimap(nil); empty.Of("a") != nil || empty.Keys.Len() != 0 {
		t.Error("an empty multimap has something")
	}
}

func TestBelow(t *testing.T) {
	for _, tt := range []struct {
		list []uint32
		n    int
		want bool
	}{{nil, 0, true}, {[]uint32{0}, 0, false}, {[]uint32{0, 4, 2}, 5, true}, {[]uint32{0, 5, 2}, 5, false}, {[]uint32{math.MaxUint32}, math.MaxInt, true}} {
		if got := Below(tt.list, tt.n); got != tt.want {
			t.Errorf("Below(%d, %d) = %t", tt.list, tt.n, got)
		}
	}
}

func TestMap(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	for _, text := range []string{"", "some text"} {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		data, done, err := Map(name, uint64(len(text)))
		if err != nil || string(data) != text {
			t.Fatalf("mapped %q, %v; want %q", data, err, text)
		}
		done()
		for _, size := range []int{len(text) + 1, len(text) - 1} {
			if _, _, err := Map(name, uint64(size)); err == nil {
				t.Errorf("%d bytes are mapped as %d", len(text), size)
			}
		}
	}
	if _, _, err := Map(name+"x", 0); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, _, err := Map(filepath.Dir(name), 0); err == nil {
		t.Error("a folder is mapped")
	}
	open := func() int { // files of this process
		entries, _ := os.ReadDir("/dev/fd")
		return len(entries)
	}
	before := open()
	for range 20 {
		_, done, err := Map(name, uint64(len("some text")))
		if err != nil {
			t.Fatal(err)
		}
		defer done()
	}
	if after := open(); after > before+10 {
		t.Errorf("%d files were open, %d are", before, after)
	}
}

// Whatever the bytes, reading ends, with the bytes that writing it again gives
// or an error. Each byte of order asks for the next thing.
func FuzzReader(f *testing.F) {
	copies := []func(*Writer, *Reader){
		func(w *Writer, r *Reader) { w.Uint64(r.Uint64()) },
		func(w *Writer, r *Reader) { w.Uint32s(r.Uint32s()) },
		func(w *Writer, r *Reader) { w.Uint64s(r.Uint64s()) },
		func(w *Writer, r *Reader) { w.Float32s(r.Float32s()) },
		func(w *Writer, r *Reader) { w.Uint32s(r.Uint32s()) },
		func(w *Writer, r *Reader) { w.Text(r.Text()) },
		func(w *Writer, r *Reader) { w.Texts(r.Texts()) },
		func(w *Writer, r *Reader) {
			t := r.Table()
			for i := range t.Len() {
				t.Find(t.At(i))
			}
			w.Table(t)
		},
		func(w *Writer, r *Reader) {
			m := r.Multimap()
			for i := range m.Keys.Len() {
				m.Of(m.Keys.At(i))
				m.First(m.Keys.At(i))
			}
			w.Multimap(m)
		},
	}
	order := make([]byte, len(steps)) // the same as copies
	for i, s := range steps {
		order[i] = byte(i)
		f.Add(order[i:i+1], written(f, s))
	}
	f.Add(order, written(f, steps...))
	f.Add([]byte{7, 8}, []byte(magic+"\xff\xff\xff\xff\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, order, data []byte) {
		r := NewReader(bytes.NewReader(data), int64(len(data)))
		var b bytes.Buffer
		w := NewWriter(&b)
		for _, o := range order {
			copies[int(o)%len(copies)](w, r)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		if r.End() == nil && !bytes.Equal(b.Bytes(), data) {
			t.Errorf("%q became %q", data, b.Bytes())
		}
	})
}
