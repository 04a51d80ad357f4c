package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

// shutdownGrace is how long requests under way may take after the end.
const shutdownGrace = 10 * time.Second

// A gracefulServer serves HTTP on one listener and ends without cutting
// anybody off who has connected.
type gracefulServer struct {
	http.Server
	listener *closingListener
	busy     busyConnections
	served   chan error // what Serve returned
}

// serve begins to serve on a listener, which the server owns from now on.
func (s *gracefulServer) serve(l *closingListener) {
	s.listener, s.served = l, make(chan error, 1)
	s.ConnState = s.busy.connState
	go func() { s.served <- s.Serve(l) }()
}

// stop lets in those who have connected, answers all who have asked, for at
// most shutdownGrace, and closes. ctx has ended by then: that is why it is
// called.
func (s *gracefulServer) stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer cancel()
	s.listener.finish()
	if err := <-s.served; !errors.Is(err, errNobodyWaits) {
		return errors.Join(err, s.Shutdown(ctx))
	}
	s.busy.wait(ctx)
	return s.Shutdown(ctx)
}

// busyConnections are those of an http.Server on which a request may be under
// way: all but those that are kept open between two requests. Its Shutdown
// waits only for requests that it has read, and drops a connection whose first
// request it reads a moment later.
type busyConnections struct {
	mu   sync.Mutex
	busy map[net.Conn]struct{}
	none chan struct{} // closed when none is busy; nil while nobody waits
}

// connState is the hook of the server.
func (b *busyConnections) connState(conn net.Conn, state http.ConnState) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch state {
	case http.StateNew, http.StateActive:
		if b.busy == nil {
			b.busy = make(map[net.Conn]struct{})
		}
		b.busy[conn] = struct{}{}
		return
	}
	delete(b.busy, conn)
	if len(b.busy) == 0 && b.none != nil {
		close(b.none)
		b.none = nil
	}
}

// wait returns when no connection is busy, or ctx ends. One caller at a time.
func (b *busyConnections) wait(ctx context.Context) {
	b.mu.Lock()
	if len(b.busy) == 0 {
		b.mu.Unlock()
		return
	}
	none := make(chan struct{})
	b.none = none
	b.mu.Unlock()
	select {
	case <-none:
	case <-ctx.Done():
	}
}
