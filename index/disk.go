package index

import (
	"archive/zip"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"casebook/content"
	"casebook/index/file"
)

// A Source is the content of an index.
type Source struct {
	FS    fs.FS     // nil where only the index is there: it is then not compared
	Today time.Time // see content.Options
}

func (s Source) year() int {
	if s.Today.IsZero() {
		return 0
	}
	return s.Today.Year()
}

// A library is what library.json says of the content besides its pages.
type library struct {
	Revision string           `json:"revision"`
	Images   []string         `json:"images"`
	LeftOut  []string         `json:"left_out"`
	Problems content.Problems `json:"problems"`
}

// ErrBusy means that another process builds an index in the same folder.
var ErrBusy = errors.New("another process is building this index")

// Write builds an index of a content in a folder, which it makes if need be,
// and puts it in the place of an older one. Until it is complete the older
// one stays as it is, whatever happens; what an earlier Write that was killed
// left behind is removed.
func Write(ctx context.Context, dir string, src Source, opts Options) (err error) {
	unlock, err := prepareDir(dir)
	if err != nil {
		return err
	}
	defer unlock()
	keep := ""
	if m, err := readManifest(dir); err == nil {
		keep = m.Folder
	}
	if err := removeFolders(dir, keep); err != nil {
		return err
	}
	b := &diskBuild{dir: dir, folder: folderPrefix + newName(), src: src, opts: opts}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(b.path("")) // the next Write tries again
		}
	}()
	if err := b.run(ctx); err != nil {
		return fmt.Errorf("building the index in %s: %w", dir, err)
	}
	return removeFolders(dir, b.folder)
}

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
		if n := e.Name(); n != manifestFile && n != manifestFile+".new" && n != lockFile && !isFolder(n) {
			return nil, fmt.Errorf("the folder %s holds %s, which is no part of an index; give the index a folder of its own", dir, n)
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

func newName() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// A diskBuild is one Write.
type diskBuild struct {
	dir, folder string
	src         Source
	opts        Options
}

func (b *diskBuild) path(name string) string { return filepath.Join(b.dir, b.folder, name) }

func (b *diskBuild) run(ctx context.Context) error {
	m := manifest{Format: format, Program: program(), Bleve: bleveVersion(), Year: b.src.year(), Folder: b.folder}
	var err error
	// The stamp comes first: what changes while the files are read must look changed.
	if m.Stamp, err = content.Stamp(ctx, b.src.FS); err != nil {
		return err
	}
	if err := os.MkdirAll(b.path(segmentDir), 0o777); err != nil {
		return err
	}
	spill, err := os.Create(b.path(spillFile))
	if err != nil {
		return err
	}
	defer spill.Close()
	lib, problems, err := content.Load(ctx, b.src.FS,
		content.Options{Today: b.src.Today, Workers: b.opts.Workers, Progress: b.opts.stage("read"), Spill: spill})
	if err != nil {
		return err
	}
	if err := b.writeData(lib, problems); err != nil {
		return err
	}
	lib, offs, closeLib, err := b.writePages(ctx, lib)
	if err != nil {
		return err
	}
	defer closeLib()
	if err := errors.Join(spill.Close(), os.Remove(b.path(spillFile))); err != nil {
		return err
	}
	s, err := newSnapshot(lib, b.opts)
	if err != nil {
		return err
	}
	if err := s.build(ctx, &diskSink{dir: b.path(segmentDir), atOnce: mergeAtOnce}, b.opts); err != nil {
		return err
	}
	err = b.create(stateFile, func(w io.Writer) error { return s.writeState(w, offs) })
	s.Release()
	if err != nil {
		return err
	}
	m.Content, m.Pages, m.Documents = lib.Revision, s.Pages(), s.Documents()
	return b.commit(ctx, &m)
}

// create writes a file of the index.
func (b *diskBuild) create(name string, write func(io.Writer) error) error {
	f, err := os.Create(b.path(name))
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// writePages puts the pages into their file and returns the library with them
// there instead of in memory.
func (b *diskBuild) writePages(ctx context.Context, lib *content.Library) (stored *content.Library, offs []uint64, closeFile func(), err error) {
	err = b.create(pagesFile, func(w io.Writer) (err error) {
		offs, err = writePages(ctx, w, lib, b.opts)
		return err
	})
	if err != nil {
		return nil, nil, nil, err
	}
	var ids file.TableBuilder
	for i := range lib.Len() {
		ids.Add(lib.ID(i))
	}
	f, err := os.Open(b.path(pagesFile))
	if err != nil {
		return nil, nil, nil, err
	}
	shelf, err := newFileShelf(lib.Schema, ids.Table(), offs, f, int64(offs[len(offs)-1]))
	if err != nil {
		_ = f.Close()
		return nil, nil, nil, err
	}
	return content.NewLibrary(lib, shelf, lib.Table()), offs, func() { _ = f.Close() }, nil
}

// writeData keeps the files that are no pages, and what Load said.
func (b *diskBuild) writeData(lib *content.Library, problems content.Problems) error {
	err := b.create(libraryFile, func(w io.Writer) error {
		return json.NewEncoder(w).Encode(library{lib.Revision, lib.Images, lib.LeftOut, problems})
	})
	if err != nil {
		return err
	}
	names, err := content.DataFiles(b.src.FS)
	if err != nil {
		return err
	}
	return b.create(dataFile, func(w io.Writer) error {
		z := zip.NewWriter(w)
		for _, name := range names {
			data, err := fs.ReadFile(b.src.FS, name)
			if err != nil {
				continue // Load has told of it, and went on without
			}
			f, err := z.Create(name)
			if err != nil {
				return err
			}
			if _, err := f.Write(data); err != nil {
				return err
			}
		}
		return z.Close()
	})
}

// commit makes the index the one that counts.
func (b *diskBuild) commit(ctx context.Context, m *manifest) error {
	m.Files = make(map[string]fileSum)
	err := filepath.WalkDir(b.path(""), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(b.path(""), path)
		if err != nil {
			return err
		}
		m.Files[filepath.ToSlash(name)], err = sumFile(ctx, path, true)
		return err
	})
	if err != nil {
		return err
	}
	return errors.Join(syncDir(b.path(segmentDir)), syncDir(b.path("")), writeManifest(b.dir, m))
}

// writeManifest replaces the manifest at once.
func writeManifest(dir string, m *manifest) error {
	data, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	name := filepath.Join(dir, manifestFile)
	f, err := os.Create(name + ".new")
	if err != nil {
		return err
	}
	_, err = f.Write(append(data, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(name+".new", name); err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir makes sure that the disk has the names in a folder. Systems that
// can't do that say so, which is no fault.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	if err := f.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !strings.Contains(err.Error(), "invalid") {
		_ = f.Close()
		return err
	}
	return f.Close()
}
