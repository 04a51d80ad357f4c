package words

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

// A document is what bleve's segments take: fields whose terms are counted
// already.
type document struct {
	id     string
	fields []*field
}

var _ bindex.Document = (*document)(nil)

func (d *document) ID() string                                  { return d.id }
func (d *document) Size() int                                   { return 0 }
func (d *document) VisitComposite(bindex.CompositeFieldVisitor) {}
func (d *document) HasComposite() bool                          { return false }
func (d *document) NumPlainTextBytes() uint64                   { return 0 }
func (d *document) AddIDField()                                 {}
func (d *document) StoredFieldsBytes() uint64                   { return 0 }
func (d *document) Indexed() bool                               { return true }

func (d *document) VisitFields(visit bindex.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

// newDocument returns the document of a number. Segments want an id beside the
// fields; nothing asks for it later.
func newDocument(number int, fields []*field) *document {
	id := strconv.Itoa(number)
	freqs := bindex.TokenFrequencies{id: &bindex.TokenFreq{Term: []byte(id)}}
	return &document{id, append([]*field{{name: idField, opts: bindex.IndexField | bindex.StoreField, freqs: freqs, value: []byte(id)}}, fields...)}
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
