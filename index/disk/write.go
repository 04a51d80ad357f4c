package disk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"casebook/content"
	"casebook/content/load"
	"casebook/index/file"
)

// Write builds an index of a content in a folder, which it makes if need be,
// and puts it in the place of an older one. Until it is complete the older
// one stays as it is, whatever happens; what an earlier Write that was killed
// left behind is removed.
func Write(ctx context.Context, dir string, src Source, by Program, opts Options, build Build) (err error) {
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
	w := &writing{dir: dir, folder: newFolder(), src: src, opts: opts}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(w.path("")) // the next Write tries again
		}
	}()
	m := &manifest{Format: format, Program: by.Digest, Bleve: by.Bleve, Year: src.year(), Folder: w.folder}
	if err := w.run(ctx, m, build); err != nil {
		return fmt.Errorf("building the index in %s: %w", dir, err)
	}
	return removeFolders(dir, w.folder)
}

// A writing is one Write.
type writing struct {
	dir, folder string
	src         Source
	opts        Options
}

func (w *writing) path(name string) string { return filepath.Join(w.dir, w.folder, name) }

func (w *writing) run(ctx context.Context, m *manifest, build Build) (err error) {
	// The stamp comes first: what changes while the files are read must look changed.
	if m.Stamp, err = load.Stamp(ctx, w.src.FS); err != nil {
		return err
	}
	if err := os.MkdirAll(w.path(segmentDir), 0o777); err != nil {
		return err
	}
	lib, offs, closePages, err := w.load(ctx)
	if err != nil {
		return err
	}
	defer closePages()
	m.Content, m.Pages = lib.Revision, lib.Len()
	err = w.create(stateFile, func(to io.Writer) error {
		return writeState(to, lib, offs, func(state *file.Writer) (err error) {
			m.Documents, err = build(ctx, lib, w.path(segmentDir), state)
			return err
		})
	})
	if err != nil {
		return err
	}
	return w.commit(ctx, m)
}

// load reads the content and writes what doesn't depend on a Build. It returns
// the library with its pages in their file instead of in memory.
func (w *writing) load(ctx context.Context) (stored *content.Library, offs []uint64, closePages func(), err error) {
	spill, err := os.Create(w.path(spillFile))
	if err != nil {
		return nil, nil, nil, err
	}
	defer spill.Close()
	lib, problems, err := load.Load(ctx, w.src.FS,
		load.Options{Today: w.src.Today, Workers: w.opts.Workers, Progress: w.opts.stage("read"), Spill: spill})
	if err != nil {
		return nil, nil, nil, err
	}
	if err := w.writeData(lib, problems); err != nil {
		return nil, nil, nil, err
	}
	err = w.create(pagesFile, func(to io.Writer) (err error) {
		offs, err = writePages(ctx, to, lib, w.opts)
		return err
	})
	if err != nil {
		return nil, nil, nil, err
	}
	if err := errors.Join(spill.Close(), os.Remove(w.path(spillFile))); err != nil {
		return nil, nil, nil, err
	}
	pages, closePages, err := openPages(w.path(pagesFile), lib.Schema, idsOf(lib), offs)
	if err != nil {
		return nil, nil, nil, err
	}
	return content.NewLibrary(lib, pages, lib.Table()), offs, closePages, nil
}

// create writes a file of the index.
func (w *writing) create(name string, write func(io.Writer) error) error {
	f, err := os.Create(w.path(name))
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// writeData keeps the files that are no pages, and what Load said.
func (w *writing) writeData(lib *content.Library, problems content.Problems) error {
	err := w.create(libraryFile, func(to io.Writer) error { return writeLibrary(to, lib, problems) })
	if err != nil {
		return err
	}
	return w.create(dataFile, func(to io.Writer) error { return writeDataFiles(to, w.src.FS) })
}

// commit makes the index the one that counts.
func (w *writing) commit(ctx context.Context, m *manifest) error {
	made, err := os.Stat(w.path(stateFile))
	if err != nil {
		return err
	}
	m.Files = make(map[string]fileSum)
	err = filepath.WalkDir(w.path(""), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(w.path(""), path)
		if err != nil {
			return err
		}
		m.Files[filepath.ToSlash(name)], err = flush(ctx, path, made.Mode().Perm())
		return err
	})
	if err != nil {
		return err
	}
	return errors.Join(syncDir(w.path(segmentDir)), syncDir(w.path("")), writeManifest(w.dir, m))
}

// flush makes sure that the disk has a file, with the permissions that the system
// gives to a new one: libraries that write a Build's files may give others.
func flush(ctx context.Context, name string, perm fs.FileMode) (fileSum, error) {
	f, err := os.OpenFile(name, os.O_RDWR, 0) // not every system flushes what was opened to be read
	if err != nil {
		return fileSum{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil && info.Mode().Perm() != perm {
		err = f.Chmod(perm)
	}
	if err != nil {
		return fileSum{}, err
	}
	s, err := sum(ctx, f)
	return s, errors.Join(err, f.Sync())
}

// WriteSample writes what Write would of pages, and of the state that a Build
// writes: the part of a Program's digest that is made here.
func WriteSample(ctx context.Context, to io.Writer, lib *content.Library, state func(*file.Writer) error) error {
	offs, err := writePages(ctx, to, lib, Options{Workers: 1})
	if err != nil {
		return err
	}
	return writeState(to, lib, offs, state)
}
