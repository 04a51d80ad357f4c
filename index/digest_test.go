package index

import (
	"bytes"
	"strings"
	"testing"
)

// The digest of the program is the same each time, and the sample is read
// whole: a sample with errors would leave changes unnoticed.
func TestProgramDigest(t *testing.T) {
	var first bytes.Buffer
	if err := digestProgram(&first); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		var again bytes.Buffer
		if err := digestProgram(&again); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(again.Bytes(), first.Bytes()) {
			t.Fatal("the digest of one program differs")
		}
	}
	for _, want := range []string{"casebook state", "text_en", "counternarr", "organ [", "world", "retold", "alik", "autr"} {
		if !strings.Contains(first.String(), want) {
			t.Errorf("%q is not part of the digest", want)
		}
	}
	if d := program().Digest; len(d) != 16 {
		t.Errorf("digest %q", d)
	}
}
