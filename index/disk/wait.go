package disk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// waitStep is the time between two looks at a lock. A file can be locked
// without a wait, or with one that nothing ends.
const waitStep = 100 * time.Millisecond

// Wait returns when no process builds an index in a folder. That it ends does
// not say that there is one now.
func Wait(ctx context.Context, dir string) error {
	for {
		free, err := unlocked(filepath.Join(dir, lockFile))
		if err != nil {
			return fmt.Errorf("waiting for the index in %s: %w", dir, err)
		}
		if free {
			return nil
		}
		select {
		case <-time.After(waitStep):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func unlocked(name string) (bool, error) {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close() // gives the lock back
	return lockFileOf(f)
}
