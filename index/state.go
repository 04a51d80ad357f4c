package index

import (
	"slices"

	"casebook/index/column"
	"casebook/index/docs"
	"casebook/index/file"
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
	w.Uint32s(s.pageTitles.units)
	w.Table(s.pageTitles.whole)
	w.Uint32s(s.pageTitles.entries)
	w.Uint32s(s.pageTitles.offs)
}

// readState reads the rest of the state into a new snapshot.
func (s *Snapshot) readState(r *file.Reader) error {
	n := len(s.Units)
	s.norms = r.Float32s()
	r.Check(len(s.norms) == n)
	s.words = words.Read(s.Map, r)
	s.facets = column.ReadFacets(r, s.lib, s.Map)
	s.orders = column.ReadOrders(r, s.lib, s.Map)
	s.titles = docs.Names{Hashes: r.Uint64s(), Docs: r.Uint32s()}
	r.Check(len(s.titles.Hashes) == len(s.titles.Docs) && file.Below(s.titles.Docs, n) && slices.IsSorted(s.titles.Hashes))
	s.pageTitles = readPageTitles(r, n)
	return r.End()
}

// readPageTitles reads the titles of n documents.
func readPageTitles(r *file.Reader, n int) pageTitles {
	p := pageTitles{r.Uint32s(), r.Table(), r.Uint32s(), r.Uint32s()}
	r.Check(p.whole.Len() == len(p.units) && len(p.entries) == len(p.offs) && file.Below(p.units, n) && file.Below(p.entries, len(p.units)))
	for i, off := range p.offs {
		if r.Err() != nil {
			break
		}
		r.Check(int(off) <= len(p.whole.At(int(p.entries[i]))))
	}
	return p
}
