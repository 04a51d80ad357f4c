package frontmatter

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"casebook/content"
	"casebook/content/definitions"
	"casebook/content/markdown"
	"casebook/content/source"
)

// anywhere knows no folder.
type anywhere struct{}

func (anywhere) KindOf(string) *content.Kind                      { return nil }
func (anywhere) SplitLang(id string) (stem, lang string, ok bool) { return id, "", false }

// readFields reads front matter as that of a page of kind note.
func readFields(t testing.TB, yaml string, translation bool, today time.Time) (*content.Page, []Ref, string) {
	t.Helper()
	defs, problems, err := definitions.Read(t.Context(), fstest.MapFS{
		"schema.yaml": {Data: []byte(`kinds:
  note:
    folder: notes
    fields:
      area: {type: term, vocabulary: area, many: true, from: country}
      country: {type: term, vocabulary: country, many: true}
      grade: {type: term, vocabulary: area}
      lost: {type: term, vocabulary: broken}
      related: {type: page, kind: note, many: true}
      when: {type: years, many: true}
      day: {type: date}
      size: {type: number}
      web: {type: url}
      done: {type: boolean}
      remark: {type: text, many: true}
      detail: {type: markdown}
      sources: {type: source, many: true}
      extra: {type: any}
      extras: {type: any, many: true}
      summary: {required: true}
      translation: {required: true}
      lang: {required: true}
`)},
		"vocabularies/area.yaml":    {Data: []byte("terms: [{id: world}, {id: north, broader: [world], countries: [AA, BB]}, {id: coast, countries: [BB]}, {id: south, countries: [CC], alt: [the deep south]}]")},
		"vocabularies/country.yaml": {Data: []byte("terms: [{id: AA}, {id: BB}, {id: CC}, {id: DD}]")},
		"vocabularies/broken.yaml":  {Data: []byte("terms: [")},
	})
	if err != nil || problems.Errors() != 1 {
		t.Fatal(err, problems)
	}
	r := &source.Report{Path: "x"}
	if _, ok := r.Read(fstest.MapFS{"x": {Data: []byte(yaml)}}, "x", source.MaxPageBytes, nil); !ok {
		t.Fatal(r.Problems())
	}
	root, ok := r.ParseYAML(source.MaxPageValues)
	if !ok {
		t.Fatal(r.Problems())
	}
	kind, _ := defs.Schema.Kind("note")
	p := &content.Page{ID: "notes/x", Path: "notes/x.md", Kind: kind, Lang: "en", Status: content.Published}
	md := markdown.New(anywhere{}, defs.Schema, []string{"en"})
	refs := NewReader(defs, md, today).Read(r, root, p, translation, &markdown.Links{})
	var b strings.Builder
	for _, problem := range r.Problems() {
		fmt.Fprintf(&b, "%s\n", strings.TrimPrefix(problem.Error(), "x:"))
	}
	return p, refs, b.String()
}

const good = "title: T\nsummary: S\ntranslation: by hand\n"

// Each problem of a value, with its place and what would be right.
func TestFieldProblems(t *testing.T) {
	for _, tt := range []struct{ yaml, want string }{
		{"", ""},
		{"area: [north, nroth]", `4:15: error: area has no term "nroth"; did you mean "north"?`},
		{"area: The Deep South", `4:7: error: area has no term "The Deep South"; did you mean "south"?`},
		{"area: [~]", "4:8: error: a value of area is empty; delete it"},
		{"area: ['']", "4:8: error: a value of area is empty; delete it"},
		{"area: [north, coast, north]", `4:22: warning: "north" stands in area twice`},
		{"grade: [north]", "4:8: error: grade takes one value, not a list; write it without the brackets or the -"},
		{"grade: [north, south]", "4:8: error: grade takes one value, not a list"},
		{"grade: {north: south}", "4:8: error: grade takes one value, not a group of names and values"},
		{"lost: whatever", ""}, // the problem is in another file
		{"related: {why: x}", "4:10: error: a reference in related has no ref; write {ref: …, why: …}"},
		{"related: {ref: ''}", "4:10: error: a value of related is empty; delete it"},
		{"related: {ref: [x]}", "4:16: error: related takes one value, not a list; write it without the brackets or the -"},
		{"related: [a, {ref: a}]", `4:14: warning: "a" stands in related twice`},
		{"when: soon", `4:7: error: "soon" is not a year or a span of years; write 2014, 2014-2019 or 2007-`},
		{"day: 2026-5-4", `4:6: error: "2026-5-4" is not a date; write year-month-day, as 2026-05-04`},
		{"day: 04.05.2026", `4:6: error: "04.05.2026" is not a date; write it as 2026-05-04`},
		{"day: 2026.05.04", `4:6: error: "2026.05.04" is not a date; write it as 2026-05-04`},
		{"day: 0999-12-31", `4:6: error: years are from 1000 to 2200, not as in "0999-12-31"`},
		{"day: 2201-01-01", `4:6: error: years are from 1000 to 2200, not as in "2201-01-01"`},
		{"day: 1000-01-01", ""},
		{"day: 2200-12-31", ""},
		{"size: 1e3", ""},
		{"size: '3,5'", `4:7: error: "3,5" is not a number; write 3.5`},
		{"size: 1,000,000", `4:7: error: "1,000,000" is not a number`},
		{"size: NaN", `4:7: error: "NaN" is not a number`},
		{"size: -Inf", `4:7: error: "-Inf" is not a number`},
		{"size: 1e999", `4:7: error: "1e999" is not a number`},
		{"web: example.org/x", `4:6: error: "example.org/x" is not a whole URL; write https://example.org/x`},
		{"web: //example.org/x", `4:6: error: "//example.org/x" is not a whole URL; write https://example.org/x`},
		{"web: example", `4:6: error: "example" is not a whole URL; write it whole, as https://example.org/page`},
		{"web: example.org:80", `4:6: error: the URL begins with "example.org:", not with https:; write it whole, as https://example.org/page`},
		{"done: Yes", `4:7: error: done is true or false, not "Yes"; write true`},
		{"done: 'No'", `4:7: error: done is true or false, not "No"; write false`},
		{"sources: a text", `4:10: error: a source in sources is "a text"; write title:, publisher:, year: and url: below each other`},
		{"sources: {publisher: x}", "4:10: error: a source without title and url"},
		{"sources: {title: x, year: 999}", `4:27: error: "999" is not a year; write it as 2016`},
		{"sources: {title: x, year: 0999}", `4:27: error: "0999" is not a year; write it as 2016`},
		{"sources: {title: x, year: 2201}", `4:27: error: "2201" is not a year; write it as 2016`},
		{"sources: {title: x, url: [a]}", `4:26: error: a text is expected, not a list`},
		{"sources: {title: x, year: 2200, url: x}", `4:38: error: "x" is not a whole URL; write it whole, as https://example.org/page`},
		{"sources: [{title: x}, {title: x}]", ""}, // two papers may be called the same
		{"summary: x", `4:1: error: "summary" stands here twice; it is in line 2 already`},
		{"colour: x", `4:1: error: unknown field "colour"; valid: area, country, grade, lost, related, when, day, size, web, done, remark, detail, sources, extra, extras, summary, translation, lang, title, status, reviewed`},
		{"[a]: b", "4:1: error: a field's name is expected, not a list"},
		{"lang: English", `4:7: error: "English" is not a language code; write en, fr, ar …`},
		{"status: drafted", `4:9: error: "drafted" is not a status; did you mean "draft"?`},
		{"status: [draft]", "4:9: error: status takes one value, not a list; write it without the brackets or the -"},
		{"reviewed: 2026-5-4", `4:11: error: "2026-5-4" is not a date; write year-month-day, as 2026-05-04`},
	} {
		if _, _, got := readFields(t, good+tt.yaml, false, time.Time{}); strings.TrimSuffix(got, "\n") != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.yaml, got, tt.want)
		}
	}
}

// What is missing, and when it is not missed because something worse is said.
func TestMissingFields(t *testing.T) {
	const title = "1:1: error: the page has no title; add a line title: …\n"
	for _, tt := range []struct {
		yaml        string
		translation bool
		want        string
	}{
		{"", false, "1:1: error: field summary is missing; add a line summary: …\n1:1: error: field translation is missing; add a line translation: …\n" + title},
		{"", true, title},
		{"title: [x]\nsummary: S\ntranslation: x", false, "1:8: error: title takes one value, not a list; write it without the brackets or the -\n"},
		{"title: ''\nsummary: S\ntranslation: x", false, title},
		{"title: T\nsummary: [x, y]\ntranslation: x", false, "2:10: error: summary takes one value, not a list\n"},
		{"title: T\ntranslation: x", true, ""},
		{"title: T\narea: x\nsummary: S", true, "2:1: error: a translation has no field area of its own; delete the line; the value of the original holds\n"},
		{"[x]", false, "1:1: error: the front matter is a list, not lines of name: value\n"},
	} {
		if _, _, got := readFields(t, tt.yaml, tt.translation, time.Time{}); got != tt.want {
			t.Errorf("%q:\n%swant\n%s", tt.yaml, got, tt.want)
		}
	}
}

// Bounds: the last that is allowed, and the first that is not.
func TestFieldBounds(t *testing.T) {
	summary := func(n int) string { return "title: T\ntranslation: x\nsummary: " + strings.Repeat("é", n) }
	if _, _, got := readFields(t, summary(320), false, time.Time{}); got != "" {
		t.Error(got)
	}
	if p, _, got := readFields(t, summary(321), false, time.Time{}); got != "3:10: error: the summary has 321 characters; at most 320\n" || len(p.Summary) != 642 {
		t.Errorf("%s, %d bytes are kept", got, len(p.Summary))
	}
	fields := func(n int) string {
		var b strings.Builder
		b.WriteString(good)
		for i := range n - 3 {
			fmt.Fprintf(&b, "x%d: y\n", i)
		}
		return b.String()
	}
	for n, want := range map[int]string{200: "97 further problems", 201: "98 further problems", 1000: "98 further problems"} { // every name is unknown, and one says that they are too many
		if _, _, got := readFields(t, fields(n), false, time.Time{}); !strings.Contains(got, want) {
			t.Errorf("%d fields: %s", n, got[strings.LastIndex(strings.TrimSpace(got), "\n"):])
		}
	}
}

// Reviews are due after two years, and not in the future but for a day, which
// it may be somewhere on Earth.
func TestReviewed(t *testing.T) {
	today := time.Date(2026, 5, 4, 15, 0, 0, 0, time.UTC)
	for day, want := range map[string]string{
		"2026-05-04": "", "2026-05-05": "",
		"2026-05-06": "4:11: warning: the page was reviewed in the future, on 2026-05-06\n",
		"2024-05-05": "",
		"2024-05-04": "4:11: warning: the page was last reviewed on 2024-05-04, more than 2 years ago; review it and set the date\n",
		"1999-01-01": "4:11: warning: the page was last reviewed on 1999-01-01, more than 2 years ago; review it and set the date\n",
	} {
		p, _, got := readFields(t, good+"reviewed: "+day, false, today)
		if got != want || p.Reviewed.Format(time.DateOnly) != day || p.Values("reviewed") != nil {
			t.Errorf("%s: %s%v, want %s", day, got, p.Reviewed, want)
		}
		if _, _, got := readFields(t, good+"reviewed: "+day, false, time.Time{}); got != "" {
			t.Errorf("%s on no day: %s", day, got)
		}
	}
}

func TestReadFields(t *testing.T) {
	p, refs, problems := readFields(t, good+strings.Join([]string{
		"status: draft", "lang: fr", "country: [BB, DD, AA]", "grade: coast", "related:\n  - a\n  - {ref: b, why: ' so  it is '}", "when: [2007-, 2014]", "day: 2026-05-04",
		"size: -3.50", "web: https://example.org/", "done: TRUE", "remark: [' one  two ', 3]", "detail: '*x*'", "extra: [1, {a: ~}]", "extras: [1, [2]]", "sources: [{url: https://example.org/}, {title: A book, url: ''}]",
	}, "\n"), false, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	if problems != "" {
		t.Fatal(problems)
	}
	if p.Title != "T" || p.Summary != "S" || p.Translation != "by hand" || p.Status != content.Draft || p.Lang != "fr" {
		t.Errorf("page %+v", p)
	}
	for field, want := range map[string]string{
		"country": "BB! DD! AA!", "area": "north coast world", // what holds BB, then what is above; AA adds nothing
		"grade": "coast!", "related": "a! b!", "when": "2007-! 2014!", "day": "2026!", "size": "-3.50!", "web": "https://example.org/!", "done": "true!",
		"remark": "one two! 3!", "sources": "https://example.org/! A book!", "extra": "!", "extras": "1! !", "lost": "", "lang": "", "title": "",
	} {
		var got []string
		for _, v := range p.Values(field) {
			s := v.ID
			if v.Given {
				s += "!"
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s is %q, want %q", field, s, want)
		}
	}
	v := func(field string, i int) content.Value { return p.Values(field)[i] }
	if got := fmt.Sprint(v("related", 1).Page, v("related", 1).Why, v("when", 0).Years, v("size", 0).Number, v("done", 0).Bool, v("detail", 0).HTML, v("extra", 0).Any, v("extras", 1).Any); got != "notes/bso it is{2007 2026 true} -3.5 true<p><em>x</em></p>\n[1 map[a:<nil>]] [2]" {
		t.Errorf("values %s", got)
	}
	if len(refs) != 2 || refs[0].Field.Name != "related" || refs[1].Value != 1 || refs[1].Line != 10 || refs[1].Col != 5 {
		t.Errorf("references %+v", refs)
	}
}

// What a field of any type holds can be written as JSON: numbers that are none
// stay texts.
func TestAnyIsPlain(t *testing.T) {
	for yaml, want := range map[string]string{
		"!!float inf": `"inf"`, "!!float nan": `"nan"`, ".inf": `".inf"`, "1e999": `"1e999"`, "1.5": "1.5", "007": "7", "0x1f": `"0x1f"`, "99999999999999999999": "100000000000000000000", "yes": `"yes"`, "True": "true", "~": "null",
		"2026-05-04": `"2026-05-04"`, "'1'": `"1"`, "!!bool maybe": `"maybe"`, "{[a]: b, 1: [c]}": `{"1":["c"],"[a]":"b"}`, "[]": "[]", "{}": "{}",
	} {
		p, _, problems := readFields(t, good+"extra: [0, "+yaml+"]", false, time.Time{})
		if problems != "" {
			t.Errorf("%s: %s", yaml, problems)
			continue
		}
		got, err := json.Marshal(p.Values("extra")[0].Any)
		if err != nil || string(got) != "[0,"+want+"]" {
			t.Errorf("%s is %s, %v, want [0,%s]", yaml, got, err, want)
		}
	}
}

// A field that is given is not inferred, nor one whose value can't be used.
func TestInferOnlyWhatIsNotGiven(t *testing.T) {
	for yaml, want := range map[string]string{
		"country: CC": "south", "country: CC\narea: north": "north world", "country: CC\narea: coast": "coast", "country: CC\narea: nowhere": "", "country: DD": "", "area: ~\ncountry: CC": "south",
	} {
		p, _, _ := readFields(t, good+yaml, false, time.Time{})
		var got []string
		for _, v := range p.Values("area") {
			got = append(got, v.ID)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: area %q, want %q", yaml, s, want)
		}
		if _, ok := p.Fields["area"]; ok != (want != "") {
			t.Errorf("%q: the page has the field area: %v", yaml, ok)
		}
	}
}
