package index

import (
	"fmt"
	"os"

	"github.com/blevesearch/mmap-go"
)

// mapFile maps a file of a size into memory, read-only, until done is called.
func mapFile(name string, size uint64) (data []byte, done func(), err error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close() // what is mapped stays
	info, err := file.Stat()
	switch {
	case err != nil:
		return nil, nil, err
	case uint64(info.Size()) != size:
		return nil, nil, fmt.Errorf("%s has %d bytes instead of %d", name, info.Size(), size)
	case size == 0:
		return nil, func() {}, nil
	}
	m, err := mmap.Map(file, mmap.RDONLY, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("mapping %s: %w", name, err)
	}
	return m, func() { _ = m.Unmap() }, nil
}
