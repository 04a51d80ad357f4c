package query

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/index/rank"
	"casebook/index/reading"
	"casebook/index/rows"
	"casebook/index/text"
	"casebook/index/words"
)

// phrase finds the documents in which the tokens stand in order, as far from
// each other as in the query; nil if there are none. Words that say nothing
// are not among the tokens and leave a hole that any word fills. With slop
// they may stand in any order, with so many other words between them.
func (f *finder) phrase(ctx context.Context, field words.Field, form reading.Form, slop int) (*rank.Leaf, error) {
	toks := form.Words[:min(len(form.Words), rows.MaxSought)]
	var all *roaring.Bitmap
	var want rows.Sought
	var simple []string // the terms of a phrase of neighbouring words, each with one term
	for i, t := range toks {
		var sets []*roaring.Bitmap
		for _, term := range t.Terms {
			l, err := f.lists.Docs(field, term)
			if err != nil {
				return nil, err
			}
			if l != nil {
				sets = append(sets, l.Docs)
				f.words.Seek(&want, form.Lang, term, i)
			}
		}
		if len(sets) == 0 {
			return nil, nil
		}
		if len(t.Terms) == 1 && t.Pos == toks[0].Pos+i {
			simple = append(simple, t.Terms[0])
		}
		docs := union(sets)
		if all == nil {
			all = docs
		} else {
			all = roaring.And(all, docs)
		}
	}
	if all.IsEmpty() {
		return nil, nil
	}
	w := walker{rows: &f.words.Rows, toks: toks, want: &want, title: form.Title, slop: slop, at: make(rows.Places, len(toks))}
	if len(simple) == len(toks) && slop == 0 {
		w.run = f.words.Run(form.Lang, simple)
	}
	return w.walk(ctx, all)
}

// A walker looks for the tokens of a phrase in the rows of documents.
type walker struct {
	rows  *rows.Forward
	toks  []text.Token
	want  *rows.Sought // a bit for every token
	title bool         // in titles alone
	slop  int
	run   *rows.Run // what the phrase looks like; nil if that can't be said
	at    rows.Places
}

// walk returns the documents of a set that have the phrase, nil if none has.
func (w *walker) walk(ctx context.Context, docs *roaring.Bitmap) (*rank.Leaf, error) {
	out := &rank.Leaf{}
	for n, it := 0, docs.Iterator(); it.HasNext(); n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		doc := it.Next()
		if w.run != nil {
			if may, err := w.rows.MayHold(doc, w.run); err != nil || !may {
				if err != nil {
					return nil, err
				}
				continue
			}
		}
		f, err := w.count(doc)
		if err != nil {
			return nil, err
		}
		if f > 0 {
			out.Docs = append(out.Docs, doc)
			out.Freqs = append(out.Freqs, float32(f))
		}
	}
	if len(out.Docs) == 0 {
		return nil, nil
	}
	out.Bits = roaring.BitmapOf(out.Docs...)
	return out, nil
}

// count returns how often a document has the phrase.
func (w *walker) count(doc uint32) (int, error) {
	w.at.Reset()
	err := w.rows.Scan(doc, w.want, func(bits uint32, pos, part int) {
		if !w.title || part == rows.InTitle {
			w.at.Add(bits, pos)
		}
	})
	if err != nil {
		return 0, err
	}
	w.at.Sort()
	if w.slop > 0 {
		return together(w.at, len(w.toks)+w.slop), nil
	}
	for i, places := range w.at {
		for j := range places {
			places[j] -= w.toks[i].Pos
		}
	}
	return inAll(w.at), nil
}

// inAll counts the numbers of the first sorted list that are in all others.
func inAll(lists [][]int) int {
	n, last := 0, -1<<62
	for _, x := range lists[0] {
		if x == last {
			continue
		}
		last = x
		ok := true
		for _, l := range lists[1:] {
			if _, ok = slices.BinarySearch(l, x); !ok {
				break
			}
		}
		if ok {
			n++
		}
	}
	return n
}

// together counts the numbers of the first sorted list that have one of every
// other list near them, fewer than span away.
func together(lists [][]int, span int) int {
	n, last := 0, -1<<62
	for _, x := range lists[0] {
		ok := x > last
		for _, l := range lists[1:] {
			i, _ := slices.BinarySearch(l, x-span+1)
			if i < len(l) && l[i] == x { // the same word twice
				i++
			}
			ok = ok && i < len(l) && l[i] < x+span
		}
		if ok {
			n++
			last = x
		}
	}
	return n
}
