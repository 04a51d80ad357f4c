package api

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

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
