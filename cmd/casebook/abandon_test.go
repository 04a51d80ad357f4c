package main

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// Work that goes on after it was told to stop is left behind after a while,
// work that ends in that time has its own word.
func TestOrAbandon(t *testing.T) {
	broken := errors.New("broken")
	tests := []struct {
		name  string
		takes time.Duration // after the end of the context
		err   error
		want  error
	}{
		{"ends in time", time.Second, nil, nil},
		{"fails in time", time.Second, broken, broken},
		{"hangs", time.Hour, nil, context.Canceled},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				begun := time.Now()
				time.AfterFunc(time.Minute, cancel)
				_, err := orAbandon(ctx, 2*time.Second, func() (int, error) {
					time.Sleep(time.Minute + tt.takes)
					return 1, tt.err
				})
				if !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) {
					t.Errorf("error %v, want %v", err, tt.want)
				}
				if took, want := time.Since(begun), time.Minute+min(tt.takes, 2*time.Second); took != want {
					t.Errorf("returned after %s, want %s", took, want)
				}
				time.Sleep(2 * time.Hour) // what was left behind has to end before the bubble does
			})
		})
	}
	if n, err := orAbandon(t.Context(), 0, func() (int, error) { return 7, nil }); n != 7 || err != nil {
		t.Errorf("%d, %v; want 7", n, err)
	}
}
