package web

import (
	"context"
	"sync"
)

// Places bound how many requests are worked on at once; others wait.
type Places chan struct{}

// NewPlaces returns places for so many requests.
func NewPlaces(n int) Places { return make(Places, n) }

// Enter waits for a place; false where none gets free in time. The caller must
// leave it before anything is sent: a reader who takes that slowly must not
// keep others out.
func (p Places) Enter(ctx context.Context) (leave func(), ok bool) {
	select {
	case p <- struct{}{}:
	default:
		select {
		case p <- struct{}{}:
		case <-ctx.Done():
			return nil, false
		}
	}
	return sync.OnceFunc(func() { <-p }), true
}
