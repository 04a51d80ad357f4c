package article

import (
	"testing"

	"casebook/content"
	"casebook/server/internal/plaincorpus"
)

// A translation that nobody has reviewed says so.
func TestMachineTranslation(t *testing.T) {
	c := plaincorpus.New(t)
	r := ask(t, c, "fr")
	p, _ := c.Page("cases/cape-stones")
	copied := *p.In("fr")
	copied.Translation = "machine-assisted, not reviewed"
	original := *p
	original.Translations = map[string]*content.Page{"fr": &copied}
	copied.Of = &original
	v, err := Of(t.Context(), r.Reader, &original)
	if err != nil {
		t.Fatal(err)
	}
	if v.Translation == "" || v.OriginalURL != "/cases/cape-stones" || v.Untranslated {
		t.Errorf("translation %q, original %q, untranslated %v", v.Translation, v.OriginalURL, v.Untranslated)
	}
}
