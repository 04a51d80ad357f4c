// Package passage finds the part of a page that says most of what a query wants,
// and marks the words in it that the query wants.
package passage

import (
	"strings"

	"casebook/content"
	"casebook/content/lexical"
	"casebook/search"
)

// Bounds of marking.
const (
	maxMarks  = 2_000 // marks of a text that are looked at
	maxWishes = 64    // wishes that are told apart
)

// A Wish is what one wish of a query looks like in texts.
type Wish struct {
	Terms    [][]string // by language
	Prefixes []string   // folded beginnings of words
	Exact    []string   // folded words
	Weight   float32    // how much it says that a text has it
}

// Spellings know how texts write a term of a language.
type Spellings interface {
	Surfaces(lang int, term string) []string
}

// A Marker finds the words of one query in texts.
type Marker struct {
	langOf    func(tag string) (place int, ok bool)
	spellings Spellings
	wishes    []Wish
	byLang    map[int]*wanted
}

// wanted are the words to mark in texts of one language, each with the bits
// of the wishes that want it.
type wanted struct {
	words    map[string]uint64 // as texts have them
	first    [256]uint64       // by first byte: a bit for every length (up to 63) that a word has
	prefixes []wantedFold
	exact    []wantedFold
	cut      map[string]uint64 // memory for words looked up by prefix
}

type wantedFold struct {
	folded string
	bit    uint64
}

// NewMarker returns the marker of a query. langOf gives the places by which wishes
// and spellings know the languages of pages.
func NewMarker(langOf func(tag string) (place int, ok bool), spellings Spellings, wishes []Wish) *Marker {
	return &Marker{langOf, spellings, wishes[:min(len(wishes), maxWishes)], make(map[int]*wanted)}
}

func (m *Marker) in(tag string) *wanted {
	lang, _ := m.langOf(tag)
	if w, ok := m.byLang[lang]; ok {
		return w
	}
	w := &wanted{words: make(map[string]uint64), cut: make(map[string]uint64)}
	for i, g := range m.wishes {
		bit := uint64(1) << i
		for _, t := range g.Terms[lang] {
			for _, surface := range m.spellings.Surfaces(lang, t) {
				w.words[surface] |= bit
				w.first[surface[0]] |= 1 << min(len(surface), 63)
			}
		}
		for _, p := range g.Prefixes {
			w.prefixes = append(w.prefixes, wantedFold{p, bit})
		}
		for _, x := range g.Exact {
			w.exact = append(w.exact, wantedFold{x, bit})
		}
	}
	m.byLang[lang] = w
	return w
}

// of returns the wishes that want a word as it stands in a text.
func (w *wanted) of(surface string) uint64 {
	if w.first[surface[0]]&(1<<min(len(surface), 63)) != 0 {
		if b, ok := w.words[surface]; ok {
			return b
		}
	}
	if len(w.prefixes)+len(w.exact) == 0 {
		return 0
	}
	b, ok := w.cut[surface]
	if ok {
		return b
	}
	folded := lexical.FoldWord(surface)
	for _, p := range w.prefixes {
		if strings.HasPrefix(folded, p.folded) {
			b |= p.bit
		}
	}
	for _, x := range w.exact {
		if folded == x.folded {
			b |= x.bit
		}
	}
	w.cut[surface] = b
	return b
}

// A hitWord is a marked word of a text.
type hitWord struct {
	start, end int
	wishes     uint64
}

// scan finds the wanted words of a text, in order, at most maxMarks.
func (w *wanted) scan(body string) []hitWord {
	var out []hitWord
	first := 0 // where the hyphenated compound begins
	for x := range lexical.Words(body) {
		if x.End-x.Start > lexical.MaxWord {
			first = -1
			continue
		}
		if !x.Glued || first < 0 {
			first = x.Start
		}
		b := w.of(body[x.Start:x.End])
		h := hitWord{x.Start, x.End, b}
		if x.Glued {
			if c := w.of(body[first:x.End]); c != 0 { // the compound as one word
				h = hitWord{first, x.End, b | c}
				for len(out) > 0 && out[len(out)-1].start >= first {
					h.wishes |= out[len(out)-1].wishes
					out = out[:len(out)-1]
				}
			}
		}
		if h.wishes == 0 {
			continue
		}
		if n := len(out); n > 0 && h.start < out[n-1].end { // letters of two pairs
			out[n-1].end = max(out[n-1].end, h.end)
			out[n-1].wishes |= h.wishes
			continue
		}
		if len(out) == maxMarks {
			break
		}
		out = append(out, h)
	}
	return out
}

// Title returns the title of a page, its words marked.
func (m *Marker) Title(p *content.Page) search.Passage {
	return pieces(p.Title, 0, len(p.Title), m.in(p.Lang).scan(p.Title))
}

// pieces cuts text[start:end] at the marks.
func pieces(text string, start, end int, hits []hitWord) search.Passage {
	var out search.Passage
	add := func(s string, marked bool) {
		if s != "" {
			out = append(out, search.Piece{Text: strings.ReplaceAll(s, "\n", " "), Marked: marked})
		}
	}
	at := start
	for _, h := range hits {
		if h.start < at || h.end > end {
			continue
		}
		add(text[at:h.start], false)
		add(text[h.start:h.end], true)
		at = h.end
	}
	add(text[at:end], false)
	return out
}
