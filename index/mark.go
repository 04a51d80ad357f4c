package index

import (
	"strings"

	"casebook/content"
	"casebook/content/lexical"
	"casebook/search"
)

// Bounds of marking.
const (
	maxMarks     = 2_000 // marks of a text that are looked at
	maxMarkSpans = 64    // groups of words that are told apart
)

// A marker finds the words of one query in texts.
type marker struct {
	snap   *Snapshot
	groups []*group
	byLang map[int]*wanted
}

// wanted are the words to mark in texts of one language, each with the bits
// of the groups that want it.
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

// newMarker returns the marker of the query; nil without words.
func (e *engine) newMarker() *marker {
	if e.plan == nil || len(e.plan.groups) == 0 {
		return nil
	}
	groups := e.plan.groups
	return &marker{snap: e.Snapshot, groups: groups[:min(len(groups), maxMarkSpans)], byLang: make(map[int]*wanted)}
}

func (m *marker) in(tag string) *wanted {
	lang, _ := m.snap.Lang(tag)
	if w, ok := m.byLang[lang]; ok {
		return w
	}
	w := &wanted{words: make(map[string]uint64), cut: make(map[string]uint64)}
	for i, g := range m.groups {
		bit := uint64(1) << i
		for _, t := range g.terms[lang] {
			for _, surface := range m.snap.words.Surfaces(lang, t) {
				w.words[surface] |= bit
				w.first[surface[0]] |= 1 << min(len(surface), 63)
			}
		}
		for _, p := range g.prefixes {
			w.prefixes = append(w.prefixes, wantedFold{p, bit})
		}
		for _, x := range g.exact {
			w.exact = append(w.exact, wantedFold{x, bit})
		}
	}
	m.byLang[lang] = w
	return w
}

// of returns the groups that want a word as it stands in a text.
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
	groups     uint64
}

// scan finds the wanted words of a text, in order, at most maxMarks.
func (w *wanted) scan(body string) []hitWord {
	var out []hitWord
	first := 0 // where the hyphenated compound begins
	for x := range lexical.Words(body) {
		if !x.Glued {
			first = x.Start
		}
		b := w.of(body[x.Start:x.End])
		h := hitWord{x.Start, x.End, b}
		if x.Glued {
			if c := w.of(body[first:x.End]); c != 0 { // the compound as one word
				h = hitWord{first, x.End, b | c}
				for len(out) > 0 && out[len(out)-1].start >= first {
					h.groups |= out[len(out)-1].groups
					out = out[:len(out)-1]
				}
			}
		}
		if h.groups == 0 {
			continue
		}
		if n := len(out); n > 0 && h.start < out[n-1].end { // letters of two pairs
			out[n-1].end = max(out[n-1].end, h.end)
			out[n-1].groups |= h.groups
			continue
		}
		if len(out) == maxMarks {
			break
		}
		out = append(out, h)
	}
	return out
}

// marked returns a text of the page as a whole, its words marked.
func (m *marker) marked(p *content.Page, text string) search.Passage {
	return pieces(text, 0, len(text), m.in(p.Lang).scan(text))
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
