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
// content.
func (l *Live) Acquire() *Snapshot {
	for {
		if s := l.cur.Load(); s.retain() {
			return s
		}
	}
}

// Swap makes next current. Searches on the old snapshot finish undisturbed;
// the last of them closes its index.
func (l *Live) Swap(next *Snapshot) { l.cur.Swap(next).Release() }

// Close gives up the current snapshot. Nothing may be acquired after it.
func (l *Live) Close() { l.cur.Load().Release() }
