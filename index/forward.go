package index

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"

	"casebook/index/file"
	"casebook/index/text"
)

// A forward index has the terms of every document in the order of reading:
// what phrases and the nearness of words are read from, and frequencies where
// few documents are scored. Posting lists say which documents have some words;
// where they stand is looked up in those alone. That is smaller and quicker
// than positions beside every posting, which nearly all questions pass over.
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
type forward struct {
	data  []byte
	offs  []uint64   // the row of document d is data[offs[d]:offs[d+1]]
	ranks [][]uint32 // by language and by the term's place in Snapshot.surfaces
	close func()
}

var errForward = errors.New("the forward index is damaged")

// open maps the file of a forward index whose offsets are known.
func (f *forward) open(name string) (err error) {
	if len(f.offs) == 0 {
		return errForward
	}
	f.data, f.close, err = file.Map(name, f.offs[len(f.offs)-1])
	return err
}

// A rowWriter makes the row of one document after another. Terms are numbers.
type rowWriter struct {
	entries []entry
	counts  [2]int // entries so far of the title and the summary
	back    bool   // an entry stands before the one before it
	extras  []byte
	main    []byte
}

// An entry is a term at a position from 0, in a part of the text.
type entry struct {
	term uint32
	pos  int
	part int
}

// The parts that are told apart.
const (
	inTitle = iota
	inSummary
	inBody
)

// begin begins a row.
func (w *rowWriter) begin() { w.entries, w.back = w.entries[:0], false }

// add adds a term at a position. Parts come in order; compounds come behind
// their last word and stand at the first.
func (w *rowWriter) add(term uint32, pos, part int) {
	n := len(w.entries)
	w.back = w.back || n > 0 && pos < w.entries[n-1].pos
	w.entries = append(w.entries, entry{term, pos, min(part, inBody)})
}

// appendTo appends the row to out.
func (w *rowWriter) appendTo(out []byte) []byte {
	if w.back {
		slices.SortStableFunc(w.entries, func(a, b entry) int { return cmp.Compare(a.pos, b.pos) })
	}
	w.counts, w.extras, w.main = [2]int{}, w.extras[:0], w.main[:0]
	start, extra := 0, 0 // position of the first entry, of the last extra
	var last entry
	for i, e := range w.entries {
		switch {
		case i == 0:
			start = e.pos
		case e.pos == last.pos:
			w.extras = binary.AppendUvarint(binary.AppendUvarint(w.extras, uint64(e.term)), uint64(e.pos-extra))
			extra = e.pos
			continue
		default:
			w.main = appendEntry(w.main, uint64(last.term), e.pos-last.pos)
		}
		if e.part < inBody {
			w.counts[e.part]++
		}
		last = e
	}
	if len(w.entries) > 0 {
		w.main = appendEntry(w.main, uint64(last.term), 1)
	}
	for _, n := range []int{w.counts[inTitle], w.counts[inSummary], start, len(w.extras)} {
		out = binary.AppendUvarint(out, uint64(n))
	}
	return append(append(out, w.extras...), w.main...)
}

func appendEntry(b []byte, rank uint64, step int) []byte {
	if step == 1 {
		return binary.AppendUvarint(b, rank<<1)
	}
	return binary.AppendUvarint(binary.AppendUvarint(b, rank<<1|1), uint64(step))
}

// A row is a row with its beginning read.
type row struct {
	parts        [2]int // entries of the title and the summary
	start        int
	extras, main []byte
	last         [2]int // positions of the last entry of the title, and up to the summary; see ended
}

func readRow(b []byte) (r row, err error) {
	var head [4]int
	for i := range head {
		x, n := binary.Uvarint(b)
		if n <= 0 || x > math.MaxInt32 {
			return row{}, errForward
		}
		head[i], b = int(x), b[n:]
	}
	if head[3] > len(b) {
		return row{}, errForward
	}
	return row{[2]int{head[0], head[1]}, head[2], b[:head[3]], b[head[3]:], [2]int{-1, -1}}, nil
}

// renumber appends a row to out with each term's number replaced.
func renumber(out, b []byte, numbers []uint32, extras []byte) (all, memory []byte, err error) {
	r, err := readRow(b)
	if err != nil {
		return nil, nil, err
	}
	extras = extras[:0]
	for x := r.extras; len(x) > 0; {
		term, n := binary.Uvarint(x)
		if n <= 0 || term >= uint64(len(numbers)) {
			return nil, nil, errForward
		}
		_, m := binary.Uvarint(x[n:])
		if m <= 0 {
			return nil, nil, errForward
		}
		extras = append(binary.AppendUvarint(extras, uint64(numbers[term])), x[n:n+m]...)
		x = x[n+m:]
	}
	for _, n := range []int{r.parts[inTitle], r.parts[inSummary], r.start, len(extras)} {
		out = binary.AppendUvarint(out, uint64(n))
	}
	out = append(out, extras...)
	for x := r.main; len(x) > 0; {
		e, n := binary.Uvarint(x)
		if n <= 0 || e>>1 >= uint64(len(numbers)) {
			return nil, nil, errForward
		}
		x = x[n:]
		out = binary.AppendUvarint(out, uint64(numbers[e>>1])<<1|e&1)
		if e&1 != 0 {
			_, n := binary.Uvarint(x)
			if n <= 0 {
				return nil, nil, errForward
			}
			out, x = append(out, x[:n]...), x[n:]
		}
	}
	return out, extras, nil
}

// rows are the rows of neighbouring documents, with the numbers that one
// worker's memos have for terms.
type rows struct {
	first  int // document
	worker int
	data   []byte
	ends   []int // of rows in data
}

// writeForward writes rows one after another, in the order of documents, with
// terms by rank, and returns where each begins, and the end. next returns
// io.EOF in the end.
func (s *Snapshot) writeForward(w io.Writer, next func() (*rows, error), numbers [][][]uint32) (offs []uint64, err error) {
	offs = make([]uint64, 1, len(s.Units)+1)
	var out, memory []byte
	for {
		part, err := next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if part.first != len(offs)-1 || part.first+len(part.ends) > len(s.Units) {
			return nil, errForward
		}
		out = out[:0]
		at, from := 0, offs[len(offs)-1]
		for i, end := range part.ends {
			out, memory, err = renumber(out, part.data[at:end], numbers[part.worker][s.Units[part.first+i].Lang], memory)
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
	if len(offs) != len(s.Units)+1 {
		return nil, errForward
	}
	return offs, nil
}

// rank gives the terms of every language their ranks: counts has how often
// each term of a language stands in texts. It returns what to put in the place
// of the numbers that the workers' memos gave.
func (f *forward) rank(s *Snapshot, counts []map[string]int, memos [][]*text.Analyzer) [][][]uint32 {
	f.ranks = make([][]uint32, len(s.Langs))
	for lang := range s.Langs {
		keys := &s.surfaces[lang].Keys
		order := make([]uint32, keys.Len())
		for i := range order {
			order[i] = uint32(i)
		}
		slices.SortStableFunc(order, func(a, b uint32) int {
			return cmp.Compare(counts[lang][keys.At(int(b))], counts[lang][keys.At(int(a))])
		})
		f.ranks[lang] = make([]uint32, len(order))
		for rank, i := range order {
			f.ranks[lang][i] = uint32(rank)
		}
	}
	numbers := make([][][]uint32, len(memos))
	for w, byLang := range memos {
		numbers[w] = make([][]uint32, len(byLang))
		for lang, m := range byLang {
			numbers[w][lang] = make([]uint32, len(m.Terms))
			for n, term := range m.Terms {
				if i, ok := s.surfaces[lang].Keys.Find(string(term)); ok { // words that are no terms have none
					numbers[w][lang][n] = f.ranks[lang][i]
				}
			}
		}
	}
	return numbers
}

// A sought is what is looked for in rows of one language: terms, each with the
// bits of those who want it.
type sought struct {
	terms []uint32 // ranks
	bits  []uint32
	maybe [256]bool // by the last byte of a rank
}

// maxSought is how many may want terms: the bits of a sought.
const maxSought = 32

// seek adds a term of a language with a bit below maxSought. A term that no
// text in the language has is not looked for.
func (s *Snapshot) seek(k *sought, lang int, term string, bit int) {
	i, ok := s.surfaces[lang].Keys.Find(term)
	if !ok {
		return
	}
	rank := s.forward.ranks[lang][i]
	k.maybe[byte(rank)] = true
	if i := slices.Index(k.terms, rank); i >= 0 {
		k.bits[i] |= 1 << bit
		return
	}
	k.terms, k.bits = append(k.terms, rank), append(k.bits, 1<<bit)
}

// scan tells of every place in a document at which a sought term stands: the
// bits of the term, its position and its part. First come the entries, then the
// extras, both in order of position.
func (f *forward) scan(doc uint32, k *sought, found func(bits uint32, pos, part int)) error {
	r, err := readRow(f.data[f.offs[doc]:f.offs[doc+1]])
	if err != nil {
		return err
	}
	pos, i, b := r.start, 0, r.main
	for at := 0; at < len(b); i++ {
		r.ended(i, pos)
		x := uint64(b[at])
		at++
		if x >= 0x80 {
			x &= 0x7f
			for shift := 7; ; shift += 7 {
				if at == len(b) || shift > 63 {
					return errForward
				}
				c := b[at]
				at++
				x |= uint64(c&0x7f) << shift
				if c < 0x80 {
					break
				}
			}
		}
		if k.maybe[byte(x>>1)] {
			if j := slices.Index(k.terms, uint32(x>>1)); j >= 0 {
				found(k.bits[j], pos, r.partOf(i))
			}
		}
		pos++
		if x&1 != 0 {
			step, n := binary.Uvarint(b[at:])
			if n <= 0 {
				return errForward
			}
			pos += int(step) - 1
			at += n
		}
	}
	return r.eachExtra(func(rank uint32, pos, part int) {
		if j := slices.Index(k.terms, rank); j >= 0 {
			found(k.bits[j], pos, part)
		}
	})
}

// each tells of every term of a document, once for every place.
func (f *forward) each(doc uint32, found func(rank uint32, pos, part int)) error {
	r, err := readRow(f.data[f.offs[doc]:f.offs[doc+1]])
	if err != nil {
		return err
	}
	pos, b := r.start, r.main
	for i := 0; len(b) > 0; i++ {
		r.ended(i, pos)
		x, n := binary.Uvarint(b)
		if n <= 0 {
			return errForward
		}
		b = b[n:]
		found(uint32(x>>1), pos, r.partOf(i))
		step := uint64(1)
		if x&1 != 0 {
			if step, n = binary.Uvarint(b); n <= 0 {
				return errForward
			}
			b = b[n:]
		}
		pos += int(step)
	}
	return r.eachExtra(found)
}

// partOf returns the part of entry i.
func (r *row) partOf(i int) int {
	switch {
	case i < r.parts[inTitle]:
		return inTitle
	case i < r.parts[inTitle]+r.parts[inSummary]:
		return inSummary
	}
	return inBody
}

// ended notes where title and summary end: that entry i stands at pos.
func (r *row) ended(i, pos int) {
	if i < r.parts[inTitle] {
		r.last[inTitle] = pos
	}
	if i < r.parts[inTitle]+r.parts[inSummary] {
		r.last[inSummary] = pos
	}
}

// eachExtra tells of every extra. It must come after all entries were passed
// to ended.
func (r *row) eachExtra(found func(rank uint32, pos, part int)) error {
	pos := 0
	for x := r.extras; len(x) > 0; {
		rank, n := binary.Uvarint(x)
		if n <= 0 {
			return errForward
		}
		step, m := binary.Uvarint(x[n:])
		if m <= 0 {
			return errForward
		}
		x = x[n+m:]
		pos += int(step)
		part := inBody
		switch {
		case pos <= r.last[inTitle]:
			part = inTitle
		case pos <= r.last[inSummary]:
			part = inSummary
		}
		found(uint32(rank), pos, part)
	}
	return nil
}

// A run is how a phrase of neighbouring words looks in rows.
type run struct {
	ranks []uint32
	ends  [2][]byte // as the last word has a neighbour or not
}

// run returns what one term for each word looks like.
func (s *Snapshot) run(lang int, terms []string) (*run, bool) {
	r := &run{}
	var b []byte
	for i, term := range terms {
		place, ok := s.surfaces[lang].Keys.Find(term)
		if !ok {
			return nil, false
		}
		rank := s.forward.ranks[lang][place]
		r.ranks = append(r.ranks, rank)
		if i+1 < len(terms) {
			b = appendEntry(b, uint64(rank), 1)
		}
	}
	last := uint64(r.ranks[len(terms)-1]) << 1
	r.ends = [2][]byte{binary.AppendUvarint(slices.Clone(b), last), binary.AppendUvarint(slices.Clone(b), last|1)}
	return r, true
}

// mayHold reports whether a document can have the run: always where it has,
// seldom where it has not.
func (f *forward) mayHold(doc uint32, want *run) (bool, error) {
	r, err := readRow(f.data[f.offs[doc]:f.offs[doc+1]])
	if err != nil {
		return false, err
	}
	for x := r.extras; len(x) > 0; {
		term, n := binary.Uvarint(x)
		if n <= 0 {
			return false, errForward
		}
		if slices.Contains(want.ranks, uint32(term)) {
			return true, nil
		}
		_, m := binary.Uvarint(x[n:])
		if m <= 0 {
			return false, errForward
		}
		x = x[n+m:]
	}
	return bytes.Contains(r.main, want.ends[0]) || bytes.Contains(r.main, want.ends[1]), nil
}
