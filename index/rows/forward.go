// Package rows is the forward index: the terms of every document in the order
// of reading. Phrases and the nearness of words are read from it, and frequencies
// where few documents are scored. Posting lists say which documents have some
// words; where they stand is looked up in the rows of those alone. That is smaller
// and quicker than positions beside every posting, which nearly all questions
// pass over.
//
// The row of a document is made of unsigned varints:
//
//	entries in the title, entries in the summary, position of the first entry,
//	length of the extras in bytes,
//	extras: rank, positions since the extra before (or since 0)
//	entries: 2 × rank, or 2 × rank + 1 and the distance to the next entry if that isn't 1
//
// A rank is that of a term in its language, 0 the most frequent. Entries are
// one for each position that has a term; other terms of the same word, such as
// a compound that begins there, are extras. So a phrase of neighbouring words
// is a run of bytes, but for the last bit of its last rank.
package rows

import (
	"errors"
	"io"

	"casebook/index/docs"
)

// A Forward has the rows of all documents.
type Forward struct {
	Data []byte
	Offs []uint64 // the row of document d is Data[Offs[d]:Offs[d+1]]
}

// ErrDamaged means that rows are not as a Writer makes them.
var ErrDamaged = errors.New("the forward index is damaged")

// A Block has the rows of neighbouring documents, with the numbers that one
// worker's analyzers have for terms.
type Block struct {
	First  int // document
	Worker int
	Data   []byte
	Ends   []int // of rows in Data
}

// Write writes the rows of the documents of m one after another, with terms by
// rank, and returns where each begins, and the end. next returns the blocks in
// order, io.EOF in the end. ranks has by worker and language the ranks in place of
// numbers.
func Write(w io.Writer, m *docs.Map, next func() (*Block, error), ranks [][][]uint32) (offs []uint64, err error) {
	offs = make([]uint64, 1, len(m.Units)+1)
	var out, memory []byte
	for {
		block, err := next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if block.First != len(offs)-1 || block.First+len(block.Ends) > len(m.Units) {
			return nil, ErrDamaged
		}
		out = out[:0]
		at, from := 0, offs[len(offs)-1]
		for i, end := range block.Ends {
			out, memory, err = renumber(out, block.Data[at:end], ranks[block.Worker][m.Units[block.First+i].Lang], memory)
			if err != nil {
				return nil, err
			}
			at = end
			offs = append(offs, from+uint64(len(out)))
		}
		if _, err := w.Write(out); err != nil {
			return nil, err
		}
	}
	if len(offs) != len(m.Units)+1 {
		return nil, ErrDamaged
	}
	return offs, nil
}
