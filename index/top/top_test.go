package top

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestKeys(t *testing.T) {
	best := []Key{ // best first
		ByScore(Title, 0, 9), ByScore(All, 5, 9), ByScore(All, 1.5, 2), ByScore(All, 1.5, 3), ByScore(All, 0, 0), ByScore(Some, 100, 1), ByScore(Some, -1, 7),
	}
	for i := 1; i < len(best); i++ {
		if best[i-1] <= best[i] {
			t.Errorf("key %d is not better than the next", i-1)
		}
	}
	k := ByScore(Some, 3.25, 1<<31-1)
	if k.Tier() != Some || k.Score() != 3.25 || k.Page() != 1<<31-1 {
		t.Errorf("tier %d, score %v, page %d", k.Tier(), k.Score(), k.Page())
	}
	if a, b := ByScore(All, 1, 4), ByScore(All, math.Nextafter32(1, 2), 4); a != b {
		t.Error("the last bits of a score make a difference")
	}
	if ByRank(0, 5) <= ByRank(1, 2) || ByRank(3, 1) <= ByRank(3, 2) || ByRank(7, 12).Page() != 12 {
		t.Error("ranks: the first is not the best")
	}
}

func TestPages(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 7))
	for _, n := range []int{0, 1, 2, 7, 20, 500} {
		for range 20 {
			var all []Key
			pages := New(n, make([]Key, 3))
			for page := range uint32(r.IntN(60)) {
				k := ByScore(r.IntN(3), float32(r.IntN(5)), page)
				all = append(all, k)
				pages.Add(k)
			}
			slices.Sort(all)
			slices.Reverse(all)
			if got, want := pages.Sorted(), all[:min(n, len(all))]; !slices.Equal(got, want) {
				t.Fatalf("the best %d of %d: %v, want %v", n, len(all), got, want)
			}
		}
	}
}
