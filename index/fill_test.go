package index

import (
	"fmt"
	"testing"

	"casebook/search"
)

// In a large collection few pages with all words are what was wanted.
func TestLargeCollectionsAreNotFilled(t *testing.T) {
	for _, tt := range []struct {
		pages, total int
		match        search.Match
	}{{smallPages, 3, search.MatchMost}, {smallPages + 1, 1, search.MatchAll}} {
		files := make(map[string]string)
		for i := range tt.pages {
			text := "dorup"
			switch {
			case i == 0:
				text = "bolam fanik"
			case i < 3:
				text = "bolam"
			case i < 20:
				text = "fanik"
			}
			files[fmt.Sprintf("notes/n%04d.md", i)] = page("Note", "", text)
		}
		s := build(t, loaded(t, folder(files)), Options{})
		if r := mustSearch(t, s, search.Parse("bolam fanik", s)); r.Total != tt.total || r.Match != tt.match {
			t.Errorf("of %d pages: %d found, match %d; want %d, %d", tt.pages, r.Total, r.Match, tt.total, tt.match)
		}
	}
}
