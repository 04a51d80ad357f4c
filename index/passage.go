package index

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/content"
	"casebook/search"
)

// Bounds of a passage and of the work for one.
const (
	maxPassage   = 280      // letters of a passage
	maxScan      = 64 << 10 // bytes of a page that are looked at
	maxMarks     = 2_000    // marks of a page that are looked at
	maxMarkSpans = 64       // groups of words that are told apart
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
	lang := m.snap.langOf[tag]
	if w, ok := m.byLang[lang]; ok {
		return w
	}
	w := &wanted{words: make(map[string]uint64), cut: make(map[string]uint64)}
	for i, g := range m.groups {
		bit := uint64(1) << i
		for _, t := range g.terms[lang] {
			for _, surface := range m.snap.surfaces[lang][t] {
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
	folded := fold(strings.ReplaceAll(plain(surface), "'", ""))
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
func (w *wanted) scan(text string) []hitWord {
	var out []hitWord
	first := 0 // where the hyphenated compound begins
	for x := range words(text) {
		if !x.glued {
			first = x.start
		}
		b := w.of(text[x.start:x.end])
		h := hitWord{x.start, x.end, b}
		if x.glued {
			if c := w.of(text[first:x.end]); c != 0 { // the compound as one word
				h = hitWord{first, x.end, b | c}
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

// passage returns the sentences of the page that say most of what the query
// wants, whole and at most maxPassage letters; its summary where the text
// says nothing of it.
func (m *marker) passage(p *content.Page) search.Passage {
	w := m.in(p.Lang)
	var best window
	var text string
	var hits []hitWord
	budget := maxScan
	for _, s := range p.Body.Sections {
		t := s.Text
		if len(t) > budget {
			t = t[:budget]
			for len(t) > 0 && !utf8.ValidString(t[max(0, len(t)-utf8.UTFMax):]) {
				t = t[:len(t)-1]
			}
		}
		if budget -= len(t); len(t) == 0 {
			break
		}
		found := w.scan(t)
		if len(found) == 0 {
			continue
		}
		if win := m.window(t, found); win.value > best.value {
			best, text, hits = win, t, found
		}
	}
	if text == "" {
		return m.short(p.Summary, w.scan(p.Summary))
	}
	return m.cut(text, best, hits)
}

// short returns a summary, cut at a word if it is long.
func (m *marker) short(text string, hits []hitWord) search.Passage {
	if utf8.RuneCountInString(text) <= maxPassage+40 {
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
func (m *marker) window(text string, hits []hitWord) window {
	ends := sentences(text)
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
			letters := utf8.RuneCountInString(text[start:end])
			at := win.end
			for _, next := range ends[i+1:] {
				if letters += utf8.RuneCountInString(text[at:next]); letters > maxPassage {
					break
				}
				// Another paragraph or item only where it says more.
				value := m.value(hits[h:], start, next)
				if more := value > win.value; more || text[at-1] != '\n' && at == win.end {
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
// of its distinct groups, and a little for how often.
func (m *marker) value(hits []hitWord, start, end int) float64 {
	var seen uint64
	n := 0
	for _, h := range hits {
		if h.start >= end {
			break
		}
		if h.start >= start {
			seen |= h.groups
			n++
		}
	}
	sum := 0.0
	for x := seen; x != 0; x &= x - 1 {
		sum += 0.2 + float64(m.groups[bits.TrailingZeros64(x)].idf)
	}
	return sum + 0.05*float64(min(n, 10))
}

// cut makes the passage of a window; a sentence that is too long is cut at
// words, around its first mark.
func (m *marker) cut(text string, w window, hits []hitWord) search.Passage {
	start, end := w.start, w.end
	for start < end && (text[start] == ' ' || text[start] == '\n') {
		start++
	}
	for start < end && (text[end-1] == ' ' || text[end-1] == '\n') {
		end--
	}
	before, after := "", ""
	if utf8.RuneCountInString(text[start:end]) > maxPassage {
		from := start
		for _, h := range hits {
			if h.start >= start && h.end <= end {
				from = max(start, back(text, h.start, maxPassage/3))
				break
			}
		}
		to := forth(text, from, maxPassage)
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
	if j := strings.IndexAny(text[i:end], " \n"); j >= 0 && j < maxPassage/3 {
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

// sentences returns where the sentences of a text end, the space behind them
// included. A line is the end of a sentence.
func sentences(text string) []int {
	ends := make([]int, 0, len(text)/80+2)
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf && c != '.' && c != '!' && c != '?' && c != '\n' {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		switch r {
		case '\n', '。', '！', '？':
			ends = append(ends, i)
		case '.', '!', '?', '؟', '۔', '…':
			j := i
			for j < len(text) {
				r, n := utf8.DecodeRuneInString(text[j:])
				if !strings.ContainsRune(`"'”’»)]`, r) {
					break
				}
				j += n
			}
			if j < len(text) && text[j] == ' ' && startsSentence(text[j+1:]) && !abbreviation(text[:i]) {
				i = j + 1
				ends = append(ends, i)
			}
		}
	}
	if len(ends) == 0 || ends[len(ends)-1] < len(text) {
		ends = append(ends, len(text))
	}
	return ends
}

// startsSentence reports whether what follows a point can begin a sentence:
// anything but a small letter.
func startsSentence(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\"'“‘«(["))
	return !unicode.IsLower(r)
}

// abbreviation reports whether the text ends with a point that belongs to a
// word of one or two letters or to a known short form.
func abbreviation(s string) bool {
	s = strings.TrimSuffix(s[max(0, len(s)-16):], ".")
	i := strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' })
	last := s[i+1:]
	switch strings.ToLower(last) {
	case "no", "art", "para", "paras", "mr", "mrs", "dr", "st", "vs", "e.g", "i.e", "p", "pp", "vol", "cf":
		return true
	}
	r, n := utf8.DecodeRuneInString(last)
	return n > 0 && n == len(last) && unicode.IsUpper(r)
}
