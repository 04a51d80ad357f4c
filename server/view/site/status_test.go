package site

import (
	"testing"

	"casebook/content"
)

func TestStatusOfLeftOutFiles(t *testing.T) {
	e := &content.Problem{Path: "b.md", Severity: content.Error, Msg: "x"}
	w := &content.Problem{Path: "c.md", Severity: content.Warning, Msg: "y"}
	left, warnings, hidden := sortOut(content.Problems{e, w}, []string{"a.md"})
	if len(left) != 2 || left[0].Path != "a.md" || left[1].Problems[0] != e || len(warnings) != 1 || warnings[0] != w || hidden != 0 {
		t.Errorf("%+v, %v, %d", left, warnings, hidden)
	}
	var many content.Problems
	for range maxProblems + 5 {
		many = append(many, w)
	}
	if _, shown, hidden := sortOut(many, nil); len(shown) != maxProblems || hidden != 5 {
		t.Errorf("%d shown, %d hidden", len(shown), hidden)
	}
}
