package record_test

import (
	"reflect"
	"testing"
	"testing/fstest"
	"time"

	"casebook/content"
	"casebook/content/load"
	"casebook/content/record"
)

// rich is a page with everything that a page can have, and its schema.
func rich(t testing.TB) (*content.Page, *content.Schema) {
	t.Helper()
	lib, problems, err := load.Load(t.Context(), fstest.MapFS{
		"site.yaml": {Data: []byte("languages: [en, fr]\n")},
		"schema.yaml": {Data: []byte(`kinds:
  note:
    folder: notes
    fields:
      area: {type: term, vocabulary: area, many: true}
      related: {type: page, kind: note, many: true}
      chapter: {type: page, kind: chapter, many: true}
      when: {type: years}
      day: {type: date}
      size: {type: number}
      web: {type: url}
      done: {type: boolean}
      remark: {type: text}
      detail: {type: markdown}
      sources: {type: source, many: true}
      extra: {type: any}
      reviewed: {}
  book: {folder: books}
  chapter: {folder: chapters, parent: book, fields: {book: {type: page, kind: book}}}
`)},
		"vocabularies/area.yaml": {Data: []byte("terms: [{id: coast, broader: [world]}, {id: world}]\n")},
		"notes/other.md":         {Data: []byte("---\ntitle: Other\n---\n")},
		"books/atlas.md":         {Data: []byte("---\ntitle: Atlas\n---\n")},
		"chapters/atlas/01.md":   {Data: []byte("---\ntitle: One\nbook: atlas\n---\n")},
		"notes/rich.fr.md":       {Data: []byte("---\ntitle: Riche\ntranslation: by hand\n---\nTexte.\n")},
		"notes/rich.md": {Data: []byte(`---
title: Rich
summary: In a word.
area: coast
when: 2007-
day: 2026-05-04
size: -3.50
web: https://example.org/x?y=z
done: true
remark: 2014
detail: "Some *text*"
related: [{ref: other, why: Like it.}]
chapter: atlas/01
extra: {a: [1, 2.5, true, false, ~, x, '7'], b: {c: d}}
reviewed: 2026-05-04
sources:
  - {title: T, publisher: P, author: A, year: 2016, url: https://example.org/, note: N, verified: false}
---
Before.

## One

Text[^1] and

- first **item**
- second

1. third

## Two

- first **item**

[^1]: Note.
`)},
	}, load.Options{Today: time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	p, err := lib.Page("notes/rich")
	if err != nil {
		t.Fatal(err)
	}
	return p, lib.Schema
}

// What is read back is what was written, in every part.
func TestRecordKeepsEverything(t *testing.T) {
	check := func(p *content.Page, schema *content.Schema) {
		b, err := record.Append([]byte("x"), p, schema)
		if err != nil {
			t.Errorf("%s: %v", p.ID, err)
			return
		}
		got, err := record.Decode(string(b[1:]), schema)
		if err != nil {
			t.Errorf("%s: %v", p.ID, err)
		} else if !reflect.DeepEqual(got, p) {
			t.Errorf("%s is read back as\n%+v\nnot\n%+v", p.ID, got, p)
		}
	}
	p, schema := rich(t)
	if len(p.Body.Sections) != 3 || len(p.Body.Sections[1].Items) != 3 || p.Body.Notes == "" || len(p.Fields) != 13 || len(p.Translations) != 1 {
		t.Fatalf("the rich page is poor: %d sections, %d fields", len(p.Body.Sections), len(p.Fields))
	}
	check(p, schema)
	lib := shippedLibrary(t)
	for p := range lib.All() {
		check(p, lib.Schema)
	}
}

// Every beginning of a record, and every record with one byte changed, is an
// error or a page, never a panic.
func TestRecordDamaged(t *testing.T) {
	p, schema := rich(t)
	b, err := record.Append(nil, p, schema)
	if err != nil {
		t.Fatal(err)
	}
	for i := range b {
		if _, err := record.Decode(string(b[:i]), schema); err == nil {
			t.Fatalf("the first %d of %d bytes are a page", i, len(b))
		}
		for _, x := range []byte{0x01, 0x80, 0xFF} {
			b[i] ^= x
			_, _ = record.Decode(string(b), schema)
			b[i] ^= x
		}
	}
	if _, err := record.Decode(string(b)+"x", schema); err == nil {
		t.Error("a record with a byte too many is a page")
	}
}

func TestRecordOfAnotherSchema(t *testing.T) {
	p, _ := rich(t)
	if _, err := record.Append(nil, p, shippedLibrary(t).Schema); err == nil {
		t.Error("a page can be written with a schema that does not have its kind")
	}
}

func shippedLibrary(t *testing.T) *content.Library {
	t.Helper()
	lib, _, err := load.Load(t.Context(), content.Default, load.Options{})
	if err != nil || lib.Len() < 100 {
		t.Fatal(err)
	}
	return lib
}
