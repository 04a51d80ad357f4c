package address

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// A Base is the address under which readers see the site. The zero Base is a
// site at the root of a host that isn't known.
type Base struct {
	Origin string // scheme and host: "https://example.org"; "" where they aren't known
	Root   string // path as it stands in URLs, without slash at the end: "" or "/casebook"
	Path   string // Root unescaped, as in the Path of a url.URL
}

// ParseBase reads an address such as https://example.org or
// https://example.org/casebook; "" is the zero Base.
func ParseBase(s string) (Base, error) {
	if s == "" {
		return Base{}, nil
	}
	u, err := url.Parse(s)
	if err == nil && (u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil) {
		err = errors.New("it must be http or https and have a host, no user, parameters or fragment")
	}
	if err != nil {
		return Base{}, fmt.Errorf("%q is not an address such as https://cases.example.org: %w", s, err)
	}
	path := strings.TrimRight(u.Path, "/")
	return Base{Origin: u.Scheme + "://" + u.Host, Root: escapePath(path), Path: path}, nil
}

// Below takes the base's path off a path; one that isn't below it stays.
func (b Base) Below(path string) string {
	if b.Path != "" && Under(path, strings.TrimPrefix(b.Path, "/")) {
		return path[len(b.Path):]
	}
	return path
}
