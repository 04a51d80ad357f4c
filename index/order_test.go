package index

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
)

// The first pages of any set in any order are the same whether the set or the
// order is gone through.
func TestFirstInOrder(t *testing.T) {
	s := build(t, loaded(t, made(8, 200)), Options{})
	r := rand.New(rand.NewPCG(5, 5))
	walked := 0
	for _, name := range sortedKeys(s.order) {
		o := s.order[name]
		for range 40 {
			found := roaring.New()
			share := r.Float64()
			for it := s.Originals.Iterator(); it.HasNext(); {
				if d := it.Next(); r.Float64() < share {
					found.Add(d)
				}
			}
			n := 1 + r.IntN(60)
			if c := found.GetCardinality(); c*c >= uint64(s.Pages()*n) {
				walked++
			}
			var want []uint32
			for it := found.Iterator(); it.HasNext(); {
				want = append(want, s.Units[it.Next()].Page)
			}
			slices.SortFunc(want, func(a, b uint32) int { return int(o.ranks[s.Original(a)]) - int(o.ranks[s.Original(b)]) })
			want = want[:min(n, len(want))]
			var got []uint32
			for _, k := range s.first(found, o, n, newScratch(len(s.Units))) {
				got = append(got, k.Page())
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s, %d of %d pages: %v, want %v", name, n, found.GetCardinality(), got, want)
			}
		}
	}
	if walked < 50 || walked > 40*len(s.order)-50 {
		t.Errorf("%d of %d times the order was gone through", walked, 40*len(s.order))
	}
}
