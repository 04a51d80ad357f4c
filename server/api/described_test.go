package api

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"testing"

	"casebook/server/address"
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
func openAPIOf(t *testing.T, s *site) map[string]any {
	t.Helper()
	return decode(t, s.get("/api/openapi.json").body).(map[string]any)
}

// Every answer of the interface is as its description says, and the
// description says nothing that validate doesn't check.
func TestAnswersAreAsDescribed(t *testing.T) {
	s := newSite(t, "")
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
		statuses[w.status] = true
		responses := dig(doc, "paths", tt.path, "get", "responses").(map[string]any)
		response, ok := responses[fmt.Sprint(w.status)]
		if !ok {
			t.Errorf("GET %s: %d isn't described", tt.url, w.status)
			continue
		}
		schema := dig(response, "content", w.kind, "schema")
		if schema == nil {
			t.Errorf("GET %s: %s isn't described for %d", tt.url, w.kind, w.status)
			continue
		}
		for _, problem := range validate(doc, schema, decode(t, w.body), "") {
			t.Errorf("GET %s: %s", tt.url, problem)
		}
	}
	if !statuses[200] || !statuses[400] || !statuses[404] {
		t.Errorf("only %v were seen", statuses)
	}
}

// The parameters that are described are those that are read.
func TestParametersAreAsDescribed(t *testing.T) {
	s := newSite(t, "")
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
			if w := s.get("/api/v1/search?" + url.Values{name: {fmt.Sprint(v)}}.Encode()); w.status != 200 && name != "size" && name != "page" {
				t.Errorf("%s=%v = %d: %s", name, v, w.status, w.body)
			}
		}
		if w := s.get("/api/v1/search?" + name + "=99999999"); w.status != 400 && name != "q" {
			t.Errorf("%s=99999999 = %d", name, w.status)
		}
	}
	if want := append(address.SearchParams(s.corpus.Lib.Schema), address.ParamValues); !slices.Equal(names, want) {
		t.Errorf("described: %v\nread: %v", names, want)
	}
}
