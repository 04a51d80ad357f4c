package index

import (
	"context"

	"casebook/content"
	"casebook/index/disk"
	"casebook/index/file"
)

// What an index on disk is made of and why it can't be used.
type (
	Source        = disk.Source
	UnusableError = disk.UnusableError
)

// ErrBusy means that another process builds an index in the same folder.
var ErrBusy = disk.ErrBusy

// Wait returns when no process builds an index in a folder.
func Wait(ctx context.Context, dir string) error { return disk.Wait(ctx, dir) }

// A Stored is what an index on disk holds.
type Stored struct {
	Snapshot *Snapshot // the caller must Release it
	Problems content.Problems
}

// Write builds an index of a content in a folder; see disk.Write.
func Write(ctx context.Context, dir string, src Source, opts Options) error {
	return disk.Write(ctx, dir, src, program(), disk.Options{Workers: opts.workers(), Progress: opts.Progress},
		func(ctx context.Context, lib *content.Library, folder string, state *file.Writer) (documents int, err error) {
			s, err := newSnapshot(lib, opts)
			if err != nil {
				return 0, err
			}
			if err := s.build(ctx, folder, opts); err != nil {
				return 0, err
			}
			defer s.Release()
			s.writeState(state)
			return s.Documents(), nil
		})
}

// Open opens the index that Write has made in a folder; see disk.Open.
func Open(ctx context.Context, dir string, src Source, opts Options) (*Stored, error) {
	stored := &Stored{}
	opened, err := disk.Open(ctx, dir, src, program(), func(index *disk.Index) (err error) {
		stored.Snapshot, err = openSnapshot(index, opts)
		return err
	})
	if err != nil {
		return nil, err
	}
	stored.Problems = opened.Problems
	return stored, nil
}

// openSnapshot opens what Write has made of the pages of an index, which the
// last Release closes.
func openSnapshot(index *disk.Index, opts Options) (*Snapshot, error) {
	s, err := newSnapshot(index.Library, opts)
	switch {
	case err != nil:
		return nil, err
	case s.Documents() != index.Documents:
		return nil, disk.ErrMixed
	}
	if err := s.readState(index.State); err != nil {
		return nil, err
	}
	if err := s.words.Open(index.Folder); err != nil {
		return nil, err
	}
	s.prepare()
	s.close = func() {
		s.words.Close()
		index.Close()
	}
	return s, nil
}
