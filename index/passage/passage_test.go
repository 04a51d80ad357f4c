package passage

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"casebook/content"
	"casebook/search"
)

// spelled has how texts write terms, by language and term.
type spelled []map[string][]string

func (s spelled) Surfaces(lang int, term string) []string { return s[lang][term] }

// langOf knows English and French.
func langOf(tag string) (int, bool) {
	place, ok := map[string]int{"en": 0, "fr": 1}[tag]
	return place, ok
}

// page is a page with a summary and sections.
func page(lang, summary string, sections ...string) *content.Page {
	p := &content.Page{Lang: lang, Title: "Title", Summary: summary}
	for _, s := range sections {
		p.Body.Sections = append(p.Body.Sections, content.Section{Text: s})
	}
	return p
}

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

// wish wants terms in English, of a weight.
func wish(weight float32, terms ...string) Wish {
	return Wish{Terms: [][]string{terms, nil}, Weight: weight}
}

var spellings = spelled{
	{"bolam": {"bolam", "Bolams"}, "dorup": {"dorup"}, "fanik": {"fanik"}, "counternarr": {"counter-narrative"}, "counter": {"counter"}, "narr": {"narrative"}, "人口": {"人口"}, "口人": {"口人"}},
	{"bolam": {"bolâm"}},
}

func TestPassage(t *testing.T) {
	filler := strings.Repeat("Words that say nothing of it. ", 20)
	for _, tt := range []struct {
		name   string
		page   *content.Page
		wishes []Wish
		want   string
	}{
		{"the sentence and the next", page("en", "S", "First. The bolam. Next."), []Wish{wish(1, "bolam")}, "The [bolam]. Next."},
		{"where more of the wishes are", page("en", "S", "A bolam. "+filler+"A bolam, a dorup. End."), []Wish{wish(1, "bolam"), wish(1, "dorup")}, "A [bolam], a [dorup]. End."},
		{"the weightier wish", page("en", "S", "A bolam.", "A dorup."), []Wish{wish(1, "bolam"), wish(2, "dorup")}, "A [dorup]."},
		{"the first of equals", page("en", "S", "A bolam one.", "A bolam two."), []Wish{wish(1, "bolam")}, "A [bolam] one."},
		{"more often, a little", page("en", "S", "A bolam one.", "A bolam, a bolam."), []Wish{wish(1, "bolam")}, "A [bolam], a [bolam]."},
		{"another paragraph only where it says more", page("en", "S", "A bolam.\nA line.\nA dorup."), []Wish{wish(1, "bolam")}, "A [bolam]."},
		{"a paragraph that says more", page("en", "S", "A bolam.\nA line.\nA dorup."), []Wish{wish(1, "bolam"), wish(1, "dorup")}, "A [bolam]. A line. A [dorup]."},
		{"the summary where the text says nothing", page("en", "The dorup.", "A text."), []Wish{wish(1, "dorup")}, "The [dorup]."},
		{"words of the page's language", page("fr", "S", "Le bolâm, le bolam."), []Wish{{Terms: [][]string{{"bolam"}, {"bolam"}}, Weight: 1}}, "Le [bolâm], le bolam."},
		{"other words of a term", page("en", "S", "Bolams."), []Wish{wish(1, "bolam")}, "[Bolams]."},
		{"beginnings", page("en", "S", "Dorupé and DORUPS, no adorup."), []Wish{{Terms: make([][]string, 2), Prefixes: []string{"dorup"}}}, "[Dorupé] and [DORUPS], no adorup."},
		{"folded words", page("en", "S", "The Whó, whom."), []Wish{{Terms: make([][]string, 2), Exact: []string{"who"}}}, "The [Whó], whom."},
		{"a compound is marked whole", page("en", "S", "The counter-narrative here."), []Wish{wish(1, "counternarr")}, "The [counter-narrative] here."},
		{"its words alone", page("en", "S", "The counter-narrative here."), []Wish{wish(1, "counter")}, "The [counter]-narrative here."},
		{"whole rather than in parts", page("en", "S", "The counter-narrative here."), []Wish{wish(1, "counter", "counternarr", "narr")}, "The [counter-narrative] here."},
		{"overlapping pairs are one mark", page("en", "S", "人口人"), []Wish{wish(1, "人口", "口人")}, "[人口人]"},
		{"often is less than another wish", page("en", "S", "A"+strings.Repeat(" bolam", 10)+".", "A bolam, a dorup."), []Wish{wish(1, "bolam"), wish(1, "dorup")}, "A [bolam], a [dorup]."},
		{"ten times are as good as twelve", page("en", "S", "One"+strings.Repeat(" bolam", 10)+".", "Two"+strings.Repeat(" bolam", 12)+"."), []Wish{wish(1, "bolam")}, "One" + strings.Repeat(" [bolam]", 10) + "."},
		{"nine are not as good as ten", page("en", "S", "One"+strings.Repeat(" bolam", 9)+".", "Two"+strings.Repeat(" bolam", 10)+"."), []Wish{wish(1, "bolam")}, "Two" + strings.Repeat(" [bolam]", 10) + "."},
		{"without the spaces around it", page("en", "S", "X.\n \n  A bolam. \n"), []Wish{wish(1, "bolam")}, "A [bolam]."},
		{"what is longer than a word", page("en", "S", "counter "+strings.Repeat("x", 129)+"-narrative."), []Wish{wish(1, "counter", "narr"), {Terms: make([][]string, 2), Prefixes: []string{"xx"}}}, "[counter] " + strings.Repeat("x", 129) + "-[narrative]."},
		{"no text", page("en", ""), []Wish{wish(1, "bolam")}, ""},
	} {
		if got := marked(NewMarker(langOf, spellings, tt.wishes).Passage(tt.page)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	p := page("en", "")
	p.Title = "Bolams & dorup"
	if got := marked(NewMarker(langOf, spellings, []Wish{wish(1, "bolam")}).Title(p)); got != "[Bolams] & dorup" {
		t.Errorf("title %s", got)
	}
}

// A passage is no longer than it may be: sentences are added while they fit, and
// one that is too long is cut at words around its first mark.
func TestPassageLength(t *testing.T) {
	m := NewMarker(langOf, spellings, []Wish{wish(1, "bolam")})
	many := strings.Repeat("A sentence of some words. ", 30)
	got := m.Passage(page("en", "", "A bolam. "+many)).Text()
	if n := utf8.RuneCountInString(got); n > MaxLetters || n < MaxLetters-30 || !strings.HasSuffix(got, "words.") {
		t.Errorf("%d letters: %s", n, got)
	}
	long := strings.Repeat("and on and on ", 60)
	for _, tt := range []struct {
		name, text, head, tail string
	}{
		{"in the middle", "It goes " + long + "to the bolam " + long + "end.", "… and on", "and …"},
		{"at the beginning", "The bolam goes " + long + "end.", "The bolam", " …"},
		{"at the end", "It goes " + long + "to the bolam", "… and on", "bolam"},
		{"around the first of two", "It goes " + long + "to the bolam " + long + "to a bolam", "… and on", "and …"},
		{"behind another sentence with a mark", "A bolam. It goes " + long + "to the bolam, a bolam " + long + "end.", "… and on", "and …"},
		{"no spaces", strings.Repeat("人", 500) + "bolam" + strings.Repeat("人", 500), "… 人", "人 …"},
	} {
		got := m.Passage(page("en", "", tt.text)).Text()
		if n := utf8.RuneCountInString(got); n > MaxLetters+4 || !strings.HasPrefix(got, tt.head) || !strings.HasSuffix(got, tt.tail) || !utf8.ValidString(got) {
			t.Errorf("%s: %d letters: %s", tt.name, n, got)
		}
		if tt.name != "no spaces" && !strings.Contains(got, "bolam") {
			t.Errorf("%s: without its mark: %s", tt.name, got)
		}
	}
	for n, cut := range map[int]bool{MaxLetters: false, MaxLetters + 1: true} {
		sentence := "A bolam " + strings.Repeat("é ", (n-9)/2) + strings.Repeat("x", n-8-(n-9)/2*2-1) + "."
		if got := m.Passage(page("en", "", sentence)).Text(); utf8.RuneCountInString(sentence) != n || (got != sentence) != cut {
			t.Errorf("a sentence of %d letters: %s", utf8.RuneCountInString(sentence), got)
		}
	}
	for n, cut := range map[int]bool{MaxLetters: false, MaxLetters + 40: false, MaxLetters + 41: true} {
		summary := strings.TrimSpace(strings.Repeat("word ", n/5)) + strings.Repeat("x", n-n/5*5+1)
		got := m.Passage(page("en", summary)).Text()
		if (got != summary) != cut || cut && !strings.HasSuffix(got, "word …") {
			t.Errorf("a summary of %d letters: %s", utf8.RuneCountInString(summary), got)
		}
	}
}

// The passage of a very long page is looked for in its first part, which ends
// with a sentence.
func TestScanIsBounded(t *testing.T) {
	m := NewMarker(langOf, spellings, []Wish{wish(1, "bolam"), wish(1, "dorup")})
	filler := strings.Repeat("Nothing of it is said in this sentence. ", MaxScan/40+1)
	for _, tt := range []struct {
		name string
		page *content.Page
		want string
	}{
		{"early", page("en", "S", "The bolam comes early.", filler), "The [bolam] comes early."},
		{"late", page("en", "S", filler, "The bolam comes late."), "S"},
		{"late in its section", page("en", "S", "The bolam. "+filler+" A bolam and a dorup."), "The [bolam]. Nothing of it"},
		{"cut in a sentence", page("en", "S", strings.Repeat("x", MaxScan-12)+". A bolam, a bolam", "and a bolam, a dorup."), "S"},
	} {
		if got := marked(m.Passage(tt.page)); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: %.60s, want %s", tt.name, got, tt.want)
		}
	}
}

// A mark has the bits of all wishes that want something of it.
func TestMarksHaveAllTheirWishes(t *testing.T) {
	m := NewMarker(langOf, spellings, []Wish{wish(1, "counter"), wish(1, "counternarr"), wish(1, "narr"), wish(1, "人口"), wish(1, "口人"), wish(1, "bolam")})
	for text, want := range map[string][]hitWord{
		"counter-narrative":       {{0, 17, 0b111}},
		"counter narrative":       {{0, 7, 0b001}, {8, 17, 0b100}},
		"a counter-narrative":     {{2, 19, 0b111}},
		"bolam counter-narrative": {{0, 5, 0b100000}, {6, 23, 0b111}},
		"人口人":                     {{0, 9, 0b11000}},
		"人口bolam":                 {{0, 6, 0b01000}, {6, 11, 0b100000}},
		"bolam bolam":             {{0, 5, 0b100000}, {6, 11, 0b100000}},
	} {
		if got := m.in("en").scan(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// A text of nothing but wanted words has a bounded number of marks, and more wishes
// than have a bit are not told apart.
func TestMarksAreBounded(t *testing.T) {
	m := NewMarker(langOf, spellings, []Wish{wish(1, "bolam")})
	if got := len(m.in("en").scan(strings.Repeat("bolam ", 3*maxMarks))); got != maxMarks {
		t.Errorf("%d marks, want %d", got, maxMarks)
	}
	var wishes []Wish
	texts := make(map[string][]string)
	for i := range maxWishes + 6 {
		term := fmt.Sprintf("w%d", i)
		texts[term] = []string{term}
		wishes = append(wishes, wish(1, term))
	}
	got := NewMarker(langOf, spelled{texts, nil}, wishes).in("en").scan("w0 w63 w64")
	want := []hitWord{{0, 2, 1}, {3, 6, 1 << 63}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Whatever the text, marks are in order, inside it and of whole letters.
func FuzzPassage(f *testing.F) {
	for _, s := range []string{"A bolam. Dorup!", "counter-narrative", "人口人\nx", "bolam\xff", strings.Repeat("bolam ", 100)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m := NewMarker(langOf, spellings, []Wish{wish(1, "bolam", "counternarr", "人口"), {Terms: make([][]string, 2), Prefixes: []string{"d"}, Exact: []string{"x"}}})
		p := page("en", text, text)
		p.Title = text
		if got := m.Title(p).Text(); got != strings.ReplaceAll(text, "\n", " ") {
			t.Errorf("title %q of %q", got, text)
		}
		shown := strings.TrimSuffix(strings.TrimPrefix(m.Passage(p).Text(), "… "), " …")
		if !strings.Contains(strings.ReplaceAll(text, "\n", " "), shown) {
			t.Errorf("%q is not in %q", shown, text)
		}
	})
}
