package disk

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"

	"casebook/content"
	"casebook/content/record"
)

// The file of pages holds the record of each, one after another, compressed
// (a page's HTML and its plain text are nearly the same), each behind a
// checksum of four bytes: what a disk loses after the index was opened is
// noticed too.

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sumBytes is the length of a checksum.
const sumBytes = 4

// maxRecord bounds the memory that one page takes: a page in many languages,
// each of a megabyte, with its HTML.
const maxRecord = 1 << 30

// packedAtOnce is how many pages a goroutine packs at once.
const packedAtOnce = 256

// writePages writes the records of a library and returns where each begins,
// and the end. Pages are packed by workers, several at once, and written in
// order.
func writePages(ctx context.Context, w io.Writer, lib *content.Library, opts Options) (offs []uint64, err error) {
	offs = make([]uint64, 1, lib.Len()+1)
	workers, progress := opts.Workers, opts.stage("pack")
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
			p.record, err = record.Append(p.record[:0], page, lib.Schema)
		}
		if err == nil && len(p.record) > maxRecord {
			err = fmt.Errorf("page %s has more than %d MiB", page.ID, maxRecord>>20)
		}
		if err != nil {
			p.err = err
			return
		}
		at := len(p.b)
		p.b = packer.EncodeAll(p.record, append(p.b, make([]byte, sumBytes)...))
		binary.LittleEndian.PutUint32(p.b[at:], crc32.Checksum(p.b[at+sumBytes:], castagnoli))
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
