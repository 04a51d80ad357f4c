package index

import (
	"slices"
	"testing"

	"casebook/search"
)

// A name is more than those of its words that say something: what is not
// evaluated is not what evaluated names.
func TestNamesWithEmptyWords(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"glossary.yaml":  "terms:\n  - id: x\n    preferred: golut\n    synonyms: [not fanik, would-be dorup]\n    definition: x\n",
		"notes/name.md":  page("Name", "", "The golut."),
		"notes/fanik.md": page("Fanik", "", "It was fanik."),
		"notes/dorup.md": page("Dorup", "", "A dorup."),
	})), Options{})
	for words, want := range map[string][]string{
		"fanik": {"fanik"}, "dorup": {"dorup"}, "golut": {"name"}, "not fanik": {"fanik", "name"}, "would-be dorup": {"dorup", "name"},
	} {
		got := hitIDs(mustSearch(t, s, search.Parse(words, s)))
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", words, got, want)
		}
	}
}

// What the glossary knows is spelled right, even where no page has it.
func TestNamesAreNoMisspellings(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"glossary.yaml": "terms:\n  - id: x\n    preferred: fanik dorup\n    synonyms: [fanik bolam]\n    definition: x\n",
		"notes/a.md":    page("A", "", "The manik, the famik."),
	})), Options{})
	if r := mustSearch(t, s, search.Parse("fanik bolam", s)); r.Total != 0 || r.DidYou != nil {
		t.Errorf("%d pages, did you mean %+v", r.Total, r.DidYou)
	}
	if r := mustSearch(t, s, search.Parse("fanik", s)); r.DidYou == nil || r.DidYou.Text != "famik" {
		t.Errorf("a word that is no name: did you mean %+v", r.DidYou)
	}
}
