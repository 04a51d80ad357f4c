// Package words finds words. It is the one door to bleve: it makes, merges and
// reads bleve's segments, which say which documents have a term, and keeps beside
// them what bleve is not asked for: where terms stand (rows), how often
// (frequencies), and how texts write them.
//
// A term is what text.Language makes of a word. The terms of a language are
// numbered by rank, 0 the most frequent. A word as texts have it is a surface.
//
// There are fields of terms for each language, of whole texts and of titles; and
// two that all languages share, of words that are folded but not stemmed.
package words

import (
	"errors"
	"fmt"
	"path/filepath"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"casebook/index/docs"
	"casebook/index/file"
	"casebook/index/rows"
)

// An Index finds the words of all documents. It is safe for concurrent use.
type Index struct {
	Rows rows.Forward // the terms of each document in the order of reading

	docs        *docs.Map
	seg         segment.Segment // with a document for each of docs; nil without
	frequencies rows.Frequencies
	vocabulary
	closers []func()
}

// A Field is one of those that documents have terms in.
type Field struct {
	kind fieldKind
	lang int
}

type fieldKind uint8

const (
	wholeField fieldKind = iota
	wholeTitleField
	textField
	titleField
)

// The fields that all languages share: folded words. They say only which
// documents have a word.
var (
	Whole      = Field{kind: wholeField}      // of whole texts
	WholeTitle = Field{kind: wholeTitleField} // of titles
)

// Text returns the field of the terms of a language, by its place in
// docs.Map.Langs.
func Text(lang int) Field { return Field{textField, lang} }

// Title returns the field of the terms of titles in a language.
func Title(lang int) Field { return Field{titleField, lang} }

// name is what bleve calls the field.
func (f Field) name(m *docs.Map) string {
	switch f.kind {
	case wholeField:
		return "words"
	case wholeTitleField:
		return "titles"
	case titleField:
		return "title_" + m.Langs[f.lang].Code
	}
	return "text_" + m.Langs[f.lang].Code
}

// Close closes all files. They were only read: nothing can be lost.
func (x *Index) Close() {
	if x.seg != nil {
		_ = x.seg.Close()
	}
	for _, done := range x.closers {
		done()
	}
}

// check makes sure that the segment has all documents.
func (x *Index) check() error {
	have := 0
	if x.seg != nil {
		have = int(x.seg.Count())
	}
	if have != len(x.docs.Units) {
		return fmt.Errorf("the segment has %d documents for %d pages and translations", have, len(x.docs.Units))
	}
	return nil
}

// Seek makes a term of a language looked for in rows, for the holder of a bit
// below rows.MaxSought. A term that no text in the language has is not looked for.
func (x *Index) Seek(k *rows.Sought, lang int, term string, bit int) {
	if rank, ok := x.rank(lang, term); ok {
		k.Add(rank, bit)
	}
}

// Run returns what one term for each of some neighbouring words looks like in
// rows; nil if no text has one of them.
func (x *Index) Run(lang int, terms []string) *rows.Run {
	ranks := make([]uint32, len(terms))
	for i, term := range terms {
		rank, ok := x.rank(lang, term)
		if !ok {
			return nil
		}
		ranks[i] = rank
	}
	return rows.NewRun(ranks)
}

// The files of an index that is kept in a folder.
const (
	segmentFile     = "segment.zap"
	rowsFile        = "forward"
	frequenciesFile = "frequencies"
)

// Save writes what is not in the files of the folder, for Open.
func (x *Index) Save(w *file.Writer) {
	w.Uint64s(x.Rows.Offs)
	for i, lengths := range x.frequencies.Lengths() {
		w.Uint32s(x.ranks[i])
		w.Uint32s(lengths)
		w.Multimap(x.surfaces[i])
	}
	w.Multimap(x.display)
}

// Read reads what Save wrote of an index of the documents of m. Damage is an
// error of r. The index can be used after Open.
func Read(m *docs.Map, r *file.Reader) *Index {
	x := &Index{docs: m}
	n := len(m.Units)
	x.Rows.Offs = r.Uint64s()
	r.Check(len(x.Rows.Offs) == n+1 && ascend(x.Rows.Offs))
	lengths := make(rows.Lengths, len(m.Langs))
	for i := range m.Langs {
		ranks := r.Uint32s()
		lengths[i] = r.Uint32s()
		surfaces := r.Multimap()
		r.Check(len(lengths[i]) == len(ranks) && file.Below(ranks, len(ranks)) && surfaces.Keys.Len() == len(ranks))
		x.ranks, x.surfaces = append(x.ranks, ranks), append(x.surfaces, surfaces)
	}
	x.display = r.Multimap()
	if r.Err() == nil {
		x.frequencies.Place(lengths)
	}
	return x
}

func ascend(list []uint64) bool {
	for i := 1; i < len(list); i++ {
		if list[i] < list[i-1] {
			return false
		}
	}
	return true
}

// Open opens the files in the folder of an index that Read has read. They are
// known to be whole.
func (x *Index) Open(dir string) (err error) {
	defer func() {
		if err != nil {
			x.Close()
		}
	}()
	if len(x.docs.Units) > 0 {
		if x.seg, err = openSegment(filepath.Join(dir, segmentFile)); err != nil {
			return err
		}
		if err := errors.Join(x.mapRows(filepath.Join(dir, rowsFile)), x.mapFrequencies(filepath.Join(dir, frequenciesFile))); err != nil {
			return err
		}
	}
	return x.check()
}

// mapRows maps the file of the rows, whose offsets are known.
func (x *Index) mapRows(name string) (err error) {
	if len(x.Rows.Offs) == 0 {
		return rows.ErrDamaged
	}
	x.Rows.Data, err = x.mapFile(name, x.Rows.Offs[len(x.Rows.Offs)-1])
	return err
}

// mapFrequencies maps the file of the frequencies, whose places are known.
func (x *Index) mapFrequencies(name string) (err error) {
	x.frequencies.Data, err = x.mapFile(name, x.frequencies.Size())
	return err
}

func (x *Index) mapFile(name string, size uint64) ([]byte, error) {
	data, done, err := file.Map(name, size)
	if err != nil {
		return nil, err
	}
	x.closers = append(x.closers, done)
	return data, nil
}
