package disk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"casebook/content/load"
)

// format is raised with every change of the files of an index. What is written
// into them otherwise than before is noticed by itself, see Program.
const format = 3

// The names in the folder of an index, and in the folder with its files.
const (
	manifestFile = "manifest.json"
	lockFile     = "lock"
	folderPrefix = "build-"

	pagesFile   = "pages"
	stateFile   = "state"
	dataFile    = "data.zip"
	libraryFile = "library.json"
	segmentDir  = "segment"
	spillFile   = "spill" // only while it is built
)

// A manifest says what an index was built from, by what, and of which files
// it consists.
type manifest struct {
	Format    int                `json:"format"`
	Program   string             `json:"program"` // Program.Digest
	Bleve     string             `json:"bleve"`   // its version
	Content   string             `json:"content"` // revision
	Stamp     string             `json:"stamp"`   // load.Stamp before it was read
	Year      int                `json:"year"`    // in which open periods end
	Pages     int                `json:"pages"`
	Documents int                `json:"documents"`
	Folder    string             `json:"folder"`
	Files     map[string]fileSum `json:"files"` // by path in Folder
}

type fileSum struct {
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

func readManifest(dir string) (*manifest, error) {
	b, err := os.ReadFile(filepath.Join(dir, manifestFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &UnusableError{dir, "there is none"}
	case err != nil:
		return nil, fmt.Errorf("reading the index: %w", err)
	}
	m, ok := parseManifest(b)
	if !ok {
		return nil, &UnusableError{dir, "its manifest is damaged"}
	}
	return m, nil
}

// parseManifest returns a manifest that names only files within its folder.
func parseManifest(b []byte) (*manifest, bool) {
	var m manifest
	if json.Unmarshal(b, &m) != nil || !isFolder(m.Folder) {
		return nil, false
	}
	for name := range m.Files {
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			return nil, false
		}
	}
	return &m, true
}

// isFolder reports whether a name is one that folders of an index have.
func isFolder(name string) bool {
	hex, ok := strings.CutPrefix(name, folderPrefix)
	return ok && hex != "" && strings.Trim(hex, "0123456789abcdef") == ""
}

// check compares the manifest with a program and a content.
func (m *manifest) check(ctx context.Context, dir string, src Source, by Program) error {
	unusable := func(format string, args ...any) error { return &UnusableError{dir, fmt.Sprintf(format, args...)} }
	switch {
	case m.Format != format:
		return unusable("it is of format %d, and this program's is %d", m.Format, format)
	case m.Bleve != by.Bleve:
		return unusable("it was built with bleve %s, and this program has %s", m.Bleve, by.Bleve)
	case m.Program != by.Digest:
		return unusable("it was built by a program that reads pages or words otherwise")
	case m.Year != src.year():
		return unusable("it was built in %d, when open periods ended", m.Year)
	case src.FS == nil:
		return nil
	}
	stamp, err := load.Stamp(ctx, src.FS)
	if err != nil {
		return fmt.Errorf("looking for changes of the content: %w", err)
	}
	if stamp != "" && stamp == m.Stamp {
		return nil
	}
	revision, err := load.Revision(ctx, src.FS, load.Options{Today: src.Today})
	if err != nil {
		return fmt.Errorf("looking for changes of the content: %w", err)
	}
	if revision != m.Content {
		return unusable("its content is %s, and that of now is %s", m.Content, revision)
	}
	return nil
}

// verify reads all files and compares them with their checksums.
func (m *manifest) verify(ctx context.Context, dir string) error {
	names := slices.Sorted(maps.Keys(m.Files))
	errs := make([]error, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			have, err := sumFile(ctx, filepath.Join(dir, m.Folder, filepath.FromSlash(name)), false)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				errs[i] = &UnusableError{dir, fmt.Sprintf("its file %s is missing", name)}
			case err != nil:
				errs[i] = err
			case have.Size != m.Files[name].Size:
				errs[i] = &UnusableError{dir, fmt.Sprintf("its file %s has %d bytes instead of %d", name, have.Size, m.Files[name].Size)}
			case have != m.Files[name]:
				errs[i] = &UnusableError{dir, fmt.Sprintf("its file %s is damaged", name)}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// sumFile measures a file. flush makes sure that the disk has it.
func sumFile(ctx context.Context, path string, flush bool) (fileSum, error) {
	f, err := os.Open(path)
	if err != nil {
		return fileSum{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.CopyBuffer(h, untilDone{ctx, f}, make([]byte, 1<<18))
	if err == nil && flush {
		err = f.Sync()
	}
	return fileSum{n, hex.EncodeToString(h.Sum(nil))}, err
}

// untilDone reads until its context ends. It hides that a file can be copied
// by the system.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if u.ctx.Err() != nil {
		return 0, u.ctx.Err()
	}
	return u.r.Read(p)
}
