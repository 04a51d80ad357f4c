package web

import (
	"strings"
	"testing"
)

// Whatever is accepted, the encoding is one that the header names or stands
// for, and two headers are one with a comma between them (RFC 9110, 5.2).
func FuzzAcceptEncoding(f *testing.F) {
	for _, s := range []string{"", "gzip, br;q=0.5", "*;q=0.1,identity", "br;q=x;q=1", ";;,,q=1", "GZIP;Q=0.3", "x-gzip, identity;q=0.9"} {
		f.Add(s, "br")
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		got := negotiate([]string{first, second})
		if one := negotiate([]string{first + "," + second}); got != one {
			t.Errorf("%q and %q give %q, together %q", first, second, got, one)
		}
		named := strings.ToLower(first + "," + second)
		switch got {
		case identity:
		case brotlied, gzipped:
			if !strings.Contains(named, string(got)) && !strings.Contains(named, "*") {
				t.Errorf("%q and %q give %q", first, second, got)
			}
		default:
			t.Errorf("%q and %q give %q, which nobody can read", first, second, got)
		}
	})
}

// A tag is found wherever it stands in a list, weak or strong, and where it
// doesn't stand nothing is found but by the star.
func FuzzIfNoneMatch(f *testing.F) {
	for _, s := range []string{"", "*", `W/"a"`, `"a", "b"`, ` W/"abc" ,,`, `""`, `W/`} {
		f.Add(s, "abc")
	}
	f.Fuzz(func(t *testing.T, header, opaque string) {
		tag := ETag([]byte(opaque))
		for _, list := range []string{header + "," + tag, strings.TrimPrefix(tag, "W/") + "," + header, " " + tag + "\t," + header} {
			if !matches([]string{list}, tag) {
				t.Errorf("%q has not %s", list, tag)
			}
		}
		if matches([]string{header}, tag) && strings.TrimSpace(header) != "*" && !strings.Contains(header, strings.TrimPrefix(tag, "W/")) {
			t.Errorf("%q has %s", header, tag)
		}
	})
}
