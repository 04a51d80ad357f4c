package record_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"casebook/content"
	"casebook/content/record"
)

// smallSchema has two kinds, the second with two fields.
func smallSchema() *content.Schema {
	return content.NewSchema([]*content.Kind{
		{ID: "bare", Folder: "bare"},
		{ID: "note", Folder: "notes", Fields: []*content.Field{{Name: "a", Type: content.TypeAny}, {Name: "b", Type: content.TypeAny}}},
	})
}

// smallPages are pages that have one thing each.
func smallPages(schema *content.Schema) map[string]*content.Page {
	bare, note := schema.Kinds[0], schema.Kinds[1]
	day := time.Date(1931, 2, 3, 0, 0, 0, 0, time.UTC)
	pages := map[string]*content.Page{
		"nothing":  {Kind: bare},
		"texts":    {Kind: note, ID: "notes/x", Lang: "fr", Path: "notes/x.md", Title: "T", Summary: "S", Status: content.Draft, Translation: "by hand", Parent: "bare/y"},
		"days":     {Kind: bare, Reviewed: day},
		"digest":   {Kind: bare, Digest: content.Digest{1, 2, 3, 31: 4}},
		"no value": {Kind: note, Fields: map[string][]content.Value{"b": {}}},
		"many":     {Kind: note, Fields: map[string][]content.Value{"a": {{ID: "1"}, {ID: "2"}, {ID: "1"}}, "b": {{ID: "3"}}}},
		"body": {Kind: bare, Body: content.Body{Notes: "<ol></ol>", Sections: []content.Section{
			{HTML: "<p>Before.</p>", Text: "Before."},
			{ID: "one", Key: "lessons", Title: "One", Level: 2, HTML: "<li>x</li><li>x</li><li>yy</li>", Text: "x\nx\nyy",
				Items: []content.Item{{ID: "one-1", HTML: "x", Text: "x"}, {ID: "one-2", HTML: "x", Text: "x"}, {ID: "one-3", HTML: "yy", Text: "yy"}, {ID: "one-4", HTML: "not there", Text: ""}}},
			{ID: "two", Title: "Two", Level: 2, HTML: "<li>z</li>", Text: "z", Items: []content.Item{{ID: "two-1", HTML: "z", Text: "z"}}},
		}}},
	}
	for name, v := range map[string]content.Value{
		"id": {ID: "x"}, "given": {ID: "x", Given: true}, "page": {ID: "x", Page: "notes/x"}, "why": {ID: "x", Why: "because"},
		"years": {ID: "x", Years: content.Years{From: -5, To: 2014}}, "from": {Years: content.Years{From: 1}}, "to": {Years: content.Years{To: 1}},
		"open": {Years: content.Years{From: 2007, To: 2026, Open: true}}, "open alone": {Years: content.Years{Open: true}},
		"date": {ID: "1931", Date: day}, "number": {Number: -3.5}, "minus zero": {Number: math.Copysign(0, -1)}, "infinity": {Number: math.Inf(1)},
		"bool": {ID: "true", Bool: true}, "html": {HTML: "<p>x</p>"},
		"source":     {Source: &content.Source{Title: "T", Publisher: "P", Author: "A", URL: "U", Note: "N", Year: 2016, Unverified: true}},
		"poor":       {Source: &content.Source{Year: -1}},
		"all at one": {ID: "i", Given: true, Page: "p", Why: "w", Years: content.Years{From: 1, To: 2, Open: true}, Date: day, Number: 1, Bool: true, HTML: "h", Source: &content.Source{}, Any: "a"},
	} {
		pages[name] = &content.Page{Kind: note, Fields: map[string][]content.Value{"a": {v}}}
	}
	for name, v := range map[string]any{
		"true": true, "false": false, "int": int64(-7), "big": int64(math.MinInt64), "float": 2.5, "string": "s", "empty string": "",
		"list": []any{nil, "x", []any{}, int64(0)}, "empty list": []any{}, "map": map[string]any{"b": nil, "a": map[string]any{}, "": []any{true}}, "deep": deep(100),
	} {
		pages["any "+name] = &content.Page{Kind: note, Fields: map[string][]content.Value{"b": {{Any: v}}}}
	}
	return pages
}

// deep returns lists inside each other.
func deep(n int) any {
	var v any = "x"
	for range n {
		v = []any{v}
	}
	return v
}

// Each part of a page comes back, alone and beside others, and the bytes of a
// page are always the same.
func TestRecordEachPart(t *testing.T) {
	schema := smallSchema()
	for name, p := range smallPages(schema) {
		p.Translations = map[string]*content.Page{"ar": {Kind: p.Kind, Lang: "ar", Title: "in Arabic", Of: p}, "fr": {Kind: p.Kind, Lang: "fr", Of: p}}
		b, err := record.Append(nil, p, schema)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, err := record.Decode(string(b), schema)
		if err != nil || !reflect.DeepEqual(got, p) {
			t.Errorf("%s: %v, read back as\n%+v\nnot\n%+v", name, err, got, p)
		}
		for range 5 { // maps have no order
			if again, _ := record.Append(nil, p, schema); !bytes.Equal(again, b) {
				t.Errorf("%s: written again it is other bytes", name)
			}
		}
	}
}

// The texts of items are parts of their section's: they take no room of their own.
func TestRecordItemsAreParts(t *testing.T) {
	long := strings.Repeat("x", 1000)
	schema := smallSchema()
	p := &content.Page{Kind: schema.Kinds[0], Body: content.Body{Sections: []content.Section{{HTML: "<li>" + long + "</li>", Text: long, Items: []content.Item{{HTML: long, Text: long}}}}}}
	b, err := record.Append(nil, p, schema)
	if err != nil || len(b) > 2200 {
		t.Errorf("%d bytes for two texts of 1000, %v", len(b), err)
	}
}

func TestRecordRefuses(t *testing.T) {
	schema := smallSchema()
	field := func(name string, v content.Value) map[string][]content.Value {
		return map[string][]content.Value{name: {v}}
	}
	note := schema.Kinds[1]
	for name, tt := range map[string]struct {
		page *content.Page
		want string
	}{
		"a kind of another schema":  {&content.Page{ID: "p", Kind: &content.Kind{ID: "note"}}, "encoding p: its kind is not in the schema"},
		"a field that nobody knows": {&content.Page{ID: "p", Kind: note, Fields: field("c", content.Value{})}, "encoding p: it has a field that is not in the schema"},
		"a value of any type":       {&content.Page{ID: "p", Kind: note, Fields: field("a", content.Value{Any: struct{}{}})}, "encoding p: a value of type struct {}"},
		"lists without end":         {&content.Page{ID: "p", Kind: note, Fields: field("a", content.Value{Any: deep(101)})}, "encoding p: lists too deep inside each other"},
		"maps without end":          {&content.Page{ID: "p", Kind: note, Fields: field("a", content.Value{Any: map[string]any{"x": deep(100)}})}, "encoding p: lists too deep inside each other"},
		"a bad translation":         {&content.Page{ID: "p", Kind: note, Translations: map[string]*content.Page{"fr": {Kind: &content.Kind{}}}}, "encoding p: its kind is not in the schema"},
	} {
		b, err := record.Append([]byte("before"), tt.page, schema)
		if err == nil || err.Error() != tt.want || string(b) != "before" {
			t.Errorf("%s: %v, %q; want %s", name, err, b, tt.want)
		}
	}
}

func TestRecordBody(t *testing.T) {
	body := smallPages(smallSchema())["body"].Body
	b := record.AppendBody([]byte("x"), &body)
	got, err := record.DecodeBody(string(b[1:]))
	if err != nil || !reflect.DeepEqual(got, body) {
		t.Errorf("%v, read back as %+v", err, got)
	}
	for _, bad := range []string{"", string(b[1 : len(b)-1]), string(b[1:]) + "x"} {
		if got, err := record.DecodeBody(bad); err == nil || got.Sections != nil {
			t.Errorf("%q is a body: %+v", bad, got)
		}
	}
}

// Whatever one byte of a record is, it is an error or a page of the schema.
func TestRecordEveryByte(t *testing.T) {
	schema := smallSchema()
	pages := smallPages(schema)
	for _, name := range []string{"texts", "many", "body", "all at one", "any map", "any list"} {
		b, err := record.Append(nil, pages[name], schema)
		if err != nil {
			t.Fatal(err)
		}
		for i := range b {
			was := b[i]
			for x := range 256 {
				b[i] = byte(x)
				got, err := record.Decode(string(b), schema)
				if err == nil && got.Kind != schema.Kinds[0] && got.Kind != schema.Kinds[1] || err != nil && got != nil {
					t.Fatalf("%s with %d at %d: %+v, %v", name, x, i, got, err)
				}
			}
			b[i] = was
		}
	}
}

// Numbers that ask for more than the bytes can have are an error, before
// memory is taken for them.
func TestRecordAsksForTooMuch(t *testing.T) {
	schema := smallSchema()
	b, err := record.Append(nil, &content.Page{Kind: schema.Kinds[1]}, schema)
	if err != nil {
		t.Fatal(err)
	}
	many := string(binary.AppendUvarint(nil, 1<<22))
	var before, after runtime.MemStats
	for i := range b {
		runtime.ReadMemStats(&before)
		_, _ = record.Decode(string(b[:i])+many+string(b[i+1:]), schema) // some places hold a number of any size
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
			t.Errorf("four million of something at %d take %d bytes of memory", i, n)
		}
	}
}

// FuzzRecord: bytes are an error or a page; and what is a page can be written,
// and is then read as that page.
func FuzzRecord(f *testing.F) {
	schema := smallSchema()
	for _, p := range smallPages(schema) { // small ones, or the search for smaller ones takes all the time
		b, err := record.Append(nil, p, schema)
		if err != nil {
			f.Fatal(err)
		}
		if len(b) < 150 {
			f.Add(string(b))
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := record.Decode(s, schema)
		if err != nil {
			return
		}
		b, err := record.Append(nil, p, schema)
		if err != nil {
			t.Fatal(err)
		}
		q, err := record.Decode(string(b), schema)
		if err != nil {
			t.Fatalf("written again it is damaged: %v", err)
		}
		if again, err := record.Append(nil, q, schema); err != nil || !bytes.Equal(again, b) {
			t.Fatalf("written a third time it is other bytes: %v", err)
		}
	})
}
