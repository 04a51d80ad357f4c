package index

import (
	"slices"

	"casebook/index/column"
	"casebook/index/docs"
	"casebook/index/file"
	"casebook/index/suggest"
	"casebook/index/words"
)

// The state holds all of a snapshot that is neither in bleve's segment
// nor in the file of pages, nor quickly worked out of them.

// writeState writes the state of a snapshot, behind what index/disk keeps there.
func (s *Snapshot) writeState(w *file.Writer) {
	w.Float32s(s.norms)
	s.words.Save(w)
	s.facets.Write(w)
	s.orders.Write(w)
	w.Uint64s(s.titles.Hashes)
	w.Uint32s(s.titles.Docs)
	s.pageTitles.Write(w)
}

// readState reads the rest of the state into a new snapshot.
func (s *Snapshot) readState(r *file.Reader) error {
	n := len(s.docs.Units)
	s.norms = r.Float32s()
	r.Check(len(s.norms) == n)
	s.words = words.Read(s.docs, r)
	s.facets = column.ReadFacets(r, s.lib, s.docs)
	s.orders = column.ReadOrders(r, s.lib, s.docs)
	s.titles = docs.Names{Hashes: r.Uint64s(), Docs: r.Uint32s()}
	r.Check(len(s.titles.Hashes) == len(s.titles.Docs) && file.Below(s.titles.Docs, n) && slices.IsSorted(s.titles.Hashes))
	s.pageTitles = suggest.ReadTitles(r, s.docs)
	return r.End()
}
