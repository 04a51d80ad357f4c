package index

import (
	"fmt"
	"strings"
	"testing"

	"casebook/search"
)

// A corpus of a page for each case, and what must find it.
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
	s := build(t, loaded(t, folder(pages)), Options{})
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
	s := build(t, loaded(t, folder(files)), Options{})
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
