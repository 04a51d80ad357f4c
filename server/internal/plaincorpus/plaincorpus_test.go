package plaincorpus

import "testing"

func TestSampleContentIsWhole(t *testing.T) {
	lib := New(t).Lib
	if lib.Len() != 7 || len(lib.Images) != 1 {
		t.Errorf("%d pages, %d images", lib.Len(), len(lib.Images))
	}
}
