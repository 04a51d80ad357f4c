package content

import (
	"maps"
	"slices"
)

// Text is a short text in one or more languages. The zero Text is empty. In
// the content files a plain string is a Text in the site's first language.
type Text struct {
	byLang map[string]string
	first  string // language to fall back to
}

// NewText returns a Text of the given language → text pairs that falls back
// to first, and without it to the alphabetically first language there is.
func NewText(byLang map[string]string, first string) Text {
	t := Text{byLang: maps.Clone(byLang), first: first}
	if _, ok := t.byLang[first]; !ok {
		t.first = ""
		if keys := slices.Sorted(maps.Keys(t.byLang)); len(keys) > 0 {
			t.first = keys[0]
		}
	}
	return t
}

// In returns the text in lang, or in the language that it falls back to.
func (t Text) In(lang string) string {
	if s, ok := t.byLang[lang]; ok {
		return s
	}
	return t.byLang[t.first]
}

// LangOf returns the language of the text that In(lang) returns; "" for an
// empty Text.
func (t Text) LangOf(lang string) string {
	if _, ok := t.byLang[lang]; ok {
		return lang
	}
	return t.first
}

// Has reports whether there is a text in lang itself.
func (t Text) Has(lang string) bool { _, ok := t.byLang[lang]; return ok }

// IsZero reports whether there is no text in any language.
func (t Text) IsZero() bool { return len(t.byLang) == 0 }

// Langs returns the languages that the text is in, sorted.
func (t Text) Langs() []string { return slices.Sorted(maps.Keys(t.byLang)) }
