package disk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"casebook/content"
	"casebook/index/file"
)

// opens bounds how often Open begins again because another process has put a
// new index in the place of the one that it was reading.
const opens = 3

// Open opens the index that Write has made in a folder, for reading. It takes
// no lock and changes nothing. It returns an *UnusableError if there is none,
// it is damaged in any way, it is of another program, or its content is not
// that of src.
//
// read reads what the Build has made. It may be called again with another
// Index where it fails; what it has opened it closes then.
func Open(ctx context.Context, dir string, src Source, by Program, read func(*Index) error) (*Index, error) {
	for try := 1; ; try++ {
		m, err := readManifest(dir)
		if err != nil {
			return nil, err
		}
		if err := m.check(ctx, dir, src, by); err != nil {
			return nil, err
		}
		index, err := m.open(ctx, dir, read)
		if err == nil || try == opens {
			return index, err
		}
		if now, again := readManifest(dir); again != nil || now.Folder == m.Folder {
			return nil, err
		}
	}
}

func (m *manifest) open(ctx context.Context, dir string, read func(*Index) error) (*Index, error) {
	if err := m.verify(ctx, dir); err != nil {
		return nil, err
	}
	index, err := m.openFolder(ctx, filepath.Join(dir, m.Folder), read)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, err
	case err != nil: // its checksums are right: the program that wrote it was not
		return nil, &UnusableError{dir, err.Error()}
	}
	return index, nil
}

// openFolder opens files that are known to be whole.
func (m *manifest) openFolder(ctx context.Context, folder string, read func(*Index) error) (*Index, error) {
	lib, problems, err := readLibrary(ctx, folder)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(filepath.Join(folder, stateFile))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	state := file.NewReader(f, m.Files[stateFile].Size)
	ids, offs, data, err := readPageTable(state)
	if err != nil {
		return nil, fmt.Errorf("file %s: %w", stateFile, err)
	}
	table, err := content.OpenPageTable(lib.Schema, data)
	if err != nil {
		return nil, err
	}
	if lib.Revision != m.Content || ids.Len() != m.Pages {
		return nil, ErrMixed
	}
	pages, closePages, err := openPages(filepath.Join(folder, pagesFile), lib.Schema, ids, offs)
	if err != nil {
		return nil, err
	}
	index := &Index{content.NewLibrary(lib, pages, table), problems, filepath.Join(folder, segmentDir), state, m.Documents, closePages}
	err = read(index)
	if index.State = nil; err != nil {
		closePages()
		if errors.Is(err, file.ErrDamaged) {
			err = fmt.Errorf("file %s: %w", stateFile, err)
		}
		return nil, err
	}
	return index, nil
}
