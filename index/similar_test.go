package index

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"casebook/search"
)

func mustSimilar(t testing.TB, s *Snapshot, id, lang string, n int) []search.Similar {
	t.Helper()
	found, err := s.Similar(context.Background(), id, lang, n)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Whatever the content: no page is like itself, none comes twice, all are of
// its kind and have what they are said to share, the best come first, fewer
// that are asked for are the first of more, and another build or the index on
// disk says the same.
func TestSimilarAlways(t *testing.T) {
	for _, seed := range []uint64{5, 6} {
		files := made(seed, 80)
		a, b := build(t, loaded(t, files), Options{Workers: 1}), build(t, loaded(t, files), Options{Workers: 3})
		dir, src := written(t, files)
		stored := opened(t, dir, src).Snapshot
		for p := range a.Library().All() {
			found := mustSimilar(t, a, p.ID, "fr", 100)
			if p.Kind.ID == "note" && len(found) < 3 {
				t.Errorf("%s is like %d pages", p.ID, len(found))
			}
			seen := map[string]bool{p.ID: true}
			for i, f := range found {
				other, err := a.Page(f.ID)
				if err != nil || seen[f.ID] || other.Kind != p.Kind || other.In("fr").Lang != f.Lang {
					t.Fatalf("like %s: %+v (%v)", p.ID, f, found)
				}
				seen[f.ID] = true
				if f.Score < 0.1 || i > 0 && f.Score > found[i-1].Score {
					t.Errorf("like %s: score %v of number %d", p.ID, f.Score, i)
				}
				for _, v := range f.Shared {
					facet, _ := a.Library().Facet(v.Field)
					if !slices.Contains(facet.AppendIDs(nil, p), v.ID) || !slices.Contains(facet.AppendIDs(nil, other), v.ID) {
						t.Errorf("%s and %s don't both have %v", p.ID, f.ID, v)
					}
				}
			}
			if few := mustSimilar(t, a, p.ID, "fr", 4); !reflect.DeepEqual(few, found[:min(4, len(found))]) {
				t.Errorf("the first four like %s: %v", p.ID, few)
			}
			for what, s := range map[string]*Snapshot{"another build": b, "the index on disk": stored} {
				if again := mustSimilar(t, s, p.ID, "fr", 100); !reflect.DeepEqual(found, again) {
					t.Errorf("%s answers otherwise for %s:\n%v\n%v", what, p.ID, found, again)
				}
			}
		}
	}
}

// It keeps to the places to run and to the time that searches have, and an
// answer that was broken off leaves nothing behind.
func TestSimilarLimits(t *testing.T) {
	s := build(t, loaded(t, made(1, 50)), Options{Concurrent: 1})
	want := mustSimilar(t, s, "notes/n0001", "en", 5)
	s.bounds.wait = 0
	s.running <- struct{}{}
	if _, err := s.Similar(context.Background(), "notes/n0001", "en", 5); !errors.Is(err, search.ErrOverloaded) {
		t.Errorf("with no place free: %v", err)
	}
	<-s.running
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Similar(ctx, "notes/n0001", "en", 5); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of its context: %v", err)
	}
	if got := mustSimilar(t, s, "notes/n0001", "en", 5); !reflect.DeepEqual(got, want) || len(s.running) != 0 {
		t.Errorf("then: %v, want %v; %d places taken", got, want, len(s.running))
	}
	q := search.Parse("bolam dorup", s)
	a, b := mustSearch(t, s, q), mustSearch(t, build(t, s.lib, Options{}), q)
	if fmt.Sprint(a.Hits) != fmt.Sprint(b.Hits) {
		t.Errorf("a search after it: %v, want %v", a.Hits, b.Hits)
	}
}
