package disk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// Who waits for a build goes on when it ends, and not before.
func TestWait(t *testing.T) {
	dir := t.TempDir()
	if err := Wait(t.Context(), dir); err != nil {
		t.Errorf("where nobody ever built: %v", err)
	}
	unlock, err := prepareDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := Wait(ctx, dir); !errors.Is(err, context.Canceled) {
			t.Errorf("while somebody builds: %v, want to wait until the context ends", err)
		}
	}
	done := make(chan error, 1)
	go func() { done <- Wait(t.Context(), dir) }()
	unlock()
	if err := <-done; err != nil {
		t.Error(err)
	}
	// Having looked, it holds nothing.
	unlock, err = prepareDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	unlock()
	if err := os.Remove(filepath.Join(dir, lockFile)); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, lockFile), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := Wait(t.Context(), dir); err == nil {
		t.Error("a folder in the place of the lock is no error")
	}
}
