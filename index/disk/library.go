package disk

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"casebook/content"
	"casebook/content/definitions"
)

// A library is what library.json says of the content besides its pages.
type library struct {
	Revision string           `json:"revision"`
	Images   []string         `json:"images"`
	LeftOut  []string         `json:"left_out"`
	Problems content.Problems `json:"problems"`
}

func writeLibrary(w io.Writer, lib *content.Library, problems content.Problems) error {
	return json.NewEncoder(w).Encode(library{lib.Revision, lib.Images, lib.LeftOut, problems})
}

func parseLibrary(b []byte) (*library, error) {
	var l library
	if err := json.Unmarshal(b, &l); err != nil {
		return nil, err
	}
	if slices.Contains(l.Problems, nil) {
		return nil, errors.New("a problem is missing")
	}
	return &l, nil
}

// writeDataFiles packs the files that are no pages.
func writeDataFiles(w io.Writer, fsys fs.FS) error {
	names, err := definitions.Files(fsys)
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
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
}

// readLibrary returns a library without pages, and the problems of its content.
func readLibrary(ctx context.Context, folder string) (*content.Library, content.Problems, error) {
	b, err := os.ReadFile(filepath.Join(folder, libraryFile))
	if err != nil {
		return nil, nil, err
	}
	kept, err := parseLibrary(b)
	if err != nil {
		return nil, nil, fmt.Errorf("file %s: %w", libraryFile, err)
	}
	z, err := zip.OpenReader(filepath.Join(folder, dataFile))
	if err != nil {
		return nil, nil, fmt.Errorf("file %s: %w", dataFile, err)
	}
	defer z.Close()
	defs, _, err := definitions.Read(ctx, z)
	if err != nil {
		return nil, nil, fmt.Errorf("file %s: %w", dataFile, err)
	}
	lib := defs.Library()
	lib.Revision, lib.Images, lib.LeftOut = kept.Revision, kept.Images, kept.LeftOut
	return lib, kept.Problems, nil
}
