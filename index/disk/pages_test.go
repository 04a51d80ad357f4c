package disk

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"casebook/content"
	"casebook/content/load"
	"casebook/index/file"
)

// packed returns the file of the pages of a library.
func packed(t testing.TB, lib *content.Library, workers int) (data []byte, offs []uint64) {
	t.Helper()
	var b bytes.Buffer
	offs, err := writePages(t.Context(), &b, lib, Options{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), offs
}

func pagesOf(lib *content.Library, data []byte, offs []uint64) *pageFile {
	return &pageFile{lib.Schema, idsOf(lib), offs, bytes.NewReader(data), newPageCache(cacheBytes)}
}

// Pages are packed to the same bytes however many do it, and come back.
func TestPages(t *testing.T) {
	lib := loaded(t, notes(2*packedAtOnce+5))
	data, offs := packed(t, lib, 1)
	for _, workers := range []int{2, 3} {
		if d, o := packed(t, lib, workers); !bytes.Equal(d, data) || !slices.Equal(o, offs) {
			t.Errorf("%d workers pack other bytes", workers)
		}
	}
	pages := pagesOf(lib, data, offs)
	for i := range lib.Len() {
		want, _ := lib.At(i)
		p, err := pages.Page(i)
		if err != nil || p.ID != want.ID || pages.ID(i) != want.ID || fmt.Sprint(p.Body) != fmt.Sprint(want.Body) {
			t.Fatalf("page %d: %v, %v", i, p, err)
		}
		if again, err := pages.Page(i); err != nil || again != p {
			t.Errorf("page %d was not kept: %v", i, err)
		}
	}
	if pages.Len() != lib.Len() {
		t.Errorf("%d pages", pages.Len())
	}
	if used := pages.cache.bytes - pages.cache.room; used != 2*len(data) {
		t.Errorf("%d bytes of the cache are used by pages that take %d in their file", used, len(data))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := writePages(ctx, new(bytes.Buffer), lib, Options{Workers: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of its context: %v", err)
	}
}

// Whichever byte of a page a disk loses, the page is refused: not another one is
// given, and not for another page.
func TestDamagedPage(t *testing.T) {
	lib := loaded(t, notes(3))
	data, offs := packed(t, lib, 1)
	for at := offs[1]; at < offs[2]; at++ {
		for bit := range 8 {
			bad := slices.Clone(data)
			bad[at] ^= 1 << bit
			pages := pagesOf(lib, bad, offs)
			if p, err := pages.Page(1); !errors.Is(err, errPages) {
				t.Errorf("byte %d, bit %d: %v, %v", at, bit, p, err)
			}
			if _, err := pages.Page(2); err != nil {
				t.Errorf("the page behind it: %v", err)
			}
		}
	}
	if _, err := pagesOf(lib, data[:offs[2]-1], offs).Page(1); err == nil {
		t.Error("a page that is cut is given")
	}
	swapped := slices.Concat(data[offs[1]:offs[2]], data[:offs[1]], data[offs[2]:])
	if p, err := pagesOf(lib, swapped, []uint64{0, offs[2] - offs[1], offs[2], offs[3]}).Page(0); !errors.Is(err, errPages) {
		t.Errorf("page 0 is %v, %v", p, err)
	}
	for what, record := range map[string][]byte{"no record": []byte("not a page"), "not compressed": nil} {
		b := []byte{0, 0, 0, 0, 'x'}
		if record != nil {
			b = packer.EncodeAll(record, b[:4])
		}
		binary.LittleEndian.PutUint32(b, crc32.Checksum(b[4:], castagnoli))
		if p, err := pagesOf(lib, b, []uint64{0, uint64(len(b))}).Page(0); err == nil {
			t.Errorf("%s with a right checksum is %v", what, p)
		}
	}
}

func TestCheckPages(t *testing.T) {
	for _, tt := range []struct {
		name string
		ids  string
		offs []uint64
		size int64
		ok   bool
	}{
		{"sound", "abc", []uint64{0, 4, 9, 20}, 20, true},
		{"none", "", []uint64{0}, 0, true},
		{"no places", "", nil, 0, false},
		{"a place missing", "abc", []uint64{0, 9, 20}, 20, false},
		{"a place too many", "abc", []uint64{0, 4, 9, 20, 30}, 30, false},
		{"begins late", "abc", []uint64{1, 5, 9, 20}, 20, false},
		{"ends early", "abc", []uint64{0, 4, 9, 20}, 21, false},
		{"ends late", "abc", []uint64{0, 4, 9, 20}, 19, false},
		{"a record shorter than its checksum", "abc", []uint64{0, 3, 9, 20}, 20, false},
		{"goes back", "abc", []uint64{0, 9, 4, 20}, 20, false},
		{"the largest record", "a", []uint64{0, maxRecord}, maxRecord, true},
		{"a larger one", "a", []uint64{0, maxRecord + 1}, maxRecord + 1, false},
		{"ids not in order", "acb", []uint64{0, 4, 9, 20}, 20, false},
		{"an id twice", "abb", []uint64{0, 4, 9, 20}, 20, false},
	} {
		var ids file.TableBuilder
		for _, id := range tt.ids {
			ids.Add(string(id))
		}
		if err := checkPages(ids.Table(), tt.offs, tt.size); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	lib := loaded(t, notes(2))
	data, offs := packed(t, lib, 1)
	name := filepath.Join(t.TempDir(), pagesFile)
	if err := os.WriteFile(name, append(data, 0), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, _, err := openPages(name, lib.Schema, idsOf(lib), offs); !errors.Is(err, errPages) {
		t.Errorf("a file that is too long: %v", err)
	}
}

// The cache is bounded in bytes; what was asked for longest ago goes first,
// and a page that would push out many is not kept.
func TestPageCache(t *testing.T) {
	c := newPageCache(100)
	page := func(i int) *content.Page { return &content.Page{ID: fmt.Sprint(i)} }
	kept := func() (out []int) {
		for i := range 20 {
			if c.pages.Contains(i) {
				out = append(out, i)
			}
		}
		return out
	}
	want := func(room int, pages ...int) {
		t.Helper()
		if got := kept(); !slices.Equal(got, pages) || c.room != room {
			t.Errorf("pages %v are kept and %d bytes free; want %v, %d", got, c.room, pages, room)
		}
	}
	for i := range 9 {
		c.add(i, page(i), 10+i%3)
	}
	want(1, 0, 1, 2, 3, 4, 5, 6, 7, 8)
	if p, ok := c.get(0); !ok || p.ID != "0" {
		t.Errorf("page 0 is %v", p)
	}
	c.add(9, page(9), 12) // 1 and 2 are the oldest; 0 was asked for
	want(0, 0, 2, 3, 4, 5, 6, 7, 8, 9)
	c.add(10, page(10), 13) // an eighth of all is 12
	want(0, 0, 2, 3, 4, 5, 6, 7, 8, 9)
	c.add(9, page(10), 1)
	if p, _ := c.get(9); p.ID != "9" {
		t.Errorf("page 9 became %s", p.ID)
	}
	c.add(11, page(11), 12)
	want(0, 0, 3, 4, 5, 6, 7, 8, 9, 11)
	if p, ok := c.get(2); ok || p != nil {
		t.Errorf("page 2 is still there: %v", p)
	}
}

// BenchmarkPage is what a page costs that is not in memory, and one that is.
func BenchmarkPage(b *testing.B) {
	lib, _, err := load.Load(b.Context(), content.Default, load.Options{Today: today})
	if err != nil {
		b.Fatal(err)
	}
	data, offs := packed(b, lib, 1)
	pages := pagesOf(lib, data, offs)
	for name, page := range map[string]func(int) (*content.Page, error){"read": pages.read, "kept": pages.Page} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(data) / lib.Len()))
			for i := 0; b.Loop(); i++ {
				if _, err := page(i % lib.Len()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
