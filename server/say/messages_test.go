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
		{"list", "a: [x]", "a: x", "want a text"},
	}
	for _, tt := range tests {
		_, err := Load(fstest.MapFS{"messages/en.yaml": {Data: []byte(tt.en)}, "messages/fr.yaml": {Data: []byte(tt.fr)}}, nil)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
	if _, err := Load(fstest.MapFS{}, nil); err == nil {
		t.Error("no messages at all are accepted")
	}
}
