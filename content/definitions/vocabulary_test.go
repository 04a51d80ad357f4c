package definitions

import (
	"slices"
	"testing"
	"testing/fstest"

	"casebook/content"
)

// readTerms reads a vocabulary from text.
func readTerms(t *testing.T, text string) (*content.Vocabulary, content.Problems) {
	t.Helper()
	d, problems, err := Read(t.Context(), fstest.MapFS{
		"schema.yaml":         {Data: []byte("kinds: {note: {folder: notes}}")},
		"vocabularies/x.yaml": {Data: []byte(text)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d.Vocabularies["x"], problems
}

func TestAncestors(t *testing.T) {
	v, problems := readTerms(t, `terms:
  - {id: bottom, broader: [left, right]}
  - {id: left, broader: top}
  - {id: right, broader: [middle, top]}
  - {id: middle, broader: top}
  - {id: top}
`)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for id, want := range map[string][]string{
		"bottom": {"left", "right", "top", "middle"}, // nearest first, each once
		"right":  {"middle", "top"},
		"top":    nil,
	} {
		term, _ := v.Term(id)
		if !slices.Equal(term.Ancestors, want) {
			t.Errorf("ancestors of %s = %v, want %v", id, term.Ancestors, want)
		}
	}
	if top, _ := v.Term("top"); !slices.Equal(top.Narrower, []string{"left", "right", "middle"}) {
		t.Errorf("narrower of top = %v", top.Narrower)
	}
}

// TestCycles: whatever the terms say, no term that Read returns is above
// itself, and each circle is reported once.
func TestCycles(t *testing.T) {
	v, problems := readTerms(t, `terms:
  - {id: a, broader: [b, d]}
  - {id: b, broader: c}
  - {id: c, broader: [a, d]}
  - {id: d, broader: [e]}
  - {id: e, broader: [d]}
  - {id: f, broader: [a]}
`)
	for _, term := range v.Terms {
		if slices.Contains(term.Ancestors, term.ID) {
			t.Errorf("%s is above itself: %v", term.ID, term.Ancestors)
		}
	}
	if len(problems) != 2 || problems[0].Code != "term-cycle" || problems[1].Code != "term-cycle" {
		t.Errorf("problems %v", problems)
	}
}
