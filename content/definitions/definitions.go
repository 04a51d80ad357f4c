// Package definitions reads what a content folder defines besides its pages,
// in its data files: kinds of page and their fields (schema.yaml), controlled
// terms (vocabularies/), the glossary (glossary.yaml) and the whole (site.yaml).
package definitions

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"casebook/content"
	"casebook/content/source"
)

// Definitions are what the data files of a folder say.
type Definitions struct {
	Site         *content.Site
	Schema       *content.Schema
	Vocabularies map[string]*content.Vocabulary // by name
	Glossary     *content.Glossary
	Sums         map[string]content.Digest // of each data file, by path
	About        Place                     // where site.yaml names the page Site.About

	fields map[*content.Kind]*Fields
}

// Library returns a library of them without pages; see content.NewLibrary.
func (d *Definitions) Library() *content.Library {
	return &content.Library{Site: d.Site, Schema: d.Schema, Vocabularies: d.Vocabularies, Glossary: d.Glossary}
}

// A Place is a place in a file, from 1.
type Place struct{ Line, Col int }

// Fields returns the fields that pages of a kind have.
func (d *Definitions) Fields(k *content.Kind) *Fields { return d.fields[k] }

// Fields are the fields of a kind as the reader of a page needs them.
type Fields struct {
	All   []*Field // in the order of the schema
	Names []string // of all fields that a page may have, the built-in ones too

	byName map[string]*Field
}

// Named returns the field of this name that the schema gives the kind.
func (f *Fields) Named(name string) (*Field, bool) {
	field, ok := f.byName[name]
	return field, ok
}

// A Field is a field with what its values refer to.
type Field struct {
	*content.Field
	Terms   *Terms                     // of content.TypeTerm
	Pages   *content.Kind              // of content.TypePage
	From    *Field                     // that of content.Field.From, nil without
	Holding map[string][]*content.Term // for From: the terms that hold a country

	at     *yaml.Node
	broken bool // the schema has an error in it
}

// Unchecked reports whether the field's values are left alone, because the
// problem is not in the pages.
func (f *Field) Unchecked() bool { return f.broken || f.Terms != nil && f.Terms.Missing }

// errNoSchema is returned for a folder that isn't one of ours.
var errNoSchema = errors.New("the folder has no schema.yaml, so it is not a content folder")

// Read reads and checks the data files of a folder and returns every problem
// in them. The error is for what makes the folder unusable as a whole: it has
// no schema.yaml or none that gives a kind of page, its site.yaml can't be
// read, or ctx ended.
func Read(ctx context.Context, fsys fs.FS) (*Definitions, content.Problems, error) {
	r := &reader{fsys: fsys, d: &Definitions{Vocabularies: map[string]*content.Vocabulary{}, Sums: map[string]content.Digest{}, fields: map[*content.Kind]*Fields{}}}
	if err := r.read(ctx); err != nil {
		return nil, r.problems, err
	}
	return r.d, r.problems, nil
}

// A reader is the state of one Read.
type reader struct {
	fsys     fs.FS
	d        *Definitions
	problems content.Problems
}

// keep takes over the problems of a file that is done with.
func (r *reader) keep(file *source.Report) { r.problems = append(r.problems, file.Problems()...) }

func (r *reader) read(ctx context.Context) error {
	var (
		site   = &source.Report{Path: "site.yaml"}
		schema = &source.Report{Path: "schema.yaml"}
		places *sitePlaces
	)
	if !r.exists(schema.Path) {
		return errNoSchema
	}
	r.d.Site = defaultSite()
	if r.exists(site.Path) {
		root, ok := r.parse(site)
		if !ok {
			r.keep(site)
			return unusable(site)
		}
		r.d.Site, places = readSite(site, root)
		r.d.About = places.about
	}
	lang := r.d.Site.Languages[0]
	root, ok := r.parse(schema)
	if !ok {
		r.keep(schema)
		return unusable(schema)
	}
	sr := readSchema(schema, root, lang)
	if r.d.Schema = sr.schema; len(r.d.Schema.Kinds) == 0 {
		r.keep(schema)
		return unusable(schema)
	}
	readers, err := r.vocabularies(ctx, lang)
	if err != nil {
		return err
	}
	r.link(sr, readers)
	if places != nil {
		checkSite(site, r.d.Site, places, r.d.Schema, sr.brokenFacets)
	}
	r.keep(site)
	r.keep(schema)
	for _, vr := range readers {
		r.keep(vr.Report)
	}
	r.d.Glossary = &content.Glossary{}
	if glossary := (&source.Report{Path: "glossary.yaml"}); r.exists(glossary.Path) {
		if root, ok := r.parse(glossary); ok {
			r.d.Glossary = readGlossary(glossary, root, lang)
		}
		r.keep(glossary)
	}
	return nil
}

func (r *reader) exists(name string) bool {
	_, err := fs.Stat(r.fsys, name)
	return !errors.Is(err, fs.ErrNotExist)
}

// parse reads and parses a data file.
func (r *reader) parse(file *source.Report) (root *yaml.Node, ok bool) {
	name, err := source.Follow(r.fsys, file.Path)
	if err == nil {
		err = source.Check(r.fsys, name, source.MaxDataBytes)
	}
	if err != nil {
		file.Unreadable(err, source.MaxDataBytes)
		return nil, false
	}
	sum, ok := file.Read(r.fsys, name, source.MaxDataBytes, nil)
	r.d.Sums[file.Path] = sum
	if !ok {
		return nil, false
	}
	return file.ParseYAML(source.MaxDataValues)
}

// unusable is the error of a file without which nothing can be served.
func unusable(file *source.Report) error {
	for _, p := range file.Problems() {
		if p.Severity == content.Error {
			return fmt.Errorf("the content can't be used: %w", p)
		}
	}
	return fmt.Errorf("the content can't be used: %s", file.Path)
}

// vocabularies reads all files of vocabularies/, by name.
func (r *reader) vocabularies(ctx context.Context, lang string) ([]*vocabularyReader, error) {
	names, err := vocabularyFiles(r.fsys)
	if err != nil {
		return nil, err
	}
	readers := make([]*vocabularyReader, len(names))
	for i, name := range names {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		file := &source.Report{Path: vocabularyPath(name)}
		if root, ok := r.parse(file); ok {
			readers[i] = readVocabulary(file, root, name, lang)
		} else {
			readers[i] = &vocabularyReader{Decoder: source.Decoder{Report: file}, read: missingTerms(name, nameLabel(name, lang))}
		}
	}
	return readers, nil
}

// link connects the fields of the schema with what they refer to.
func (r *reader) link(sr *schemaReader, readers []*vocabularyReader) {
	terms := make(map[string]*Terms, len(readers))
	byTerms := make(map[*Terms]*vocabularyReader, len(readers))
	for _, vr := range readers {
		terms[vr.read.Name], byTerms[vr.read] = vr.read, vr
	}
	sr.link(terms)
	for name, t := range terms {
		r.d.Vocabularies[name] = t.Vocabulary
	}
	for _, k := range r.d.Schema.Kinds {
		fields := &Fields{byName: make(map[string]*Field, len(k.Fields))}
		for _, f := range k.Fields {
			field := sr.fields[f]
			fields.All, fields.Names, fields.byName[f.Name] = append(fields.All, field), append(fields.Names, f.Name), field
			// The countries of a vocabulary are checked once, against the field that it is first inferred from.
			if field.From == nil {
				continue
			}
			if vr := byTerms[field.Terms]; vr != nil {
				vr.checkCountries(field.From.Terms)
				delete(byTerms, field.Terms)
			}
		}
		for _, f := range builtin {
			if _, ok := fields.byName[f.Name]; !ok {
				fields.Names = append(fields.Names, f.Name)
			}
		}
		r.d.fields[k] = fields
	}
}

// Files returns the paths of the data files that a folder has, sorted; those
// that can be read.
func Files(fsys fs.FS) ([]string, error) {
	paths := []string{"glossary.yaml", "schema.yaml", "site.yaml"}
	names, err := vocabularyFiles(fsys)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		paths = append(paths, vocabularyPath(name))
	}
	return slices.DeleteFunc(paths, func(p string) bool { return source.Check(fsys, p, source.MaxDataBytes) != nil }), nil
}

func vocabularyPath(name string) string { return "vocabularies/" + name + ".yaml" }

// vocabularyFiles returns the files of vocabularies/ by name.
func vocabularyFiles(fsys fs.FS) ([]string, error) {
	const folder = "vocabularies"
	switch info, err := fs.Stat(fsys, folder); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err == nil && !info.IsDir():
		return nil, errors.New("vocabularies is not a folder")
	}
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return nil, fmt.Errorf("vocabularies/ can't be read: %w", err)
	}
	var names []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".yaml") && !strings.HasPrefix(e.Name(), ".") && !e.IsDir() {
			names = append(names, strings.TrimSuffix(e.Name(), ".yaml"))
		}
	}
	return names, nil
}
