package client

import (
	"context"
	"errors"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"
)

var (
	flooder = netip.MustParseAddr("192.0.2.1")
	other   = netip.MustParseAddr("192.0.2.2")
)

// One address fills its places and its queue; others are let in at once.
func TestPlaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPlaces(2, 1)
		enter := func(a netip.Addr, wait time.Duration) (func(), error) {
			ctx, cancel := context.WithTimeout(t.Context(), wait)
			defer cancel()
			return p.Enter(ctx, a)
		}
		first, err1 := enter(flooder, 0)
		second, err2 := enter(flooder, 0)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if _, err := enter(flooder, time.Second); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a third has %v, want to wait in vain", err)
		}
		waited := make(chan error, 1)
		go func() {
			leave, err := enter(flooder, time.Minute)
			if err == nil {
				leave()
			}
			waited <- err
		}()
		synctest.Wait()
		if _, err := enter(flooder, time.Minute); !errors.Is(err, ErrCrowded) {
			t.Errorf("beside one that waits another has %v, want ErrCrowded", err)
		}
		leave, err := enter(other, 0)
		if err != nil {
			t.Fatalf("another address has %v", err)
		}
		leave()
		first()
		first() // counts once
		if err := <-waited; err != nil {
			t.Errorf("who waited has %v", err)
		}
		if _, ok := p.of[network(flooder)]; !ok {
			t.Error("an address with a request is forgotten")
		}
		second()
		if len(p.of) != 0 {
			t.Errorf("%d addresses are kept without a request", len(p.of))
		}
	})
}

// There is room for one request at least, and for none that wait.
func TestFewPlaces(t *testing.T) {
	for _, tt := range []struct{ each, waiting, room int }{{1, 0, 1}, {0, 0, 1}, {-1, -1, 1}, {2, -1, 2}, {3, 0, 3}} {
		p := NewPlaces(tt.each, tt.waiting)
		for i := range tt.room {
			if _, err := p.Enter(t.Context(), flooder); err != nil {
				t.Fatalf("of %d and %d, request %d: %v", tt.each, tt.waiting, i+1, err)
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel() // who is let into the queue leaves it at once
		if _, err := p.Enter(ctx, flooder); !errors.Is(err, ErrCrowded) {
			t.Errorf("of %d and %d, one more than %d: %v, want ErrCrowded", tt.each, tt.waiting, tt.room, err)
		}
	}
}

func TestNetwork(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"192.0.2.1", "192.0.2.1", true},
		{"192.0.2.1", "192.0.2.2", false},
		{"2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true},
		{"2001:db8:1:2::1", "2001:db8:1:3::1", false},
	} {
		if same := network(netip.MustParseAddr(tt.a)) == network(netip.MustParseAddr(tt.b)); same != tt.same {
			t.Errorf("%s and %s are one network: %v, want %v", tt.a, tt.b, same, tt.same)
		}
	}
	if network(netip.Addr{}).IsValid() {
		t.Error("no address has a network")
	}
}
