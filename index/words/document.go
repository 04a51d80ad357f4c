package words

import (
	bindex "github.com/blevesearch/bleve_index_api"

	"casebook/index/docs"
	"casebook/index/rows"
	"casebook/index/text"
)

// partGap is how many positions are left free between two parts of a text: no
// phrase reaches across.
const partGap = 16

// A counter gathers the terms of one field of one document after another.
// Terms are numbers of an analyzer, so that counting hashes no string.
type counter struct {
	seen  []bool   // by term: the document has it
	terms []uint32 // the document's, in the order of their first occurrence
}

// has notes that the document has the term, once or more: with a frequency of
// zero bleve keeps none, nor a length beside it.
func (c *counter) has(m *text.Analyzer, term uint32) {
	for int(term) >= len(c.seen) {
		c.seen = append(c.seen, make([]bool, len(c.seen)+1024)...)
	}
	if !c.seen[term] {
		c.seen[term] = true
		c.terms = append(c.terms, term)
	}
}

// take returns what was counted, by term, and forgets it.
func (c *counter) take(m *text.Analyzer) bindex.TokenFrequencies {
	out := make(bindex.TokenFrequencies, len(c.terms))
	for _, term := range c.terms {
		out[string(m.Terms[term])] = &bindex.TokenFreq{Term: m.Terms[term]}
		c.seen[term] = false
	}
	c.terms = c.terms[:0]
	return out
}

// A tally counts the terms of documents in one language, one after another.
type tally struct {
	*text.Analyzer
	text, title, whole, titleWhole counter
	row                            rows.Writer
}

// count analyzes the parts of a document, its title first, and returns its length:
// words that say something, weighted.
func (t *tally) count(parts []docs.Part) int {
	pos, length := 0, 0
	t.row.Begin()
	for i, part := range parts {
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
	return length
}

// fields returns what was counted since the last call, of a document in a
// language.
func (t *tally) fields(m *docs.Map, lang int) []*field {
	return []*field{
		{name: Text(lang).name(m), opts: bindex.IndexField, freqs: t.text.take(t.Analyzer)},
		{name: Title(lang).name(m), opts: bindex.IndexField, freqs: t.title.take(t.Analyzer)},
		{name: Whole.name(m), opts: bindex.IndexField, freqs: t.whole.take(t.Analyzer)},
		{name: WholeTitle.name(m), opts: bindex.IndexField, freqs: t.titleWhole.take(t.Analyzer)},
	}
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
