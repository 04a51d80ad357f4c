package index

import "sync/atomic"

// Live holds the snapshot that answers now. Swap puts another in its place
// while searches run.
type Live struct{ cur atomic.Pointer[Snapshot] }

// NewLive returns a Live that holds s and owns the reference that Build gave.
func NewLive(s *Snapshot) *Live {
	l := new(Live)
	l.cur.Store(s)
	return l
}

// Acquire returns the newest snapshot; the caller must Release it. A request
// acquires once, so that its hits, its facets and its pages are of the same
// content. After Close it returns nil.
func (l *Live) Acquire() *Snapshot {
	for {
		if s := l.cur.Load(); s == nil || s.retain() {
			return s
		}
	}
}

// Swap makes next current. Searches on the old snapshot finish undisturbed;
// the last of them closes its index. After Close next is released at once.
func (l *Live) Swap(next *Snapshot) {
	for {
		old := l.cur.Load()
		switch {
		case old == nil:
			next.Release()
			return
		case l.cur.CompareAndSwap(old, next):
			old.Release()
			return
		}
	}
}

// Close gives up the current snapshot, once.
func (l *Live) Close() {
	if s := l.cur.Swap(nil); s != nil {
		s.Release()
	}
}
