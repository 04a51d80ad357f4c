//go:build unix

package disk

import (
	"errors"
	"os"
	"syscall"
)

// syncDir makes sure that the disk has the names in a folder.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	if cannotSync(err) {
		err = nil
	}
	return errors.Join(err, f.Close())
}

// cannotSync reports whether an error says that the file system can't do that
// with a folder, which is no fault: ENOTSUP, ENOSYS or EINVAL.
func cannotSync(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL)
}
