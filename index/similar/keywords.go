package similar

import (
	"cmp"
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"casebook/content"
	"casebook/index/docs"
	"casebook/index/rank"
	"casebook/index/text"
	"casebook/index/words"
)

// Bounds of the words by which a page is compared with others.
const (
	maxKeywords = 24       // of a page in one language
	maxCompared = 32       // of a page in all its languages: so many posting lists are read
	maxVersions = 4        // languages
	maxBytes    = 64 << 10 // bytes of a page that are looked at
	maxWeighed  = 128      // of a page in one language: of so many it is looked up how many pages have them
	minPostings = 10_000   // so long their lists may be together; longer only where a common word's is
	minRepeated = 8        // words that a page says more than once, from which the others are left out
)

// A keyword says what a page is about: the page has it often, few others have it.
type keyword struct {
	list   *words.List
	whole  string  // folded, as the page has it most often
	weight float32 // of an occurrence elsewhere
}

// A mention is a word of a page with how often the page says it, what stands
// in its title and its summary more.
type mention struct {
	term  string
	whole string
	n     int
	most  int // of n: the form that is kept in whole
}

// mentions counts the words of a page that may say what it is about, the most
// frequent first, of two as frequent the one that comes first.
func mentions(m *text.Analyzer, p *content.Page) []mention {
	var found []mention
	place := make(map[string]int)
	forms := make(map[*text.Analysis]int)
	var order []*text.Analysis
	left := maxBytes
	for _, part := range docs.Prose(p) {
		body := text.AtMost(part.Text, left)
		left -= len(body)
		m.Tokens(body, func(t text.Token) {
			if t.Compound || t.Stop || len(t.Terms) == 0 || !speaks(t.Whole) {
				return
			}
			if forms[t.Analysis] == 0 {
				order = append(order, t.Analysis)
			}
			forms[t.Analysis] += part.Weight
		})
	}
	for _, a := range order {
		// The last stem is that of the folded word, which all pages with the word have, however they write its accents.
		term, n := a.Terms[len(a.Terms)-1], forms[a]
		i, ok := place[term]
		if !ok {
			i = len(found)
			place[term] = i
			found = append(found, mention{term: term})
		}
		f := &found[i]
		if f.n += n; n > f.most {
			f.whole, f.most = a.Whole, n
		}
	}
	slices.SortStableFunc(found, func(a, b mention) int { return cmp.Compare(b.n, a.n) })
	return found
}

// speaks reports whether a folded word may say what a page is about: it is
// neither a number nor a single letter.
func speaks(whole string) bool {
	return utf8.RuneCountInString(whole) > 1 && slices.ContainsFunc([]rune(whole), unicode.IsLetter)
}

// keywords returns the n most telling words of a page, which is the document doc,
// the most telling first. Their weights are such that the page itself would score 1.
func (x *Index) keywords(reader *words.Reader, page *content.Page, doc uint32, n int) ([]keyword, error) {
	lang := int(x.docs.Units[doc].Lang)
	all := mentions(text.NewAnalyzer(x.docs.Langs[lang]), page)
	if len(all) == 0 {
		return nil, nil
	}
	all = all[:min(len(all), maxWeighed)]
	if i := slices.IndexFunc(all, func(m mention) bool { return m.n == 1 }); i >= minRepeated {
		all = all[:i] // what is said once is mostly said in passing
	}
	field := words.Text(lang)
	type choice struct {
		mention
		have int
		idf  float32
		rank float64
	}
	inLang := int(x.docs.InLang[lang].GetCardinality())
	var chosen []choice
	for _, m := range all {
		have, err := reader.Count(field, m.term)
		if err != nil {
			return nil, err
		}
		if have > 1 { // else it leads to no other page
			w := rank.IDF(have, inLang)
			// The root keeps what all pages say, and say often, from filling the list.
			chosen = append(chosen, choice{m, have, w, math.Sqrt(float64(m.n)) * float64(w)})
		}
	}
	slices.SortStableFunc(chosen, func(a, b choice) int { return cmp.Compare(b.rank, a.rank) })
	var found []keyword
	own := float32(0)
	room := max(minPostings, inLang)
	for _, c := range chosen {
		if len(found) == n {
			break
		}
		if c.have > room { // rarer ones tell more for less
			continue
		}
		room -= c.have
		l, err := reader.Docs(field, c.term)
		if err != nil {
			return nil, err
		}
		if l == nil {
			continue
		}
		freq := float32(c.n)
		w := keyword{list: l, whole: c.whole, weight: freq * c.idf}
		own += rank.BM25(w.weight, freq, x.ranker.Norms[doc])
		found = append(found, w)
	}
	for i := range found {
		found[i].weight /= own
	}
	return found, nil
}
