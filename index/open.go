package index

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"casebook/content"
	"casebook/index/file"
)

// A Stored is what an index on disk holds.
type Stored struct {
	Snapshot *Snapshot // the caller must Release it
	Problems content.Problems
}

// opens bounds how often Open begins again because another process has put a
// new index in the place of the one that it was reading.
const opens = 3

// Open opens the index that Write has made in a folder, for reading. It takes
// no lock and changes nothing. It returns an *UnusableError if there is none,
// it is damaged in any way, it is of another program, or its content is not
// that of src.
func Open(ctx context.Context, dir string, src Source, opts Options) (*Stored, error) {
	for try := 1; ; try++ {
		m, err := readManifest(dir)
		if err != nil {
			return nil, err
		}
		if err := m.check(ctx, dir, src); err != nil {
			return nil, err
		}
		stored, err := m.open(ctx, dir, opts)
		if err == nil || try == opens {
			return stored, err
		}
		if now, again := readManifest(dir); again != nil || now.Folder == m.Folder {
			return nil, err
		}
	}
}

func (m *manifest) open(ctx context.Context, dir string, opts Options) (*Stored, error) {
	if err := m.verify(ctx, dir); err != nil {
		return nil, err
	}
	stored, err := openFolder(ctx, filepath.Join(dir, m.Folder), opts)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, err
	case err != nil: // its checksums are right: the program that wrote it was not
		return nil, &UnusableError{dir, err.Error()}
	case stored.Snapshot.Pages() != m.Pages || stored.Snapshot.Documents() != m.Documents || stored.Snapshot.lib.Revision != m.Content:
		stored.Snapshot.Release()
		return nil, &UnusableError{dir, "its manifest and its files are not of one build"}
	}
	return stored, nil
}

// openFolder opens files that are known to be whole.
func openFolder(ctx context.Context, folder string, opts Options) (stored *Stored, err error) {
	stored = &Stored{}
	data, lib, err := readData(ctx, folder)
	if err != nil {
		return nil, err
	}
	stored.Problems = lib.Problems
	data.Revision, data.Images, data.LeftOut = lib.Revision, lib.Images, lib.LeftOut

	f, err := os.Open(filepath.Join(folder, stateFile))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	state := file.NewReader(f, info.Size())
	where := readPlaced(state)
	if state.Err() != nil {
		return nil, fmt.Errorf("file %s: %w", stateFile, state.Err())
	}
	table, err := content.OpenPageTable(data.Schema, where.table)
	if err != nil {
		return nil, err
	}
	shelf, closeShelf, err := openShelf(folder, data.Schema, where)
	if err != nil {
		return nil, err
	}
	closeAll := closeShelf
	defer func() {
		if err != nil {
			closeAll()
		}
	}()
	if shelf.Len() != len(where.table.Kinds) {
		return nil, file.ErrDamaged
	}
	s, err := newSnapshot(content.NewLibrary(data, shelf, table), opts)
	if err != nil {
		return nil, err
	}
	if err := s.readState(state); err != nil {
		return nil, fmt.Errorf("file %s: %w", stateFile, err)
	}
	if len(s.Units) > 0 {
		if s.seg, err = openSegment(filepath.Join(folder, segmentDir, segmentFile)); err != nil {
			return nil, err
		}
		closeAll = func() {
			s.closeWords()
			closeShelf()
		}
		if err = s.openForward(filepath.Join(folder, segmentDir, forwardFile)); err != nil {
			return nil, err
		}
		if err = s.openFrequencies(filepath.Join(folder, segmentDir, frequenciesFile)); err != nil {
			return nil, err
		}
	}
	if err := s.checkSegment(); err != nil {
		return nil, err
	}
	s.prepare()
	s.close = closeAll
	stored.Snapshot = s
	return stored, nil
}

// readData reads what is no page.
func readData(ctx context.Context, folder string) (*content.Library, *library, error) {
	b, err := os.ReadFile(filepath.Join(folder, libraryFile))
	if err != nil {
		return nil, nil, err
	}
	var lib library
	if err := json.Unmarshal(b, &lib); err != nil {
		return nil, nil, fmt.Errorf("file %s: %w", libraryFile, err)
	}
	z, err := zip.OpenReader(filepath.Join(folder, dataFile))
	if err != nil {
		return nil, nil, fmt.Errorf("file %s: %w", dataFile, err)
	}
	defer z.Close()
	data, err := content.LoadData(ctx, z, content.Options{})
	if err != nil {
		return nil, nil, fmt.Errorf("file %s: %w", dataFile, err)
	}
	return data, &lib, nil
}

func openShelf(folder string, schema *content.Schema, where placed) (*fileShelf, func(), error) {
	f, err := os.Open(filepath.Join(folder, pagesFile))
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	shelf, err := newFileShelf(schema, where.ids, where.offs, f, info.Size())
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	return shelf, func() { _ = f.Close() }, nil
}
