// Package content turns a folder of Markdown pages, vocabularies and a schema
// into checked pages. It knows no domain: kinds, fields and terms all come
// from the folder. docs/editors.md describes the format.
package content

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"gopkg.in/yaml.v3"

	"casebook/content/lexical"
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
func Load(ctx context.Context, fsys fs.FS, opts Options) (*Library, Problems, error) {
	l := newLoader(fsys, opts)
	err := l.load(ctx)
	l.problems.sort()
	if err != nil {
		return nil, l.problems, err
	}
	return l.lib, l.problems, nil
}

// A loader is the state of one Load.
type loader struct {
	fsys     fs.FS
	opts     Options
	lib      *Library
	layout   *layout
	md       *markdown
	sums     map[string]Digest // of every file read, by path
	problems Problems
	spill    *spilling // nil without Options.Spill

	fieldNames  map[*Kind][]string                     // for remedies
	sectionKeys map[*Kind]map[string]map[string]string // language → folded heading → section
	near        sync.Map                               // remedies found, by vocabulary and word
}

func newLoader(fsys fs.FS, opts Options) *loader {
	return &loader{fsys: fsys, opts: opts, sums: map[string]Digest{}, lib: &Library{Vocabularies: map[string]*Vocabulary{}}}
}

func (l *loader) load(ctx context.Context) error {
	if _, err := fs.Stat(l.fsys, "."); err != nil {
		return fmt.Errorf("the content folder can't be read: %w", err)
	}
	if err := l.loadData(ctx); err != nil {
		return err
	}
	l.layout = newLayout(l.lib.Schema, l.lib.Site)
	l.md = newMarkdown(l.layout)
	l.prepare()
	files, err := l.layout.list(ctx, l.fsys)
	if err != nil {
		return err
	}
	l.problems = append(l.problems, files.problems...)
	drafts, err := l.readPages(ctx, files)
	if err != nil {
		return err
	}
	l.lib.Images = l.readImages(ctx, files.images)
	l.connect(drafts)
	l.finish()
	return ctx.Err()
}

// errNoSchema is returned for a folder that isn't one of ours.
var errNoSchema = errors.New("the folder has no schema.yaml, so it is not a content folder")

// loadData reads everything but the pages.
func (l *loader) loadData(ctx context.Context) error {
	lib := l.lib
	lib.Site, lib.Glossary = defaultSite(), &Glossary{}
	var (
		site       = &report{path: "site.yaml"}
		sitePlaces *sitePlaces
		schema     = &report{path: "schema.yaml"}
	)
	if _, err := fs.Stat(l.fsys, schema.path); errors.Is(err, fs.ErrNotExist) {
		return errNoSchema
	}
	if _, err := fs.Stat(l.fsys, site.path); !errors.Is(err, fs.ErrNotExist) {
		root, ok := l.readData(site)
		if !ok {
			l.problems = append(l.problems, site.done()...)
			return unusable(site)
		}
		lib.Site, sitePlaces = readSite(site, root)
	}
	lang := lib.Site.Languages[0]
	root, ok := l.readData(schema)
	if !ok {
		l.problems = append(l.problems, schema.done()...)
		return unusable(schema)
	}
	sr := readSchema(schema, root, lang)
	lib.Schema = sr.schema
	if len(lib.Schema.Kinds) == 0 {
		l.problems = append(l.problems, schema.done()...)
		return unusable(schema)
	}

	names, err := vocabularyFiles(l.fsys)
	if err != nil {
		return fmt.Errorf("vocabularies/ can't be read: %w", err)
	}
	readers := make([]*vocabularyReader, len(names))
	for i, name := range names {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r := &report{path: "vocabularies/" + name + ".yaml"}
		root, ok := l.readData(r)
		if !ok {
			readers[i] = &vocabularyReader{decoder: decoder{report: r}, v: &Vocabulary{Name: name, missing: true, byID: map[string]*Term{},
				Label: NewText(map[string]string{lang: humanise(name)}, lang)}}
		} else {
			readers[i] = readVocabulary(r, root, name, lang)
		}
		lib.Vocabularies[name] = readers[i].v
	}
	sr.link(lib.Vocabularies)
	l.checkCountries(readers)
	if sitePlaces != nil {
		checkSite(site, lib.Site, sitePlaces, lib.Schema, sr.brokenFacets)
	}
	l.problems = append(l.problems, site.done()...)
	l.problems = append(l.problems, schema.done()...)
	for _, r := range readers {
		l.problems = append(l.problems, r.done()...)
	}
	if _, err := fs.Stat(l.fsys, "glossary.yaml"); !errors.Is(err, fs.ErrNotExist) {
		r := &report{path: "glossary.yaml"}
		if root, ok := l.readData(r); ok {
			lib.Glossary = readGlossary(r, root, lang)
		}
		l.problems = append(l.problems, r.done()...)
	}
	return nil
}

// unusable is the error of a file without which nothing can be served.
func unusable(r *report) error {
	for _, p := range r.list {
		if p.Severity == Error {
			return fmt.Errorf("the content can't be used: %w", p)
		}
	}
	return fmt.Errorf("the content can't be used: %s", r.path)
}

// readData reads and parses a data file.
func (l *loader) readData(r *report) (root *yaml.Node, ok bool) {
	name, err := follow(l.fsys, r.path)
	if err != nil {
		r.unreadable(err, maxDataBytes)
		return nil, false
	}
	sum, ok := readText(l.fsys, r, name, maxDataBytes, nil)
	l.sums[r.path] = sum
	if !ok {
		return nil, false
	}
	return r.parseYAML(maxDataValues)
}

// checkCountries checks the countries of the vocabularies from which a field
// is inferred, each against the vocabulary of the field that it follows from.
func (l *loader) checkCountries(readers []*vocabularyReader) {
	done := map[*Vocabulary]bool{}
	for _, k := range l.lib.Schema.Kinds {
		for _, f := range k.Fields {
			if f.from == nil || done[f.vocabulary] {
				continue
			}
			done[f.vocabulary] = true
			for _, r := range readers {
				if r.v == f.vocabulary {
					r.checkCountries(f.from.vocabulary)
				}
			}
		}
	}
}

// prepare makes the tables that the workers share.
func (l *loader) prepare() {
	l.fieldNames = map[*Kind][]string{}
	l.sectionKeys = map[*Kind]map[string]map[string]string{}
	for _, k := range l.lib.Schema.Kinds {
		for _, f := range k.Fields {
			l.fieldNames[k] = append(l.fieldNames[k], f.Name)
		}
		for _, f := range builtin {
			if _, ok := k.Field(f.Name); !ok {
				l.fieldNames[k] = append(l.fieldNames[k], f.Name)
			}
		}
		langs := slices.Clone(l.lib.Site.Languages)
		l.sectionKeys[k] = map[string]map[string]string{}
		for _, d := range k.Sections {
			langs = append(langs, d.Label.Langs()...)
		}
		for _, lang := range append(langs, "") { // "" for a language that nothing is labelled in
			keys := map[string]string{}
			for _, d := range k.Sections {
				keys[lexical.Fold(d.ID)] = d.ID
			}
			for _, d := range k.Sections {
				keys[lexical.Fold(d.Label.In(lang))] = d.ID
			}
			l.sectionKeys[k][lang] = keys
		}
	}
}

func (l *loader) keys(p *Page) map[string]string {
	byLang := l.sectionKeys[p.Kind]
	if keys, ok := byLang[p.Lang]; ok {
		return keys
	}
	return byLang[""]
}

func (l *loader) thisYear() int {
	if l.opts.Today.IsZero() {
		return 0
	}
	return l.opts.Today.Year()
}

// nearestTerm is the remedy for an unknown term. It is the same for each page
// that has the word, and dear in a big vocabulary.
func (l *loader) nearestTerm(v *Vocabulary, word string) string {
	key := [2]string{v.Name, word}
	if fix, ok := l.near.Load(key); ok {
		return fix.(string)
	}
	fix := v.didYouMean(word, v.ids())
	l.near.Store(key, fix)
	return fix
}

// A worker parses pages, one at a time.
type worker struct {
	l     *loader
	md    *markdown
	terms map[string][]Value // lists of terms that pages share

	// Used again for each page; nothing of a page refers to them.
	file       []byte
	html, text []byte
}

func (l *loader) newWorker() *worker {
	return &worker{l: l, md: l.md, terms: map[string][]Value{}, file: make([]byte, 0, 64<<10)}
}

// A draft is a page as its own file has it, before the others are known.
type draft struct {
	entry
	page   *Page // nil if too little could be read
	sum    Digest
	pend   *pending
	report *report
}

// readPages parses all pages, each for itself.
func (l *loader) readPages(ctx context.Context, files *listing) ([]draft, error) {
	drafts := make([]draft, len(files.pages))
	var done atomic.Int64
	if l.opts.Spill != nil {
		l.spill = &spilling{to: l.opts.Spill}
	}
	l.parallel(ctx, len(drafts), func() func(i int) {
		w := l.newWorker()
		return func(i int) {
			r := &report{path: files.pages[i].path}
			d := draft{entry: files.pages[i], report: r}
			d.page, d.sum, d.pend = w.parsePage(r, d.entry)
			r.text, r.lines, r.starts = nil, nil, nil // all places are known
			drafts[i] = d
			if l.spill != nil && d.page != nil {
				l.spill.take(d.page)
			}
			if l.opts.Progress != nil {
				l.opts.Progress(int(done.Add(1)), len(drafts))
			}
		}
	})
	if l.spill != nil && l.spill.err != nil {
		return nil, fmt.Errorf("keeping pages aside: %w", l.spill.err)
	}
	return drafts, ctx.Err()
}

// readImages reads the images, because their bytes are part of the revision,
// and returns those that can be shown.
func (l *loader) readImages(ctx context.Context, paths []string) []string {
	type image struct {
		sum Digest
		err *report
	}
	images := make([]image, len(paths))
	l.parallel(ctx, len(paths), func() func(i int) {
		return func(i int) {
			r := &report{path: paths[i]}
			name, err := follow(l.fsys, paths[i])
			var b []byte
			if err == nil {
				b, err = readBounded(l.fsys, name, maxImageBytes, nil)
			}
			if err != nil {
				r.unreadable(err, maxImageBytes)
				images[i].err = r
			}
			images[i].sum = sha256.Sum256(b)
		}
	})
	var good []string
	for i, p := range paths {
		l.sums[p] = images[i].sum
		if r := images[i].err; r != nil {
			l.problems = append(l.problems, r.done()...)
		} else {
			good = append(good, p)
		}
	}
	return good
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

// finish computes what follows from all the rest.
func (l *loader) finish() {
	lib := l.lib
	left := map[string]bool{}
	for _, p := range l.problems {
		if p.Severity == Error {
			left[p.Path] = true
		}
	}
	lib.LeftOut = sortedKeys(left)
	lib.Revision = revision(l.sums)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
