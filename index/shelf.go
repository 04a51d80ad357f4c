package index

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"sync"

	"github.com/klauspost/compress/zstd"

	"casebook/content"
	"casebook/index/file"
)

// The file of pages holds the record of each, one after another, compressed
// (a page's HTML and its plain text are nearly the same), each behind a
// checksum of four bytes: what a disk loses after the index was opened is
// noticed too.

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// packedAtOnce is how many pages a goroutine packs at once.
const packedAtOnce = 256

// writePages writes the records of a library and returns where each begins,
// and the end. Pages are packed by workers, several at once, and written in
// order.
func writePages(ctx context.Context, w io.Writer, lib *content.Library, opts Options) (offs []uint64, err error) {
	offs = make([]uint64, 1, lib.Len()+1)
	workers, progress := opts.workers(), opts.stage("pack")
	parts := make([]packedPages, workers)
	for from := 0; from < lib.Len(); from += workers * packedAtOnce {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		var wg sync.WaitGroup
		for i := range parts {
			first := from + i*packedAtOnce
			wg.Go(func() { parts[i].pack(lib, first, min(first+packedAtOnce, lib.Len())) })
		}
		wg.Wait()
		for i := range parts {
			if parts[i].err != nil {
				return nil, parts[i].err
			}
			for _, size := range parts[i].sizes {
				offs = append(offs, offs[len(offs)-1]+size)
			}
			if _, err := w.Write(parts[i].b); err != nil {
				return nil, err
			}
		}
		if progress != nil {
			progress(len(offs)-1, lib.Len())
		}
	}
	return offs, nil
}

// packedPages are neighbouring pages as the file has them.
type packedPages struct {
	b      []byte
	sizes  []uint64
	record []byte
	err    error
}

func (p *packedPages) pack(lib *content.Library, from, end int) {
	p.b, p.sizes, p.err = p.b[:0], p.sizes[:0], nil
	for i := from; i < end; i++ {
		page, err := lib.At(i)
		if err == nil {
			p.record, err = content.AppendPage(p.record[:0], page, lib.Schema)
		}
		if err == nil && len(p.record) > maxRecord {
			err = fmt.Errorf("page %s has more than %d MiB", page.ID, maxRecord>>20)
		}
		if err != nil {
			p.err = err
			return
		}
		at := len(p.b)
		p.b = packer.EncodeAll(p.record, append(p.b, 0, 0, 0, 0))
		binary.LittleEndian.PutUint32(p.b[at:], crc32.Checksum(p.b[at+4:], castagnoli))
		p.sizes = append(p.sizes, uint64(len(p.b)-at))
	}
}

// Both are for any number of goroutines. A record is checked already when it
// comes to the unpacker, and says how long it is.
var (
	packer   = must(zstd.NewWriter(nil, zstd.WithEncoderCRC(false), zstd.WithSingleSegment(true)))
	unpacker = must(zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxRecord), zstd.WithDecoderConcurrency(0)))
)

// must is for what fails only by a wrong option.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// A fileShelf gives pages from their file. Those that were asked for lately
// are kept.
type fileShelf struct {
	schema *content.Schema
	ids    file.Table
	offs   []uint64
	from   *os.File

	mu    sync.Mutex
	place map[int]int // page -> its place in kept
	kept  []keptPage
	hand  int // place in kept that is looked at next
	room  int // bytes that may still be kept
}

type keptPage struct {
	slot int
	page *content.Page
	size int
	used bool // asked for since the hand passed
}

// pageCache is how many bytes of pages are kept, about.
const pageCache = 32 << 20

var errPages = errors.New("the file of pages is damaged")

// newFileShelf returns the shelf of an open file of a size.
func newFileShelf(schema *content.Schema, ids file.Table, offs []uint64, from *os.File, size int64) (*fileShelf, error) {
	if len(offs) != ids.Len()+1 || offs[0] != 0 || offs[len(offs)-1] != uint64(size) {
		return nil, errPages
	}
	for i := 1; i < len(offs); i++ {
		if offs[i] < offs[i-1]+4 || offs[i]-offs[i-1] > maxRecord {
			return nil, errPages
		}
	}
	for i := 1; i < ids.Len(); i++ {
		if ids.At(i-1) >= ids.At(i) {
			return nil, errPages
		}
	}
	return &fileShelf{schema: schema, ids: ids, offs: offs, from: from, place: make(map[int]int), room: pageCache}, nil
}

// maxRecord bounds the memory that one page takes: a page in many languages,
// each of a megabyte, with its HTML.
const maxRecord = 1 << 30

func (s *fileShelf) Len() int        { return s.ids.Len() }
func (s *fileShelf) ID(i int) string { return s.ids.At(i) }

// Page returns the page at a place.
func (s *fileShelf) Page(i int) (*content.Page, error) {
	s.mu.Lock()
	if at, ok := s.place[i]; ok {
		k := &s.kept[at]
		k.used = true
		p := k.page
		s.mu.Unlock()
		return p, nil
	}
	s.mu.Unlock()
	p, err := s.read(i)
	if err != nil {
		return nil, fmt.Errorf("page %s: %w", s.ID(i), err)
	}
	s.keep(i, p)
	return p, nil
}

func (s *fileShelf) read(i int) (*content.Page, error) {
	b := make([]byte, s.offs[i+1]-s.offs[i])
	if _, err := s.from.ReadAt(b, int64(s.offs[i])); err != nil {
		return nil, err
	}
	if crc32.Checksum(b[4:], castagnoli) != binary.LittleEndian.Uint32(b) {
		return nil, errPages
	}
	record, err := unpacker.DecodeAll(b[4:], nil)
	if err != nil {
		return nil, errPages
	}
	p, err := content.DecodePage(string(record), s.schema)
	if err == nil && p.ID != s.ID(i) {
		err = errPages
	}
	return p, err
}

// keep remembers a page and forgets those that nobody asked for in a while
// (the second-chance rule).
func (s *fileShelf) keep(i int, p *content.Page) {
	size := 2 * int(s.offs[i+1]-s.offs[i]) // as it is in memory, or nearly
	if size > pageCache/8 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.place[i]; ok {
		return
	}
	for s.room < size {
		k := &s.kept[s.hand]
		if k.used {
			k.used = false
			s.hand = (s.hand + 1) % len(s.kept)
			continue
		}
		s.room += k.size
		delete(s.place, k.slot)
		last := len(s.kept) - 1
		if s.hand != last {
			s.kept[s.hand] = s.kept[last]
			s.place[s.kept[s.hand].slot] = s.hand
		}
		s.kept[last] = keptPage{}
		if s.kept = s.kept[:last]; s.hand >= last {
			s.hand = 0
		}
	}
	s.room -= size
	s.place[i] = len(s.kept)
	s.kept = append(s.kept, keptPage{i, p, size, false})
}
