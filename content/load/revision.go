package load

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"casebook/content"
	"casebook/content/source"
)

// Revision returns the revision of a content folder, as Load would, without
// parsing its pages.
func Revision(ctx context.Context, fsys fs.FS, opts Options) (string, error) {
	l := newLoader(fsys, opts)
	files, err := l.list(ctx)
	if err != nil {
		return "", err
	}
	sums := make([]content.Digest, len(files.pages))
	l.parallel(ctx, len(sums), func() func(i int) {
		scratch := make([]byte, 0, 64<<10)
		return func(i int) {
			e := files.pages[i]
			r := source.Report{Path: e.path}
			sums[i], _ = r.Read(fsys, e.file, source.MaxPageBytes, scratch)
		}
	})
	for i, e := range files.pages {
		l.sums[e.path] = sums[i]
	}
	l.readImages(ctx, files.images)
	return revision(l.sums), ctx.Err()
}

func revision(sums map[string]content.Digest) string {
	h := sha256.New()
	for _, p := range slices.Sorted(maps.Keys(sums)) {
		sum := sums[p]
		fmt.Fprintf(h, "%q %x\n", p, sum[:])
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

// Stamp returns a digest of the names, sizes and times of all files of a
// folder. Where it is the same as before, so is the content; where it is not,
// the content may still be. It is "" for files without times.
func Stamp(ctx context.Context, fsys fs.FS) (string, error) {
	h := sha256.New()
	times := false
	files := 0
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case p == "." && err != nil:
			return err
		case err != nil:
			fmt.Fprintf(h, "%q unreadable\n", p)
			return nil
		case p == ".":
			return nil
		case strings.HasPrefix(d.Name(), "."), p == "testdata": // as in layout.list
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() && tooDeep(p):
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		if files++; files > maxFiles {
			return fmt.Errorf("the folder has more than %d files", maxFiles)
		}
		info, err := d.Info()
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			info, err = fs.Stat(fsys, p)
		}
		if err != nil {
			fmt.Fprintf(h, "%q missing\n", p)
			return nil
		}
		if !info.ModTime().IsZero() {
			times = true
		}
		fmt.Fprintf(h, "%q %d %d %o\n", p, info.Size(), info.ModTime().UnixNano(), info.Mode())
		return nil
	})
	if err != nil || !times {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
