// Package client tells who asks: the address of the reader behind the proxies
// that are trusted, and how much of the server's work one address may have at
// once.
package client

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
)

// Proxies are the addresses from which forwarding headers are believed. From
// all others they are a stranger's claim. The zero value trusts none.
type Proxies []netip.Prefix

// ParseProxies reads addresses and prefixes with commas between them:
// "10.0.0.5, 10.1.0.0/16, ::1".
func ParseProxies(s string) (Proxies, error) {
	var p Proxies
	for item := range strings.SplitSeq(s, ",") {
		item = strings.TrimSpace(item)
		if item == "" {
			continue
		}
		prefix, err := netip.ParsePrefix(item)
		if err != nil {
			addr, err := netip.ParseAddr(item)
			if err != nil {
				return nil, fmt.Errorf("%q is no address of a proxy; write one such as 10.0.0.5, or a prefix such as 10.0.0.0/8", item)
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		if addr := prefix.Addr(); addr.Is4In6() && prefix.Bits() >= 96 {
			prefix = netip.PrefixFrom(addr.Unmap(), prefix.Bits()-96)
		}
		p = append(p, prefix.Masked())
	}
	return p, nil
}

// Trusts reports whether an address is one of the proxies.
func (p Proxies) Trusts(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	for _, prefix := range p {
		if prefix.Contains(a) {
			return true
		}
	}
	return false
}

// Address returns the address of the reader: of the connection, or, where that
// is a trusted proxy's, what the proxies say in X-Forwarded-For or in
// Forwarded (RFC 7239). Each proxy adds at the end, so that the last address
// which is no proxy's is the reader's and all before it anybody's claim. Where
// both headers are there and differ one of them is made up, and the answer is
// the proxy. It is the zero Addr where the connection has no address.
func (p Proxies) Address(r *http.Request) netip.Addr {
	remote := parseNode(r.RemoteAddr)
	if !p.Trusts(remote) {
		return remote
	}
	forwarded, said := p.last(forwardedFor(r.Header.Values("Forwarded")), remote)
	x, xSaid := p.last(splitLists(r.Header.Values("X-Forwarded-For")), remote)
	switch {
	case said && xSaid && forwarded != x:
		return remote
	case said:
		return forwarded
	}
	return x
}

// last returns the last of the nodes that is no proxy, and whether there are
// nodes at all. A node that can't be read ends the search: what stands before
// it can't be believed.
func (p Proxies) last(nodes []string, remote netip.Addr) (reader netip.Addr, said bool) {
	reader = remote
	for i := len(nodes) - 1; i >= 0; i-- {
		a := parseNode(nodes[i])
		if !a.IsValid() {
			break
		}
		if reader = a; !p.Trusts(a) {
			break
		}
	}
	return reader, len(nodes) > 0
}

// parseNode reads an address with or without port, the zero Addr for anything else.
func parseNode(s string) netip.Addr {
	s = strings.TrimSpace(s)
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap().WithZone("")
	}
	a, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(s, "["), "]"))
	if err != nil {
		return netip.Addr{}
	}
	return a.Unmap().WithZone("")
}

func splitLists(headers []string) []string {
	var items []string
	for _, h := range headers {
		items = append(items, strings.Split(h, ",")...)
	}
	return items
}

// forwardedFor returns the "for" of each element of Forwarded headers, "" for
// an element without one.
func forwardedFor(headers []string) []string {
	var nodes []string
	for _, element := range splitLists(headers) { // an address has no comma, quoted or not
		node := ""
		for pair := range strings.SplitSeq(element, ";") {
			name, value, _ := strings.Cut(pair, "=")
			if strings.EqualFold(strings.TrimSpace(name), "for") {
				node = strings.Trim(strings.TrimSpace(value), `"`)
			}
		}
		nodes = append(nodes, node)
	}
	return nodes
}
