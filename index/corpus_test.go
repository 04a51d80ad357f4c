package index

import (
	"context"
	"sync"
	"testing"
	"time"

	"casebook/content"
	"casebook/content/load"
	"casebook/index/indextest"
)

// Test content; see indextest.
var (
	today     = indextest.Today
	madeWords = indextest.MadeWords
	loaded    = indextest.Load
	folder    = indextest.Folder
	page      = indextest.Page
	made      = indextest.Made
	pick      = indextest.Pick
)

var loadShipped = sync.OnceValues(func() (*content.Library, error) {
	lib, _, err := load.Load(context.Background(), content.Default, load.Options{Today: today})
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

// patience is how long searches of tests may take: what they find does not depend
// on how busy the machine is.
const patience = time.Minute

// build returns a snapshot that is released when the test ends.
func build(t testing.TB, lib *content.Library, opts Options) *Snapshot {
	t.Helper()
	if opts.Deadline == 0 {
		opts.Deadline = patience
	}
	s, err := Build(context.Background(), lib, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Release)
	return s
}
