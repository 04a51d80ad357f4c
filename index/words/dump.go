package words

import (
	"fmt"
	"io"
)

// Dump writes all that the index says of every term and document, the same for
// the same content: what differs between two dumps would answer differently.
func (x *Index) Dump(w io.Writer) error {
	fields := []Field{Whole, WholeTitle}
	for lang := range x.docs.Langs {
		fields = append(fields, Text(lang), Title(lang))
	}
	for _, f := range fields {
		if err := x.dumpField(w, f); err != nil {
			return err
		}
	}
	for _, data := range [][]byte{x.Rows.Data, x.frequencies.Data} {
		if _, err := w.Write(data); err != nil {
			return err
		}
	}
	return nil
}

func (x *Index) dumpField(w io.Writer, f Field) error {
	if _, err := fmt.Fprintln(w, f.name(x.docs)); err != nil || x.seg == nil {
		return err
	}
	d, err := x.Reader().dict(f)
	if err != nil {
		return err
	}
	for it := d.AutomatonIterator(nil, nil, nil); ; {
		e, err := it.Next()
		if err != nil || e == nil {
			return err
		}
		list, err := x.Reader().Docs(f, e.Term)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintln(w, e.Term, list.Docs.ToArray()); err != nil {
			return err
		}
	}
}
