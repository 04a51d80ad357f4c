package api

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"casebook/search"
)

func TestSearch(t *testing.T) {
	s := newSite(t, "")
	var got searchResultJSON
	w := s.get("/api/v1/search?q=stones&place=coast&lang=fr")
	if err := json.Unmarshal(w.body, &got); err != nil {
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
	i := slices.IndexFunc(place.Values, func(v facetValueJSON) bool { return v.ID == "cape" })
	if place.Field != "place" || place.Label != "Lieu" || i < 0 || place.Values[i].Label != "Cap" || !slices.Equal(place.Values[i].Broader, []string{"coast", "hills"}) {
		t.Errorf("facet: %+v", place)
	}
	rules := got.Facets[slices.IndexFunc(got.Facets, func(f facetJSON) bool { return f.Field == "rule" })]
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
func TestValues(t *testing.T) {
	s := newSite(t, "")
	values := func(query string) (ids []string, more int) {
		var got searchResultJSON
		if err := json.Unmarshal(s.get("/api/v1/search?"+query).body, &got); err != nil {
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
	if w := s.get("/api/v1/search?values=-1"); w.status != 400 {
		t.Errorf("values=-1: %d", w.status)
	}
}
