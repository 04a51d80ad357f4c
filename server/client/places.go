package client

import (
	"context"
	"errors"
	"net/netip"
	"sync"
)

// ErrCrowded means that so many requests of one address wait already that one
// more isn't let in.
var ErrCrowded = errors.New("too many requests of this address wait")

// Places bound how many requests of one address are worked on at once; others
// of the same address wait. So a reader who floods the server waits for
// himself, and everybody else is served. It is safe for concurrent use.
type Places struct {
	each    int // at once
	waiting int // more of them, at most
	mu      sync.Mutex
	of      map[netip.Prefix]*place // of addresses with a request here
}

type place struct {
	free  chan struct{} // holds one for each request that is worked on
	users int           // requests worked on or waiting
}

// NewPlaces returns Places with room for each requests of one address at once,
// and waiting more of them in the queue.
func NewPlaces(each, waiting int) *Places {
	return &Places{each: max(1, each), waiting: max(0, waiting), of: make(map[netip.Prefix]*place)}
}

// Enter waits for a place for a request of an address. The caller must call
// leave once, when the work is done. The error is ErrCrowded, at once, or that
// of ctx.
func (p *Places) Enter(ctx context.Context, a netip.Addr) (leave func(), err error) {
	key := network(a)
	p.mu.Lock()
	at, ok := p.of[key]
	if !ok {
		at = &place{free: make(chan struct{}, p.each)}
		p.of[key] = at
	}
	if at.users >= p.each+p.waiting {
		p.mu.Unlock()
		return nil, ErrCrowded
	}
	at.users++
	p.mu.Unlock()
	select {
	case at.free <- struct{}{}: // also where ctx has ended: a free place is no wait
	default:
		select {
		case at.free <- struct{}{}:
		case <-ctx.Done():
			p.drop(key, at)
			return nil, ctx.Err()
		}
	}
	return sync.OnceFunc(func() {
		<-at.free
		p.drop(key, at)
	}), nil
}

// drop forgets an address without requests.
func (p *Places) drop(key netip.Prefix, at *place) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if at.users--; at.users == 0 {
		delete(p.of, key)
	}
}

// network is what counts as one address: of IPv6 the first 64 bits, of which
// one customer has all the rest.
func network(a netip.Addr) netip.Prefix {
	bits := a.BitLen()
	if a.Is6() {
		bits = 64
	}
	prefix, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // of the zero Addr
	}
	return prefix
}
