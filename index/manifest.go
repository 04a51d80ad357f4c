package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"casebook/content"
)

// format is raised with every change of the files of an index. What is written
// into them otherwise than before is noticed by itself, see program.
const format = 3

// The files of an index: the folder of the index holds the manifest, the lock
// and one folder with all others. A new index is a new folder; the manifest,
// which comes last and by renaming, says which one counts.
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
	Program   string             `json:"program"` // digest of what this program makes of a sample
	Bleve     string             `json:"bleve"`   // its version
	Content   string             `json:"content"` // revision
	Stamp     string             `json:"stamp"`   // content.Stamp before it was read
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

// An UnusableError says why there is no index in a folder that answers for a
// content. Building one there helps.
type UnusableError struct {
	Dir string
	Why string
}

func (e *UnusableError) Error() string {
	return fmt.Sprintf("the index in %s can't be used: %s", e.Dir, e.Why)
}

func readManifest(dir string) (*manifest, error) {
	b, err := os.ReadFile(filepath.Join(dir, manifestFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &UnusableError{dir, "there is none"}
	case err != nil:
		return nil, fmt.Errorf("reading the index: %w", err)
	}
	var m manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, &UnusableError{dir, "its manifest is damaged"}
	}
	if !isFolder(m.Folder) || slices.ContainsFunc(sortedKeys(m.Files), func(name string) bool { return !filepath.IsLocal(name) }) {
		return nil, &UnusableError{dir, "its manifest is damaged"}
	}
	return &m, nil
}

// isFolder reports whether a name is one that folders of an index have.
func isFolder(name string) bool {
	hex, ok := strings.CutPrefix(name, folderPrefix)
	return ok && hex != "" && strings.Trim(hex, "0123456789abcdef") == ""
}

// check compares the manifest with this program and a content.
func (m *manifest) check(ctx context.Context, dir string, src Source) error {
	unusable := func(format string, args ...any) error { return &UnusableError{dir, fmt.Sprintf(format, args...)} }
	switch {
	case m.Format != format:
		return unusable("it is of format %d, and this program's is %d", m.Format, format)
	case m.Bleve != bleveVersion():
		return unusable("it was built with bleve %s, and this program has %s", m.Bleve, bleveVersion())
	case m.Program != program():
		return unusable("it was built by a program that reads pages or words otherwise")
	case m.Year != src.year():
		return unusable("it was built in %d, when open periods ended", m.Year)
	case src.FS == nil:
		return nil
	}
	stamp, err := content.Stamp(ctx, src.FS)
	if err != nil {
		return fmt.Errorf("looking for changes of the content: %w", err)
	}
	if stamp != "" && stamp == m.Stamp {
		return nil
	}
	revision, err := content.Revision(ctx, src.FS, content.Options{Today: src.Today})
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
	names := sortedKeys(m.Files)
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

// bleveVersion names the versions of the modules that analyze words and write
// segments. It is "" where the program does not know them, as in tests.
var bleveVersion = sync.OnceValue(func() string {
	var versions []string
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, d := range info.Deps {
			switch d.Path {
			case "github.com/blevesearch/bleve/v2", "github.com/blevesearch/zapx/v17":
				versions = append(versions, d.Version)
			}
		}
	}
	return strings.Join(versions, " and zapx ")
})
