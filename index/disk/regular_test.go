package disk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A small file is read up to its bound and not past it.
func TestReadSmall(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, []byte("12345"), 0o666); err != nil {
		t.Fatal(err)
	}
	for most, want := range map[int64]string{6: "12345", 5: "12345", 4: "it has 5 bytes, more than 4"} {
		got, err := readSmall(name, most)
		if err != nil {
			if !strings.HasSuffix(err.Error(), want) {
				t.Errorf("at most %d: %v, want %s", most, err, want)
			}
		} else if string(got) != want {
			t.Errorf("at most %d: %q, want %q", most, got, want)
		}
	}
}
