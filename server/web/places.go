package web

import (
	"context"
	"net/http"
	"sync"
)

// Places bound how many requests are worked on at once; others wait.
type Places chan struct{}

// NewPlaces returns places for so many requests.
func NewPlaces(n int) Places { return make(Places, n) }

// Enter waits for a place; false where none gets free in time. A place is left
// when sending begins on a writer that Observe made, if not by leave before:
// what is sent lies in memory whole by then, and a reader who takes it slowly
// must not keep others out.
func (p Places) Enter(ctx context.Context, w http.ResponseWriter) (leave func(), ok bool) {
	select {
	case p <- struct{}{}:
	default:
		select {
		case p <- struct{}{}:
		case <-ctx.Done():
			return nil, false
		}
	}
	leave = sync.OnceFunc(func() { <-p })
	if a, ok := w.(*answer); ok {
		a.begun = leave
	}
	return leave, true
}
