package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/search"
)

func TestWords(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string // a glued word begins with +
	}{
		{"spaces and points", "One two.  Three,four\nfive", []string{"One", "two", "Three", "four", "five"}},
		{"apostrophes", "don't l’État O'Neil's 'quoted'", []string{"don't", "l’État", "O'Neil's", "quoted"}},
		{"hyphens", "wi-fi COVID-19 a - b -c d-", []string{"wi", "+fi", "COVID", "+19", "a", "b", "c", "d"}},
		{"non-breaking hyphen", "e‑mail", []string{"e", "+mail"}},
		{"numbers", "3.5 1,000 10:30 2014–2019 1.", []string{"3.5", "1,000", "10", "30", "2014", "2019", "1"}},
		{"abbreviations", "the U.N. and U.S.A, example.org, e.g. this", []string{"the", "U.N", "and", "U.S.A", "example", "org", "e.g", "this"}},
		{"arabic", "الإرهاب، والتطرّف؟", []string{"الإرهاب", "والتطرّف"}},
		{"combining marks", "Ne\u0301e cafe\u0301", []string{"Ne\u0301e", "cafe\u0301"}},
		{"soft hyphen", "re\u00adinte\u00adgration", []string{"re\u00adinte\u00adgration"}},
		{"chinese in pairs", "打击恐怖", []string{"打击", "击恐", "恐怖"}},
		{"one chinese letter", "a 人 b", []string{"a", "人", "b"}},
		{"korean", "재통합 정책", []string{"재통합", "정책"}},
		{"slash", "P/CVE and/or", []string{"P", "CVE", "and", "or"}},
		{"nothing", " …—\x00\xff ", nil},
		{"too long", strings.Repeat("x", 200) + " y", []string{"y"}},
	}
	for _, tt := range tests {
		var got []string
		for w := range words(tt.text) {
			s := tt.text[w.start:w.end]
			if w.glued {
				s = "+" + s
			}
			got = append(got, s)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: words(%q) = %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

// Whatever the bytes, words are in order, inside the text, and of its letters.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"a-b c", "l’été", "U.N.", "打击x", "a\xffb", "'a' .b. -c-", "١٢٣ أ", "\u200da\u00ad"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := word{}
		for w := range words(s) {
			if w.start < last.start || w.end <= w.start || w.end > len(s) {
				t.Fatalf("words(%q): %v after %v", s, w, last)
			}
			last = w
			a := (&language{code: undetermined}).analyze(s[w.start:w.end])
			if fold(a.whole) != a.whole {
				t.Errorf("fold(%q) = %q, folded again %q", s[w.start:w.end], a.whole, fold(a.whole))
			}
		}
		sentences(s)
	})
}

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"énergie", "energie", "e\u0301nergie"},
		{"niños", "ninos"},
		{"ёлка", "елка"},
		{"straße", "strasse"},
		{"œuvre", "oeuvre"},
		{"kråkerøy", "krakeroy"},
		{"łódź", "lodz"},
		{"إرهاب", "ارهاب", "إِرْهَاب"},
		{"مدرسة", "مدرسه"},
		{"على", "علي"},
		{"türkiye", "turkiye"},
	} {
		for _, w := range same {
			if got := fold(w); got != fold(same[0]) {
				t.Errorf("fold(%q) = %q, fold(%q) = %q", w, got, same[0], fold(same[0]))
			}
		}
	}
	if fold("हिन्दी") == fold("हनद") {
		t.Error("vowel signs of Devanagari were dropped")
	}
}

// Words that are spelt in two ways are one word, others stay apart.
func TestAmericanSpelling(t *testing.T) {
	l, err := newLanguage("en")
	if err != nil {
		t.Fatal(err)
	}
	for british, american := range map[string]string{
		"organisation": "organization", "radicalised": "radicalized", "minimising": "minimizing", "realise": "realize", "synthesisers": "synthesizers",
		"behaviour": "behavior", "neighbours": "neighbors", "honourable": "honorable", "coloured": "colored", "odour": "odor", "tumours": "tumors",
		"centre": "center", "centres": "centers", "theatre": "theater", "fibres": "fibers", "programmes": "programs", "programme": "program",
		"defence": "defense", "offences": "offenses", "licence": "license", "practised": "practiced", "judgement": "judgment",
		"analyse": "analyze", "paralysed": "paralyzed", "analysers": "analyzers",
	} {
		if a, b := l.stems(british), l.stems(american); !slices.Equal(a, b) {
			t.Errorf("%s is %s, %s is %s", british, a, american, b)
		}
	}
	for _, w := range strings.Fields("supervise supervision precise rise promises hour source court tournament entrench fence advertise advertisement encourage revised appraise") {
		if got := american(w); got != w {
			t.Errorf("american(%q) = %q", w, got)
		}
	}
	for _, family := range [][]string{{"exercise", "exercised", "exercising"}, {"supervise", "supervision"}, {"analyse", "analysing", "analyzed"}, {"compromise", "compromised"}} {
		for _, w := range family {
			if a, b := l.stems(w), l.stems(family[0]); !slices.Equal(a, b) {
				t.Errorf("%s is %s, %s is %s", w, a, family[0], b)
			}
		}
	}
}

// finds is a corpus of one page for each case, and what must find it.
func TestForgiveness(t *testing.T) {
	pages := map[string]string{
		"notes/energy.md":    page("Solar power", "", "La société de l’énergie of Côte d'Ivoire."),
		"notes/covid.md":     page("Epidemic", "", "During COVID-19 the wi-fi failed; a counter-narrative spread by e-mail."),
		"notes/dont.md":      page("Silence", "", "They don’t speak of the company’s O’Neil report."),
		"notes/who.md":       page("The Who", "", "A band."),
		"notes/many.md":      page("Organisations", "", "The who and the what of bands, the who of the who, the the the."),
		"notes/umlaut.md":    page("Jürgen Müller", "", "A name with an umlaut from Österreich and Łódź."),
		"notes/un.md":        page("Resolution", "", "The U.N. counted 1,000 travellers and 3.5 tonnes."),
		"notes/fr.md":        page("Original", "", "English text here."),
		"notes/fr.fr.md":     page("La réinsertion des étrangères", "", "Les étrangères et les premières mesures d’accompagnement, l’État."),
		"notes/ar.md":        page("Another", "", "Another text."),
		"notes/ar.ar.md":     page("إعادة الإدماج", "", "إعادة إدماج المقاتلين الأجانب في المجتمعات المحلية بعد العَوْدَة."),
		"notes/es.md":        page("Third", "", "Third text."),
		"notes/es.es.md":     page("Niños soldados", "", "Programas para los niños y las niñas."),
		"notes/prisoners.md": page("Prisoner rehabilitation", "", "Rehabilitating prisoners, imprisoned persons and radicalisation."),
		"notes/cn.md":        page("China", "", "打击恐怖主义的措施"),
	}
	s := build(t, load(t, folder(pages)), Options{})
	tests := []struct{ query, want string }{
		{"energie", "notes/energy"}, {"ÉNERGIE", "notes/energy"}, {"ivoire", "notes/energy"}, {"cote d’ivoire", "notes/energy"},
		{"l'energie", "notes/energy"},
		{"covid-19", "notes/covid"}, {"covid19", "notes/covid"}, {"covid 19", "notes/covid"}, {"wifi", "notes/covid"},
		{"wi-fi", "notes/covid"}, {"wi fi", "notes/covid"}, {"email", "notes/covid"}, {"counternarratives", "notes/covid"},
		{"counter-narratives", "notes/covid"}, {`"counter narrative"`, "notes/covid"}, {"counternarr*", "notes/covid"},
		{"don't", "notes/dont"}, {"oneil", "notes/dont"}, {"o'neil", "notes/dont"}, {"companies", "notes/dont"}, {"company's", "notes/dont"},
		{"the who", "notes/who"}, {"The Who", "notes/who"}, {`"the who"`, "notes/who"},
		{"jurgen muller", "notes/umlaut"}, {"osterreich", "notes/umlaut"}, {"lodz", "notes/umlaut"},
		{"UN", "notes/un"}, {"u.n.", "notes/un"}, {"1000", "notes/un"}, {"3.5", "notes/un"},
		{"etrangere", "notes/fr"}, {"étranger", "notes/fr"}, {"premiere", "notes/fr"}, {"accompagnement", "notes/fr"},
		{"réinsertion", "notes/fr"}, {"reinsertions", "notes/fr"},
		{"الادماج", "notes/ar"}, {"مقاتل", "notes/ar"}, {"العودة", "notes/ar"}, {"المجتمع المحلي", "notes/ar"},
		{"ninos", "notes/es"}, {"niño soldado", "notes/es"},
		{"radicalis*", "notes/prisoners"}, {"radicalization", "notes/prisoners"}, {"radicalisation", "notes/prisoners"}, {"prisoner", "notes/prisoners"}, {"rehabilitated", "notes/prisoners"},
		{"恐怖主义", "notes/cn"}, {"title:rehab*", "notes/prisoners"}, {"title:prisoners", "notes/prisoners"}, {"title:imprisoned", ""},
	}
	for _, tt := range tests {
		q := search.Parse(tt.query, s).WithLang("en")
		q.Literal = true
		r := mustSearch(t, s, q)
		got := ""
		if len(r.Hits) > 0 {
			got = r.Hits[0].ID
		}
		if got != tt.want && !(tt.want == "" && r.Match == search.MatchMost) {
			t.Errorf("%s: found %q first of %d, want %q", tt.query, got, r.Total, tt.want)
		}
	}
}

func TestExactTitleFirst(t *testing.T) {
	files := map[string]string{
		"notes/model.md": page("The Bolam Model", "", strings.Repeat("Other words stand here at great length. ", 60)),
		"notes/long.md":  page("How do the bolam and the dorup help?", "", strings.Repeat("Filler of some length. ", 60)),
	}
	for i := range 30 {
		files[fmt.Sprintf("notes/x%02d.md", i)] = page(fmt.Sprintf("Bolam model number %d, a bolam model", i), "summary: The bolam model of bolam models.", "Bolam model, bolam model.")
	}
	s := build(t, load(t, folder(files)), Options{})
	for query, want := range map[string]string{
		"the bolam model":                      "notes/model",
		"THE BÔLAM-MODEL":                      "notes/model",
		"how do the bolam and the dorup help?": "notes/long",
	} {
		if r := mustSearch(t, s, search.Parse(query, s)); len(r.Hits) == 0 || r.Hits[0].ID != want {
			t.Errorf("%s: %+v, want %s first", query, r.Hits[:min(1, len(r.Hits))], want)
		}
	}
}
