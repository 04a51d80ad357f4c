// Package content turns a folder of Markdown pages, vocabularies and a schema
// into checked pages. It knows no domain: kinds, fields and terms all come
// from the folder. docs/editors.md describes the format.
package content

import (
	"context"
	"io/fs"
	"maps"
	"slices"
	"time"
)

// A Library is everything in one content folder that can be served. It does
// not change after Load.
type Library struct {
	Site         *Site
	Schema       *Schema
	Vocabularies map[string]*Vocabulary // by name
	Glossary     *Glossary
	Pages        []*Page  // published originals without errors, by id; translations hang below them
	LeftOut      []string // paths of files with errors, sorted
	Revision     string   // 12 hex digits that change with any byte of the content

	byID map[string]*Page
}

// Page returns the published page with this id, in its original language.
func (l *Library) Page(id string) (*Page, bool) { p, ok := l.byID[id]; return p, ok }

// Vocabulary returns the vocabulary of this name.
func (l *Library) Vocabulary(name string) (*Vocabulary, bool) {
	v, ok := l.Vocabularies[name]
	return v, ok
}

// Options are what Load needs besides the files.
type Options struct {
	Today   time.Time // for open periods and overdue reviews
	Workers int       // files parsed at once; 0 means GOMAXPROCS
}

// Load reads and checks a content folder. It returns every problem of every
// file. The error is for what makes the folder unusable as a whole: it is
// missing, has no schema.yaml or no site.yaml that can be read, or ctx ended.
func Load(ctx context.Context, fsys fs.FS, opts Options) (*Library, Problems, error) {
	panic("not written yet")
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
