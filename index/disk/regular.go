package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

var errNoFile = errors.New("it is no regular file")

// openRegular opens a regular file, or a link to one, and returns its size.
// What else may stand in its place is not opened: a pipe is waited for without
// end, a device read without end.
func openRegular(name string) (*os.File, int64, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, &fs.PathError{Op: "open", Path: name, Err: errNoFile}
	}
	f, err := os.Open(name)
	return f, info.Size(), err
}

// readSmall reads a regular file of at most so many bytes.
func readSmall(name string, most int64) ([]byte, error) {
	f, size, err := openRegular(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if size > most {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("it has %d bytes, more than %d", size, most)}
	}
	return io.ReadAll(io.LimitReader(f, most))
}

// makeRoom removes what stands where a file of the index is going to be and is
// none: a link, a pipe, an empty folder. A file behind a link stays as it is.
func makeRoom(name string) error {
	info, err := os.Lstat(name)
	if err != nil || info.Mode().IsRegular() {
		return nil // whoever makes the file learns what is wrong
	}
	return os.Remove(name)
}
