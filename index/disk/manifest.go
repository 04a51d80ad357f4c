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

// maxManifest is far more than a manifest has.
const maxManifest = 1 << 20

func readManifest(dir string) (*manifest, error) {
	b, err := readSmall(filepath.Join(dir, manifestFile), maxManifest)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &UnusableError{dir, "there is none"}
	case err != nil:
		return nil, &UnusableError{dir, fmt.Sprintf("its manifest can't be read: %v", err)}
	}
	m, ok := parseManifest(b)
	if !ok {
		return nil, &UnusableError{dir, "its manifest is damaged"}
	}
	return m, nil
}

// parseManifest returns a manifest that names only files within its folder, and
// all that this package reads.
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
	for _, name := range []string{libraryFile, dataFile, pagesFile, stateFile} {
		if _, ok := m.Files[name]; !ok {
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
			errs[i] = m.Files[name].verify(ctx, filepath.Join(dir, m.Folder, filepath.FromSlash(name)))
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for i, err := range errs {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return &UnusableError{dir, fmt.Sprintf("its file %s is missing", names[i])}
		case err != nil:
			return &UnusableError{dir, fmt.Sprintf("its file %s is damaged: %v", names[i], err)}
		}
	}
	return nil
}

// verify reads a file, if it has the right size, and compares it.
func (s fileSum) verify(ctx context.Context, name string) error {
	f, size, err := openRegular(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if size != s.Size {
		return fmt.Errorf("it has %d bytes instead of %d", size, s.Size)
	}
	have, err := sum(ctx, f)
	if err == nil && have != s {
		err = errors.New("its checksum differs")
	}
	return err
}

// sum measures what is read.
func sum(ctx context.Context, r io.Reader) (fileSum, error) {
	h := sha256.New()
	n, err := io.CopyBuffer(h, untilDone{ctx, r}, make([]byte, 1<<18))
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
