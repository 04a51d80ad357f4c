package address

import (
	"net/url"
	"reflect"
	"strings"
	"testing"

	"casebook/content"
	"casebook/server/internal/plaincorpus"
)

func TestNumber(t *testing.T) {
	for _, tt := range []struct {
		values []string
		want   int
		key    string
	}{
		{nil, 8, ""}, {[]string{""}, 8, ""}, {[]string{" 3 "}, 3, ""}, {[]string{"1"}, 1, ""}, {[]string{"20"}, 20, ""}, {[]string{"0"}, 8, "number"},
		{[]string{"21"}, 8, "number"}, {[]string{"x"}, 8, "number"}, {[]string{"4", "5"}, 4, "twice"}, {[]string{"99999999999999999999"}, 8, "number"},
	} {
		got, bad := Number(url.Values{"size": tt.values}, "size", 8, 1, 20)
		key := ""
		if len(bad) > 0 {
			key = bad[0].Key
		}
		if got != tt.want || key != tt.key || len(bad) > 1 {
			t.Errorf("%q is %d, %+v; want %d, %q", tt.values, got, bad, tt.want, tt.key)
		}
	}
	_, bad := Number(url.Values{"size": {"21"}}, "size", 8, 1, 20)
	if want := []ParamError{{Param: "size", Value: "21", Key: "number", Valid: []string{"1–20"}}}; !reflect.DeepEqual(bad, want) {
		t.Errorf("%+v, want %+v", bad, want)
	}
}

func TestOnly(t *testing.T) {
	if bad := Only(url.Values{"q": {"a"}, "lang": {""}}, "q", "size", "lang"); bad != nil {
		t.Errorf("%+v", bad)
	}
	got := Only(url.Values{"z": {"1"}, "q": {"a", "b"}, "b": nil}, "q", "lang")
	want := []ParamError{
		{Param: "b", Key: "parameter", Valid: []string{"q", "lang"}}, {Param: "q", Value: "b", Key: "twice"}, {Param: "z", Key: "parameter", Valid: []string{"q", "lang"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestNamesOfParametersAndOrders(t *testing.T) {
	schema := plaincorpus.New(t).Lib.Schema
	for got, want := range map[string]string{
		strings.Join(SearchParams(schema), " "): "q place land method rule grade period period_from period_to started started_from started_to kind language sort page size literal lang",
		strings.Join(SortNames(schema), " "):    "relevance reviewed title period started families year",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	twice := &content.Schema{Kinds: []*content.Kind{{ID: "a", Fields: []*content.Field{{Name: "title", Type: content.TypeNumber}, {Name: "n", Type: content.TypeNumber}}}}}
	if got := strings.Join(SortNames(twice), " "); got != "relevance reviewed title n" {
		t.Errorf("a field called title: %s", got)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{"": "", "a b": "a b", "a\x00b\n": "a b ", "\xff": " ", "eau’٣": "eau’٣", "\u0085x": " x"} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}
