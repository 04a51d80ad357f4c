package content

import (
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	both := NewText(map[string]string{"en": "Sea", "fr": "Mer"}, "en")
	frOnly := NewText(map[string]string{"fr": "Mer", "it": "Mare"}, "en") // no text in the language to fall back to
	tests := []struct {
		text             Text
		lang, want, from string
		has              bool
	}{
		{both, "fr", "Mer", "fr", true},
		{both, "en", "Sea", "en", true},
		{both, "ar", "Sea", "en", false},
		{frOnly, "en", "Mer", "fr", false},
		{frOnly, "it", "Mare", "it", true},
		{NewText(map[string]string{"fr": "Mer"}, "en"), "en", "Mer", "fr", false},
		{Text{}, "en", "", "", false},
		{NewText(nil, "en"), "en", "", "", false},
	}
	for _, tt := range tests {
		if got, from, has := tt.text.In(tt.lang), tt.text.LangOf(tt.lang), tt.text.Has(tt.lang); got != tt.want || from != tt.from || has != tt.has {
			t.Errorf("%v in %s = %q, %q, %v; want %q, %q, %v", tt.text, tt.lang, got, from, has, tt.want, tt.from, tt.has)
		}
	}
	if got := strings.Join(frOnly.Langs(), " "); got != "fr it" {
		t.Errorf("languages %s", got)
	}
	given := map[string]string{"en": "Sea"}
	text := NewText(given, "en")
	if given["en"] = "Lake"; text.In("en") != "Sea" {
		t.Error("a Text changes with what it was made of")
	}
	if both.IsZero() || !(Text{}).IsZero() {
		t.Error("IsZero is wrong")
	}
}
