package load

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"casebook/content"
)

func shippedLibrary(t *testing.T) *content.Library {
	t.Helper()
	lib, _, err := Load(t.Context(), content.Default, Options{Today: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)})
	if err != nil || lib.Len() < 100 {
		t.Fatal(err)
	}
	return lib
}

// A library whose bodies are kept aside is the same as one in memory.
func TestSpill(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "spill"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lib, _, err := Load(t.Context(), content.Default, Options{Today: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), Spill: f})
	if err != nil {
		t.Fatal(err)
	}
	if info, err := f.Stat(); err != nil || info.Size() < 1<<20 {
		t.Fatalf("little was kept aside: %v, %v", info.Size(), err)
	}
	want := shippedLibrary(t)
	if lib.Len() != want.Len() || lib.Revision != want.Revision || !reflect.DeepEqual(lib.Table().Data(), want.Table().Data()) {
		t.Errorf("%d pages, revision %s", lib.Len(), lib.Revision)
	}
	for i := range want.Len() {
		got, err := lib.At(i)
		if err != nil {
			t.Fatal(err)
		}
		if p, _ := want.At(i); !reflect.DeepEqual(got, p) {
			t.Errorf("%s is another page", p.ID)
		}
	}
}

// A full disk while bodies are kept aside is an error of Load.
func TestSpillFull(t *testing.T) {
	full := errors.New("full")
	if _, _, err := Load(t.Context(), content.Default, Options{Spill: brokenSpill{full}}); !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
}

type brokenSpill struct{ err error }

func (b brokenSpill) Write([]byte) (int, error)         { return 0, b.err }
func (b brokenSpill) ReadAt([]byte, int64) (int, error) { return 0, b.err }

// A failingSpill keeps what is written, and fails to give it from some read on.
type failingSpill struct {
	bytes.Buffer
	reads, failAt int
}

var errRead = errors.New("read")

func (s *failingSpill) ReadAt(b []byte, off int64) (int, error) {
	if s.reads++; s.failAt > 0 && s.reads >= s.failAt {
		return 0, errRead
	}
	return copy(b, s.Bytes()[off:]), nil
}

// A body that can't be read back, the original's or a translation's, is an
// error for that page, and one that comes back damaged too.
func TestSpillUnreadable(t *testing.T) {
	spill := &failingSpill{}
	lib, _, err := Load(t.Context(), baseWith(t), Options{Today: today, Spill: spill})
	if err != nil {
		t.Fatal(err)
	}
	p, err := lib.Page("notes/first")
	if err != nil || len(p.Translations) != 1 || len(p.Body.Sections) != 1 || len(p.In("fr").Body.Sections) != 1 || p.In("fr").Of != p {
		t.Fatalf("%+v, %v", p, err)
	}
	for failAt := 1; failAt <= 2; failAt++ {
		spill.reads, spill.failAt = 0, failAt
		if p, err := lib.Page("notes/first"); !errors.Is(err, errRead) || p != nil {
			t.Errorf("when read %d fails: %v, %v", failAt, p, err)
		}
	}
	spill.failAt = 0
	for i := range spill.Bytes() {
		spill.Bytes()[i] = 0xff
	}
	if p, err := lib.Page("notes/first"); err == nil {
		t.Errorf("damaged it is %+v", p)
	}
}
