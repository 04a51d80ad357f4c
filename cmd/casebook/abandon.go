package main

import (
	"context"
	"time"
)

// patience is how long work may go on after it was told to stop.
const patience = 2 * time.Second

// orAbandon returns what f does. Where f goes on after ctx has ended, because
// a file system hangs and can't be interrupted, it is left behind and the
// error is that of ctx.
func orAbandon[T any](ctx context.Context, patience time.Duration, f func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		value, err := f()
		done <- outcome{value, err}
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
	}
	select {
	case o := <-done:
		return o.value, o.err
	case <-time.After(patience):
		var none T
		return none, context.Cause(ctx)
	}
}
