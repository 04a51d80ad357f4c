package index

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/search"
)

// Words that were run together are read as those words, where no page has
// them so.
func TestRunTogether(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"notes/a.md": page("Rule 7 of the fanik", "", "Bolam dorup, golut and hepar."),
		"notes/b.md": page("Rule 17", "", "The bolam/golut of COVID19, and far away from any of the others a dorup."),
	})), Options{})
	for _, tt := range []struct {
		words string
		want  []string
	}{
		{"golut/hepar", []string{"a"}}, {"golut,hepar", []string{"a"}}, {"bolam/golut", []string{"b"}}, {"RULE7", []string{"a"}}, {"rule07", []string{"a"}},
		{"rule 007", []string{"a"}}, {"rule7/fanik", []string{"a"}}, {"covid19", []string{"b"}}, {"7(fanik", []string{"a"}},
		{"bolamdorup", []string{"a"}}, // stand together there alone
		{"xqzk/zzyw", nil}, {"-golut/hepar", []string{"a", "b"}}, {"title:rule/fanik", nil},
		{strings.Repeat("golut/", 40) + "hepar", nil},
	} {
		r := mustSearch(t, s, search.Parse(tt.words, s))
		got := hitIDs(r)
		if slices.Sort(got); !slices.Equal(got, tt.want) {
			t.Errorf("%.40s: %v, want %v", tt.words, got, tt.want)
		}
	}
	r := mustSearch(t, s, search.Parse("bolamdorup hepar", s))
	if want := (&search.Suggestion{Text: "bolam dorup hepar", Total: 1}); !reflect.DeepEqual(r.DidYou, want) {
		t.Errorf("did you mean %+v, want %+v", r.DidYou, want)
	}
}
