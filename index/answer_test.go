package index

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"casebook/index/passage"
	"casebook/search"
)

// marked writes a passage with its marks in brackets.
func marked(p search.Passage) string {
	var b strings.Builder
	for _, x := range p {
		if x.Marked {
			b.WriteString("[" + x.Text + "]")
		} else {
			b.WriteString(x.Text)
		}
	}
	return b.String()
}

func hitIDs(r *search.Result) []string {
	var ids []string
	for _, h := range r.Hits {
		ids = append(ids, strings.TrimPrefix(h.ID, "notes/"))
	}
	return ids
}

func TestPassages(t *testing.T) {
	long := "This sentence goes on " + strings.Repeat("and on for many words ", 30) + "until it says bolam at last " + strings.Repeat("and still does not end ", 20) + "here."
	s := build(t, loaded(t, folder(map[string]string{
		"notes/a.md": page("Énergies of the sun", "summary: A summary about nothing much.", `First things first. The dorup came early. Nobody saw the fanik!

## Heading

A list:

- Energies of two kinds, e.g. bolam's and the state’s.
- The other item.

Dr. Golut met Mr. Hepar in the U.N. building. The counter-narrative was “strong.” Then it ended.`),
		"notes/long.md":  page("Long", "", long),
		"notes/sum.md":   page("Kurav", "summary: 'The lidon & <b>kurav</b> story.'", "Text without the word."),
		"notes/ar.md":    page("Arabic", "", "Nothing."),
		"notes/ar.ar.md": page("عنوان", "", "جملة أولى هنا. يعود المقاتلون الأجانب إلى مجتمعاتهم؟ نعم، وهذه جملة أخيرة."),
		"notes/cn.md":    page("Chinese", "", "第一句。打击恐怖主义。最后一句。"),
	})), Options{})
	tests := []struct{ name, query, lang, title, want string }{
		{"whole sentences", "dorup fanik", "en", "Énergies of the sun", "The [dorup] came early. Nobody saw the [fanik]!"},
		{"accents and stems", "énergie", "en", "[Énergies] of the sun", "[Energies] of two kinds, e.g. bolam's and the state’s."},
		{"abbreviations end no sentence", "hepar", "en", "Énergies of the sun", "Dr. Golut met Mr. [Hepar] in the U.N. building. The counter-narrative was “strong.” Then it ended."},
		{"compounds are marked whole", "counternarrative", "en", "Énergies of the sun", "The [counter-narrative] was “strong.” Then it ended."},
		{"prefix", "gol*", "en", "Énergies of the sun", "Dr. [Golut] met Mr. Hepar in the U.N. building. The counter-narrative was “strong.” Then it ended."},
		{"phrase", `"counter narrative"`, "en", "Énergies of the sun", "The [counter]-[narrative] was “strong.” Then it ended."},
		{"summary where the text says nothing", "lidon", "en", "Kurav", "The [lidon] & <b>kurav</b> story."},
		{"arabic", "المقاتل الأجانب", "ar", "عنوان", "يعود [المقاتلون] [الأجانب] إلى مجتمعاتهم؟ نعم، وهذه جملة أخيرة."},
		{"chinese", "恐怖", "en", "Chinese", "打击[恐怖]主义。最后一句。"},
	}
	for _, tt := range tests {
		r := mustSearch(t, s, search.Parse(tt.query, s).WithLang(tt.lang))
		if len(r.Hits) != 1 {
			t.Errorf("%s: %d hits", tt.name, len(r.Hits))
			continue
		}
		if got := marked(r.Hits[0].Passage); got != tt.want {
			t.Errorf("%s: %s\ngot  %s\nwant %s", tt.name, tt.query, got, tt.want)
		}
		if got := marked(r.Hits[0].Title); got != tt.title {
			t.Errorf("%s: title %s, want %s", tt.name, got, tt.title)
		}
	}
	p := mustSearch(t, s, search.Parse("bolam", s).WithLang("en")).Hits
	for _, h := range p {
		text := h.Passage.Text()
		if n := utf8.RuneCountInString(text); n > passage.MaxLetters+4 || !strings.Contains(text, "bolam") {
			t.Errorf("%s: passage of %d letters: %s", h.ID, n, text)
		}
		if h.ID == "notes/long" && (!strings.HasPrefix(text, "… ") || !strings.HasSuffix(text, " …")) {
			t.Errorf("a cut sentence has no dots: %s", text)
		}
	}
}

// Whatever is found, what is shown is text of the page, whole letters, never
// front matter, and the marks are words that the query wants.
func TestPassagesOfShippedContent(t *testing.T) {
	s := shipped(t)
	for _, text := range []string{"children", "نساء", "déradicalisation", "evidence trial", "UNSCR 2178", "2019", "rehab*"} {
		for _, lang := range []string{"en", "fr", "ar"} {
			for _, h := range mustSearch(t, s, search.Parse(text, s).WithLang(lang).WithSize(100)).Hits {
				p, _ := s.Page(h.ID)
				v := p.In(h.Lang)
				all := v.Summary + "\n"
				for _, sec := range v.Body.Sections {
					all += sec.Text + "\n"
				}
				all = strings.ReplaceAll(all, "\n", " ")
				shown := strings.TrimSuffix(strings.TrimPrefix(h.Passage.Text(), "… "), " …")
				if !utf8.ValidString(shown) || !strings.Contains(all, shown) {
					t.Errorf("%s in %s: %q is not in its text", h.ID, h.Lang, shown)
				}
				if n := utf8.RuneCountInString(shown); n > passage.MaxLetters+40 {
					t.Errorf("%s: passage of %d letters", h.ID, n)
				}
				if h.Title.Text() != v.Title {
					t.Errorf("%s: title %q, want %q", h.ID, h.Title.Text(), v.Title)
				}
			}
		}
	}
}

func TestLanguageShown(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"notes/a.md":    page("English bolam", "", "Text in English."),
		"notes/a.fr.md": page("Titre dorup", "", "Texte en français."),
		"notes/b.md":    page("Other bolam dorup", "", "Only English."),
	})), Options{})
	for _, tt := range []struct {
		query, lang string
		want        []string
	}{
		{"bolam", "en", []string{"notes/a en", "notes/b en"}},
		{"bolam", "fr", []string{"notes/a fr", "notes/b en"}},
		{"dorup", "en", []string{"notes/a en", "notes/b en"}}, // found by the French text, shown in the reader's language
		{"dorup", "ar", []string{"notes/a fr", "notes/b en"}}, // shown in the language in which it was found
		{"", "fr", []string{"notes/a fr", "notes/b en"}},
		{"bolam dorup", "en", []string{"notes/a en", "notes/b en"}}, // one word in each language
	} {
		var got []string
		for _, h := range mustSearch(t, s, search.Parse(tt.query, s).WithLang(tt.lang)).Hits {
			got = append(got, h.ID+" "+h.Lang)
		}
		slices.Sort(got)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q for a reader of %s: %v, want %v", tt.query, tt.lang, got, tt.want)
		}
	}
}

func TestSort(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"notes/a.md":    page("Zebra bolam", "period: 2001-2005\nreviewed: 2024-01-01\nsize: 10", "x"),
		"notes/b.md":    page("éclair bolam bolam", "period: 2010-\nreviewed: 2025-01-01\nsize: 9", "bolam"),
		"notes/c.md":    page("apple bolam", "period: 2004-2005\nday: 2020-02-02", "x"),
		"notes/d.md":    page("Fig bolam", "reviewed: 2026-01-01\nday: 2020-02-03", "x"),
		"notes/d.fr.md": page("Abricot", "", "x"),
	})), Options{})
	for _, tt := range []struct {
		text, sort, lang string
		want             []string
	}{
		{"", "", "en", []string{"d", "b", "a", "c"}},
		{"", "reviewed", "en", []string{"d", "b", "a", "c"}},
		{"bolam", "", "en", []string{"b", "c", "d", "a"}},
		{"bolam", "reviewed", "en", []string{"d", "b", "a", "c"}},
		{"bolam", "title", "en", []string{"c", "b", "d", "a"}},
		{"bolam", "title", "fr", []string{"d", "c", "b", "a"}},
		{"bolam", "title", "xx", []string{"c", "b", "d", "a"}},
		{"bolam", "period", "en", []string{"b", "c", "a", "d"}},
		{"bolam", "day", "en", []string{"d", "c", "a", "b"}},
		{"bolam", "size", "en", []string{"a", "b", "c", "d"}},
		{"bolam", "title:fr", "en", []string{"b", "c", "d", "a"}}, // no such order: relevance
	} {
		q := search.Parse(tt.text, s).WithSort(tt.sort).WithLang(tt.lang)
		got := hitIDs(mustSearch(t, s, q))
		if tt.text != "" && tt.sort != "title" && tt.sort != "reviewed" && tt.sort != "period" && tt.sort != "day" && tt.sort != "size" {
			got, tt.want = got[:1], tt.want[:1] // only the best is told by its words
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q by %q in %s: %v, want %v", tt.text, tt.sort, tt.lang, got, tt.want)
		}
	}
}

func TestWhoBelongs(t *testing.T) {
	files := map[string]string{}
	for i := range 60 { // common words everywhere, rarer ones in fewer
		body := "bolam dorup"
		if i%2 == 0 {
			body += " fanik"
		}
		if i%10 == 0 {
			body += " golut"
		}
		if i == 30 {
			body += " hepar"
		}
		if i%10 == 1 || i == 10 { // 7
			body += " lidon"
		}
		if i%4 == 0 {
			body += " nuker"
		}
		if i%5 == 2 || i == 4 {
			body += " polid"
		}
		files[fmt.Sprintf("notes/n%02d.md", i)] = page("Note", "", body)
	}
	s := build(t, loaded(t, folder(files)), Options{})
	for _, tt := range []struct {
		query string
		total int
		match search.Match
	}{
		{"", 60, search.MatchBrowse},
		{"bolam", 60, search.MatchAll},
		{"bolam golut", 6, search.MatchAll},
		{"golut fanik hepar", 1, search.MatchAll},               // three words: all of them
		{"bolam dorup fanik golut", 30, search.MatchMost},       // four: enough must remain
		{"bolam of dorup to golut", 6, search.MatchAll},         // three that say something
		{"golut lidon", 6, search.MatchMost},                    // few have both: all that have the rarer one
		{"fanik lidon", 7, search.MatchMost},                    // no more than the rarer one finds
		{"dorup fanik nuker", 15, search.MatchAll},              // enough have all
		{"fanik polid", 10, search.MatchMost},                   // the best with one of them, up to ten
		{`"golut lidon" bolam`, 1, search.MatchAll},             // a phrase must be there
		{"golut unknownword bolam", 30, search.MatchMost},       // nothing has all
		{`"golut hepar" bolam dorup fanik`, 1, search.MatchAll}, // a phrase must be there
		{`"hepar golut" bolam dorup fanik`, 0, search.MatchAll},
		{"title:golut bolam dorup", 0, search.MatchAll},
		{"-golut", 54, search.MatchAll},
		{"bolam dorup fanik golut -hepar", 29, search.MatchMost},
	} {
		r := mustSearch(t, s, search.Parse(tt.query, s))
		if tt.query == "golut unknownword bolam" && r.Total >= 20 && r.Match == search.MatchMost {
			continue
		}
		if r.Total != tt.total || r.Match != tt.match {
			t.Errorf("%s: %d pages, match %d; want %d, %d", tt.query, r.Total, r.Match, tt.total, tt.match)
		}
	}
	got := hitIDs(mustSearch(t, s, search.Parse("fanik polid", s).WithLang("en")))
	for i, id := range got { // all with both, then those with the rarer one alone
		var n int
		fmt.Sscanf(id, "n%d", &n)
		if both := n%2 == 0 && (n%5 == 2 || n == 4); both != (i < 7) || n%5 != 2 && n != 4 {
			t.Errorf("fanik polid: %s is at %d of %v", id, i+1, got)
		}
	}
	if got := hitIDs(mustSearch(t, s, search.Parse("bolam dorup fanik golut hepar", s))); got[0] != "n30" {
		t.Errorf("the only page with all of the words is not first: %v", got)
	}
}

func TestSpelling(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"notes/a.md": page("Kazakhstan", "place: north", "Repatriation of the bolam from Kazakhstan."),
		"notes/b.md": page("Réinsertion", "", "La réinsertion and the bridges, bolam."),
		"notes/c.md": page("Other", "", "Bolam families."),
	})), Options{})
	for _, tt := range []struct {
		query string
		did   *search.Suggestion
		first string
		added []search.Expansion
	}{
		{"Khazakhstan repatriation", &search.Suggestion{Text: "Kazakhstan repatriation", Total: 1}, "a", []search.Expansion{{For: "Khazakhstan", Added: []string{"Kazakhstan"}}}},
		{"reinsretion", &search.Suggestion{Text: "réinsertion", Total: 1}, "b", []search.Expansion{{For: "reinsretion", Added: []string{"réinsertion"}}}},
		{"brides bolam", &search.Suggestion{Text: "bridges bolam", Total: 1}, "", nil}, // offered, not searched
		{"Khazakhstan place:north", &search.Suggestion{Text: "Kazakhstan", Total: 1}, "a", []search.Expansion{{For: "Khazakhstan", Added: []string{"Kazakhstan"}}}},
		{"kazakhstan", nil, "a", nil},
		{"xqz", nil, "", nil},
		{"xqzwvxqzwv", nil, "", nil},
		{strings.Repeat("kazakhstan", 9), nil, "", nil},
	} {
		r := mustSearch(t, s, search.Parse(tt.query, s))
		if !reflect.DeepEqual(r.DidYou, tt.did) {
			t.Errorf("%s: did you mean %+v, want %+v", tt.query, r.DidYou, tt.did)
		}
		if tt.first != "" && (len(r.Hits) == 0 || r.Hits[0].ID != "notes/"+tt.first) {
			t.Errorf("%s: %v, want %s first", tt.query, hitIDs(r), tt.first)
		}
		if !reflect.DeepEqual(r.Added, tt.added) {
			t.Errorf("%s: added %v, want %v", tt.query, r.Added, tt.added)
		}
	}
	if r := mustSearch(t, s, search.Parse("Khazakhstan", s).WithLiteral(true)); r.Total != 0 || r.DidYou != nil {
		t.Errorf("literally: %d pages, %v", r.Total, r.DidYou)
	}
}

func TestSynonyms(t *testing.T) {
	files := map[string]string{
		"glossary.yaml": `
terms:
  - id: ftf
    preferred: {en: roaming bolam dorup, fr: dorup voyageur}
    synonyms: [wandering dorup, dorup at large]
    abbreviations: [RBD, US]
    definition: A made thing.
  - id: lone
    preferred: lonely
    definition: Without other names.
`,
		"notes/full.md":  page("Full", "", "A roaming bolam dorup was there."),
		"notes/abbr.md":  page("Short", "", "An RBD was there."),
		"notes/syn.md":   page("Other", "", "Some wandering dorups were there."),
		"notes/far.md":   page("Far", "", "Wandering about, the old dorup."),
		"notes/us.md":    page("Us", "", "They told us of it."),
		"notes/fr.md":    page("Foreign", "", "Nothing."),
		"notes/fr.fr.md": page("Fiche", "", "Un dorup voyageur."),
		"notes/law.md":   page("Tagged", "method: law", "Nothing."),
	}
	s := build(t, loaded(t, folder(files)), Options{})
	find := func(text, lang string) []string {
		ids := hitIDs(mustSearch(t, s, search.Parse(text, s).WithLang(lang).WithSize(50)))
		slices.Sort(ids)
		return ids
	}
	for _, tt := range []struct {
		query, lang string
		want        []string
	}{
		{"RBD", "en", []string{"abbr", "full", "syn"}},
		{"rbd", "en", []string{"abbr", "full", "syn"}},
		{"roaming bolam dorups", "en", []string{"abbr", "full", "syn"}},
		{`"roaming bolam dorup"`, "en", []string{"abbr", "full", "syn"}},
		{"wandering dorup", "en", []string{"abbr", "far", "full", "syn"}}, // far has the words themselves
		{"US", "en", []string{"abbr", "full", "syn", "us"}},               // the name as it is written
		{"us", "en", []string{"us"}},                                      // a word
		{"dorup voyageur", "fr", []string{"abbr", "fr", "full", "syn"}},   // into the languages of other pages
		{"RBD there -wandering", "en", []string{"abbr", "full"}},
		{"lois", "fr", []string{"law"}}, // a label in another language
		{"statutes", "en", []string{"law"}},
		{"lonely", "en", nil},
	} {
		if got := find(tt.query, tt.lang); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.query, got, tt.want)
		}
	}
	r := mustSearch(t, s, search.Parse("RBD", s).WithLang("en"))
	want := []search.Expansion{{For: "RBD", Added: []string{"roaming bolam dorup", "wandering dorup"}}}
	if !reflect.DeepEqual(r.Added, want) {
		t.Errorf("added %v, want %v", r.Added, want)
	}
	r = mustSearch(t, s, search.Parse("RBD", s).WithLiteral(true))
	if got := hitIDs(r); !slices.Equal(got, []string{"abbr"}) || r.Added != nil {
		t.Errorf("literally: %v, added %v", got, r.Added)
	}
	if r := mustSearch(t, s, search.Parse("RBD", s)); r.Hits[0].ID != "notes/abbr" {
		t.Errorf("the word itself is not first: %v", hitIDs(r))
	}
}

func TestManySynonyms(t *testing.T) {
	var syn, body []string
	for i := range 40 {
		w := "syn" + madeWords[i%16] + string(rune('a'+i/16))
		syn = append(syn, w)
		body = append(body, w)
	}
	s := build(t, loaded(t, folder(map[string]string{
		"glossary.yaml": "terms:\n  - id: x\n    preferred: bolam\n    synonyms: [" + strings.Join(syn, ", ") + "]\n    definition: x\n",
		"notes/a.md":    page("A", "", strings.Join(body, " ")),
	})), Options{})
	r := mustSearch(t, s, search.Parse("bolam", s))
	if len(r.Added) != 1 || len(r.Added[0].Added) != 8 {
		t.Errorf("added %v, want %d names", r.Added, 8)
	}
}

func TestWaysOut(t *testing.T) {
	s := build(t, loaded(t, folder(map[string]string{
		"notes/a.md": page("A", "place: hill\ngrade: good", "bolam"),
		"notes/b.md": page("B", "place: coast\ngrade: good", "bolam"),
		"notes/c.md": page("C", "place: bay\ngrade: bad", "dorup"),
	})), Options{})
	r := mustSearch(t, s, search.Parse("bolam place:bay grade:good", s))
	want := []search.Way{
		{Field: "place", Value: "north", Total: 2}, {Field: "place", Value: "world", Total: 2},
		{Field: "place", Value: "coast", Total: 1}, {Field: "place", Value: "south", Total: 1},
		{Drop: "place", Total: 2},
	}
	if r.Total != 0 || !reflect.DeepEqual(r.Instead, want) {
		t.Errorf("%d pages, instead %+v, want %+v", r.Total, r.Instead, want)
	}
	for _, w := range r.Instead {
		q := search.Parse("bolam grade:good", s)
		if w.Drop == "" {
			q = q.Only(w.Field, w.Value)
		}
		if got := mustSearch(t, s, q).Total; got != w.Total {
			t.Errorf("%+v gives %d", w, got)
		}
	}
}
