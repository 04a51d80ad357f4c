package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// byteSize is a flag for a number of bytes, as GOMEMLIMIT is written: 64MiB,
// 1GiB, or plain bytes.
type byteSize int

var byteUnits = []struct {
	name  string
	bytes float64
}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"B", 1}}

func (b *byteSize) String() string {
	for i := len(byteUnits) - 2; i >= 0; i-- {
		if u := byteUnits[i]; *b != 0 && int(*b)%int(u.bytes) == 0 {
			return strconv.Itoa(int(*b)/int(u.bytes)) + u.name
		}
	}
	return strconv.Itoa(int(*b))
}

// Set reads a number with a unit.
func (b *byteSize) Set(s string) error {
	number, factor := strings.TrimSpace(s), 1.0
	for _, u := range byteUnits {
		if rest, ok := strings.CutSuffix(number, u.name); ok {
			number, factor = strings.TrimSpace(rest), u.bytes
			break
		}
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || !(n >= 0 && n*factor <= math.MaxInt32*1024) {
		return fmt.Errorf("%q is no size; write one such as 64MiB, or 0", s)
	}
	*b = byteSize(n * factor)
	return nil
}
