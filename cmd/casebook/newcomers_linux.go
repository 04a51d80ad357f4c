package main

import (
	"net"

	"golang.org/x/sys/unix"
)

// refuseSYN is a filter of the classic BPF machine (socket(7),
// SO_ATTACH_FILTER). It drops the packets that ask for a connection, and keeps
// those that complete one. Connections inherit it, which hear no such packet.
var refuseSYN = []unix.SockFilter{
	{Code: unix.BPF_LD | unix.BPF_B | unix.BPF_ABS, K: 13}, // the flags of the TCP header
	{Code: unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K, K: 0x02, Jf: 1},
	{Code: unix.BPF_RET | unix.BPF_K, K: 0},
	{Code: unix.BPF_RET | unix.BPF_K, K: 1<<32 - 1},
}

// keepNewcomersOut makes a listener deaf to who begins to connect; whoever has
// begun is still let in. Callers who are not heard ask again after a second,
// and find the listener closed. Where the system refuses the filter all goes on
// as it was, as on systems that have none.
func keepNewcomersOut(l *net.TCPListener) {
	raw, err := l.SyscallConn()
	if err != nil {
		return // closed
	}
	_ = raw.Control(func(fd uintptr) {
		_ = unix.SetsockoptSockFprog(int(fd), unix.SOL_SOCKET, unix.SO_ATTACH_FILTER, &unix.SockFprog{Len: uint16(len(refuseSYN)), Filter: &refuseSYN[0]})
	})
}
