package rank

import (
	"github.com/RoaringBitmap/roaring/v2"

	"casebook/index/top"
	"casebook/index/words"
)

// A Scratch is the memory of one search that grows with the number of
// documents. Scores and sums are zero between searches; one that was
// broken off leaves them as they are.
type Scratch struct {
	Scores  []float32 // by document
	Sums    []float32 // by document: frequencies of one word, or what else is added up
	Keys    []top.Key // room
	Docs    []uint32  // a chunk of documents
	Weights []float32 // room

	freqs []float32 // of Docs
	buf   *words.Buffer
}

// NewScratch returns the memory for n documents.
func NewScratch(n int) *Scratch {
	return &Scratch{Scores: make([]float32, n), Sums: make([]float32, n),
		Docs: make([]uint32, words.Chunk), freqs: make([]float32, words.Chunk), buf: words.NewBuffer()}
}

// AddTo adds x to the sums of all of the documents.
func (sc *Scratch) AddTo(docs *roaring.Bitmap, x float32) {
	it := docs.ManyIterator()
	for n := it.NextMany(sc.Docs); n > 0; n = it.NextMany(sc.Docs) {
		for _, d := range sc.Docs[:n] {
			sc.Sums[d] += x
		}
	}
}

// Forget makes the scores of documents zero again.
func (sc *Scratch) Forget(docs *roaring.Bitmap) {
	if docs.GetCardinality()*8 > uint64(len(sc.Scores)) {
		clear(sc.Scores)
		return
	}
	for it := docs.Iterator(); it.HasNext(); {
		sc.Scores[it.Next()] = 0
	}
}
