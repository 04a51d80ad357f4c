// Package rank scores documents by their words: BM25 over posting lists or over
// rows, and the nearness of words. It asks nothing of how the words came into a
// query.
package rank

import (
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/index/docs"
	"casebook/index/words"
)

// A Ranker scores the documents of an index.
type Ranker struct {
	Docs  *docs.Map
	Words *words.Index
	Norms []float32 // by document; see Norms
}

// A Word is one wish of a query, a word or a phrase, with all ways to fulfil it.
type Word struct {
	Leaves   []Leaf          // in a fixed order
	Stop     []bool          // by language: says nothing there, so nothing is missing where it is missing
	Any      *roaring.Bitmap // documents with one of the leaves
	IDF      float32
	Typed    *roaring.Bitmap // documents with a word that was typed, where others were added; else nil
	TypedIDF float32         // the weight of the word that was typed
}

// A Leaf is one way to fulfil a Word: a posting list, or documents found by
// looking at positions.
type Leaf struct {
	Lang   int // place in docs.Map.Langs; -1 for lists that all languages share
	List   *words.List
	Docs   []uint32        // without List: documents, ascending; nil for all of Bits
	Freqs  []float32       // of Docs
	Bits   *roaring.Bitmap // the documents
	Weight float32         // what an occurrence counts: 1, less for a synonym
	Title  bool            // the length of the text does not matter
	By     Origin
}

// An Origin says how a leaf came to its word.
type Origin uint8

// The origins.
const (
	Typed   Origin = iota // typed
	Tagged                // pages that are tagged with a term that was typed
	Synonym               // another name, or another spelling
)

// BM25's parameters, measured on a judged collection: frequencies as they
// are, not under a root, and little weight taken from repetition.
const (
	saturation  = 2.0  // k1: the larger, the more each repetition still counts
	lengthShare = 0.75 // b: the share of the length of a text in what it does to a score
)

// IDF is BM25's weight of a word that df of n documents have.
func IDF(df, n int) float32 {
	return float32(math.Log(1 + (float64(n-df)+0.5)/(float64(df)+0.5)))
}

// Norms returns what the lengths of texts do to their scores, by document: that
// of a length against the average of its language.
func Norms(m *docs.Map, lengths []int) []float32 {
	sum, count := make([]float64, len(m.Langs)), make([]float64, len(m.Langs))
	for d, u := range m.Units {
		sum[u.Lang] += float64(lengths[d])
		count[u.Lang]++
	}
	norms := make([]float32, len(m.Units))
	for d, u := range m.Units {
		average := max(1, sum[u.Lang]/count[u.Lang])
		norms[d] = float32(saturation * (1 - lengthShare + lengthShare*float64(lengths[d])/average))
	}
	return norms
}

// BM25 is the score of a word of a weight that stands so often in a text of a norm.
func BM25(idf, freq, norm float32) float32 { return idf * (saturation + 1) * freq / (freq + norm) }
