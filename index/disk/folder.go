package disk

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// prepareDir makes and locks the folder of an index. It refuses one that
// holds something else: it would be a slip, and its files in danger.
func prepareDir(dir string) (unlock func(), err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("making the folder of the index: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("reading the folder of the index: %w", err)
	}
	for _, e := range entries {
		if n := e.Name(); !slices.Contains(ownFiles, n) && !isFolder(n) && !passedOver(n) {
			return nil, fmt.Errorf("the folder %s holds %s, which is no part of an index; give the index a folder of its own", dir, n)
		}
	}
	for _, name := range ownFiles {
		if err := makeRoom(filepath.Join(dir, name)); err != nil {
			return nil, fmt.Errorf("making room for the index: %w", err)
		}
	}
	f, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return nil, fmt.Errorf("locking the index: %w", err)
	}
	taken, err := lockFileOf(f)
	if err != nil || !taken {
		_ = f.Close()
		if err == nil {
			err = ErrBusy
		}
		return nil, fmt.Errorf("locking the index in %s: %w", dir, err)
	}
	return func() { _ = f.Close() }, nil
}

// ownFiles are the files that may stand in the folder of an index.
var ownFiles = []string{manifestFile, manifestFile + newSuffix, lockFile}

// newSuffix is behind the name of a manifest that is being written.
const newSuffix = ".new"

// passedOver reports whether nobody has put into a folder what has this name:
// hidden files, as of file managers and of git, and what file systems keep in
// the root of a volume. They are left alone.
func passedOver(name string) bool {
	switch name {
	case "lost+found", "System Volume Information", "$RECYCLE.BIN":
		return true
	}
	return strings.HasPrefix(name, ".")
}

// removeFolders removes all folders of an index but one.
func removeFolders(dir, keep string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if isFolder(e.Name()) && e.Name() != keep {
			if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
				return fmt.Errorf("removing an old index: %w", err)
			}
		}
	}
	return nil
}

// newFolder returns a name for the folder of a new index.
func newFolder() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return folderPrefix + hex.EncodeToString(b[:])
}

// writeManifest replaces the manifest at once.
func writeManifest(dir string, m *manifest) error {
	data, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	name := filepath.Join(dir, manifestFile)
	f, err := os.Create(name + newSuffix)
	if err != nil {
		return err
	}
	_, err = f.Write(append(data, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(name+newSuffix, name); err != nil {
		return err
	}
	return syncDir(dir)
}
