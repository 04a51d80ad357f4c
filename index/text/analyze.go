package text

import (
	"strings"

	"casebook/content/lexical"
)

// An Analyzer remembers the analysis of words as they stand in texts of one
// language: a corpus has few distinct ones. It belongs to one goroutine.
type Analyzer struct {
	Lang  *Language
	Seen  map[string]*Analysis // by word as texts have it
	Terms [][]byte             // by number
	ids   map[string]uint32    // term -> its number; see Number
}

// NewAnalyzer returns an Analyzer that has seen nothing.
func NewAnalyzer(l *Language) *Analyzer { return &Analyzer{Lang: l, Seen: make(map[string]*Analysis)} }

// Number gives the terms of a word numbers from 0, once.
func (m *Analyzer) Number(a *Analysis) {
	if a.TermIDs != nil {
		return
	}
	if m.ids == nil {
		m.ids = make(map[string]uint32)
	}
	id := func(term string) uint32 {
		n, ok := m.ids[term]
		if !ok {
			n = uint32(len(m.Terms))
			m.ids[term] = n
			m.Terms = append(m.Terms, []byte(term))
		}
		return n
	}
	a.WholeID = id(a.Whole)
	a.TermIDs = make([]uint32, 0, len(a.Terms))
	for _, t := range a.Terms {
		a.TermIDs = append(a.TermIDs, id(t))
	}
}

func (m *Analyzer) analyze(surface string) *Analysis {
	if a, ok := m.Seen[surface]; ok {
		a.Count++
		return a
	}
	a := m.Lang.analyze(surface)
	a.Count = 1
	m.Seen[strings.Clone(surface)] = &a // the text itself may go
	return &a
}

// maxCompound bounds the words of a hyphenated compound that are joined.
const maxCompound = 4

// A Token is a word of a text or a whole hyphenated compound, analyzed.
type Token struct {
	*Analysis
	Start, End int // bytes in the text
	Pos        int // from 0; a compound has that of its first word
	Compound   bool
}

// Tokens analyzes text and passes on its words and, behind the last word of
// each hyphenated compound, the compound joined to one word: counter-narrative
// gives counter, narrative and counternarrative. What is longer than a word can be
// is passed over. It returns how many words text has.
func (m *Analyzer) Tokens(text string, yield func(Token)) (n int) {
	first, count := 0, 0 // the compound so far: where it starts, how many words
	end := 0
	flush := func() {
		if count < 2 || count > maxCompound {
			return
		}
		a := m.analyze(text[first:end])
		yield(Token{a, first, end, n - count, true})
	}
	for w := range lexical.Words(text) {
		long := w.End-w.Start > lexical.MaxWord
		if long || !w.Glued {
			flush()
			count = 0
		}
		if long {
			continue
		}
		if count == 0 {
			first = w.Start
		}
		yield(Token{m.analyze(text[w.Start:w.End]), w.Start, w.End, n, false})
		count++
		n++
		end = w.End
	}
	flush()
	return n
}
