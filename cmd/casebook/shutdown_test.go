package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"regexp"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// A caller asks for a page again and again, on a connection for as long as the
// server keeps it open, until no new one can be had.
type caller struct {
	addr  string
	pause func() time.Duration
	got   *atomic.Int64 // whole answers of all callers
	told  func()        // called when an answer has said that its connection closes
}

// run returns what cut the caller off: an error on a connection that the
// server had let in, before it had said that it would close it.
func (c *caller) run(ctx context.Context) error {
	for ctx.Err() == nil {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", c.addr)
		if err != nil {
			if ctx.Err() == nil && !errors.Is(err, syscall.ECONNREFUSED) {
				return fmt.Errorf("connecting: %w", err)
			}
			return nil
		}
		err = c.talk(ctx, conn)
		_ = conn.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *caller) talk(ctx context.Context, conn net.Conn) error {
	answers := bufio.NewReader(conn)
	for ctx.Err() == nil {
		time.Sleep(c.pause())
		if _, err := io.WriteString(conn, "GET /notes/good HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			return fmt.Errorf("asking: %w", err)
		}
		res, err := http.ReadResponse(answers, nil)
		if err != nil {
			return fmt.Errorf("waiting for the answer: %w", err)
		}
		if _, err := io.Copy(io.Discard, res.Body); err != nil {
			return fmt.Errorf("reading the answer: %w", err)
		}
		if c.got.Add(1); res.Close {
			c.told()
			return nil
		}
	}
	return nil
}

// Of two hundred callers who ask while the server is told to end, none is cut
// off, whether they pause between two requests or not.
func TestServeCutsNobodyOff(t *testing.T) {
	for name, pause := range map[string]func() time.Duration{
		"without pauses": func() time.Duration { return 0 },
		"with pauses":    func() time.Duration { return rand.N(20 * time.Millisecond) },
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			log, over, done := newLogBuffer(), make(chan time.Time), make(chan error, 1)
			o := serveOptions{content: "testdata/broken", addr: "127.0.0.1:0", drain: time.Second, after: func(time.Duration) <-chan time.Time { return over }}
			go func() {
				done <- o.run(ctx, environment{func(string) string { return "" }, io.Discard, log, time.Now}, nil)
			}()
			addr := log.wait(t, regexp.MustCompile(`serving http://([^/]+)/`))[1]
			const callers = 200
			var got atomic.Int64
			var wg sync.WaitGroup
			cut := make(chan error, callers)
			var told sync.WaitGroup
			told.Add(callers)
			for range callers {
				wg.Go(func() {
					if err := (&caller{addr, pause, &got, sync.OnceFunc(told.Done)}).run(t.Context()); err != nil {
						cut <- err
					}
				})
			}
			for got.Load() < 2*callers {
				time.Sleep(time.Millisecond)
			}
			cancel()
			told.Wait() // who keeps a connection and asks on it has had an answer that closes it
			over <- time.Time{}
			if err := <-done; err != nil {
				t.Errorf("serve ends with %v", err)
			}
			wg.Wait()
			close(cut)
			for err := range cut {
				t.Errorf("of %d callers, after %d answers, one was cut off: %v", callers, got.Load(), err)
			}
		})
	}
}
