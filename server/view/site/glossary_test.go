package site

import (
	"strings"
	"testing"

	"casebook/content"
	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
)

// ask is somebody who asks in a language.
func ask(t testing.TB, c *plaincorpus.Corpus, lang string) reader {
	t.Helper()
	return reader{viewtest.Reader(t, c, lang)}
}

func TestGlossaryOrder(t *testing.T) {
	c := plaincorpus.New(t)
	entry := func(id string, pairs ...string) *content.Entry {
		m := make(map[string]string)
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return &content.Entry{ID: id, Preferred: content.NewText(m, "en")}
	}
	g := &content.Glossary{Entries: []*content.Entry{
		entry("z", "en", "zone", "ar", "المنطقة"), entry("e", "en", "écu", "ar", "بئر"), entry("f", "en", "Fog"), entry("d", "en", "(dry) land", "ar", "أرض جافة"), entry("n", "en", "2178"),
	}}
	for lang, want := range map[string]string{"en": "#:n D:d E:e F:f Z:z", "ar": "ا:d ب:e م:z #en:n Fen:f"} {
		var got []string
		for _, l := range ask(t, c, lang).glossary(g).Letters {
			part := l.Letter + l.Lang + ":"
			for _, e := range l.Entries {
				part += e.ID
			}
			got = append(got, part)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", lang, strings.Join(got, " "), want)
		}
	}
}
