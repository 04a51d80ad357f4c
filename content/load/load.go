// Package load turns a folder of Markdown pages, vocabularies and a schema into
// a library of checked pages. It knows no domain: kinds, fields and terms all
// come from the folder. docs/editors.md describes the format.
package load

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"casebook/content"
	"casebook/content/definitions"
)

// Options are what Load needs besides the files.
type Options struct {
	Today   time.Time // for open periods and overdue reviews; zero leaves both unchecked
	Workers int       // files parsed at once; 0 means GOMAXPROCS
	// Spill takes the bodies of pages, of which the Library then reads each when it is asked for;
	// nil keeps them in memory. It must stay open as long as the Library is used.
	Spill Spill
	// Progress is told how many of all page files are parsed, from several goroutines; nil is nobody.
	Progress func(done, all int)
}

// Load reads and checks a content folder. It returns every problem of every
// file. The error is for what makes the folder unusable as a whole: it is
// missing, has no schema.yaml or a site.yaml that can't be read, or ctx ended;
// the Library is then nil.
//
// Symbolic links inside the folder are followed, those that lead out of it are
// problems, as far as fsys tells links from files (fs.ReadLinkFS: what
// os.Root.FS and os.DirFS return). For a folder that others may write to while
// it is read, pass os.Root.FS: it alone also holds when a file is exchanged for
// a link between the check and the reading.
func Load(ctx context.Context, fsys fs.FS, opts Options) (*content.Library, content.Problems, error) {
	l := newLoader(fsys, opts)
	lib, err := l.load(ctx)
	l.problems.Sort()
	if err != nil {
		return nil, l.problems, err
	}
	return lib, l.problems, nil
}

// A loader is the state of one Load.
type loader struct {
	fsys     fs.FS
	opts     Options
	defs     *definitions.Definitions
	layout   *layout
	sums     map[string]content.Digest // of every file read, by path
	problems content.Problems
}

func newLoader(fsys fs.FS, opts Options) *loader { return &loader{fsys: fsys, opts: opts} }

func (l *loader) load(ctx context.Context) (*content.Library, error) {
	if _, err := fs.Stat(l.fsys, "."); err != nil {
		return nil, fmt.Errorf("the content folder can't be read: %w", err)
	}
	files, err := l.list(ctx)
	if err != nil {
		return nil, err
	}
	l.problems = append(l.problems, files.problems...)
	drafts, spill, err := l.readPages(ctx, files.pages)
	if err != nil {
		return nil, err
	}
	images := l.readImages(ctx, files.images)
	lib := l.connect(drafts, images, spill)
	lib.Images = images
	left := map[string]bool{}
	for _, p := range l.problems {
		if p.Severity == content.Error {
			left[p.Path] = true
		}
	}
	lib.LeftOut = slices.Sorted(maps.Keys(left))
	lib.Revision = revision(l.sums)
	return lib, ctx.Err()
}

// list reads the definitions and finds the files of pages and images.
func (l *loader) list(ctx context.Context) (files *listing, err error) {
	if l.defs, l.problems, err = definitions.Read(ctx, l.fsys); err != nil {
		return nil, err
	}
	l.sums = l.defs.Sums
	l.layout = newLayout(l.defs.Schema, l.defs.Site)
	return l.layout.list(ctx, l.fsys)
}

// parallel calls the function that each worker's start returns for 0 … n-1.
func (l *loader) parallel(ctx context.Context, n int, start func() func(i int)) {
	workers := l.opts.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var (
		next atomic.Int64
		wg   sync.WaitGroup
	)
	for range min(workers, n) {
		wg.Go(func() {
			work := start()
			for {
				i := int(next.Add(1)) - 1
				if i >= n || ctx.Err() != nil {
					return
				}
				work(i)
			}
		})
	}
	wg.Wait()
}
