package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"casebook/content"
	"casebook/index/passage"
	"casebook/index/rank"
	"casebook/index/words"
	"casebook/search"
)

// Two builds of the same content give the same bytes, whatever order bleve
// gave its documents.
func TestBuildsAreEqual(t *testing.T) {
	lib := loaded(t, made(21, 80))
	answers := func(workers int) string {
		s := build(t, lib, Options{Workers: workers})
		r := rand.New(rand.NewPCG(5, 5))
		var b strings.Builder
		for range 80 {
			q := randomQuery(r, s).WithSize(20)
			q.Sort = []string{"", "", "title", "period", "day", "size", "reviewed"}[r.IntN(7)]
			q.Lang = []string{"en", "fr", "ar", ""}[r.IntN(4)]
			res := mustSearch(t, s, q)
			res.Took = 0
			data, err := json.Marshal(res)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%s %s\n", q, data)
		}
		return b.String()
	}
	first := answers(1)
	for workers := 1; workers <= 3; workers++ {
		if again := answers(workers); again != first {
			for i, line := range strings.Split(first, "\n") {
				if l := strings.Split(again, "\n")[i]; l != line {
					t.Fatalf("%d workers, another answer:\n%s\n%s", workers, line, l)
				}
			}
		}
	}
}

// Searches that run while the content changes see one content, the old or the
// new one, and the old index is closed when the last of them is done.
func TestSwapUnderLoad(t *testing.T) {
	contents := make([]*content.Library, 3)
	for i := range contents {
		contents[i] = loaded(t, made(uint64(30+i), 20+10*i))
	}
	var snaps []*Snapshot
	next := func(i int) *Snapshot {
		s, err := Build(context.Background(), contents[i%3], Options{Concurrent: 64, Deadline: patience})
		if err != nil {
			t.Fatal(err)
		}
		snaps = append(snaps, s)
		return s
	}
	live := NewLive(next(0))
	var stop atomic.Bool
	var wg sync.WaitGroup
	for g := range 6 {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(g), 6))
			for !stop.Load() {
				s := live.Acquire()
				res, err := s.Search(context.Background(), search.Query{Size: 100, Page: 1})
				if err == nil && res.Total != s.Library().Len() {
					t.Errorf("%d pages found of %d", res.Total, s.Library().Len())
				}
				if err == nil {
					_, err = s.Search(context.Background(), randomQuery(r, s).WithSize(10))
				}
				if err != nil {
					t.Errorf("search during a swap: %v", err)
				}
				if _, err := s.Suggest(context.Background(), "b", "en", 5); err != nil {
					t.Error(err)
				}
				s.Release()
			}
		})
	}
	for i := 1; i < 12; i++ {
		live.Swap(next(i))
	}
	stop.Store(true)
	wg.Wait()
	live.Close()
	for i, s := range snaps {
		if n := s.refs.Load(); n != 0 {
			t.Errorf("snapshot %d still has %d holders", i, n)
		}
		if s.retain() {
			t.Errorf("snapshot %d can still be acquired", i)
		}
	}
}

// After Close there is nothing to acquire, a snapshot that comes late is closed,
// and who still holds one goes on.
func TestLiveClosed(t *testing.T) {
	lib := loaded(t, made(1, 5))
	next := func() *Snapshot {
		s, err := Build(t.Context(), lib, Options{Deadline: patience})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	live := NewLive(next())
	held := live.Acquire()
	live.Close()
	live.Close()
	if s := live.Acquire(); s != nil {
		t.Errorf("acquired %v after Close", s)
	}
	late := next()
	live.Swap(late)
	if late.retain() || live.Acquire() != nil {
		t.Error("a snapshot that came after Close is open")
	}
	if r := mustSearch(t, held, search.Query{}); r.Total != lib.Len() {
		t.Errorf("%d pages found by who held it", r.Total)
	}
	held.Release()
	if held.retain() {
		t.Error("the last holder left, and it is open")
	}
}

func TestEmptyContent(t *testing.T) {
	s := build(t, loaded(t, folder(nil)), Options{})
	for _, text := range []string{"", "word", `"a phrase"`, "pre*", "-not", "unknownword x", "place:north", "title:x"} {
		r := mustSearch(t, s, search.Parse(text, s))
		if r.Total != 0 || len(r.Hits) != 0 {
			t.Errorf("%q finds %d pages", text, r.Total)
		}
	}
	if c, err := s.Suggest(context.Background(), "a", "en", 5); err != nil || len(c) != 0 {
		t.Errorf("Suggest = %v, %v", c, err)
	}
}

func TestOverload(t *testing.T) {
	s := build(t, loaded(t, made(1, 10)), Options{Concurrent: 2})
	s.bounds.wait = 0
	s.running <- struct{}{}
	s.running <- struct{}{}
	if _, err := s.Search(context.Background(), search.Query{}); !errors.Is(err, search.ErrOverloaded) {
		t.Errorf("third search of two: %v, want search.ErrOverloaded", err)
	}
	<-s.running
	if _, err := s.Search(context.Background(), search.Query{}); err != nil {
		t.Errorf("with a place free: %v", err)
	}
	if n := len(s.running); n != 1 {
		t.Errorf("%d places taken after the search, want 1", n)
	}
}

func TestDeadline(t *testing.T) {
	s := build(t, loaded(t, made(2, 200)), Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, text := range []string{"bolam", `"bolam dorup"`, "bol*", "bolam dorup fanik golut hepar", "unknowm"} {
		if r, err := s.Search(ctx, search.Parse(text, s).WithSize(20)); !errors.Is(err, context.Canceled) {
			t.Errorf("%s after the end of its context: %v, %v", text, r, err)
		}
	}
	s.bounds.deadline = time.Nanosecond
	if _, err := s.Search(context.Background(), search.Parse("bolam dorup", s)); !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, search.ErrOverloaded) {
		t.Errorf("with no time: %v", err)
	}
	for deadline, bounded := range map[time.Duration]bool{0: true, time.Minute: true, -1: false} {
		free := build(t, s.lib, Options{Deadline: deadline})
		err := free.run(context.Background(), func(ctx context.Context, _ *rank.Scratch) error {
			if _, ok := ctx.Deadline(); ok != bounded {
				t.Errorf("with the deadline %s a search is bounded: %v, want %v", deadline, ok, bounded)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	s.bounds.deadline = time.Minute // a broken search leaves nothing behind
	fresh := build(t, s.lib, Options{})
	q := search.Parse("bolam dorup fanik golut hepar", s)
	a, b := mustSearch(t, s, q), mustSearch(t, fresh, q)
	for i := range a.Hits {
		if a.Hits[i].ID != b.Hits[i].ID || a.Hits[i].Score != b.Hits[i].Score {
			t.Errorf("hit %d: %v, in a fresh snapshot %v", i, a.Hits[i], b.Hits[i])
		}
	}
}

func TestBuildStops(t *testing.T) {
	lib := loaded(t, made(3, 10))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if s, err := Build(ctx, lib, Options{}); !errors.Is(err, context.Canceled) || s != nil {
		t.Errorf("Build after the end of its context: %v, %v", s, err)
	}
}

func TestDepth(t *testing.T) {
	s := build(t, loaded(t, made(4, 30)), Options{})
	for _, tt := range []struct {
		page, size int
		deep       bool
	}{
		{1, 20, false}, {500, 20, false}, {501, 20, true}, {101, 100, true}, {100, 100, false},
		{10_002, 0, true}, {1 << 40, 20, true}, {-5, -5, false}, {1, 1 << 40, false},
	} {
		r, err := s.Search(context.Background(), search.Query{Page: tt.page, Size: tt.size})
		if got := errors.Is(err, search.ErrTooDeep); got != tt.deep {
			t.Errorf("page %d of %d: %v", tt.page, tt.size, err)
		}
		if err == nil && len(r.Hits) > search.MaxSize {
			t.Errorf("%d hits", len(r.Hits))
		}
	}
}

func TestPrefixIsBounded(t *testing.T) {
	var b strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&b, "pre%c%c%c ", 'a'+i%20, 'a'+i/20%20, 'a'+i/400)
	}
	s := build(t, loaded(t, folder(map[string]string{
		"notes/a.md": page("A", "", b.String()),
		"notes/b.md": page("B", "", "precious precious"),
		"notes/c.md": page("C", "", "precious words"),
	})), Options{})
	terms, err := s.words.Reader().Beginning(words.Whole, "pre")
	if err != nil || len(terms) != words.MaxBeginning || terms[0] != "precious" {
		t.Errorf("%d terms, %.1q first, %v; want %d, the most frequent first", len(terms), terms, err, words.MaxBeginning)
	}
	if r := mustSearch(t, s, search.Parse("pre*", s)); r.Total != 3 {
		t.Errorf("pre* finds %d pages, want 3", r.Total)
	}
}

// A page full of one word is no hostile query.
func TestHostilePage(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"notes/a.md": page("A", "", strings.Repeat(strings.Repeat("bolam dorup ", 5_000)+"\n\n", 10)),
		"notes/b.md": page("B", "", strings.Repeat("bolam-", 20_000)),
	})), Options{})
	for _, text := range []string{"bolam", `"bolam dorup bolam"`, "bol*"} {
		r := mustSearch(t, s, search.Parse(text, s))
		if r.Total == 0 {
			t.Errorf("%s finds nothing", text)
		}
		for _, h := range r.Hits {
			if n := len([]rune(h.Passage.Text())); n > passage.MaxLetters+10 {
				t.Errorf("%s: passage of %d letters", text, n)
			}
		}
	}
}
