//go:build unix

package disk

import (
	"io/fs"
	"path/filepath"
	"syscall"
	"testing"
)

// That a file system can't make sure of a folder is no fault, that it failed is.
func TestCannotSync(t *testing.T) {
	for errno, want := range map[syscall.Errno]bool{syscall.EINVAL: true, syscall.ENOTSUP: true, syscall.ENOSYS: true, syscall.EIO: false, syscall.ENOSPC: false, syscall.EBADF: false} {
		if got := cannotSync(&fs.PathError{Op: "sync", Path: "index", Err: errno}); got != want {
			t.Errorf("cannotSync(%v) = %t", errno, got)
		}
	}
	if cannotSync(nil) {
		t.Error("no error is one")
	}
	if err := syncDir(t.TempDir()); err != nil {
		t.Error(err)
	}
	if err := syncDir(filepath.Join(t.TempDir(), "missing")); err == nil {
		t.Error("a folder that is missing is on the disk")
	}
}
