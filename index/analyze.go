package index

import "strings"

// A memo remembers the analysis of words as they stand in texts of one
// language: a corpus has few distinct ones. It belongs to one goroutine.
type memo struct {
	lang  *language
	seen  map[string]*analyzed
	ids   map[string]uint32 // term -> its number; see number
	terms [][]byte          // by number
}

func newMemo(l *language) *memo { return &memo{lang: l, seen: make(map[string]*analyzed)} }

// number gives the terms of a word numbers, once.
func (m *memo) number(a *analyzed) {
	if a.termIDs != nil {
		return
	}
	if m.ids == nil {
		m.ids = make(map[string]uint32)
	}
	id := func(term string) uint32 {
		n, ok := m.ids[term]
		if !ok {
			n = uint32(len(m.terms))
			m.ids[term] = n
			m.terms = append(m.terms, []byte(term))
		}
		return n
	}
	a.wholeID = id(a.whole)
	a.termIDs = make([]uint32, 0, len(a.terms))
	for _, t := range a.terms {
		a.termIDs = append(a.termIDs, id(t))
	}
}

func (m *memo) analyze(surface string) *analyzed {
	if a, ok := m.seen[surface]; ok {
		a.count++
		return a
	}
	a := m.lang.analyze(surface)
	a.count = 1
	m.seen[strings.Clone(surface)] = &a // the text itself may go
	return &a
}

// maxCompound bounds the words of a hyphenated compound that are joined.
const maxCompound = 4

// A token is a word of a text or a whole hyphenated compound, analyzed.
type token struct {
	*analyzed
	start, end int // bytes in the text
	pos        int // from 0; a compound has that of its first word
	compound   bool
}

// tokens analyzes text and passes on its words and, behind the last word of
// each hyphenated compound, the compound joined to one word: counter-narrative
// gives counter, narrative and counternarrative.
func (m *memo) tokens(text string, yield func(token)) (n int) {
	first, count := 0, 0 // the compound so far: where it starts, how many words
	end := 0
	flush := func() {
		if count < 2 || count > maxCompound {
			return
		}
		a := m.analyze(text[first:end])
		yield(token{a, first, end, n - count, true})
	}
	for w := range words(text) {
		if !w.glued {
			flush()
			first, count = w.start, 0
		}
		yield(token{m.analyze(text[w.start:w.end]), w.start, w.end, n, false})
		count++
		n++
		end = w.end
	}
	flush()
	return n
}
