package article

import (
	"testing"

	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
)

// All that the pages of the sample content show.
func TestPages(t *testing.T) {
	c := plaincorpus.New(t)
	for _, tt := range []struct{ name, id, lang, base string }{
		{"cape-stones", "cases/cape-stones", "en", "https://example.org/in"},
		{"cape-stones.fr", "cases/cape-stones", "fr", ""},
		{"plain-wells.ar", "cases/plain-wells", "ar", ""},
		{"rule", "rules/dry-land/01", "fr", ""},
		{"second-rule", "rules/dry-land/02", "en", ""},
		{"book", "books/dry-land", "en", ""},
		{"note", "notes/evidence", "en", "https://example.org"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := c.Page(tt.id)
			if err != nil {
				t.Fatal(err)
			}
			v, err := Of(t.Context(), viewtest.At(t, c, tt.lang, tt.base, "/"+tt.id, ""), p)
			if err != nil {
				t.Fatal(err)
			}
			viewtest.Golden(t, tt.name, v)
		})
	}
}
