package file

import (
	"fmt"
	"os"

	"github.com/edsrzf/mmap-go"
)

// Map maps a file that must have a size into memory, read-only, until done is
// called.
func Map(name string, size uint64) (data []byte, done func(), err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close() // what is mapped stays
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, nil, err
	case uint64(info.Size()) != size:
		return nil, nil, fmt.Errorf("%s has %d bytes instead of %d", name, info.Size(), size)
	case size == 0:
		return nil, func() {}, nil
	}
	m, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("mapping %s: %w", name, err)
	}
	return m, func() { _ = m.Unmap() }, nil
}
