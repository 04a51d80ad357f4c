package main

import (
	"context"
	"errors"
	"net"
	"os"
	"sync/atomic"
	"time"
)

// A closingListener is a TCP listener that ends without cutting anybody off.
// The system completes a connection before Accept returns it, and when a
// listener is closed it resets those that wait to be accepted: of many callers
// who don't pause some always wait.
type closingListener struct {
	*net.TCPListener
	until atomic.Pointer[time.Time] // nil, or when Accept ends at the latest
}

// errNobodyWaits ends Accept of a listener that is closing.
var errNobodyWaits = errors.New("the listener is closing and nobody waits")

const (
	// quietTime is how long nobody must have come for the queue to count as empty: longer than the last
	// step of a connection that has begun takes on most networks.
	quietTime = 100 * time.Millisecond
	// maxClosing bounds how long callers are let in where the system can't be told to keep newcomers out.
	maxClosing = 2 * time.Second
)

func listen(ctx context.Context, addr string) (*closingListener, error) {
	var config net.ListenConfig
	config.SetMultipathTCP(false) // its sockets take no filter: see keepNewcomersOut
	l, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	return &closingListener{TCPListener: l.(*net.TCPListener)}, nil // what the network "tcp" gives
}

// Accept returns the next connection. Once the listener is closing, it ends
// with errNobodyWaits when nobody has come for a while.
func (l *closingListener) Accept() (net.Conn, error) {
	for {
		until := l.until.Load()
		if until != nil {
			wait := time.Now().Add(quietTime)
			if until.Before(wait) {
				wait = *until
			}
			if err := l.SetDeadline(wait); err != nil {
				return nil, err
			}
		}
		conn, err := l.AcceptTCP()
		switch {
		case err == nil:
			return conn, nil
		case !errors.Is(err, os.ErrDeadlineExceeded):
			return nil, err
		case until != nil:
			return nil, errNobodyWaits
		}
	}
}

// finish lets in those who have connected already, and nobody else: Accept
// returns them and then an error.
func (l *closingListener) finish() {
	until := time.Now().Add(maxClosing)
	keepNewcomersOut(l.TCPListener)
	l.until.Store(&until)
	_ = l.SetDeadline(time.Now()) // wakes the Accept that waits; fails only on a closed listener
}
