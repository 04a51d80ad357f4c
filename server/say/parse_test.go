package say

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

func TestSplitPlaceholders(t *testing.T) {
	for in, want := range map[string][]piece{
		"":            {},
		"plain":       {{lit: "plain"}},
		"{q}":         {{arg: "q"}},
		"a {q} b":     {{lit: "a "}, {arg: "q"}, {lit: " b"}},
		"{a}{b_c}":    {{arg: "a"}, {arg: "b_c"}},
		"a } b":       {{lit: "a } b"}},
		"{a}, {a}; é": {{arg: "a"}, {lit: ", "}, {arg: "a"}, {lit: "; é"}},
	} {
		if got, err := splitPlaceholders(in); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, %v; want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"{", "a {q", "{}", "{Q}", "{a b}", "{a1}", "{a{b}"} {
		if got, err := splitPlaceholders(in); err == nil || !strings.Contains(err.Error(), "want {name}") {
			t.Errorf("%q: %v, %v; want an error that says what is right", in, got, err)
		}
	}
}

// The forms that a language needs are those that its whole numbers take.
func TestFormsOf(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "one other", "ar": "few many one other two zero", "ja": "other", "ru": "few many one", "cy": "few many one other two zero",
	} {
		var names []string
		for _, name := range formsOf(language.MustParse(lang)) {
			names = append(names, name)
		}
		slices.Sort(names)
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
	}
}

func TestParseMessages(t *testing.T) {
	texts, err := parseMessages(language.English, []byte("a: x {q}\nb:\n  zero: none\n  one: one {q}\n  other: '{n} of {r}'\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(texts) != 2 || texts["a"].plural || !texts["b"].plural || texts["b"].forms[plural.Zero] == nil || texts["b"].forms[plural.Two] != nil {
		t.Errorf("%+v", texts)
	}
	if a, b := texts["a"].placeholders(), texts["b"].placeholders(); !slices.Equal(a, []string{"q"}) || !slices.Equal(b, []string{"n", "q", "r"}) {
		t.Errorf("placeholders %q and %q", a, b)
	}
	// All that is wrong is said at once, by line and in the order of the keys.
	_, err = parseMessages(language.English, []byte("b: {one: x}\na: '{'\nc: fine\nd: [x]\n"))
	want := "line 2: a: \"{\" is no placeholder; want {name}, in small letters\n" +
		"line 1: b: the plural form \"other\" is missing\nline 4: d: want a text, or a text for each plural form"
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	for _, bad := range []string{"- a", "a", "a: x\na: y"} {
		if _, err := parseMessages(language.English, []byte(bad)); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
}

func FuzzParseMessages(f *testing.F) {
	for _, seed := range []string{"a: x {q}", "a: {one: x, other: '{n}'}", "a: &x [1, *x]", "{", "a: !!binary x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) {
		texts, err := parseMessages(language.Arabic, []byte(data))
		if err != nil {
			return
		}
		p := newPrinter("ar", language.Arabic, texts, nil)
		for key, text := range texts {
			var args []any
			for _, name := range text.placeholders() {
				args = append(args, name, 3)
			}
			if said := p.T(key, args...); strings.Contains(said, "⟦") && !strings.Contains(data, "⟦") {
				t.Errorf("%q: %s says %q", data, key, said)
			}
		}
	})
}
