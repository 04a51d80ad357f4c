package view_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"casebook/content"
	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
	"casebook/server/say"
	"casebook/server/view"
	"casebook/templates"
)

// A Reader says everything in one language, and In gives one who says it in another.
func TestReader(t *testing.T) {
	messages, err := say.Load(templates.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	c := plaincorpus.New(t)
	c.Damage("cases/hill-moons")
	now := time.Date(2030, 1, 2, 0, 0, 0, 0, time.UTC)
	var left []string
	rs := &view.Readers{Messages: messages, Version: "v7", Now: func() time.Time { return now }}
	r := rs.New(c, "fr", view.Place{Path: "/search", Query: "q=a"}, func(id string, err error) { left = append(left, id+": "+err.Error()) })
	en := r.In("en")
	for _, tt := range []struct{ got, want string }{
		{r.Lang, "fr"}, {r.Words.Lang(), "fr"}, {r.Links.Home(), "/fr/"}, {r.Path, "/search"}, {r.Query, "q=a"},
		{en.Lang, "en"}, {en.Words.Lang(), "en"}, {en.Links.Home(), "/"}, {en.Path, "/search"}, {en.Query, "q=a"},
		{r.LanguageName("ar"), "العربية"}, {en.LanguageName("ar"), "العربية"}, {r.Chrome("").Version, "v7"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
	if !r.Now().Equal(now) || r.Library != c.Lib || en.Library != c.Lib || en.Corpus != r.Corpus {
		t.Error("the Readers' clock and the corpus are not those that were given")
	}
	if _, ok := en.Listed("cases/hill-moons"); ok || len(left) != 1 || left[0] != "cases/hill-moons: sector not found" {
		t.Errorf("left out: %q", left)
	}
}

// What can't be read is left out and told; what isn't there is only left out.
func TestListed(t *testing.T) {
	c := plaincorpus.New(t)
	c.Damage("rules/dry-land/01")
	var left []string
	messages, err := say.Load(templates.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	rs := &view.Readers{Messages: messages, Now: time.Now}
	r := rs.New(c, "en", view.Place{}, func(id string, err error) {
		if !errors.Is(err, plaincorpus.ErrDamaged) {
			t.Error(err)
		}
		left = append(left, id)
	})
	if p, ok := r.Listed("cases/cape-stones"); !ok || p.ID != "cases/cape-stones" {
		t.Errorf("a page that is there: %v", p)
	}
	if _, ok := r.Listed("cases/none"); ok || left != nil {
		t.Errorf("a page that isn't there: %v, left out %q", ok, left)
	}
	if _, ok := r.Listed("rules/dry-land/01"); ok || len(left) != 1 {
		t.Errorf("a page that can't be read: %v, left out %q", ok, left)
	}
	place, _ := c.Lib.Place("rules/dry-land/01")
	if _, ok := r.ListedAt(place); ok || len(left) != 2 || left[1] != "rules/dry-land/01" {
		t.Errorf("the same by its place: %v, left out %q", ok, left)
	}
	if p, ok := r.ListedAt(place + 1); !ok || p.ID != "rules/dry-land/02" {
		t.Errorf("the next by its place: %v", p)
	}
	if pages := r.Children("books/dry-land"); len(pages) != 1 || pages[0].ID != "rules/dry-land/02" {
		t.Errorf("children: %v", pages)
	}
	if pages := r.Children("books/none"); pages != nil {
		t.Errorf("of no page: %v", pages)
	}
	if !r.HasChildren("books/dry-land") || r.HasChildren("rules/dry-land/01") || r.HasChildren("books/none") {
		t.Error("who has children")
	}
}

// However many pages there are, a page lists 500 of a kind.
func TestListsAreBounded(t *testing.T) {
	c := plaincorpus.New(t)
	r := viewtest.Reader(t, c, "en")
	places := make([]uint32, 700)
	if got := len(r.PagesAt(places)); got != 500 {
		t.Errorf("%d pages of 700 places, want 500", got)
	}
	if got := len(r.PagesAt(places[:3])); got != 3 {
		t.Errorf("%d pages of 3 places", got)
	}
	lib := c.Lib
	rule, _ := lib.Place("rules/dry-land/01")
	stones, _ := lib.Place("cases/cape-stones")
	data := lib.Table().Data()
	data.From, data.In, data.Off = nil, nil, append([]uint32(nil), data.Off...)
	for range 700 {
		data.From, data.In = append(data.From, uint32(stones)), append(data.In, 0)
	}
	for i := range data.Off {
		data.Off[i] = 0
		if i > rule {
			data.Off[i] = 700
		}
	}
	table, err := content.OpenPageTable(lib.Schema, data)
	if err != nil {
		t.Fatal(err)
	}
	c.Lib = content.NewLibrary(lib, store{lib}, table)
	if got := len(viewtest.Reader(t, c, "en").Mentions("rules/dry-land/01")); got != 500 {
		t.Errorf("%d of 700 mentions by pages of one kind, want 500", got)
	}
}

type store struct{ *content.Library }

func (s store) Page(place int) (*content.Page, error) { return s.At(place) }

func TestMentions(t *testing.T) {
	c := plaincorpus.New(t)
	r := viewtest.Reader(t, c, "en")
	got := r.Mentions("rules/dry-land/01")
	if len(got) != 1 || got[0].From.ID != "cases/cape-stones" || got[0].Field.Name != "rule" || got[0].Why != "" {
		t.Errorf("%+v", got)
	}
	lib := plaincorpus.Library(t, plaincorpus.With(plaincorpus.Files(), "cases/x.md",
		"---\ntitle: X\nmethod: [wells]\nplace: [hills]\nrule:\n  - ref: dry-land/02\n    why: It ended there.\n  - ref: dry-land/01\n    why: It began there.\n---\nText.\n"))
	reasons := viewtest.Reader(t, &plaincorpus.Corpus{Lib: lib}, "en")
	for id, want := range map[string]string{"rules/dry-land/01": "It began there.", "rules/dry-land/02": "It ended there."} {
		got := reasons.Mentions(id)
		if len(got) == 0 || got[len(got)-1].From.ID != "cases/x" || got[len(got)-1].Why != want {
			t.Errorf("the reason for %s: %+v, want %s", id, got, want)
		}
	}
	if got := reasons.Mentions("rules/dry-land/01"); len(got) != 2 {
		t.Errorf("one of two with a reason: %+v", got)
	}
	if got := r.Mentions("cases/none"); got != nil {
		t.Errorf("of no page: %+v", got)
	}
	for id, want := range map[string]int{"rules/dry-land/01": 1, "rules/dry-land/02": 0, "books/dry-land": 1, "books/none": 0} {
		if got := r.Citing(id); got != want {
			t.Errorf("%d pages cite %s, want %d", got, id, want)
		}
	}
}

// The order of terms is that of the reader's alphabet, or of the file where
// the vocabulary has an order, and follows the library.
func TestTermRank(t *testing.T) {
	c := plaincorpus.New(t)
	for lang, want := range map[string][]string{"en": {"cape", "coast", "hills", "plain"}, "fr": {"cape", "hills", "coast", "plain"}} {
		r := viewtest.Reader(t, c, lang)
		rank := r.TermRank("place")
		for i, id := range want {
			if rank[id] != i {
				t.Errorf("%s: %s is at %d, want %d", lang, id, rank[id], i)
			}
		}
		if grade := r.TermRank("grade"); grade["measured"] != 0 || grade["told"] != 1 {
			t.Errorf("%s: an ordered vocabulary: %v", lang, grade)
		}
		if again := r.TermRank("place"); reflect.ValueOf(again).Pointer() != reflect.ValueOf(rank).Pointer() {
			t.Errorf("%s: the order is worked out for each page anew", lang)
		}
		if terms := r.Ordered(c.Lib.Vocabularies["place"]); terms[0].ID != want[0] || terms[3].ID != want[3] {
			t.Errorf("%s: ordered: %v", lang, terms)
		}
		other := plaincorpus.New(t)
		other.Lib.Vocabularies["place"].Terms = other.Lib.Vocabularies["place"].Terms[2:]
		r.Library = other.Lib
		if rank := r.TermRank("place"); len(rank) != 2 {
			t.Errorf("of another library: %v", rank)
		}
	}
	lib := plaincorpus.Library(t, plaincorpus.With(plaincorpus.Files(), "vocabularies/method.yaml",
		"label: Method\nterms:\n  - {id: wells, label: Ödla}\n  - {id: half-moons, label: zebra}\n  - {id: stone-lines, label: Åsna}\n"))
	lib.Site.Languages = []string{"de", "sv"}
	for lang, want := range map[string]string{"de": "stone-lines wells half-moons", "sv": "half-moons stone-lines wells"} {
		var got []string
		for _, term := range viewtest.Reader(t, &plaincorpus.Corpus{Lib: lib}, lang).Ordered(lib.Vocabularies["method"]) {
			got = append(got, term.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
	}
	lib = c.Lib
	site := *lib.Site
	site.Languages = []string{"en", "not a language"}
	lib.Site = &site
	if rank := viewtest.Reader(t, c, "not a language").TermRank("place"); len(rank) != 4 {
		t.Errorf("in a language that isn't known: %v", rank)
	}
}
