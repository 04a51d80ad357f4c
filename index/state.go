package index

import (
	"io"
	"slices"

	"casebook/content"
	"casebook/index/docs"
)

// The state file holds all of a snapshot that is neither in bleve's segment
// nor in the file of pages, nor quickly worked out of them.

// writeState writes the state of a snapshot whose pages begin at offs.
func (s *Snapshot) writeState(w io.Writer, offs []uint64) error {
	f := newFlatWriter(w)
	var ids tableWriter
	for i := range s.Pages() {
		ids.add(s.lib.ID(i))
	}
	f.table(ids.table())
	f.u64s(offs)
	f.register(s.lib.Table().Data())
	f.floats(s.norms)
	f.u64s(s.forward.offs)
	lengths := s.frequencies.lengths()
	for i, ranks := range s.forward.ranks {
		f.u32s(ranks)
		f.u32s(lengths[i])
	}
	f.u64(uint64(len(s.cols)))
	for i := range s.cols {
		f.column(&s.cols[i])
	}
	f.u64(uint64(len(s.order)))
	for _, name := range sortedKeys(s.order) {
		f.text(name)
		f.u32s(s.order[name].ranks)
	}
	f.u64s(s.titles.Hashes)
	f.u32s(s.titles.Docs)
	for i := range s.Langs {
		f.dictionary(s.surfaces[i])
	}
	f.dictionary(s.display)
	f.u32s(s.pageTitles.units)
	f.table(s.pageTitles.whole)
	f.u32s(s.pageTitles.entries)
	f.u32s(s.pageTitles.offs)
	return f.finish()
}

func (f *flatWriter) register(d content.PageTableData) {
	for _, list := range [][]uint32{d.Kinds, d.Parents, d.Reviewed, d.Langs, d.Off, d.From, d.In} {
		f.u32s(list)
	}
	f.texts(d.LangSets)
	f.texts(d.Fields)
}

func (f *flatReader) register() (d content.PageTableData) {
	for _, list := range []*[]uint32{&d.Kinds, &d.Parents, &d.Reviewed, &d.Langs, &d.Off, &d.From, &d.In} {
		*list = f.u32s()
	}
	d.LangSets, d.Fields = f.texts(), f.texts()
	return d
}

func (f *flatWriter) column(c *column) {
	f.text(c.field)
	f.u64(uint64(boolInt(c.years)))
	f.texts(c.dict)
	f.u32s(c.off)
	f.u32s(c.ord)
}

// column reads the column of n documents.
func (f *flatReader) column(n int) column {
	c := column{field: f.text(), years: f.u64() != 0, dict: f.texts(), off: f.u32s(), ord: f.u32s()}
	if f.err == nil && (len(c.off) != n+1 || c.off[0] != 0 || int(c.off[n]) != len(c.ord) || !ascend(c.off) || !below(c.ord, len(c.dict))) {
		f.fail(errFlat)
	}
	return c
}

// A placed library is the first part of a state file: which pages there are.
type placed struct {
	ids      table
	offs     []uint64
	register content.PageTableData
}

func (f *flatReader) placed() placed { return placed{f.table(), f.u64s(), f.register()} }

// readState reads the rest of the state file into a new snapshot.
func (s *Snapshot) readState(f *flatReader) error {
	n := len(s.Units)
	if s.norms = f.floats(); len(s.norms) != n {
		f.fail(errFlat)
	}
	if s.forward.offs = f.u64s(); len(s.forward.offs) != n+1 || !slices.IsSorted(s.forward.offs) {
		f.fail(errFlat)
	}
	lengths := make(listLengths, len(s.Langs))
	for i := range s.Langs {
		s.forward.ranks = append(s.forward.ranks, f.u32s())
		if lengths[i] = f.u32s(); len(lengths[i]) != len(s.forward.ranks[i]) || !below(s.forward.ranks[i], len(lengths[i])) {
			f.fail(errFlat)
		}
	}
	s.frequencies.place(lengths)
	for range f.count(1) {
		if s.cols = append(s.cols, f.column(n)); f.err != nil {
			break
		}
	}
	s.order = make(map[string]ordering)
	for range f.count(1) {
		name, ranks := f.text(), f.u32s()
		o := ordering{ranks: ranks}
		if len(ranks) != n || !o.reverse(s) {
			f.fail(errFlat)
			break
		}
		s.order[name] = o
	}
	s.titles = docs.Names{Hashes: f.u64s(), Docs: f.u32s()}
	if len(s.titles.Hashes) != len(s.titles.Docs) || !below(s.titles.Docs, n) || !slices.IsSorted(s.titles.Hashes) {
		f.fail(errFlat)
	}
	for i := range s.Langs {
		if s.surfaces = append(s.surfaces, f.dictionary()); s.surfaces[i].keys.len() != len(s.forward.ranks[i]) {
			f.fail(errFlat)
		}
	}
	s.display = f.dictionary()
	p := pageTitles{f.u32s(), f.table(), f.u32s(), f.u32s()}
	if f.err == nil && (p.whole.len() != len(p.units) || len(p.entries) != len(p.offs) || !below(p.units, n) || !below(p.entries, len(p.units))) {
		f.fail(errFlat)
	}
	for i, off := range p.offs {
		if f.err == nil && int(off) > len(p.whole.at(int(p.entries[i]))) {
			f.fail(errFlat)
		}
	}
	s.pageTitles = p
	if f.err == nil && f.left != 0 {
		f.fail(errFlat)
	}
	return f.err
}
