// Package disk keeps the index of a content in a folder: Write builds it there,
// Open finds it whole, of this program and of this content, or says why it can't
// be used.
//
// The folder holds a manifest, a lock and one folder with all other files. A new
// index is a new folder; the manifest, which comes last and by renaming, says
// which one counts. So whatever ends a program, the older index stays. In the
// folder are
//
//	library.json, data.zip   the content besides its pages: what Load said, and the files that are no pages
//	pages                    the pages, see pageFile
//	state                    arrays: which pages there are, then what a Build writes there
//	segment/                 the files of a Build
//
// What answers from an index is no affair of this package: whoever writes
// brings a Build that makes it of the pages, whoever opens reads it back.
package disk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"casebook/content"
	"casebook/index/file"
)

// A Source is the content of an index.
type Source struct {
	FS    fs.FS     // nil where only the index is there: it is then not compared
	Today time.Time // see load.Options
}

func (s Source) year() int {
	if s.Today.IsZero() {
		return 0
	}
	return s.Today.Year()
}

// A Program is the one that writes or opens an index. One that is not the same
// would make something else of the content.
type Program struct {
	Digest string // of what it makes of a sample
	Bleve  string // version of bleve
}

// Options are how an index is written.
type Options struct {
	Workers int // goroutines, at least 1
	// Progress is told how many of all pages are through a stage ("read", "pack"), from several goroutines; nil is nobody.
	Progress func(stage string, done, all int)
}

// stage returns what is told of the progress of one stage.
func (o *Options) stage(name string) func(done, all int) {
	if o.Progress == nil {
		return nil
	}
	return func(done, all int) { o.Progress(name, done, all) }
}

// A Build makes of a library, whose pages are in their file already, what
// answers from it: files in a folder, all else in state. It returns the number of
// documents, which is only kept for Index.Documents.
type Build func(ctx context.Context, lib *content.Library, folder string, state *file.Writer) (documents int, err error)

// An Index is what Open has found. Its files are whole.
type Index struct {
	Library   *content.Library // its pages in their file, until Close
	Problems  content.Problems // of loading the content
	Folder    string           // of the files of the Build
	State     *file.Reader     // what the Build wrote there; until Open returns
	Documents int              // what the Build returned

	close func()
}

// Close closes the file of pages.
func (i *Index) Close() { i.close() }

var (
	// ErrBusy means that another process builds an index in the same folder.
	ErrBusy = errors.New("another process is building this index")
	// ErrMixed is for who finds that an Index is not what its manifest says.
	ErrMixed = errors.New("its manifest and its files are not of one build")
)

// An UnusableError says why there is no index in a folder that answers for a
// content. Building one there helps.
type UnusableError struct {
	Dir string
	Why string
}

func (e *UnusableError) Error() string {
	return fmt.Sprintf("the index in %s can't be used: %s", e.Dir, e.Why)
}
