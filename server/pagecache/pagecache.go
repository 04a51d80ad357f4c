// Package pagecache keeps answers. A state of the content never changes, and
// so they don't: what one reader was sent is right for the next who asks for
// the same of the same state, which is therefore a part of every key. Answers
// of a state that is gone are asked for no more, and make room for others.
package pagecache

import (
	"context"
	"errors"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/sync/singleflight"
)

// A Cache keeps answers by key, those that were asked for last, within a bound
// of bytes. It is safe for concurrent use. The zero value keeps nothing.
type Cache[A any] struct {
	max  int // bytes
	size func(A) int

	flight singleflight.Group
	mu     sync.Mutex
	kept   *simplelru.LRU[string, A] // nil if nothing is kept
	bytes  int
}

// New returns a cache of at most so many bytes, which size counts for each
// answer; keys and what else an answer costs are counted too. With 0 bytes or
// less it keeps nothing.
func New[A any](maxBytes int, size func(A) int) *Cache[A] {
	c := &Cache[A]{max: maxBytes, size: size}
	if maxBytes > 0 {
		// The bound is that of bytes: there can't be more answers than it has room for the overhead of.
		c.kept, _ = simplelru.NewLRU(maxBytes/overhead+1, func(key string, a A) { c.bytes -= c.cost(key, a) }) // fails only for a size below 1
	}
	return c
}

// overhead is what a map, a list and two headers cost for an answer, about.
const overhead = 256

// maxShare bounds one answer: a share of the cache, so that a few large ones
// don't push out all others.
const maxShare = 8

// Get returns the answer of a key: a kept one, or what give makes. Of several
// who ask at once for what isn't kept one makes it for all, and its error is
// that of all, but for context.Canceled; where give says that its answer is
// not to be kept, each makes one.
func (c *Cache[A]) Get(key string, give func() (answer A, keep bool, err error)) (A, error) {
	if c.kept == nil {
		answer, _, err := give()
		return answer, err
	}
	if answer, ok := c.look(key); ok {
		return answer, nil
	}
	mine := false
	v, err, _ := c.flight.Do(key, func() (any, error) {
		mine = true
		answer, keep, err := give()
		if err == nil && keep {
			c.keep(key, answer)
		}
		return made[A]{answer, keep}, err
	})
	m, _ := v.(made[A])
	switch {
	case mine || err == nil && m.keep:
		return m.answer, err
	case errors.Is(err, context.Canceled): // the reader for whom it was made has left, the others have not
		return c.Get(key, give)
	case err != nil:
		return m.answer, err
	}
	answer, _, err := give()
	return answer, err
}

type made[A any] struct {
	answer A
	keep   bool
}

func (c *Cache[A]) look(key string) (A, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.kept.Get(key)
}

func (c *Cache[A]) cost(key string, a A) int { return overhead + len(key) + c.size(a) }

func (c *Cache[A]) keep(key string, a A) {
	cost := c.cost(key, a)
	if cost > c.max/maxShare {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept.Contains(key) { // made twice, by one who came when the other had just left
		return
	}
	for c.bytes+cost > c.max {
		c.kept.RemoveOldest()
	}
	c.kept.Add(key, a)
	c.bytes += cost
}
