package index

import (
	"fmt"
	"reflect"
	"testing"

	"casebook/search"
)

// Names that are written by ear are found however they are written.
func TestRespelled(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
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

// A word that hardly any page has is doubted where very many have one that it
// looks like a slip for: the other is offered, the answer is as it was typed.
func TestDoubtfulWords(t *testing.T) {
	files := map[string]string{"notes/typo.md": page("Typo", "", "The bolamation of hepars, a doruping."), "notes/slip.md": page("Slip", "", "golutations fanikoland")}
	for i := range 60 {
		files[fmt.Sprintf("notes/n%02d.md", i)] = page("Note", "", "The bolamation. Fanikolands.")
	}
	files["notes/n00.md"] = page("Note", "", "The bolamation. Fanikolands. Golutation.")
	s := build(t, loaded(t, folder(files)), Options{})
	for words, want := range map[string]*search.Suggestion{
		"bolamaton":       {Text: "bolamation", Total: 61}, // no page has it
		"bolamatoin":      {Text: "bolamation", Total: 61},
		"fanikoland":      nil, // a form of the same word
		"golutations":     nil, // not so much rarer
		"doruping hepars": nil,
	} {
		r := mustSearch(t, s, search.Parse(words, s))
		if !reflect.DeepEqual(r.DidYou, want) {
			t.Errorf("%s: did you mean %+v, want %+v", words, r.DidYou, want)
		}
	}
	files["notes/typo.md"] = page("Typo", "", "The bolamatoin of hepars.")
	s = build(t, loaded(t, folder(files)), Options{})
	r := mustSearch(t, s, search.Parse("bolamatoin", s))
	if r.Total != 1 || r.Added != nil || r.DidYou == nil || r.DidYou.Total != 60 {
		t.Errorf("%d pages, added %v, did you mean %+v", r.Total, r.Added, r.DidYou)
	}
	if r := mustSearch(t, s, search.Parse("bolamatoin hepars", s)); r.DidYou != nil {
		t.Errorf("where the other word finds no more: did you mean %+v", r.DidYou)
	}
}
