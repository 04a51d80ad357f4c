package api

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
)

func TestBadParams(t *testing.T) {
	cause := errors.New("why")
	for want, e := range map[string]*BadParams{
		"why": {Cause: cause, Params: []address.ParamError{{Param: "x"}}}, "bad parameters: a, b": {Params: []address.ParamError{{Param: "a"}, {Param: "b"}}}, "bad parameters: ": {},
	} {
		if e.Error() != want {
			t.Errorf("%q, want %q", e, want)
		}
	}
}

// A problem explains ten parameters, and gives none of them back at length; an
// error that is no question of parameters is told by its message alone.
func TestProblem(t *testing.T) {
	words := viewtest.Reader(t, plaincorpus.New(t), "en").Words
	bad := &BadParams{}
	for i := range 15 {
		bad.Params = append(bad.Params, address.ParamError{Param: fmt.Sprintf("p%02d", i), Key: "parameter", Valid: []string{"q", "sort"}})
	}
	bad.Params[0] = address.ParamError{Param: strings.Repeat("n", 500), Value: strings.Repeat("v", 500), Key: "value"}
	p := NewProblem(words, 400, "Bad Request", "bad-request", fmt.Errorf("wrapped: %w", bad))
	if p.Type != "about:blank" || p.Title != "Bad Request" || p.Status != 400 || len(p.Errors) != maxExplained {
		t.Errorf("%+v", p)
	}
	if first := p.Errors[0]; len(first.Value) != 200 || len(first.Detail) > 600 || first.Valid == nil || first.Parameter != strings.Repeat("n", 500) {
		t.Errorf("%+v", first)
	}
	if second := p.Errors[1]; second.Detail == "" || !slices.Equal(second.Valid, []string{"q", "sort"}) || !strings.Contains(p.Detail, p.Errors[0].Detail+" "+second.Detail) {
		t.Errorf("%+v; %s", second, p.Detail)
	}
	if p := NewProblem(words, 503, "x", "busy", errors.New("secret")); len(p.Errors) != 0 || p.Errors == nil || p.Detail != words.T("error.busy.text") {
		t.Errorf("%+v", p)
	}
	data, err := p.JSON()
	if err != nil || !strings.HasPrefix(string(data), `{"type":"about:blank","title":"Bad Request","status":400,`) {
		t.Errorf("%s, %v", data, err)
	}
}

func TestNewCall(t *testing.T) {
	c := plaincorpus.New(t)
	r := viewtest.Reader(t, c, "en")
	call, err := NewCall(r, c, "q=a&lang=fr", "name")
	if err != nil || call.Lang != "fr" || call.Name != "name" || call.Values.Get("q") != "a" || call.Fields == nil || r.Lang != "en" {
		t.Errorf("%+v, %v", call, err)
	}
	if call, err := NewCall(r, c, "", ""); err != nil || call.Reader != r {
		t.Errorf("without a language: %v", err)
	}
	for _, query := range []string{"lang=xx", "q=%zz", "a;b"} {
		var bad *BadParams
		if _, err := NewCall(r, c, query, ""); !errors.As(err, &bad) || (bad.Cause == nil) != (query == "lang=xx") {
			t.Errorf("%s: %v", query, err)
		}
	}
	for query, want := range map[string]int{"q=a": 0, "lang=fr&q=a": 0, "size=3": 1, "q=a&q=b": 1, "size=3&x=1": 2} {
		call, err := NewCall(r, c, query, "")
		if err != nil {
			t.Fatal(err)
		}
		var bad *BadParams
		if err := call.only("q"); (err == nil) != (want == 0) || errors.As(err, &bad) && len(bad.Params) != want {
			t.Errorf("%s: %v, want %d refused", query, err, want)
		}
	}
}

// What the corpus fails by is not hidden.
func TestErrorsOfTheCorpus(t *testing.T) {
	c := plaincorpus.New(t)
	c.Damage("cases/cape-stones")
	c.Searching = func(context.Context, search.Query) (*search.Result, error) { return nil, search.ErrOverloaded }
	r := viewtest.Reader(t, c, "en")
	for _, tt := range []struct {
		endpoint Endpoint
		name     string
		want     error
	}{{Search, "", search.ErrOverloaded}, {Page, "cases/none", content.ErrNoPage}, {Page, "cases/cape-stones", plaincorpus.ErrDamaged}} {
		call, err := NewCall(r, c, "", tt.name)
		if err != nil {
			t.Fatal(err)
		}
		if a, err := tt.endpoint(t.Context(), call); !errors.Is(err, tt.want) || a.Data != nil {
			t.Errorf("%q: %v, want %v", tt.name, err, tt.want)
		}
	}
}

// suggesting is a corpus that says what it was asked.
type suggesting struct {
	*plaincorpus.Corpus
	asked *string
	found []search.Completion
}

func (s suggesting) Suggest(_ context.Context, text, lang string, n int) ([]search.Completion, error) {
	*s.asked = fmt.Sprintf("%d %s %d", len(text), lang, n)
	return s.found, nil
}

// Words are cut to what a query may have, at a letter; what is found leads to
// pages, terms and searches.
func TestSuggest(t *testing.T) {
	asked := ""
	c := suggesting{plaincorpus.New(t), &asked, []search.Completion{
		{Kind: "page", ID: "cases/cape-stones", Text: "Stones"}, {Kind: "page", ID: "cases/gone", Text: "Gone"}, {Kind: "term", ID: "coast", Field: "place", Text: "Côte", Count: 7, Lang: "fr"},
		{Kind: "query", Text: "eau & pierres"},
	}}
	for _, tt := range []struct{ query, want string }{
		{"q=abc", "3 fr 8"}, {"", "0 fr 8"}, {"q=abc&size=1", "3 fr 1"}, {"q=abc&size=20", "3 fr 20"},
		{"q=" + strings.Repeat("a", search.MaxQueryBytes), fmt.Sprintf("%d fr 8", search.MaxQueryBytes)},
		{"q=" + strings.Repeat("a", search.MaxQueryBytes-1) + url.QueryEscape("é"), fmt.Sprintf("%d fr 8", search.MaxQueryBytes)},
	} {
		call, err := NewCall(viewtest.Reader(t, c, "fr"), c, tt.query, "")
		if err != nil {
			t.Fatal(err)
		}
		a, err := Suggest(t.Context(), call)
		if err != nil || asked != tt.want {
			t.Errorf("%.20s…: asked %s, want %s; %v", tt.query, asked, tt.want, err)
		}
		for _, want := range []string{
			`"kind":"page","text":"Stones","url":"/fr/cases/cape-stones","id":"cases/cape-stones","field":"","label":"Cas"`,
			`"kind":"term","text":"Côte","url":"/fr/search?place=coast","id":"coast","field":"place","label":"Lieu","lang":"fr","count":7`,
			`"kind":"query","text":"eau & pierres","url":"/fr/search?q=eau+%26+pierres","id":"","field":"","label":""`,
		} {
			if !strings.Contains(string(a.Data), want) {
				t.Errorf("%s lacks %s", a.Data, want)
			}
		}
		if strings.Contains(string(a.Data), "gone") {
			t.Errorf("a page that isn't there: %s", a.Data)
		}
	}
	call, _ := NewCall(viewtest.Reader(t, c, "fr"), c, "size=21", "")
	if _, err := Suggest(t.Context(), call); err == nil {
		t.Error("more suggestions than there may be are asked for")
	}
}
