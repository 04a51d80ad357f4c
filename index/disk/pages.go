package disk

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	"casebook/content"
	"casebook/content/record"
	"casebook/index/file"
)

// A pageFile gives pages from their file. Those that were asked for lately
// are kept in memory.
type pageFile struct {
	schema *content.Schema
	ids    file.Table
	offs   []uint64 // the record of page i is from offs[i] to offs[i+1]
	from   io.ReaderAt
	cache  *pageCache
}

var errPages = errors.New("the file of pages is damaged")

// openPages opens the file of pages with these ids that begin at offs.
func openPages(name string, schema *content.Schema, ids file.Table, offs []uint64) (*pageFile, func(), error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil {
		err = checkPages(ids, offs, info.Size())
	}
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	return &pageFile{schema, ids, offs, f, newPageCache(cacheBytes)}, func() { _ = f.Close() }, nil
}

// checkPages makes sure that ids ascend and that records fit into a file of a
// size.
func checkPages(ids file.Table, offs []uint64, size int64) error {
	if len(offs) != ids.Len()+1 || offs[0] != 0 || offs[len(offs)-1] != uint64(size) {
		return errPages
	}
	for i := 1; i < len(offs); i++ {
		if offs[i] < offs[i-1]+sumBytes || offs[i]-offs[i-1] > maxRecord {
			return errPages
		}
	}
	for i := 1; i < ids.Len(); i++ {
		if ids.At(i-1) >= ids.At(i) {
			return errPages
		}
	}
	return nil
}

// Len returns the number of pages.
func (f *pageFile) Len() int { return f.ids.Len() }

// ID returns the id of the page at a place.
func (f *pageFile) ID(place int) string { return f.ids.At(place) }

// Page returns the page at a place.
func (f *pageFile) Page(place int) (*content.Page, error) {
	if p, ok := f.cache.get(place); ok {
		return p, nil
	}
	p, err := f.read(place)
	if err != nil {
		return nil, fmt.Errorf("page %s: %w", f.ID(place), err)
	}
	f.cache.add(place, p, 2*int(f.offs[place+1]-f.offs[place])) // as it is in memory, or nearly
	return p, nil
}

func (f *pageFile) read(place int) (*content.Page, error) {
	b := make([]byte, f.offs[place+1]-f.offs[place])
	if _, err := f.from.ReadAt(b, int64(f.offs[place])); err != nil {
		return nil, err
	}
	if crc32.Checksum(b[sumBytes:], castagnoli) != binary.LittleEndian.Uint32(b) {
		return nil, errPages
	}
	plain, err := unpacker.DecodeAll(b[sumBytes:], nil)
	if err != nil {
		return nil, errPages
	}
	p, err := record.Decode(string(plain), f.schema)
	if err == nil && p.ID != f.ID(place) {
		err = errPages
	}
	return p, err
}
