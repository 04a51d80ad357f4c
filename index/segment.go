package index

import (
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/RoaringBitmap/roaring/v2"
	bindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// A unitDocument is a unit as bleve's segments take it: fields whose terms are
// counted already.
type unitDocument struct {
	id     string
	fields []*field
}

var _ bindex.Document = (*unitDocument)(nil)

func (d *unitDocument) ID() string                                  { return d.id }
func (d *unitDocument) Size() int                                   { return 0 }
func (d *unitDocument) VisitComposite(bindex.CompositeFieldVisitor) {}
func (d *unitDocument) HasComposite() bool                          { return false }
func (d *unitDocument) NumPlainTextBytes() uint64                   { return 0 }
func (d *unitDocument) AddIDField()                                 {}
func (d *unitDocument) StoredFieldsBytes() uint64                   { return 0 }
func (d *unitDocument) Indexed() bool                               { return true }

func (d *unitDocument) VisitFields(visit bindex.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

// newUnitDocument returns the document of a unit. Segments want an id beside
// the fields; nothing asks for it later.
func newUnitDocument(unit int, fields []*field) *unitDocument {
	id := strconv.Itoa(unit)
	freqs := bindex.TokenFrequencies{id: &bindex.TokenFreq{Term: []byte(id)}}
	return &unitDocument{id, append([]*field{{name: idField, opts: bindex.IndexField | bindex.StoreField, freqs: freqs, value: []byte(id)}}, fields...)}
}

// idField is what segments call the field of the id.
const idField = "_id"

// newSegment makes a segment in memory. The documents have its numbers from 0
// in their order.
func newSegment(docs []bindex.Document) (segment.UnpersistedSegment, error) {
	var plugin zap.ZapPlugin
	seg, _, err := plugin.New(docs)
	if err != nil {
		return nil, err
	}
	s, ok := seg.(segment.UnpersistedSegment)
	if !ok {
		return nil, fmt.Errorf("segment is a %T", seg)
	}
	return s, nil
}

// mergeSegments makes one segment file of several, whose documents follow one
// another, and removes those.
func mergeSegments(names []string, to string) (err error) {
	var plugin zap.ZapPlugin
	segs := make([]segment.Segment, 0, len(names))
	defer func() {
		for _, s := range segs {
			err = errors.Join(err, s.Close())
		}
		for _, name := range names {
			err = errors.Join(err, os.Remove(name))
		}
	}()
	for _, name := range names {
		s, err := plugin.Open(name)
		if err != nil {
			return err
		}
		segs = append(segs, s)
	}
	_, _, err = plugin.Merge(segs, make([]*roaring.Bitmap, len(segs)), to, nil, nil)
	return err
}

// openSegment opens a segment file, which the manifest has found undamaged.
func openSegment(name string) (seg segment.Segment, err error) {
	defer func() { // bleve reads offsets as it finds them
		if r := recover(); r != nil {
			seg, err = nil, fmt.Errorf("bleve can't open the segment: %v", r)
		}
	}()
	var plugin zap.ZapPlugin
	return plugin.Open(name)
}
