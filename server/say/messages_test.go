package say

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestMessagesThatDoNotLoad(t *testing.T) {
	tests := []struct{ name, en, fr, want string }{
		{"key missing", "a: x\nb: y", "a: x", "messages/fr.yaml: b is missing; messages/en.yaml has it"},
		{"placeholder missing", "a: x {q}", "a: x", "a has the placeholders [], messages/en.yaml [q]"},
		{"other placeholder", "a: x {q}", "a: x {p}", "a has the placeholders [p], messages/en.yaml [q]"},
		{"plural form missing", "a: {one: x, other: y}", "a: {other: y}", `messages/fr.yaml: line 1: a: the plural form "one" is missing`},
		{"no such form", "a: {one: x, other: y, several: z}", "a: {one: x, other: y}", `unknown plural form "several"`},
		{"open placeholder", "a: 'x {q'", "a: x", `"{q" is no placeholder`},
		{"bad placeholder", "a: 'x {Q}'", "a: x", `"{Q" is no placeholder`},
		{"key twice", "a: x\na: y", "a: x", "already defined"},
		{"forms and none", "a: {one: x, other: y}", "a: x", "a has the placeholders [], messages/en.yaml [n]"},
		{"one language has more", "a: x", "a: x\nb: y", "messages/en.yaml: b is missing; messages/fr.yaml has it"},
		{"list", "a: [x]", "a: x", "want a text"},
	}
	for _, tt := range tests {
		_, err := Load(fstest.MapFS{"messages/en.yaml": {Data: []byte(tt.en)}, "messages/fr.yaml": {Data: []byte(tt.fr)}}, nil)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
	for lang, form := range map[string]string{"ar": "two", "pl": "few", "ru": "many", "lv": "zero", "he": "two", "br": "many"} {
		forms := make([]string, 0, 6)
		for _, name := range []string{"zero", "one", "two", "few", "many", "other"} {
			if name != form {
				forms = append(forms, name+": x")
			}
		}
		_, err := Load(fstest.MapFS{"messages/" + lang + ".yaml": {Data: []byte("a: {" + strings.Join(forms, ", ") + "}")}}, nil)
		if want := "the plural form \"" + form + "\" is missing"; err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s without the form %s: %v", lang, form, err)
		}
	}
	files := fstest.MapFS{"messages/a_b-c!.yaml": {Data: []byte("a: x")}, "messages/en.yaml": {Data: []byte("a: [x]\nb: {x: y}")}, "messages/fr.yaml": {Data: []byte("c: '{'")}}
	_, err := Load(files, nil)
	for _, want := range []string{"messages/a_b-c!.yaml: ", "messages/en.yaml: line 1: a: want a text", "line 2: b: unknown plural form", "messages/fr.yaml: line 1: c: "} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("all errors at once: %v, want %q among them", err, want)
		}
	}
	if _, err := Load(fstest.MapFS{}, nil); err == nil {
		t.Error("no messages at all are accepted")
	}
}

func TestPlaceholders(t *testing.T) {
	for text, want := range map[string]string{
		"{a}": "A", "{z} {a}": "Z A", "{a_b}": "AB", "{a}{z}": "AZ", "x}": "x}", "": "", "x {a} y": "x A y",
	} {
		ms, err := Load(fstest.MapFS{"messages/en.yaml": {Data: []byte("k: '" + text + "'")}}, nil)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := ms.In("en").T("k", "a", "A", "z", "Z", "a_b", "AB"); got != want {
			t.Errorf("%q is said as %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"{}", "{a1}", "{a-b}", "{`}", "{{}", "{A}", "{a", "{é}", "{ a}", "x {a} {"} {
		if _, err := Load(fstest.MapFS{"messages/en.yaml": {Data: []byte("k: '" + text + "'")}}, nil); err == nil {
			t.Errorf("%q is accepted", text)
		}
	}
}

// A form may leave out its number; no form may leave out anything else of another language's.
func TestFormsMayLeaveOutTheirNumber(t *testing.T) {
	_, err := Load(fstest.MapFS{
		"messages/en.yaml": {Data: []byte("a: {one: 'one of {q}', other: '{n} of {q}'}")}, "messages/es.yaml": {Data: []byte("a: {one: uno, other: 'otros {q}'}")},
	}, nil)
	if err != nil {
		t.Error(err)
	}
}

func TestLanguagesThereAre(t *testing.T) {
	load := func(langs ...string) *Messages {
		files := fstest.MapFS{}
		for _, l := range langs {
			files["messages/"+l+".yaml"] = &fstest.MapFile{Data: []byte("language.self: L-" + l)}
		}
		ms, err := Load(files, nil)
		if err != nil {
			t.Fatal(err)
		}
		return ms
	}
	ms := load("fr", "en", "ar")
	if got := strings.Join(ms.Languages(), " "); got != "ar en fr" || ms.Fallback() != "en" {
		t.Errorf("languages %s, fallback %s", got, ms.Fallback())
	}
	if got := load("fr", "es").Fallback(); got != "es" {
		t.Errorf("without English the fallback is %s, want the first", got)
	}
	if !ms.Has("fr") || ms.Has("de") {
		t.Error("Has tells other languages")
	}
	for lang, want := range map[string]string{"fr": "L-fr", "de": "Deutsch", "zz": "zz", "?": "?"} {
		if got := ms.Name(lang); got != want {
			t.Errorf("%s is called %q, want %q", lang, got, want)
		}
	}
	if got := ms.In("en").T("no.such", "a", 1); got != "⟦no.such⟧" { // nobody is told, and nothing breaks
		t.Errorf("a message that isn't there is said as %q", got)
	}
}
