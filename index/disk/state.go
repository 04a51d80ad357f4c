package disk

import (
	"io"

	"casebook/content"
	"casebook/index/file"
)

// The state begins with which pages there are: their ids, where each begins in
// their file, and the table of pages. The rest is that of the Build.

// writeState writes the state of pages that begin at offs.
func writeState(to io.Writer, lib *content.Library, offs []uint64, rest func(*file.Writer) error) error {
	w := file.NewWriter(to)
	w.Table(idsOf(lib))
	w.Uint64s(offs)
	d := lib.Table().Data()
	for _, list := range [][]uint32{d.Kinds, d.Parents, d.Reviewed, d.Langs, d.Off, d.From, d.In} {
		w.Uint32s(list)
	}
	w.Texts(d.LangSets)
	w.Texts(d.Fields)
	if err := rest(w); err != nil {
		return err
	}
	return w.Flush()
}

// readPageTable reads the beginning of the state.
func readPageTable(r *file.Reader) (ids file.Table, offs []uint64, d content.PageTableData, err error) {
	ids, offs = r.Table(), r.Uint64s()
	for _, list := range []*[]uint32{&d.Kinds, &d.Parents, &d.Reviewed, &d.Langs, &d.Off, &d.From, &d.In} {
		*list = r.Uint32s()
	}
	d.LangSets, d.Fields = r.Texts(), r.Texts()
	r.Check(len(d.Kinds) == ids.Len())
	return ids, offs, d, r.Err()
}

// idsOf returns the ids of the pages in their order.
func idsOf(lib *content.Library) file.Table {
	var ids file.TableBuilder
	for i := range lib.Len() {
		ids.Add(lib.ID(i))
	}
	return ids.Table()
}
