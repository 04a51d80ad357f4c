package server

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/search"
	"casebook/server/address"
	"casebook/server/internal/plaincorpus"
)

func decode(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%v: %.200s", err, data)
	}
	return v
}

// openAPI reads the description that a site serves.
func openAPIOf(t *testing.T, s *served) map[string]any {
	t.Helper()
	return decode(t, s.get("/api/openapi.json").Body.Bytes()).(map[string]any)
}

// Every answer of the interface is as its description says, and the
// description says nothing that validate doesn't check.
func TestAnswersAreAsDescribed(t *testing.T) {
	s := newSite(t, nil)
	doc := openAPIOf(t, s)
	tests := []struct{ path, url string }{
		{"/api/v1/search", "/api/v1/search"},
		{"/api/v1/search", "/api/v1/search?q=water+-stones&place=coast&place=hills&period_from=1999&literal=1&lang=ar"},
		{"/api/v1/search", `/api/v1/search?q="dry+land"+OR+half*&sort=title&size=0`},
		{"/api/v1/search", "/api/v1/search?q=nothingatall&place=plain"},
		{"/api/v1/search", "/api/v1/search?page=2&size=2"},
		{"/api/v1/search", "/api/v1/search?nothing=1&place=moon&size=x"},
		{"/api/v1/search", "/api/v1/search?lang=xx"},
		{"/api/v1/suggest", "/api/v1/suggest?q=st"},
		{"/api/v1/suggest", "/api/v1/suggest?q=coast&size=3&lang=fr"},
		{"/api/v1/suggest", "/api/v1/suggest"},
		{"/api/v1/suggest", "/api/v1/suggest?size=0"},
		{"/api/v1/pages/{id}", "/api/v1/pages/cases/none"},
		{"/api/v1/vocabularies/{name}", "/api/v1/vocabularies/none"},
		{"/api/v1/vocabularies/{name}", "/api/v1/vocabularies/place?x=1"},
	}
	for p := range s.corpus.Lib.All() {
		for _, lang := range []string{"en", "fr", "ar"} {
			tests = append(tests, struct{ path, url string }{"/api/v1/pages/{id}", "/api/v1/pages/" + p.ID + "?lang=" + lang})
		}
	}
	for name := range s.corpus.Lib.Vocabularies {
		tests = append(tests, struct{ path, url string }{"/api/v1/vocabularies/{name}", "/api/v1/vocabularies/" + name + "?lang=ar"})
	}
	statuses := make(map[int]bool)
	for _, tt := range tests {
		w := s.get(tt.url)
		statuses[w.Code] = true
		responses := dig(doc, "paths", tt.path, "get", "responses").(map[string]any)
		response, ok := responses[fmt.Sprint(w.Code)]
		if !ok {
			t.Errorf("GET %s: %d isn't described", tt.url, w.Code)
			continue
		}
		schema := dig(response, "content", w.Header().Get("Content-Type"), "schema")
		if schema == nil {
			t.Errorf("GET %s: %s isn't described for %d", tt.url, w.Header().Get("Content-Type"), w.Code)
			continue
		}
		for _, problem := range validate(doc, schema, decode(t, w.Body.Bytes()), "") {
			t.Errorf("GET %s: %s", tt.url, problem)
		}
	}
	if !statuses[200] || !statuses[400] || !statuses[404] {
		t.Errorf("only %v were seen", statuses)
	}
}

// The parameters that are described are those that are read.
func TestParametersAreAsDescribed(t *testing.T) {
	s := newSite(t, nil)
	doc := openAPIOf(t, s)
	var names []string
	for _, p := range dig(doc, "paths", "/api/v1/search", "get", "parameters").([]any) {
		name := dig(p, "name").(string)
		names = append(names, name)
		schema := dig(p, "schema").(map[string]any)
		if items, ok := schema["items"].(map[string]any); ok {
			schema = items
		}
		good := []any{"2015"}
		if list, ok := schema["enum"].([]any); ok {
			good = list
		} else if name == "rule" {
			good = []any{"dry-land/01"}
		}
		for _, v := range good {
			if w := s.get("/api/v1/search?" + url.Values{name: {fmt.Sprint(v)}}.Encode()); w.Code != 200 && name != "size" && name != "page" {
				t.Errorf("%s=%v = %d: %s", name, v, w.Code, w.Body)
			}
		}
		if w := s.get("/api/v1/search?" + name + "=99999999"); w.Code != 400 && name != "q" {
			t.Errorf("%s=99999999 = %d", name, w.Code)
		}
	}
	if want := append(address.SearchParams(s.corpus.Lib.Schema), address.ParamValues); !slices.Equal(names, want) {
		t.Errorf("described: %v\nread: %v", names, want)
	}
}

func TestAPISearch(t *testing.T) {
	s := newSite(t, nil)
	var got apiSearchResult
	w := s.get("/api/v1/search?q=stones&place=coast&lang=fr")
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Total != 1 || len(got.Hits) != 1 || got.Page != 1 || got.Size != 20 || got.TookMicro != 42 {
		t.Fatalf("%+v", got)
	}
	h := got.Hits[0]
	if h.ID != "cases/cape-stones" || h.Lang != "fr" || h.Title != "Cordons pierreux sur le cap" || h.URL != "/fr/cases/cape-stones" ||
		h.Kind != "case" || !slices.Equal(h.Fields["place"], []string{"cape", "coast", "hills"}) || !slices.Equal(h.Fields["rule"][:1], []string{"dry-land/01"}) {
		t.Errorf("hit: %+v", h)
	}
	place := got.Facets[0]
	i := slices.IndexFunc(place.Values, func(v apiFacetValue) bool { return v.ID == "cape" })
	if place.Field != "place" || place.Label != "Lieu" || i < 0 || place.Values[i].Label != "Cap" || !slices.Equal(place.Values[i].Broader, []string{"coast", "hills"}) {
		t.Errorf("facet: %+v", place)
	}
	rules := got.Facets[slices.IndexFunc(got.Facets, func(f apiFacet) bool { return f.Field == "rule" })]
	broader := make(map[string][]string)
	for _, v := range rules.Values {
		broader[v.ID] = v.Broader
	}
	if !slices.Equal(broader["dry-land/01"], []string{"dry-land"}) || broader["dry-land"] == nil || len(broader["dry-land"]) > 0 {
		t.Errorf("pages above those of the facet: %v", broader)
	}
	if q := got.Query; q.Text != "stones" || q.Lang != "fr" || q.Match != "all" || len(q.Groups) != 1 || q.Sort != "relevance" {
		t.Errorf("query: %+v", q)
	}
}

// An answer has the best filled values of a facet, and the chosen ones, as
// many as are asked for, and says how many it left out.
func TestAPIValues(t *testing.T) {
	s := newSite(t, nil)
	values := func(query string) (ids []string, more int) {
		var got apiSearchResult
		if err := json.Unmarshal(s.get("/api/v1/search?"+query).Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		for _, v := range got.Facets[0].Values {
			ids = append(ids, v.ID)
		}
		return ids, got.Facets[0].More
	}
	all, more := values("")
	if len(all) < 4 || more != 0 {
		t.Fatalf("all values: %v, %d more", all, more)
	}
	counts := []search.FacetValue{{ID: "a", Count: 2}, {ID: "b", Count: 5}, {ID: "c", Count: 2}, {ID: "d", Count: 2}, {ID: "e", Count: 9}, {ID: "f", Selected: true}}
	s.corpus.Searching = func(context.Context, search.Query) (*search.Result, error) {
		return &search.Result{Facets: []search.Facet{{Field: "place", Values: counts}}}, nil
	}
	for _, c := range []struct {
		query string
		want  string
		more  int
	}{
		{"values=0", "f", 5}, {"values=1", "e f", 4}, {"values=2", "b e f", 3}, {"values=3", "a b e f", 2}, {"values=4", "a b c e f", 1}, {"values=6", "a b c d e f", 0}, {"", "a b c d e f", 0},
	} {
		if got, more := values(c.query); strings.Join(got, " ") != c.want || more != c.more {
			t.Errorf("%s: %v and %d more, want %s and %d", c.query, got, more, c.want, c.more)
		}
	}
	if w := s.get("/api/v1/search?values=-1"); w.Code != 400 {
		t.Errorf("values=-1: %d", w.Code)
	}
	if w := s.get("/search?values=3"); w.Code != 200 {
		t.Errorf("a page of results with values=3: %d", w.Code)
	}
}

// How long a search took must not keep a reader from having its answer.
func TestAPISearchIsTheSameWhateverItTook(t *testing.T) {
	s := newSite(t, nil)
	var took time.Duration
	total := 0
	s.corpus.Searching = func(context.Context, search.Query) (*search.Result, error) {
		took += time.Millisecond
		return &search.Result{Took: took, Total: total}, nil
	}
	tag := s.get("/api/v1/search").Header().Get("ETag")
	if w := s.get("/api/v1/search", "If-None-Match", tag); w.Code != 304 || w.Body.Len() > 0 {
		t.Errorf("asked again: %d, ETag %s after %s", w.Code, w.Header().Get("ETag"), tag)
	}
	total = 1
	if w := s.get("/api/v1/search", "If-None-Match", tag); w.Code != 200 {
		t.Errorf("with another answer: %d", w.Code)
	}
}

func TestAPIPage(t *testing.T) {
	s := newSite(t, func(c *Config) { c.BaseURL = "https://example.org" })
	doc := decode(t, s.get("/api/v1/pages/cases/cape-stones").Body.Bytes())
	tests := []struct {
		want any
		path []string
	}{
		{"https://example.org/cases/cape-stones", []string{"url"}},
		{"2026-05-04", []string{"reviewed"}},
		{nil, []string{"parent"}},
		{1250.0, []string{"fields", "families", "0", "number"}},
		{true, []string{"fields", "running", "0", "boolean"}},
		{2007.0, []string{"fields", "period", "0", "from"}},
		{float64(plaincorpus.Today.Year()), []string{"fields", "period", "0", "to"}},
		{true, []string{"fields", "period", "0", "open"}},
		{"2007-03-01", []string{"fields", "started", "0", "date"}},
		{"rules/dry-land/01", []string{"fields", "rule", "0", "page"}},
		{"Begin at the top", []string{"fields", "rule", "0", "label"}},
		{"Tunisia", []string{"fields", "land", "0", "label"}},
		{true, []string{"fields", "land", "0", "given"}},
		{false, []string{"fields", "place", "0", "given"}},
		{2014.0, []string{"fields", "sources", "0", "year"}},
		{40.0, []string{"fields", "extra", "0", "tons"}},
		{"setting", []string{"sections", "1", "key"}},
	}
	for _, tt := range tests {
		if got := dig(doc, tt.path...); got != tt.want {
			t.Errorf("%v = %v, want %v", tt.path, got, tt.want)
		}
	}
	p := decode(t, s.get("/api/v1/pages/cases/hill-moons").Body.Bytes())
	for _, name := range []string{"families", "rule", "sources"} { // what a page doesn't have is an empty list
		if list, ok := dig(p, "fields", name).([]any); !ok || len(list) != 0 {
			t.Errorf("%s = %v", name, dig(p, "fields", name))
		}
	}
}

func TestSiteMap(t *testing.T) {
	s := newSite(t, func(c *Config) { c.BaseURL = "https://example.org" })
	body := s.get("/sitemap.xml").Body.String()
	for _, want := range []string{
		"<loc>https://example.org/</loc>", "<loc>https://example.org/fr/cases/cape-stones</loc><lastmod>2026-05-04</lastmod>",
		`<xhtml:link rel="alternate" hreflang="fr" href="https://example.org/fr/cases/cape-stones">`, "<loc>https://example.org/place/coast</loc>",
		"<loc>https://example.org/ar/cases/hill-moons</loc>",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, not := range []string{"/fr/cases/plain-wells", "/land/DK", "/status"} { // not translated; no page; for operators
		if strings.Contains(body, not) {
			t.Errorf("%s is listed", not)
		}
	}
	all := strings.Count(body, "<loc>")
	s.siteMapSize = 10
	index := s.get("/sitemap.xml").Body.String()
	parts, n := strings.Count(index, "<sitemap>"), 0
	for i := range parts {
		w := s.get(fmt.Sprintf("/sitemap-%d.xml", i+1))
		n += strings.Count(w.Body.String(), "<loc>")
	}
	if parts != (all+9)/10 || n != all {
		t.Errorf("%d addresses come in %d parts with %d", all, parts, n)
	}
	for _, path := range []string{"/sitemap-0.xml", fmt.Sprintf("/sitemap-%d.xml", parts+1)} {
		if w := s.get(path); w.Code != 404 {
			t.Errorf("%s = %d", path, w.Code)
		}
	}
}

func TestRobotsAndOpenSearch(t *testing.T) {
	s := newSite(t, nil)
	robots := s.get("http://cases.example:8080/robots.txt").Body.String()
	for _, want := range []string{"Disallow: /search?\n", "Disallow: /ar/search?\n", "Disallow: /api/\n", "Sitemap: http://cases.example:8080/sitemap.xml\n"} {
		if !strings.Contains(robots, want) {
			t.Errorf("robots.txt has no %q:\n%s", want, robots)
		}
	}
	d := s.get("http://cases.example/fr/opensearch.xml").Body.String()
	for _, want := range []string{"<ShortName>Puits et jardins</ShortName>", `template="http://cases.example/fr/search?q={searchTerms}"`, "<Language>fr</Language>"} {
		if !strings.Contains(d, want) {
			t.Errorf("opensearch.xml has no %q:\n%s", want, d)
		}
	}
}

// dig follows names and indexes into a JSON value; nil where there is nothing.
func dig(v any, path ...string) any {
	for _, name := range path {
		switch x := v.(type) {
		case map[string]any:
			v = x[name]
		case []any:
			var i int
			if _, err := fmt.Sscan(name, &i); err != nil || i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

// validate checks a JSON value against a schema, in the part of JSON Schema
// 2020-12 that the description uses. A keyword that it doesn't know is an
// error, so that the description can't promise what nobody checks.
func validate(doc map[string]any, schema, v any, at string) []string {
	m, ok := schema.(map[string]any)
	if !ok {
		return []string{fmt.Sprintf("%s: no schema", at)}
	}
	var out []string
	bad := func(format string, args ...any) { out = append(out, at+": "+fmt.Sprintf(format, args...)) }
	for keyword, arg := range m {
		switch keyword {
		case "description", "default":
		case "$ref":
			path := strings.Split(strings.TrimPrefix(arg.(string), "#/"), "/")
			out = append(out, validate(doc, dig(doc, path...), v, at)...)
		case "type":
			types, ok := arg.([]any)
			if !ok {
				types = []any{arg}
			}
			if !slices.ContainsFunc(types, func(t any) bool { return isType(v, t.(string)) }) {
				bad("%v isn't %v", v, arg)
			}
		case "enum":
			if !slices.Contains(arg.([]any), v) {
				bad("%v isn't one of %v", v, arg)
			}
		case "minimum":
			if n, ok := v.(float64); ok && n < arg.(float64) {
				bad("%v is less than %v", v, arg)
			}
		case "maximum":
			if n, ok := v.(float64); ok && n > arg.(float64) {
				bad("%v is more than %v", v, arg)
			}
		case "format":
			if s, ok := v.(string); ok && !hasFormat(s, arg.(string)) {
				bad("%q isn't a %v", s, arg)
			}
		case "oneOf":
			n := 0
			for _, sub := range arg.([]any) {
				if len(validate(doc, sub, v, at)) == 0 {
					n++
				}
			}
			if n != 1 {
				bad("%v fits %d of the schemas", v, n)
			}
		case "items":
			list, _ := v.([]any)
			for i, x := range list {
				out = append(out, validate(doc, arg, x, fmt.Sprintf("%s/%d", at, i))...)
			}
		case "required":
			object, _ := v.(map[string]any)
			for _, name := range arg.([]any) {
				if _, ok := object[name.(string)]; !ok {
					bad("no %v", name)
				}
			}
		case "properties", "additionalProperties":
			properties, _ := m["properties"].(map[string]any)
			object, _ := v.(map[string]any)
			for name, x := range object {
				sub, ok := properties[name]
				switch {
				case keyword == "properties" && ok:
					out = append(out, validate(doc, sub, x, at+"/"+name)...)
				case keyword == "additionalProperties" && !ok && arg == false:
					bad("%s isn't described", name)
				case keyword == "additionalProperties" && !ok:
					out = append(out, validate(doc, arg, x, at+"/"+name)...)
				}
			}
		default:
			bad("the schema has the keyword %s, which isn't checked", keyword)
		}
	}
	return out
}

func isType(v any, name string) bool {
	switch v := v.(type) {
	case nil:
		return name == "null"
	case bool:
		return name == "boolean"
	case string:
		return name == "string"
	case []any:
		return name == "array"
	case map[string]any:
		return name == "object"
	case float64:
		return name == "number" || name == "integer" && v == math.Trunc(v)
	}
	return false
}

func hasFormat(s, format string) bool {
	switch format {
	case "date":
		_, err := time.Parse(time.DateOnly, s)
		return err == nil
	case "uri-reference":
		_, err := url.Parse(s)
		return err == nil && s != ""
	}
	return false
}

func TestValidateFindsWhatIsWrong(t *testing.T) {
	schema := decode(t, []byte(`{"type":"object","properties":{"n":{"type":"integer","minimum":0},"s":{"type":["string","null"],"format":"date"}},"required":["n"],"additionalProperties":false}`))
	for in, want := range map[string]int{
		`{"n":1}`: 0, `{"n":1,"s":null}`: 0, `{"n":1,"s":"2026-05-04"}`: 0, `{}`: 1, `{"n":-1}`: 1, `{"n":1.5}`: 1, `{"n":1,"x":1}`: 1, `{"n":1,"s":"soon"}`: 1, `[]`: 2,
	} {
		if got := validate(nil, schema, decode(t, []byte(in)), ""); len(got) != want {
			t.Errorf("%s: %v, want %d problems", in, got, want)
		}
	}
}

func TestSampleContentIsWhole(t *testing.T) {
	lib := plaincorpus.Library(t, plaincorpus.Files())
	if lib.Len() != 7 || len(lib.Images) != 1 {
		t.Errorf("%d pages, %d images", lib.Len(), len(lib.Images))
	}
}
