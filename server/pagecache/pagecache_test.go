package pagecache

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// asked counts how often answers were made.
type asked struct{ times atomic.Int64 }

func (a *asked) give(text string) func() (string, bool, error) {
	return func() (string, bool, error) {
		a.times.Add(1)
		return text, true, nil
	}
}

func newCache(bytes int) *Cache[string] { return New(bytes, func(s string) int { return len(s) }) }

func get(t *testing.T, c *Cache[string], key, text string, made bool) {
	t.Helper()
	var a asked
	got, err := c.Get(key, a.give(text))
	if err != nil {
		t.Fatal(err)
	}
	if n := a.times.Load(); (n == 1) != made {
		t.Errorf("%s was made %d times", key, n)
	}
	if made && got != text {
		t.Errorf("%s is %q, want %q", key, got, text)
	}
}

func TestKept(t *testing.T) {
	c := newCache(1 << 20)
	get(t, c, "/a", "one", true)
	get(t, c, "/a", "other", false)
	get(t, c, "/b", "two", true)
	if got, _ := c.Get("/a", new(asked).give("x")); got != "one" {
		t.Errorf("kept %q, want one", got)
	}
}

func TestNothingIsKeptWithoutRoom(t *testing.T) {
	for _, bytes := range []int{0, -1} {
		c := newCache(bytes)
		get(t, c, "/a", "one", true)
		get(t, c, "/a", "one", true)
	}
}

func TestWhatMayNotBeKept(t *testing.T) {
	c := newCache(1 << 20)
	broken := errors.New("broken")
	if _, err := c.Get("/a", func() (string, bool, error) { return "", true, broken }); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	got, err := c.Get("/a", func() (string, bool, error) { return "for you alone", false, nil })
	if got != "for you alone" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	get(t, c, "/a", "for all", true)
}

// The bound is of bytes; what nobody asked for goes first, and one answer
// takes no more than its share.
func TestBound(t *testing.T) {
	text := strings.Repeat("x", 1000)
	cost := overhead + len("/0") + len(text)
	c := newCache(10 * cost)
	for i := range 10 {
		get(t, c, fmt.Sprintf("/%d", i), text, true)
	}
	get(t, c, "/0", "", false) // so that /1 is the oldest
	get(t, c, "/a", text, true)
	get(t, c, "/0", "", false)
	get(t, c, "/9", "", false)
	if c.bytes != 10*cost || c.kept.Len() != 10 {
		t.Errorf("%d bytes in %d answers, want %d in 10", c.bytes, c.kept.Len(), 10*cost)
	}
	get(t, c, "/1", text, true)

	least := c.max/maxShare - overhead - len("/l")
	get(t, c, "/l", strings.Repeat("l", least), true)
	get(t, c, "/l", "", false)
	get(t, c, "/L", strings.Repeat("l", least+1), true)
	get(t, c, "/L", "", true)
	if c.bytes > c.max {
		t.Errorf("%d bytes, more than %d", c.bytes, c.max)
	}
	sum := 0
	for _, key := range c.kept.Keys() {
		a, _ := c.kept.Peek(key)
		sum += c.cost(key, a)
	}
	if sum != c.bytes {
		t.Errorf("%d bytes are counted, %d are kept", c.bytes, sum)
	}
}

// Of many who ask at once for the same one makes the answer; what is not to
// be kept each makes.
func TestOneMakesItForAll(t *testing.T) {
	broken := errors.New("broken")
	for _, tt := range []struct {
		name string
		keep bool
		err  error
		made int64
	}{
		{"kept", true, nil, 1},
		{"not kept", false, nil, 10},
		{"failed", true, broken, 1},
		{"given up", true, context.Canceled, 10},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := newCache(1 << 20)
				var times atomic.Int64
				var wg sync.WaitGroup
				for range 10 {
					wg.Go(func() {
						got, err := c.Get("/a", func() (string, bool, error) {
							times.Add(1)
							time.Sleep(time.Second)
							return "text", tt.keep, tt.err
						})
						if !errors.Is(err, tt.err) || err == nil && got != "text" {
							t.Errorf("%q, %v", got, err)
						}
					})
				}
				wg.Wait()
				if times.Load() != tt.made {
					t.Errorf("made %d times, want %d", times.Load(), tt.made)
				}
			})
		})
	}
}

// A panic is that of each who waits, and the next may try again.
func TestPanicIsPassedOn(t *testing.T) {
	c := newCache(1 << 20)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is lost")
			}
		}()
		_, _ = c.Get("/a", func() (string, bool, error) { panic("broken") })
	}()
	get(t, c, "/a", "one", true)
}
