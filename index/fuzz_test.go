package index

import (
	"context"
	"sync"
	"testing"

	"casebook/content/load"
	"casebook/search"
)

var fuzzSnapshot = sync.OnceValues(func() (*Snapshot, error) {
	lib, _, err := load.Load(context.Background(), made(77, 60), load.Options{Today: today})
	if err != nil {
		return nil, err
	}
	return Build(context.Background(), lib, Options{Concurrent: 64, Deadline: patience})
})

// Whatever is typed gets an answer that agrees with itself.
func FuzzSearch(f *testing.F) {
	for _, s := range []string{
		"", "bolam", `"bolam dorup" -fanik`, "bol* OR dor*", "title:bolam place:north", "period:2010..2015 x", "the of and", "-the", "unknowm wrod",
		"\x00\xff", "إعادة الإدماج", "打击", "wi-fi 10:30 c++", `"the of"`, "-bolam -dorup", "title:the", "a-b-c-d-e-f", "'", "l'", "U.N.",
	} {
		f.Add(s, "en", uint8(0))
	}
	f.Fuzz(func(t *testing.T, text, lang string, opts uint8) {
		s, err := fuzzSnapshot()
		if err != nil {
			t.Fatal(err)
		}
		q := search.Parse(text, s).WithLang(lang).WithLiteral(opts&1 != 0)
		if opts&2 != 0 {
			q = q.Toggle("place", "north")
		}
		r, err := s.Search(context.Background(), q)
		if err != nil {
			t.Fatalf("Search(%q): %v", text, err)
		}
		if len(r.Hits) != min(r.Total, q.Size) {
			t.Errorf("Search(%q): %d hits of %d", text, len(r.Hits), r.Total)
		}
		for i, h := range r.Hits {
			if _, err := s.Page(h.ID); err != nil || h.Score < 0 || h.Score != h.Score {
				t.Errorf("Search(%q): hit %d is %+v", text, i, h)
			}
		}
		if r.DidYou != nil {
			again, err := s.Search(context.Background(), q.WithText(r.DidYou.Text, s))
			if err != nil || again.Total != r.DidYou.Total {
				t.Errorf("Search(%q): %+v, but that gives %d (%v)", text, r.DidYou, again.Total, err)
			}
		}
		if _, err := s.Suggest(context.Background(), text, lang, int(opts)); err != nil {
			t.Errorf("Suggest(%q): %v", text, err)
		}
	})
}
