package address

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Under reports whether a path is a folder or lies in it: /a and /a/b are
// under a, /ab is not.
func Under(path, folder string) bool {
	rest, ok := strings.CutPrefix(path, "/"+folder)
	return ok && (rest == "" || rest[0] == '/')
}

// SplitLanguage cuts a path into the language that its prefix names, the first
// where it names none, and the path below it.
func SplitLanguage(languages []string, path string) (lang, below string) {
	for _, lang := range languages[1:] {
		if Under(path, lang) {
			return lang, "/" + strings.TrimPrefix(path[1+len(lang):], "/")
		}
	}
	return languages[0], path
}

// Canonical returns a path as links write it: without empty parts and dots,
// slash at the end and prefix of the first language, a language in the case of
// the site's list.
func Canonical(languages []string, given string) string {
	want := path.Clean(given)
	first, rest, _ := strings.Cut(strings.TrimPrefix(want, "/"), "/")
	switch i := slices.IndexFunc(languages, func(l string) bool { return strings.EqualFold(l, first) }); {
	case i == 0:
		return "/" + rest
	case i > 0: // its home page ends in a slash
		return "/" + languages[i] + "/" + rest
	}
	return want
}

// Valid reports whether a path is text: UTF-8 without control characters.
func Valid(path string) bool {
	return utf8.ValidString(path) && !strings.ContainsFunc(path, unicode.IsControl)
}

// Words makes search words of the last part of a path.
func Words(p string) string {
	const enough = 80
	last := strings.TrimSuffix(path.Base(p), path.Ext(p))
	words := strings.Join(strings.FieldsFunc(last, func(c rune) bool { return strings.ContainsRune("-_./+ \t\n", c) }), " ")
	if len(words) > enough {
		words = strings.ToValidUTF8(words[:enough], "")
	}
	return words
}

// WithQuery puts parameters, escaped already, behind a path; "" are none.
func WithQuery(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}

// escapePath escapes each part of a path and keeps the slashes.
func escapePath(p string) string { return (&url.URL{Path: p}).EscapedPath() }
