package index

import (
	bindex "github.com/blevesearch/bleve_index_api"

	"casebook/content"
	"casebook/index/docs"
	"casebook/index/rows"
	"casebook/index/text"
)

// partGap is how many positions are left free between two parts: no phrase
// reaches across.
const partGap = 16

// Fields of bleve that all languages share: unstemmed words of the whole text
// and of titles. They say only which documents have a word.
const (
	wordsField      = "words"
	titleWordsField = "titles"
)

// textField and titleField are the names of a language's fields in bleve.
func textField(l *text.Language) string  { return "text_" + l.Code }
func titleField(l *text.Language) string { return "title_" + l.Code }

// A counter gathers the terms of one field of one document after another.
// Terms are numbers of a memo, so that counting hashes no string.
type counter struct {
	at    []uint32            // term -> 1 + its place in freqs, 0 if the document lacks it
	terms []uint32            // the document's, in the order of their first occurrence
	freqs []*bindex.TokenFreq // the same
}

// of returns what is counted of a term so far.
func (c *counter) of(m *text.Analyzer, term uint32) *bindex.TokenFreq {
	for int(term) >= len(c.at) {
		c.at = append(c.at, make([]uint32, len(c.at)+1024)...)
	}
	if i := c.at[term]; i > 0 {
		return c.freqs[i-1]
	}
	f := &bindex.TokenFreq{Term: m.Terms[term]}
	c.terms = append(c.terms, term)
	c.freqs = append(c.freqs, f)
	c.at[term] = uint32(len(c.freqs))
	return f
}

// has notes that the document has the term, once or more: with a frequency of
// zero bleve keeps none, nor a length beside it.
func (c *counter) has(m *text.Analyzer, term uint32) { c.of(m, term) }

// take returns what was counted, by term, and forgets it.
func (c *counter) take(m *text.Analyzer) bindex.TokenFrequencies {
	out := make(bindex.TokenFrequencies, len(c.freqs))
	for i, term := range c.terms {
		out[string(m.Terms[term])] = c.freqs[i]
		c.at[term] = 0
	}
	c.terms, c.freqs = c.terms[:0], c.freqs[:0]
	return out
}

// A tally counts the terms of units of one language. It belongs to one
// goroutine.
type tally struct {
	*text.Analyzer
	text, title, whole, titleWhole counter
	row                            rows.Writer
}

// fields analyzes a page in one language into its fields and its row of the
// forward index, and returns the length of its text: words that say something,
// weighted.
func (t *tally) fields(p *content.Page, lib *content.Library) ([]*field, int) {
	pos, length := 0, 0
	t.row.Begin()
	for i, part := range docs.Parts(p, lib) {
		if part.Text == "" {
			continue
		}
		n := t.Tokens(part.Text, func(tok text.Token) {
			if tok.Whole == "" {
				return
			}
			t.Number(tok.Analysis)
			t.whole.has(t.Analyzer, tok.WholeID)
			if i == 0 {
				t.titleWhole.has(t.Analyzer, tok.WholeID)
			}
			if tok.Stop {
				return
			}
			if !tok.Compound {
				length += part.Weight
			}
			for _, id := range tok.TermIDs {
				t.text.has(t.Analyzer, id)
				if i == 0 {
					t.title.has(t.Analyzer, id)
				}
				t.row.Add(id, pos+tok.Pos, i)
			}
		})
		pos += n + partGap
	}
	return []*field{
		{name: textField(t.Lang), opts: bindex.IndexField, freqs: t.text.take(t.Analyzer)},
		{name: titleField(t.Lang), opts: bindex.IndexField, freqs: t.title.take(t.Analyzer)},
		{name: wordsField, opts: bindex.IndexField, freqs: t.whole.take(t.Analyzer)},
		{name: titleWordsField, opts: bindex.IndexField, freqs: t.titleWhole.take(t.Analyzer)},
	}, length
}

// A field is a field of a bleve document whose terms are counted already. It
// stores no text and no values: pages and columns have them.
type field struct {
	name  string
	opts  bindex.FieldIndexingOptions
	freqs bindex.TokenFrequencies
	value []byte // of the id alone
}

func (f *field) Name() string                                      { return f.name }
func (f *field) Value() []byte                                     { return f.value }
func (f *field) ArrayPositions() []uint64                          { return nil }
func (f *field) EncodedFieldType() byte                            { return 't' }
func (f *field) Analyze()                                          {}
func (f *field) Options() bindex.FieldIndexingOptions              { return f.opts }
func (f *field) AnalyzedLength() int                               { return 1 } // kept with every occurrence, never asked: norms are ours
func (f *field) AnalyzedTokenFrequencies() bindex.TokenFrequencies { return f.freqs }
func (f *field) NumPlainTextBytes() uint64                         { return 0 }
func (f *field) Size() int                                         { return 0 }
