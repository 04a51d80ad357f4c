package address

import "testing"

func TestParseBase(t *testing.T) {
	for in, want := range map[string]Base{
		"":                                {},
		"https://example.org":             {Origin: "https://example.org"},
		"https://example.org/":            {Origin: "https://example.org"},
		"http://example.org:8080/a/b//":   {Origin: "http://example.org:8080", Root: "/a/b", Path: "/a/b"},
		"https://example.org/b%20%C3%BC/": {Origin: "https://example.org", Root: "/b%20%C3%BC", Path: "/b ü"},
	} {
		if got, err := ParseBase(in); err != nil || got != want {
			t.Errorf("ParseBase(%q) = %+v, %v; want %+v", in, got, err, want)
		}
	}
	for _, in := range []string{
		"example.org", "ftp://example.org", "https://", "https:///a", "https://a@example.org", "https://example.org/?x", "https://example.org/#x", "://", "http://[::1", "/a",
	} {
		if b, err := ParseBase(in); err == nil || b != (Base{}) {
			t.Errorf("ParseBase(%q) = %+v, %v; want an error", in, b, err)
		}
	}
}

func TestBelow(t *testing.T) {
	b, _ := ParseBase("https://example.org/a/b")
	for in, want := range map[string]string{"/a/b": "", "/a/b/": "/", "/a/b/c": "/c", "/a/bc": "/a/bc", "/a": "/a", "/": "/", "": "", "*": "*"} {
		if got := b.Below(in); got != want {
			t.Errorf("%q below /a/b is %q, want %q", in, got, want)
		}
	}
	if got := (Base{}).Below("/a"); got != "/a" {
		t.Errorf("without a base: %q", got)
	}
}
