package index

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"casebook/content"
	"casebook/search"
)

func mustSearch(t testing.TB, s *Snapshot, q search.Query) *search.Result {
	t.Helper()
	r, err := s.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("Search(%q): %v", q, err)
	}
	return r
}

// randomQuery asks words of all kinds and filters in any facet.
func randomQuery(r *rand.Rand, s *Snapshot) search.Query {
	var parts []string
	for range r.IntN(6) {
		w := pick(r, madeWords)
		switch r.IntN(10) {
		case 0:
			parts = append(parts, "-"+w)
		case 1:
			parts = append(parts, `"`+w+" "+pick(r, madeWords)+`"`)
		case 2:
			parts = append(parts, w[:3]+"*")
		case 3:
			parts = append(parts, "title:"+w)
		case 4:
			parts = append(parts, w+" OR "+pick(r, madeWords))
		case 5:
			parts = append(parts, "unknown"+w)
		default:
			parts = append(parts, w)
		}
	}
	q := search.Parse(strings.Join(parts, " "), s).WithSize(0)
	q.Literal = r.IntN(4) == 0
	for range r.IntN(4) {
		c := s.facets.Columns[r.IntN(len(s.facets.Columns))]
		if c.Facet.ByYears() && r.IntN(2) == 0 {
			from := 2000 + r.IntN(25)
			q = q.SetFilter(search.Filter{Field: c.Facet.Name, From: from, To: []int{0, from + r.IntN(5)}[r.IntN(2)]})
			continue
		}
		for range 1 + r.IntN(2) {
			if len(c.IDs) > 0 {
				q = q.Toggle(c.Facet.Name, c.IDs[r.IntN(len(c.IDs))])
			}
		}
	}
	return q
}

// The number beside a value is the number of results after choosing only it in
// its facet, all other filters as they are: for every facet, always.
func TestCountsHoldWhatTheyPromise(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			s := build(t, loaded(t, made(seed, 20+int(seed)*25)), Options{})
			r := rand.New(rand.NewPCG(seed, 2))
			checked := 0
			for range 25 {
				q := randomQuery(r, s)
				res := mustSearch(t, s, q)
				if len(res.Facets) != len(s.facets.Columns) {
					t.Fatalf("%q: %d facets, want %d", q, len(res.Facets), len(s.facets.Columns))
				}
				for i, f := range res.Facets {
					shown := make(map[string]int)
					for _, v := range f.Values {
						shown[v.ID] = v.Count
						if v.Selected != q.Has(f.Field, v.ID) {
							t.Errorf("%q: %s:%s selected = %t", q, f.Field, v.ID, v.Selected)
						}
						if v.Count == 0 && !v.Selected {
							t.Errorf("%q: %s:%s is shown with 0", q, f.Field, v.ID)
						}
					}
					for _, id := range s.facets.Columns[i].IDs {
						if got := mustSearch(t, s, q.Only(f.Field, id)).Total; got != shown[id] {
							t.Errorf("%q: %d beside %s:%s, but choosing it gives %d", q, shown[id], f.Field, id, got)
						}
						checked++
					}
				}
			}
			if checked < 500 {
				t.Errorf("only %d numbers checked", checked)
			}
		})
	}
}

// A page tagged with a term counts for every broader term, once.
func TestBroaderTermsCountOnce(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"notes/a.md": page("A", "place: [bay, coast]", "x"),
		"notes/b.md": page("B", "place: [hill, isle]", "x"),
	})), Options{})
	var got []string
	for _, v := range mustSearch(t, s, search.Query{}).Facets[0].Values {
		got = append(got, fmt.Sprintf("%s %d", v.ID, v.Count))
	}
	want := []string{"world 2", "north 2", "south 1", "coast 1", "bay 1", "hill 1", "isle 1"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Documents and units are the same in the same order, and every page is one
// result.
func TestDocumentsAndPages(t *testing.T) {
	lib := loaded(t, made(9, 70))
	s := build(t, lib, Options{})
	n := 0
	for p := range lib.All() {
		n += 1 + len(p.Translations)
	}
	if s.Documents() != n || s.Pages() != lib.Len() {
		t.Fatalf("%d documents of %d pages, want %d of %d", s.Documents(), s.Pages(), n, lib.Len())
	}
	for d := range n {
		u := s.docs.Units[d]
		if s.docs.Tags[u.Tag] != s.lib.Table().Langs(int(u.Page))[uint32(d)-s.docs.Original(u.Page)] {
			t.Errorf("document %d: %+v", d, u)
		}
	}
	ids := make(map[string]bool)
	q := search.Query{Size: search.MaxSize}
	for q.Page = 1; ; q.Page++ {
		r := mustSearch(t, s, q)
		if r.Total != lib.Len() {
			t.Fatalf("total %d, want %d", r.Total, lib.Len())
		}
		if len(r.Hits) == 0 {
			break
		}
		for _, h := range r.Hits {
			if ids[h.ID] {
				t.Errorf("%s comes twice", h.ID)
			}
			ids[h.ID] = true
		}
	}
	if len(ids) != lib.Len() {
		t.Errorf("%d pages seen, want %d", len(ids), lib.Len())
	}
}

// What words find is what a walk over the texts finds.
func TestWordsAgainstTexts(t *testing.T) {
	lib := loaded(t, made(11, 90))
	s := build(t, lib, Options{})
	text := func(p *content.Page) string {
		var b strings.Builder
		b.WriteString(p.Title + " | " + p.Summary)
		for _, sec := range p.Body.Sections {
			b.WriteString(" | " + sec.Title + " | " + sec.Text)
		}
		return " " + strings.Join(strings.Fields(b.String()), " ") + " "
	}
	has := func(p *content.Page, ok func(text string) bool) bool {
		if ok(text(p)) {
			return true
		}
		for _, tr := range p.Translations {
			if ok(text(tr)) {
				return true
			}
		}
		return false
	}
	tests := []struct {
		query string
		ok    func(string) bool
	}{
		{"bolam", func(s string) bool { return strings.Contains(s, " bolam ") }},
		{"zedom", func(s string) bool { return strings.Contains(s, " zedom ") }},
		{`"bolam dorup"`, func(s string) bool { return strings.Contains(s, " bolam dorup ") }},
		{`"bolam bolam fanik"`, func(s string) bool { return strings.Contains(s, " bolam bolam fanik ") }},
		{"-bolam", func(s string) bool { return !strings.Contains(s, " bolam ") }},
		{"zed*", func(s string) bool { return strings.Contains(s, " zed") }},
		{"zedom OR vikar", func(s string) bool { return strings.Contains(s, " zedom ") || strings.Contains(s, " vikar ") }},
	}
	for _, tt := range tests {
		want := 0
		for p := range lib.All() {
			if strings.HasPrefix(tt.query, "-") {
				if !has(p, func(s string) bool { return !tt.ok(s) }) {
					want++
				}
			} else if has(p, tt.ok) {
				want++
			}
		}
		if got := mustSearch(t, s, search.Parse(tt.query, s)).Total; got != want || want == 0 {
			t.Errorf("%s: %d pages, want %d", tt.query, got, want)
		}
	}
}

// Up to three words, a word more never finds more, while some page has all of
// them: with pages that fill up a short answer too.
func TestMoreWordsFindLess(t *testing.T) {
	filled := 0
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(13, seed))
		files := make(map[string]string)
		for i := range 120 { // some words everywhere, some on a page or two
			var ws []string
			for range 6 {
				ws = append(ws, madeWords[min(r.IntN(16), r.IntN(16), r.IntN(16))])
			}
			files[fmt.Sprintf("notes/n%03d.md", i)] = page("Note", "", strings.Join(ws, " "))
			if r.IntN(4) == 0 {
				files[fmt.Sprintf("notes/n%03d.fr.md", i)] = page("Fiche", "", pick(r, madeWords))
			}
		}
		s := build(t, loaded(t, folder(files)), Options{})
		find := func(text string) (*search.Result, map[string]bool) {
			res := mustSearch(t, s, search.Parse(text, s).WithSize(search.MaxSize))
			ids := make(map[string]bool)
			for _, h := range res.Hits {
				ids[h.ID] = true
			}
			return res, ids
		}
		for range 300 {
			ws := []string{pick(r, madeWords), pick(r, madeWords), pick(r, madeWords)}
			last := s.Pages()
			_, all := find(ws[0])
			for n := 1; n <= 3; n++ {
				text := strings.Join(ws[:n], " ")
				res, _ := find(text)
				_, one := find(ws[n-1])
				maps.DeleteFunc(all, func(id string, _ bool) bool { return !one[id] })
				if len(all) == 0 {
					break // nothing has all
				}
				if res.Total > last {
					t.Errorf("%s: %d pages, without its last word %d", text, res.Total, last)
				}
				if res.Total < len(all) || len(all) >= 10 && res.Total != len(all) || len(all) < 10 && res.Total > 10 {
					t.Errorf("%s: %d pages, %d have all words", text, res.Total, len(all))
				}
				for i, h := range res.Hits {
					if all[h.ID] != (i < len(all)) {
						t.Errorf("%s: %s is at %d, though %d pages have all words", text, h.ID, i+1, len(all))
					}
				}
				if more := res.Total > len(all); more != (res.Match == search.MatchMost) {
					t.Errorf("%s: %d pages, %d have all words, but match is %d", text, res.Total, len(all), res.Match)
				} else if more {
					filled++
				}
				last = res.Total
			}
		}
	}
	if filled < 50 {
		t.Errorf("only %d answers were filled up", filled)
	}
}
