package client

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"
)

func TestParseProxies(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{" , ", ""},
		{"10.0.0.5", "10.0.0.5/32"},
		{"10.1.2.3/16, ::1", "10.1.0.0/16 ::1/128"},
		{"::ffff:10.0.0.5", "10.0.0.5/32"},
		{"::ffff:10.0.0.0/104", "10.0.0.0/8"},
		{"::ffff:0.0.0.0/96", "0.0.0.0/0"},
		{"::ffff:0.0.0.0/95", "::fffe:0:0/95"}, // more than IPv4
		{"2001:db8::/97", "2001:db8::/97"},
		{"proxy.example.org", `error: "proxy.example.org" is no address of a proxy; write one such as 10.0.0.5, or a prefix such as 10.0.0.0/8`},
		{"10.0.0.0/33", `error: "10.0.0.0/33" is no address of a proxy; write one such as 10.0.0.5, or a prefix such as 10.0.0.0/8`},
	}
	for _, tt := range tests {
		p, err := ParseProxies(tt.in)
		var got []string
		for _, x := range p {
			got = append(got, x.String())
		}
		if err != nil {
			got = []string{"error: " + err.Error()}
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("ParseProxies(%q) = %s, want %s", tt.in, s, tt.want)
		}
	}
}

func TestTrusts(t *testing.T) {
	p, err := ParseProxies("10.0.0.0/8, fd00::/8, fe80::1")
	if err != nil {
		t.Fatal(err)
	}
	for addr, want := range map[string]bool{
		"10.1.2.3": true, "::ffff:10.1.2.3": true, "fd00::1": true, "fe80::1%eth0": true, "11.0.0.1": false, "::ffff:11.0.0.1": false, "fe80::2%eth0": false,
	} {
		if got := p.Trusts(netip.MustParseAddr(addr)); got != want {
			t.Errorf("%s is trusted: %t", addr, got)
		}
	}
	if p.Trusts(netip.Addr{}) || (Proxies)(nil).Trusts(netip.MustParseAddr("10.1.2.3")) {
		t.Error("no address, or one where there are no proxies, is trusted")
	}
}

func TestAddress(t *testing.T) {
	const proxies = "10.0.0.0/8, fd00::/8"
	tests := []struct {
		name, remote, forwarded, x, want string
	}{
		{"no proxy", "192.0.2.1:1234", "", "", "192.0.2.1"},
		{"a stranger's claim", "192.0.2.1:1234", "for=198.51.100.1", "198.51.100.1", "192.0.2.1"},
		{"a proxy that says nothing", "10.0.0.1:80", "", "", "10.0.0.1"},
		{"X-Forwarded-For", "10.0.0.1:80", "", "198.51.100.1", "198.51.100.1"},
		{"the last that is no proxy", "10.0.0.1:80", "", "203.0.113.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"},
		{"several header lines", "10.0.0.1:80", "", "203.0.113.9\n198.51.100.1", "198.51.100.1"},
		{"all of them proxies", "10.0.0.1:80", "", "10.0.0.3, 10.0.0.2", "10.0.0.3"},
		{"what can't be read ends it", "10.0.0.1:80", "", "198.51.100.1, unknown, 10.0.0.2", "10.0.0.2"},
		{"with port", "10.0.0.1:80", "", "198.51.100.1:5555", "198.51.100.1"},
		{"IPv6 with port", "[fd00::1]:80", "", "[2001:db8::5]:5555", "2001:db8::5"},
		{"IPv6 in brackets", "10.0.0.1:80", `for="[2001:db8::5]"`, "", "2001:db8::5"},
		{"IPv4 inside IPv6", "[::ffff:10.0.0.1]:80", "", "::ffff:198.51.100.1", "198.51.100.1"},
		{"Forwarded", "10.0.0.1:80", `For="198.51.100.1:4711";proto=https;by=10.0.0.1`, "", "198.51.100.1"},
		{"Forwarded with spaces", "10.0.0.1:80", `proto=https; for = "198.51.100.1" ;by=10.0.0.1`, "", "198.51.100.1"},
		{"Forwarded, several", "10.0.0.1:80", `for=203.0.113.9, proto=http;for=198.51.100.1, for=10.0.0.2`, "", "198.51.100.1"},
		{"Forwarded without for", "10.0.0.1:80", `for=203.0.113.9, proto=http`, "", "10.0.0.1"},
		{"both the same", "10.0.0.1:80", "for=198.51.100.1", "198.51.100.1", "198.51.100.1"},
		{"one of them made up", "10.0.0.1:80", "for=198.51.100.1", "203.0.113.9", "10.0.0.1"},
		{"no address at all", "@", "", "", "invalid IP"},
	}
	p, err := ParseProxies(proxies)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := &http.Request{RemoteAddr: tt.remote, Header: http.Header{}}
			if tt.forwarded != "" {
				r.Header.Set("Forwarded", tt.forwarded)
			}
			for line := range strings.SplitSeq(tt.x, "\n") {
				if line != "" {
					r.Header.Add("X-Forwarded-For", line)
				}
			}
			if got := p.Address(r).String(); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// Whatever the headers say, the answer is the connection's address or one that
// stands in a header, and never taken from a header if no proxy sent it.
func FuzzAddress(f *testing.F) {
	f.Add("10.0.0.1:80", "for=198.51.100.1", "198.51.100.1, 10.0.0.2")
	f.Add("192.0.2.1:1", `for="[::1]:80";by=x,,;=`, "unknown, ,")
	p := Proxies{netip.MustParsePrefix("10.0.0.0/8")}
	f.Fuzz(func(t *testing.T, remote, forwarded, x string) {
		r := &http.Request{RemoteAddr: remote, Header: http.Header{"Forwarded": {forwarded}, "X-Forwarded-For": {x}}}
		got := p.Address(r)
		from := parseNode(remote)
		if got != from && !p.Trusts(from) {
			t.Errorf("%s is believed, though %s is no proxy", got, from)
		}
		if !got.IsValid() && from.IsValid() {
			t.Errorf("no address, though the connection has %s", from)
		}
	})
}
