package index

import (
	"context"
	"sync"
	"testing"
	"time"

	"casebook/content"
)

// today is the day on which test content is loaded: open periods end there.
var today = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

var loadShipped = sync.OnceValues(func() (*content.Library, error) {
	lib, _, err := content.Load(context.Background(), content.Default, content.Options{Today: today})
	return lib, err
})

// shipped returns a snapshot of the content that the program comes with.
func shipped(t testing.TB) *Snapshot {
	t.Helper()
	lib, err := loadShipped()
	if err != nil {
		t.Fatal(err)
	}
	return build(t, lib, Options{})
}

// build returns a snapshot that is released when the test ends.
func build(t testing.TB, lib *content.Library, opts Options) *Snapshot {
	t.Helper()
	s, err := Build(context.Background(), lib, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Release)
	return s
}
