package article

import (
	"strings"
	"testing"

	"casebook/content"
	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
)

// Each type of field is said in its own way, in the reader's language; what has
// its own place on the page is no fact.
func TestFactValue(t *testing.T) {
	c := plaincorpus.New(t)
	p, err := c.Page("cases/cape-stones")
	if err != nil {
		t.Fatal(err)
	}
	r := ask(t, c, "fr")
	for field, want := range map[string]string{
		"place": "Cap /fr/place/cape", "grade": "Mesuré /fr/grade/measured ●●", "period": "2007, en cours", "started": "1er mars 2007", "families": "1250",
		"running": "Oui", "home": "example.org https://example.org/cape", "builder": "Village of Ras@en whole", "remark": " @en whole html",
		"rule": "-", "sources": "-", "extra": "-",
	} {
		f, _ := p.Kind.Field(field)
		v, ok := r.factValue(p, f, r.Shown(p, f)[0])
		got := "-"
		if ok {
			got = v.Label.Text
			if v.Label.Lang != "" {
				got += "@" + v.Label.Lang
			}
			got += strings.TrimRight(" "+v.URL, " ")
			if v.Dots != "" {
				got += " " + v.Dots
			}
			if v.Whole {
				got += " whole"
			}
			if v.Safe != "" {
				got += " html"
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", field, got, want)
		}
	}
	single := &content.Field{Name: "note", Type: content.TypeText}
	if v, ok := r.factValue(p, single, content.Value{ID: "x"}); !ok || v.Whole {
		t.Errorf("one text: %+v, %v", v, ok)
	}
	if _, ok := r.factValue(p, single, content.Value{}); ok {
		t.Error("an empty text is a fact")
	}
}

// References alone, and facts that lead nowhere on the site, are not what a page
// is about.
func TestJSONLDIsLeftOutWhereThereIsNothing(t *testing.T) {
	c := plaincorpus.New(t)
	p, err := c.Page("notes/evidence")
	if err != nil {
		t.Fatal(err)
	}
	bare := *p
	bare.Summary = ""
	site := *c.Lib.Site
	site.LicenceURL = ""
	c.Lib.Site = &site
	v := &Page{Address: "/x", Facts: []Fact{{Values: []Value{{URL: "https://example.org"}, {}}}}}
	text := viewtest.Dump(ask(t, c, "en").jsonLD(&bare, v))
	for _, not := range []string{"abstract", "dateModified", "license", "about", "citation", "[item] "} {
		if strings.Contains(text, "["+strings.Trim(not, "[] ")+"]") {
			t.Errorf("%s is there: %s", not, text)
		}
	}
	tags := ask(t, c, "en").citation(&bare, "/x")
	for _, tag := range tags {
		if tag.Content == "" || tag.Name == "DC.description" {
			t.Errorf("%+v", tag)
		}
	}
	if len(tags) != 11 {
		t.Errorf("%d tags: %+v", len(tags), tags)
	}
}
