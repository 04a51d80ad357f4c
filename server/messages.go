package server

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"gopkg.in/yaml.v3"
)

// messages are all texts that the program itself says, from
// templates/messages/LANG.yaml. A file maps flat dotted keys to a text, or to
// one text for each plural form that the language has:
//
//	search.none: Nothing was found for {q}.
//	search.count:
//	  zero: No results
//	  one: "{n} result"
//	  other: "{n} results"
//
// {name} stands for the argument of that name. The argument n chooses the
// form; zero, where given, is for exactly 0 in every language. All files have
// the same keys with the same placeholders; loading fails otherwise.
type messages struct {
	byLang   map[string]*printer
	borrowed sync.Map // language without messages → *printer
}

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

func loadMessages(fsys fs.FS) (*messages, error) {
	files, err := fs.Glob(fsys, "messages/*.yaml")
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, errors.New("there is no messages/LANG.yaml")
	}
	ms := &messages{byLang: make(map[string]*printer)}
	var errs []error
	for _, file := range files {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, err
		}
		lang := strings.TrimSuffix(path.Base(file), ".yaml")
		tag, err := language.Parse(lang)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", file, err))
			continue
		}
		texts, err := parseMessages(tag, data)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", file, err))
			continue
		}
		ms.byLang[lang] = newPrinter(lang, tag, texts)
	}
	if len(errs) == 0 {
		errs = ms.differences()
	}
	return ms, errors.Join(errs...)
}

// languages returns the languages that there are messages in, sorted.
func (ms *messages) languages() []string { return slices.Sorted(maps.Keys(ms.byLang)) }

// name returns the name of a language in itself: "Français".
func (ms *messages) name(lang string) string {
	if p, ok := ms.byLang[lang]; ok {
		return p.T("language.self")
	}
	if tag, err := language.Parse(lang); err == nil {
		return cmp.Or(display.Self.Name(tag), lang)
	}
	return lang
}

// fallback is the language in which the program speaks on pages of a language
// that it has no messages in.
func (ms *messages) fallback() string {
	if _, ok := ms.byLang["en"]; ok {
		return "en"
	}
	return ms.languages()[0]
}

// printerFor returns the messages in lang. Where there are none, they are
// those of the fallback, with the digits and the direction of lang: a folder
// of pages in any language can be served.
func (ms *messages) printerFor(lang string) *printer {
	if p, ok := ms.byLang[lang]; ok {
		return p
	}
	if p, ok := ms.borrowed.Load(lang); ok {
		return p.(*printer)
	}
	p := *ms.byLang[ms.fallback()]
	if tag, err := language.Parse(lang); err == nil {
		p.lang, p.digits, p.rtl = lang, numeralsOf(tag), isRTL(tag)
	}
	kept, _ := ms.borrowed.LoadOrStore(lang, &p)
	return kept.(*printer)
}

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

// differences returns what one language has and another lacks.
func (ms *messages) differences() []error {
	keys := make(map[string]string) // key → language that has it
	for _, lang := range ms.languages() {
		for key := range ms.byLang[lang].texts {
			if _, ok := keys[key]; !ok {
				keys[key] = lang
			}
		}
	}
	var errs []error
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		first := keys[key]
		want := ms.byLang[first].texts[key].placeholders()
		for _, lang := range ms.languages() {
			t, ok := ms.byLang[lang].texts[key]
			if !ok {
				errs = append(errs, fmt.Errorf("messages/%s.yaml: %s is missing; messages/%s.yaml has it", lang, key, first))
				continue
			}
			if got := t.placeholders(); !slices.Equal(got, want) {
				errs = append(errs, fmt.Errorf("messages/%s.yaml: %s has the placeholders %v, messages/%s.yaml %v", lang, key, got, first, want))
			}
		}
	}
	return errs
}
