// Package say holds all that the program itself says: its messages in each
// language, with the numbers, days and years in them as the language writes
// them. What the pages say is theirs and comes from package content.
//
// A message is a text with a key ("search.none") and named places to fill in.
// Where it speaks of a number it has a text for each plural form of its
// language (CLDR's zero, one, two, few, many, other). A Printer says the
// messages of one language.
package say

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

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Messages are all texts that the program itself says, from
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
type Messages struct {
	byLang   map[string]*Printer
	borrowed sync.Map // language without messages → *Printer
}

// Load reads messages/LANG.yaml of each language that there is. report is told
// of each later call that names a message or a placeholder wrongly; nil tells
// nobody. The errors name file, line and key, all at once.
func Load(fsys fs.FS, report func(lang, key, what string)) (*Messages, error) {
	files, err := fs.Glob(fsys, "messages/*.yaml")
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, errors.New("there is no messages/LANG.yaml")
	}
	ms := &Messages{byLang: make(map[string]*Printer)}
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
		ms.byLang[lang] = newPrinter(lang, tag, texts, report)
	}
	if len(errs) == 0 {
		errs = ms.differences()
	}
	return ms, errors.Join(errs...)
}

// Languages returns the languages that there are messages in, sorted.
func (ms *Messages) Languages() []string { return slices.Sorted(maps.Keys(ms.byLang)) }

// Has reports whether there are messages in a language.
func (ms *Messages) Has(lang string) bool {
	_, ok := ms.byLang[lang]
	return ok
}

// Name returns the name of a language in itself: "Français".
func (ms *Messages) Name(lang string) string {
	if p, ok := ms.byLang[lang]; ok {
		return p.T("language.self")
	}
	if tag, err := language.Parse(lang); err == nil {
		return cmp.Or(display.Self.Name(tag), lang)
	}
	return lang
}

// Fallback is the language in which the program speaks on pages of a language
// that it has no messages in.
func (ms *Messages) Fallback() string {
	if _, ok := ms.byLang["en"]; ok {
		return "en"
	}
	return ms.Languages()[0]
}

// In returns the messages in lang. Where there are none, they are
// those of the fallback, with the digits and the direction of lang: a folder
// of pages in any language can be served.
func (ms *Messages) In(lang string) *Printer {
	if p, ok := ms.byLang[lang]; ok {
		return p
	}
	if p, ok := ms.borrowed.Load(lang); ok {
		return p.(*Printer)
	}
	p := *ms.byLang[ms.Fallback()]
	if tag, err := language.Parse(lang); err == nil {
		p.lang, p.digits, p.rtl = lang, numeralsOf(tag), isRTL(tag)
	}
	kept, _ := ms.borrowed.LoadOrStore(lang, &p)
	return kept.(*Printer)
}

// differences returns what one language has and another lacks.
func (ms *Messages) differences() []error {
	keys := make(map[string]string) // key → language that has it
	for _, lang := range ms.Languages() {
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
		for _, lang := range ms.Languages() {
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
