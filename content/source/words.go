package source

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Quote quotes a word of the content for a message, cut to a readable length.
func Quote(s string) string {
	const most = 80
	if len(s) > most {
		cut := most
		for cut > 0 && s[cut]&0xC0 == 0x80 {
			cut--
		}
		s = s[:cut] + "…"
	}
	return strconv.Quote(s)
}

// LangTag is the form of a language code.
var LangTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// ParseBool reads what YAML 1.2 has for true and false.
func ParseBool(s string) (bool, error) {
	switch s {
	case "true", "True", "TRUE":
		return true, nil
	case "false", "False", "FALSE":
		return false, nil
	}
	return false, strconv.ErrSyntax
}

// BoolFix is the remedy for what the truth values of older YAML are written as.
func BoolFix(s string) string {
	switch strings.ToLower(s) {
	case "yes", "y", "on", "1":
		return "write true"
	case "no", "n", "off", "0":
		return "write false"
	}
	return ""
}

// FoldSpace makes one blank of every run of blanks and line ends, and none at
// the ends.
func FoldSpace(s string) string {
	if !strings.ContainsAny(s, "\n\t") && !strings.Contains(s, "  ") {
		return strings.Trim(s, " ")
	}
	return strings.Join(strings.Fields(s), " ")
}

// Humanise makes a readable label of an id: "case-study" → "Case study".
func Humanise(id string) string {
	s := FoldSpace(strings.NewReplacer("-", " ", "_", " ").Replace(id))
	if s == "" {
		return id
	}
	return upperFirst(s)
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// BadURL says what is wrong with an absolute web address, "" if nothing is.
func BadURL(s string) string {
	u, err := url.Parse(s)
	switch {
	case err != nil || strings.ContainsAny(s, " \t\n<>\"\\^`{|}"):
		return Quote(s) + " is not a URL"
	case u.Scheme == "":
		return Quote(s) + " is not a whole URL"
	case u.Scheme != "http" && u.Scheme != "https":
		return "the URL begins with " + Quote(u.Scheme+":") + ", not with https:"
	case u.Hostname() == "" || u.User != nil:
		return Quote(s) + " is not a URL"
	}
	return ""
}
