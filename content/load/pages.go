package load

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"sync/atomic"

	"casebook/content"
	"casebook/content/frontmatter"
	"casebook/content/markdown"
	"casebook/content/source"
)

// A draft is a page as its own file has it, before the others are known.
type draft struct {
	entry
	page   *content.Page // nil if too little could be read
	body   span          // of the page, while it is in a Spill
	sum    content.Digest
	refs   []frontmatter.Ref
	links  markdown.Links
	report *source.Report
}

// readPages parses all pages, each for itself.
func (l *loader) readPages(ctx context.Context, entries []entry) ([]draft, *spilling, error) {
	drafts := make([]draft, len(entries))
	var done atomic.Int64
	var spill *spilling
	if l.opts.Spill != nil {
		spill = &spilling{to: l.opts.Spill}
	}
	md := markdown.New(l.layout, l.defs.Schema, l.defs.Site.Languages)
	l.parallel(ctx, len(drafts), func() func(i int) {
		w := &worker{fsys: l.fsys, md: md, front: frontmatter.NewReader(l.defs, md, l.opts.Today), file: make([]byte, 0, 64<<10)}
		return func(i int) {
			d := &drafts[i]
			d.entry, d.report = entries[i], &source.Report{Path: entries[i].path}
			w.parse(d)
			d.report.Forget() // all places are known
			if spill != nil && d.page != nil {
				d.body = spill.take(&d.page.Body)
			}
			if l.opts.Progress != nil {
				l.opts.Progress(int(done.Add(1)), len(drafts))
			}
		}
	})
	if spill != nil && spill.err != nil {
		return nil, nil, fmt.Errorf("keeping pages aside: %w", spill.err)
	}
	return drafts, spill, ctx.Err()
}

// A worker parses pages, one at a time.
type worker struct {
	fsys  fs.FS
	md    *markdown.Converter
	front *frontmatter.Reader

	// Used again for each page; nothing of a page refers to them.
	file    []byte
	scratch markdown.Scratch
}

// parse reads the file of one page. There is no page where there is too little
// to make one of; the problems are in the draft's report.
func (w *worker) parse(d *draft) {
	p := &content.Page{Path: d.path, ID: d.id, Kind: d.kind, Lang: d.lang, Status: content.Published}
	sum, ok := d.report.Read(w.fsys, d.file, source.MaxPageBytes, w.file)
	d.sum, p.Digest = sum, sum
	if !ok {
		return
	}
	body, ok := d.report.FrontMatter()
	if !ok {
		return
	}
	root, ok := d.report.ParseYAML(source.MaxPageValues)
	if !ok {
		return
	}
	d.refs = w.front.Read(d.report, root, p, d.translation, &d.links)
	p.Body = w.md.Body(d.report, body, p, &d.links, &w.scratch)
	d.page = p
}

// readImages reads the images, because their bytes are part of the revision,
// and returns those that can be shown.
func (l *loader) readImages(ctx context.Context, paths []string) []string {
	type image struct {
		sum content.Digest
		err *source.Report
	}
	images := make([]image, len(paths))
	l.parallel(ctx, len(paths), func() func(i int) {
		return func(i int) {
			r := &source.Report{Path: paths[i]}
			name, err := source.Follow(l.fsys, paths[i])
			var b []byte
			if err == nil {
				b, err = source.ReadBounded(l.fsys, name, source.MaxImageBytes, nil)
			}
			if err != nil {
				r.Unreadable(err, source.MaxImageBytes)
				images[i].err = r
			}
			images[i].sum = sha256.Sum256(b)
		}
	})
	var good []string
	for i, p := range paths {
		l.sums[p] = images[i].sum
		if r := images[i].err; r != nil {
			l.problems = append(l.problems, r.Problems()...)
		} else {
			good = append(good, p)
		}
	}
	return good
}
