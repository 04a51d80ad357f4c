package passage

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"casebook/content"
	"casebook/index/text"
	"casebook/search"
)

// Bounds of a passage and of the work for one.
const (
	MaxLetters = 280      // letters of a passage
	MaxScan    = 64 << 10 // bytes of a page that are looked at
)

// Passage returns the sentences of the page that say most of what the query
// wants, whole and at most MaxLetters letters; its summary where the text
// says nothing of it.
func (m *Marker) Passage(p *content.Page) search.Passage {
	w := m.in(p.Lang)
	var best window
	var body string
	var hits []hitWord
	budget := MaxScan
	for _, s := range p.Body.Sections {
		t := text.AtMost(s.Text, budget)
		if len(t) < len(s.Text) {
			if ends := text.Sentences(t); len(ends) > 1 { // not in the middle of one
				t = t[:ends[len(ends)-2]]
			}
			budget = len(t)
		}
		if budget -= len(t); len(t) == 0 {
			break
		}
		found := w.scan(t)
		if len(found) == 0 {
			continue
		}
		if win := m.window(t, found); win.value > best.value {
			best, body, hits = win, t, found
		}
	}
	if body == "" {
		return m.short(p.Summary, w.scan(p.Summary))
	}
	return m.cut(body, best, hits)
}

// short returns a summary, cut at a word if it is long.
func (m *Marker) short(text string, hits []hitWord) search.Passage {
	if utf8.RuneCountInString(text) <= MaxLetters+40 {
		return pieces(text, 0, len(text), hits)
	}
	return m.cut(text, window{0, len(text), 0}, hits)
}

// A window is a run of whole sentences.
type window struct {
	start, end int
	value      float64
}

// window returns the best run of sentences of a text.
func (m *Marker) window(body string, hits []hitWord) window {
	ends := text.Sentences(body)
	counted := make([]int, len(ends)) // letters of each sentence; 0 as long as nobody asked
	letters := func(i int) int {
		if counted[i] == 0 {
			from := 0
			if i > 0 {
				from = ends[i-1]
			}
			counted[i] = utf8.RuneCountInString(body[from:ends[i]])
		}
		return counted[i]
	}
	var best window
	start, h := 0, 0
	for i, end := range ends {
		for h < len(hits) && hits[h].start < start {
			h++
		}
		if h == len(hits) {
			break
		}
		if hits[h].start < end { // begin only with a sentence that has a mark
			win := window{start: start, end: end}
			win.value = m.value(hits[h:], start, end)
			total := letters(i)
			at := win.end
			for j, next := range ends[i+1:] {
				if total += letters(i + 1 + j); total > MaxLetters {
					break
				}
				// Another paragraph or item only where it says more.
				value := m.value(hits[h:], start, next)
				if more := value > win.value; more || body[at-1] != '\n' && at == win.end {
					win.end, win.value = next, max(value, win.value)
				}
				at = next
			}
			if win.value > best.value {
				best = win
			}
		}
		start = end
	}
	return best
}

// value says how much of the query text between start and end has: the weight
// of its distinct wishes, and a little for how often.
func (m *Marker) value(hits []hitWord, start, end int) float64 {
	var seen uint64
	n := 0
	for _, h := range hits {
		if h.start >= end {
			break
		}
		if h.start >= start {
			seen |= h.wishes
			n++
		}
	}
	sum := 0.0
	for x := seen; x != 0; x &= x - 1 {
		sum += 0.2 + float64(m.wishes[bits.TrailingZeros64(x)].Weight)
	}
	return sum + 0.05*float64(min(n, 10))
}

// cut makes the passage of a window; a sentence that is too long is cut at
// words, around its first mark.
func (m *Marker) cut(text string, w window, hits []hitWord) search.Passage {
	start, end := w.start, w.end
	for start < end && (text[start] == ' ' || text[start] == '\n') {
		start++
	}
	for start < end && (text[end-1] == ' ' || text[end-1] == '\n') {
		end--
	}
	before, after := "", ""
	if utf8.RuneCountInString(text[start:end]) > MaxLetters {
		from := start
		for _, h := range hits {
			if h.start >= start && h.end <= end {
				from = max(start, back(text, h.start, MaxLetters/3))
				break
			}
		}
		to := forth(text, from, MaxLetters)
		if from > start {
			from = wordStart(text, from, end)
			before = "… "
		}
		if to < end {
			to = wordBack(text, to, from)
			after = " …"
		}
		start, end = from, min(to, end)
	}
	out := pieces(text, start, end, hits)
	if before != "" {
		out = append(search.Passage{{Text: before}}, out...)
	}
	if after != "" {
		out = append(out, search.Piece{Text: after})
	}
	return out
}

// back and forth return the place n letters before and after i.
func back(text string, i, n int) int {
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:i])
		i -= size
	}
	return i
}

func forth(text string, i, n int) int {
	for ; n > 0 && i < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	return i
}

// wordStart returns the first place from i at which a word begins after a
// space; i if there is none before end.
func wordStart(text string, i, end int) int {
	if j := strings.IndexAny(text[i:end], " \n"); j >= 0 && j < MaxLetters/3 {
		return i + j + 1
	}
	return i
}

// wordBack returns the last place up to i at which a word ends before a
// space; i if there is none after start.
func wordBack(text string, i, start int) int {
	if j := strings.LastIndexAny(text[start:i], " \n"); j > 0 {
		return start + j
	}
	return i
}
