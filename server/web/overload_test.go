package web

import (
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// lockedText is written by timers and read by the test.
type lockedText struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lockedText) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// take returns what was written since it was called last.
func (l *lockedText) take() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.text.Reset()
	return l.text.String()
}

// However many answers are refused, there is one line a second, and none is
// left uncounted.
func TestOverload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log lockedText
		o := Overload{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		}}))}
		busy := errors.New("busy")
		lines := func() string {
			synctest.Wait()
			return strings.ReplaceAll(strings.TrimSpace(log.take()), "\n", " | ")
		}
		const first = "level=WARN msg=overloaded refused=1 why=busy"
		for range 1000 {
			o.Add(busy)
		}
		if got := lines(); got != first {
			t.Errorf("at once: %s", got)
		}
		time.Sleep(time.Second + time.Millisecond)
		if got := lines(); got != "level=WARN msg=overloaded refused=999 why=busy" {
			t.Errorf("after a second: %s", got)
		}
		o.Add(errors.New("late"))
		time.Sleep(time.Second)
		if got := lines(); got != "level=WARN msg=overloaded refused=1 why=late" {
			t.Errorf("after another second: %s", got)
		}
		time.Sleep(time.Minute)
		if got := lines(); got != "" {
			t.Errorf("in a quiet minute: %s", got)
		}
		o.Add(busy)
		if got := lines(); got != first {
			t.Errorf("after that: %s", got)
		}
		time.Sleep(time.Minute)
	})
}
