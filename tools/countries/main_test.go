package main

import (
	"os"
	"strings"
	"testing"
)

// The vocabulary that is shipped is what the generator makes.
func TestShippedVocabularyIsGenerated(t *testing.T) {
	raw, err := os.ReadFile("names.yml")
	if err != nil {
		t.Fatal(err)
	}
	got, err := generate(raw)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../../" + termsFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s is not what names.yml says; run go run ./tools/countries from the module's root", termsFile)
	}
}

func TestGenerate(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"CLDR's names", "codes: FR GB", `  - id: FR
    label: {en: France, fr: France, ar: فرنسا}
  - id: GB
    label: {en: United Kingdom, fr: Royaume-Uni, ar: المملكة المتحدة}
`},
		{"sorted, and no as a word", "codes: >-\n  SE \"NO\"", `  - id: "NO"
    label: {en: Norway, fr: Norvège, ar: النرويج}
  - id: SE
    label: {en: Sweden, fr: Suède, ar: السويد}
`},
		{"as the United Nations writes them", "codes: AG KN", `  - id: AG
    label: {en: Antigua and Barbuda, fr: Antigua-et-Barbuda, ar: أنتيغوا وبربودا}
  - id: KN
    label: {en: Saint Kitts and Nevis, fr: Saint-Christophe-et-Niévès, ar: سانت كيتس ونيفيس}
`},
		{"names by hand", "codes: FR\nnames:\n  FR: {label: {en: 'The \"Republic\"'}, ar: [فرنسي], en: ['French, of France', Gallic]}", `  - id: FR
    label: {en: "The \"Republic\"", fr: France, ar: فرنسا}
    alt:
      en: ["French, of France", Gallic]
      ar: [فرنسي]
`},
	} {
		got, err := generate([]byte(tt.file))
		if err != nil || string(got) != header+tt.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", tt.name, err, strings.TrimPrefix(string(got), header), tt.want)
		}
	}
	for _, tt := range []struct{ name, file, want string }{
		{"an unknown field", "codes: FR\nfoo: x", "field foo not found"},
		{"a name of no country", "codes: FR\nnames: {DE: {en: [German]}}", `name for "DE"`},
		{"no code of a country", "codes: F", `code "F"`},
		{"twice the same", "codes: FR\nnames: {FR: {en: [French, French]}}", `FR: alternative label "French" stands twice`},
		{"the label again", "codes: FR\nnames: {FR: {en: [France]}}", `FR: alternative label "France" stands twice`},
		{"no YAML", "codes: [", "yaml"},
	} {
		if got, err := generate([]byte(tt.file)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want an error with %q\n%s", tt.name, err, tt.want, got)
		}
	}
}
