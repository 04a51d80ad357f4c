package index

import (
	"strings"

	bindex "github.com/blevesearch/bleve_index_api"

	"casebook/content"
)

// What stands in a page's parts counts more or less.
const (
	titleWeight   = 3
	summaryWeight = 2
	partGap       = 16 // positions between two parts: no phrase reaches across
)

// Fields of bleve that all languages share: unstemmed words of the whole text
// and of titles. They say only which documents have a word.
const (
	wordsField      = "words"
	titleWordsField = "titles"
)

// A unit is a page in one language: one document of bleve.
type unit struct {
	page *content.Page // the version in this language
	slot uint32        // its page
	lang int           // its language's place in Snapshot.langs
}

// A part is a piece of a unit's text with what an occurrence in it counts.
type part struct {
	text   string
	weight int
}

// parts returns the text of a page in the order of reading.
func parts(p *content.Page, lib *content.Library) []part {
	ps := []part{{p.Title, titleWeight}, {p.Summary, summaryWeight}}
	for _, s := range p.Body.Sections {
		ps = append(ps, part{s.Title, 1}, part{s.Text, 1})
	}
	for _, f := range p.Original().Kind.Fields {
		switch f.Type {
		case content.TypeTerm:
			v, ok := lib.Vocabulary(f.Vocabulary)
			if !ok {
				continue
			}
			for _, val := range p.Values(f.Name) {
				if t, ok := v.Term(val.ID); ok {
					ps = append(ps, part{t.Label.In(p.Lang), 1})
					for _, alt := range t.Alt[p.Lang] {
						ps = append(ps, part{alt, 1})
					}
					for _, alt := range t.Alt[""] {
						ps = append(ps, part{alt, 1})
					}
				}
			}
		case content.TypeText:
			for _, val := range p.Values(f.Name) {
				ps = append(ps, part{val.ID, 1})
			}
		}
	}
	return ps
}

// A counter gathers the terms of one field of one document.
type counter struct{ freqs bindex.TokenFrequencies }

func newCounter(size int) *counter {
	return &counter{freqs: make(bindex.TokenFrequencies, size)}
}

// add counts one occurrence, weight times, at one position. A position below
// zero is not kept.
func (c *counter) add(term string, pos, weight int) {
	f, ok := c.freqs[term]
	if !ok {
		f = &bindex.TokenFreq{Term: []byte(term)}
		c.freqs[term] = f
	}
	f.SetFrequency(f.Frequency() + weight)
	if pos >= 0 {
		f.Locations = append(f.Locations, &bindex.TokenLocation{Position: pos + 1})
	}
}

// has adds the term without counting.
func (c *counter) has(term string) {
	if _, ok := c.freqs[term]; !ok {
		f := &bindex.TokenFreq{Term: []byte(term)}
		f.SetFrequency(1)
		c.freqs[term] = f
	}
}

// documentFields analyzes a unit into its fields and returns the length of
// its text: words that say something, weighted.
func documentFields(u unit, lib *content.Library, m *memo) ([]*field, int) {
	text, title, whole, titleWhole := newCounter(256), newCounter(16), newCounter(256), newCounter(16)
	pos, length := 0, 0
	for i, part := range parts(u.page, lib) {
		if part.text == "" {
			continue
		}
		n := m.tokens(part.text, func(t token) {
			if t.whole == "" {
				return
			}
			whole.has(t.whole)
			if i == 0 {
				titleWhole.has(t.whole)
			}
			if t.stop {
				return
			}
			if !t.compound {
				length += part.weight
			}
			for _, term := range t.terms {
				text.add(term, pos+t.pos, part.weight)
				if i == 0 {
					title.add(term, t.pos, 1)
				}
			}
		})
		pos += n + partGap
	}
	return []*field{
		{name: m.lang.textField(), opts: bindex.IndexField | bindex.IncludeTermVectors, counter: text},
		{name: m.lang.titleField(), opts: bindex.IndexField | bindex.IncludeTermVectors, counter: title},
		{name: wordsField, opts: bindex.IndexField, counter: whole},
		{name: titleWordsField, opts: bindex.IndexField, counter: titleWhole},
	}, length
}

// A field is a field of a bleve document whose terms are counted already. It
// stores no text and no values: pages and columns have them.
type field struct {
	*counter
	name string
	opts bindex.FieldIndexingOptions
}

func (f *field) Name() string                                      { return f.name }
func (f *field) Value() []byte                                     { return nil }
func (f *field) ArrayPositions() []uint64                          { return nil }
func (f *field) EncodedFieldType() byte                            { return 't' }
func (f *field) Analyze()                                          {}
func (f *field) Options() bindex.FieldIndexingOptions              { return f.opts }
func (f *field) AnalyzedLength() int                               { return len(f.freqs) }
func (f *field) AnalyzedTokenFrequencies() bindex.TokenFrequencies { return f.freqs }
func (f *field) NumPlainTextBytes() uint64                         { return 0 }
func (f *field) Size() int                                         { return 0 }

// titleKey is the form in which titles are compared with what people type.
func titleKey(title string) string { return strings.TrimSpace(foldText(title)) }
