package api

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"casebook/content"
	"casebook/search"
	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
)

// Of the values of a facet the best filled stay, of equal ones the first, and
// those that are chosen.
func TestBestFilled(t *testing.T) {
	values := []search.FacetValue{{ID: "a", Count: 2}, {ID: "b", Count: 5}, {ID: "c", Count: 2, Selected: true}, {ID: "d", Count: 2}, {ID: "e"}, {ID: "f", Selected: true}}
	for most, want := range map[int]string{0: "c f", 1: "b c f", 2: "a b c f", 3: "a b c f", 4: "a b c d f", 5: "a b c d e f", 6: "a b c d e f", 99: "a b c d e f"} {
		var ids []string
		for _, v := range bestFilled(values, most) {
			ids = append(ids, v.ID)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("at most %d: %s, want %s", most, got, want)
		}
	}
}

// A value says what its field's type has, and nothing else.
func TestValue(t *testing.T) {
	c := plaincorpus.New(t)
	r := reader{viewtest.Reader(t, c, "fr")}
	v := content.Value{
		ID: "x", Given: true, Page: "p", Why: "w", Years: content.Years{From: 1, To: 2, Open: true}, Date: time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC), Number: 1.5, Bool: true,
		HTML: `<a href="/about">x</a>`, Source: &content.Source{Title: "T", Year: 2014, Unverified: true}, Any: map[string]any{"a": 1},
	}
	const plain = `{"id":"x","label":"x","given":true`
	for _, tt := range []struct {
		typ  content.FieldType
		want string
	}{
		{content.TypeText, plain + `}`}, {content.TypeURL, plain + `}`}, {content.TypeTerm, plain + `}`}, {content.TypePage, plain + `,"page":"p","why":"w"}`},
		{content.TypeYears, plain + `,"from":1,"to":2,"open":true}`}, {content.TypeDate, plain + `,"date":"2026-05-04"}`}, {content.TypeNumber, plain + `,"number":1.5}`},
		{content.TypeBoolean, plain + `,"boolean":true}`}, {content.TypeMarkdown, plain + `,"html":"\u003ca href=\"/fr/about\"\u003ex\u003c/a\u003e"}`}, {content.TypeAny, `{"a":1}`},
		{content.TypeSource, `{"title":"T","publisher":"","author":"","year":2014,"url":"","note":"","unverified":true}`},
	} {
		data, err := json.Marshal(r.value(&content.Field{Name: "none", Type: tt.typ}, v))
		if err != nil || string(data) != tt.want {
			t.Errorf("%s: %s, %v; want %s", tt.typ, data, err, tt.want)
		}
	}
	if got := r.value(&content.Field{Type: content.TypeSource}, content.Value{}); got != nil {
		t.Errorf("a source that isn't there: %v", got)
	}
	data, err := json.Marshal(r.value(&content.Field{Type: content.TypeSource}, content.Value{Source: &content.Source{Title: "T"}}))
	if err != nil || !strings.Contains(string(data), `"year":null`) {
		t.Errorf("a source without a year: %s, %v", data, err)
	}
	if got, err := json.Marshal(r.value(&content.Field{Name: "place", Type: content.TypeTerm}, content.Value{ID: "cape"})); err != nil || string(got) != `{"id":"cape","label":"Cap","given":false}` {
		t.Errorf("a term that follows: %s", got)
	}
}

// Empty lists and dates are [] and null.
func TestEmpty(t *testing.T) {
	if data, _ := json.Marshal(list(nil)); string(data) != "[]" {
		t.Errorf("no list: %s", data)
	}
	if list([]string{"a"})[0] != "a" || dateOrNull(time.Time{}) != nil || textOrNull("") != nil || *textOrNull("a") != "a" || *dateOrNull(time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)) != "2026-05-04" {
		t.Error("what isn't empty")
	}
	data, err := marshal(map[string]string{"a": "<&>"})
	if err != nil || string(data) != "{\"a\":\"<&>\"}\n" {
		t.Errorf("%s, %v", data, err)
	}
}

// Two answers that took longer or shorter are the same; two of other results are
// not.
func TestSame(t *testing.T) {
	c := plaincorpus.New(t)
	r := viewtest.Reader(t, c, "en")
	answer := func(took time.Duration, total int) Answer {
		a, err := Result(r, search.Query{Page: 1, Size: 20}, &search.Result{Took: took, Total: total})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	a, b, other := answer(time.Millisecond, 1), answer(time.Second, 1), answer(time.Millisecond, 2)
	if string(a.Same) != string(b.Same) || string(a.Data) == string(b.Data) || string(a.Same) == string(other.Same) || !strings.Contains(string(a.Data), `"took_us":1000}`) {
		t.Errorf("%s\n%s\n%s", a.Data, b.Data, other.Data)
	}
}
