package say

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"gopkg.in/yaml.v3"
)

// A text is one message: its pieces by plural form. A message without forms
// has plural.Other alone.
type text struct {
	forms  [plural.Many + 1][]piece
	plural bool
}

// A piece is literal text, or the name of an argument.
type piece struct{ lit, arg string }

var formNames = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// parseMessages reads one file; its errors are for all keys at once.
func parseMessages(tag language.Tag, data []byte) (map[string]*text, error) {
	var raw map[string]yaml.Node // a key given twice is an error of the decoder
	if err := yaml.Unmarshal(data, &raw); err != nil {
		return nil, err
	}
	texts := make(map[string]*text, len(raw))
	var errs []error
	for _, key := range slices.Sorted(maps.Keys(raw)) {
		node := raw[key]
		t, err := parseText(tag, &node)
		if err != nil {
			errs = append(errs, fmt.Errorf("line %d: %s: %w", node.Line, key, err))
			continue
		}
		texts[key] = t
	}
	return texts, errors.Join(errs...)
}

func parseText(tag language.Tag, node *yaml.Node) (*text, error) {
	t := new(text)
	if node.Kind == yaml.ScalarNode {
		pieces, err := splitPlaceholders(node.Value)
		t.forms[plural.Other] = pieces
		return t, err
	}
	var forms map[string]string
	if err := node.Decode(&forms); err != nil {
		return nil, errors.New("want a text, or a text for each plural form")
	}
	t.plural = true
	for _, name := range slices.Sorted(maps.Keys(forms)) {
		form, ok := formNames[name]
		if !ok {
			return nil, fmt.Errorf("unknown plural form %q; there are zero, one, two, few, many, other", name)
		}
		pieces, err := splitPlaceholders(forms[name])
		if err != nil {
			return nil, err
		}
		t.forms[form] = pieces
	}
	for form, name := range formsOf(tag) {
		if t.forms[form] == nil {
			return nil, fmt.Errorf("the plural form %q is missing", name)
		}
	}
	return t, nil
}

// formsOf returns the forms that whole numbers take in a language.
func formsOf(tag language.Tag) map[plural.Form]string {
	forms := make(map[plural.Form]string)
	for _, n := range append(countTo(200), 1_000, 10_000, 1_000_000) {
		form := plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)
		for name, f := range formNames {
			if f == form {
				forms[form] = name
			}
		}
	}
	return forms
}

func countTo(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = i
	}
	return s
}

// splitPlaceholders cuts a text at its {names}. The answer is never nil.
func splitPlaceholders(s string) ([]piece, error) {
	pieces := []piece{}
	for s != "" {
		lit, rest, found := strings.Cut(s, "{")
		if lit != "" {
			pieces = append(pieces, piece{lit: lit})
		}
		if !found {
			break
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || !isPlaceholder(name) {
			return nil, fmt.Errorf("%q is no placeholder; want {name}, in small letters", "{"+name)
		}
		pieces = append(pieces, piece{arg: name})
		s = after
	}
	return pieces, nil
}

func isPlaceholder(name string) bool {
	for _, c := range name {
		if c != '_' && (c < 'a' || c > 'z') {
			return false
		}
	}
	return name != ""
}

// placeholders returns the names of a text's arguments in any form, sorted. A
// form may leave out {n}: "one result".
func (t *text) placeholders() []string {
	names := make(map[string]bool)
	if t.plural {
		names["n"] = true
	}
	for _, pieces := range t.forms {
		for _, p := range pieces {
			if p.arg != "" {
				names[p.arg] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}
