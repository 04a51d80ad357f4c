// Package top says which pages come first in an answer: it makes one number of what
// a page is ordered by, and keeps the best of many.
package top

import (
	"cmp"
	"math"
	"slices"
)

// A Key is the place of one page in an answer; larger is better. From the
// left: two bits of tier, 31 of score or rank, 31 that turn ties to the
// page that comes first in the library.
type Key uint64

const slotBits = 31

// The tiers of an answer in order of relevance.
const (
	Some  = iota // most of the words
	All          // all of the words
	Title        // the words are the title
)

// ByScore makes a key of a score, which is not negative. Its last bits are
// dropped: they may differ between processors.
func ByScore(tier int, score float32, page uint32) Key {
	bits := math.Float32bits(max(0, score)) &^ 0xff
	return Key(tier)<<62 | Key(bits)<<slotBits | Key(^page)&(1<<slotBits-1)
}

// ByRank makes a key of a place in an order, 0 first.
func ByRank(rank, page uint32) Key {
	return Key(^rank)&(1<<slotBits-1)<<slotBits | Key(^page)&(1<<slotBits-1)
}

// Page returns the page that the key is of.
func (k Key) Page() uint32 { return ^uint32(k) & (1<<slotBits - 1) }

// Tier returns the tier of ByScore.
func (k Key) Tier() int { return int(k >> 62) }

// Score returns the score of ByScore, without its last bits.
func (k Key) Score() float32 {
	return math.Float32frombits(uint32(k >> slotBits & (1<<slotBits - 1)))
}

// Pages keeps the best n pages: a heap with the worst of them first.
type Pages struct {
	n    int
	keys []Key
}

// New returns a Pages of the best n that uses the room of some keys.
func New(n int, room []Key) Pages { return Pages{n, room[:0]} }

// Add takes a page, if it is among the best so far.
func (t *Pages) Add(k Key) {
	h := t.keys
	switch {
	case t.n == 0:
		return
	case len(h) < t.n:
		h = append(h, k)
		for i := len(h) - 1; i > 0; {
			up := (i - 1) / 2
			if h[up] <= h[i] {
				break
			}
			h[up], h[i] = h[i], h[up]
			i = up
		}
		t.keys = h
		return
	case k <= h[0]:
		return
	}
	h[0] = k
	for i := 0; ; {
		c := 2*i + 1
		if c >= len(h) {
			break
		}
		if c+1 < len(h) && h[c+1] < h[c] {
			c++
		}
		if h[i] <= h[c] {
			break
		}
		h[i], h[c] = h[c], h[i]
		i = c
	}
}

// Sorted returns the kept keys, best first.
func (t *Pages) Sorted() []Key {
	Sort(t.keys)
	return t.keys
}

// Sort puts keys in order, best first.
func Sort(keys []Key) { slices.SortFunc(keys, func(a, b Key) int { return cmp.Compare(b, a) }) }
