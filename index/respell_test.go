package index

import (
	"testing"

	"casebook/search"
)

// Names that are written by ear are found however they are written.
func TestRespelled(t *testing.T) {
	s := build(t, load(t, folder(map[string]string{
		"notes/a.md": page("A", "", "Moussalaha and Zhusan."),
		"notes/b.md": page("B", "", "Kazakh ships and Qadhafi, kadda."),
	})), Options{})
	for words, want := range map[string]string{
		"Musalaha": "Moussalaha", "Mousallaha": "Moussalaha", "Jusan": "Zhusan", "Djusan": "Zhusan", "Kadhafi": "Qadhafi", "Gaddhafi": "Qadhafi", "Kazak": "Kazakh",
	} {
		r := mustSearch(t, s, search.Parse(words, s))
		if r.DidYou == nil || r.DidYou.Text != want || len(r.Hits) != 1 || r.DidYou.Total != 1 {
			t.Errorf("%s: did you mean %+v, %d pages; want %s", words, r.DidYou, r.Total, want)
		}
	}
	if r := mustSearch(t, s, search.Parse("chips Qadhafi", s)); r.Added != nil || r.DidYou == nil || r.DidYou.Text != "ships Qadhafi" {
		t.Errorf("a short word is only offered: added %v, did you mean %+v", r.Added, r.DidYou)
	}
}
