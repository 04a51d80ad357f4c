package index

import (
	"slices"

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
	w.Uint64(uint64(len(s.cols)))
	for i := range s.cols {
		s.cols[i].write(w)
	}
	w.Uint64(uint64(len(s.order)))
	for _, name := range sortedKeys(s.order) {
		w.Text(name)
		w.Uint32s(s.order[name].ranks)
	}
	w.Uint64s(s.titles.Hashes)
	w.Uint32s(s.titles.Docs)
	w.Uint32s(s.pageTitles.units)
	w.Table(s.pageTitles.whole)
	w.Uint32s(s.pageTitles.entries)
	w.Uint32s(s.pageTitles.offs)
}

func (c *column) write(w *file.Writer) {
	w.Text(c.field)
	w.Uint64(uint64(boolInt(c.years)))
	w.Texts(c.dict)
	w.Uint32s(c.off)
	w.Uint32s(c.ord)
}

// readColumn reads the column of n documents.
func readColumn(r *file.Reader, n int) column {
	c := column{field: r.Text(), years: r.Uint64() != 0, dict: r.Texts(), off: r.Uint32s(), ord: r.Uint32s()}
	r.Check(len(c.off) == n+1 && c.off[0] == 0 && int(c.off[n]) == len(c.ord) && slices.IsSorted(c.off) && file.Below(c.ord, len(c.dict)))
	return c
}

// readState reads the rest of the state into a new snapshot.
func (s *Snapshot) readState(r *file.Reader) error {
	n := len(s.Units)
	s.norms = r.Float32s()
	r.Check(len(s.norms) == n)
	s.words = words.Read(s.Map, r)
	for range r.Count(1) {
		if s.cols = append(s.cols, readColumn(r, n)); r.Err() != nil {
			break
		}
	}
	s.order = make(map[string]ordering)
	for range r.Count(1) {
		name, ranks := r.Text(), r.Uint32s()
		o := ordering{ranks: ranks}
		r.Check(len(ranks) == n && o.reverse(s))
		if r.Err() != nil {
			break
		}
		s.order[name] = o
	}
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
