package disk

import (
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"casebook/content"
)

// cacheBytes is how many bytes of pages are kept, about.
const cacheBytes = 32 << 20

// A pageCache keeps the pages that were asked for last, up to so many bytes.
type pageCache struct {
	mu    sync.Mutex
	pages *simplelru.LRU[int, cachedPage] // by place; never full by number
	bytes int                             // of all that may be kept
	room  int                             // bytes that may still be kept
}

type cachedPage struct {
	page *content.Page
	size int
}

func newPageCache(bytes int) *pageCache {
	return &pageCache{pages: must(simplelru.NewLRU[int, cachedPage](math.MaxInt, nil)), bytes: bytes, room: bytes}
}

func (c *pageCache) get(place int) (*content.Page, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept, ok := c.pages.Get(place)
	return kept.page, ok
}

// add keeps a page, unless it is so large that it would push out many.
func (c *pageCache) add(place int, p *content.Page, size int) {
	if size > c.bytes/8 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pages.Contains(place) { // another goroutine has read it too
		return
	}
	for c.room < size {
		_, oldest, _ := c.pages.RemoveOldest()
		c.room += oldest.size
	}
	c.room -= size
	c.pages.Add(place, cachedPage{p, size})
}
