package index

import (
	"cmp"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/search"
)

// phrase finds the documents in which the tokens stand in order, as far from
// each other as in the query; nil if there are none. Words that say nothing
// are not among the tokens and leave a hole that any word fills. With slop
// they may stand in any order, with so many other words between them.
func (p *planner) phrase(lang int, title bool, toks []token, slop int) (*leaf, error) {
	field := p.snap.langs[lang].textField()
	if title {
		field = p.snap.langs[lang].titleField()
	}
	toks = toks[:min(len(toks), maxPhrase)]
	var all *roaring.Bitmap
	var want sought
	for i, t := range toks {
		var sets []*roaring.Bitmap
		for _, term := range t.terms {
			l, err := p.lists.open(field, term)
			if err != nil {
				return nil, err
			}
			if l != nil {
				sets = append(sets, l.docs)
				p.snap.seek(&want, lang, term, i)
			}
		}
		if len(sets) == 0 {
			return nil, nil
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
	return p.walk(all, toks, &want, title, slop)
}

// maxPhrase bounds the words of a phrase that are looked at: as many as a
// question may have.
const maxPhrase = 32

// walk looks at the positions in every document of docs.
func (p *planner) walk(docs *roaring.Bitmap, toks []token, want *sought, title bool, slop int) (*leaf, error) {
	out := &leaf{}
	at := make([][]int, len(toks))
	for n, it := 0, docs.Iterator(); it.HasNext(); n++ {
		if n%1024 == 0 && p.ctx.Err() != nil {
			return nil, p.ctx.Err()
		}
		doc := it.Next()
		for i := range at {
			at[i] = at[i][:0]
		}
		if err := p.snap.forward.places(doc, want, title, at); err != nil {
			return nil, err
		}
		f := 0
		if slop > 0 {
			f = together(at, len(toks)+slop)
		} else {
			for i, places := range at {
				for j := range places {
					places[j] -= toks[i].pos
				}
			}
			f = inAll(at)
		}
		if f > 0 {
			out.docs = append(out.docs, doc)
			out.freqs = append(out.freqs, float32(f))
		}
	}
	if len(out.docs) == 0 {
		return nil, nil
	}
	out.bits = roaring.BitmapOf(out.docs...)
	return out, nil
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

// Bounds of a prefix.
const (
	maxPrefixWalk  = 20_000 // words of the dictionary that are looked at
	maxPrefixTerms = 64     // the most frequent of them that are searched
)

// prefix adds the documents with a word that begins so. All languages share
// the unstemmed words.
func (p *planner) prefix(g *group, c search.Clause) error {
	field := wordsField
	if c.Field != "" {
		field = titleWordsField
	}
	start := fold(strings.ReplaceAll(plain(c.Words[0]), "'", ""))
	terms, err := p.lists.beginning(field, start)
	if err != nil {
		return err
	}
	g.prefixes = append(g.prefixes, start)
	for _, t := range terms {
		l, err := p.lists.open(field, t)
		if err != nil {
			return err
		}
		if l != nil {
			g.leaves = append(g.leaves, leaf{lang: -1, list: l, bits: l.docs, weight: 1, title: c.Field != ""})
		}
	}
	return nil
}

// beginning returns the most frequent terms that begin with start.
func (l *lists) beginning(field, start string) ([]string, error) {
	if l.seg == nil || start == "" {
		return nil, nil
	}
	d, err := l.dict(field)
	if err != nil {
		return nil, err
	}
	type entry struct {
		term  string
		count uint64
	}
	var found []entry
	it := d.AutomatonIterator(nil, []byte(start), []byte(start+"\xff"))
	for range maxPrefixWalk {
		e, err := it.Next()
		if err != nil {
			return nil, err
		}
		if e == nil {
			break
		}
		found = append(found, entry{e.Term, e.Count})
	}
	slices.SortFunc(found, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.term, b.term))
	})
	var out []string
	for _, e := range found[:min(len(found), maxPrefixTerms)] {
		out = append(out, e.term)
	}
	return out, nil
}
