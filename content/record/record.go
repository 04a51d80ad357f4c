// Package record writes pages as bytes and reads them back: what an index
// keeps of a page, so that opening it parses no Markdown.
//
// A record is one page with its translations. All of its texts are parts of
// one string, which the decoded page shares. Kinds and fields are numbers, so
// a record is good only for the schema that it was written with.
package record

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"casebook/content"
)

// What a value has besides its ID. More than one may be set.
const (
	hasGiven = 1 << iota
	hasPage
	hasWhy
	hasYears
	hasOpen
	hasDate
	hasNumber
	hasBool
	hasHTML
	hasSource
	hasAny
)

// The types of an Any.
const (
	anyNil = iota
	anyFalse
	anyTrue
	anyInt
	anyFloat
	anyString
	anyList
	anyMap
)

// maxAnyDepth bounds lists in lists, as deep as front matter may be.
const maxAnyDepth = 100

// Append appends the record of an original and its translations. It fails for
// a page that is not of the schema.
func Append(b []byte, p *content.Page, schema *content.Schema) ([]byte, error) {
	e := encoder{b: b, schema: schema}
	e.uint(len(p.Translations))
	e.page(p)
	for _, lang := range slices.Sorted(maps.Keys(p.Translations)) {
		e.page(p.Translations[lang])
	}
	if e.err != nil {
		return b, fmt.Errorf("encoding %s: %w", p.ID, e.err)
	}
	return e.b, nil
}

// AppendBody appends a body alone.
func AppendBody(b []byte, body *content.Body) []byte {
	e := encoder{b: b}
	e.body(body)
	return e.b
}

type encoder struct {
	b      []byte
	schema *content.Schema
	err    error
}

func (e *encoder) uint(n int)       { e.b = binary.AppendUvarint(e.b, uint64(n)) }
func (e *encoder) int(n int64)      { e.b = binary.AppendVarint(e.b, n) }
func (e *encoder) float(x float64)  { e.b = binary.LittleEndian.AppendUint64(e.b, math.Float64bits(x)) }
func (e *encoder) time(t time.Time) { e.int(t.Unix()) }

func (e *encoder) text(s string) {
	e.uint(len(s))
	e.b = append(e.b, s...)
}

func (e *encoder) page(p *content.Page) {
	kind := slices.Index(e.schema.Kinds, p.Kind)
	if kind < 0 {
		e.err = errors.New("its kind is not in the schema")
		return
	}
	e.uint(kind)
	for _, s := range []string{p.ID, p.Lang, p.Path, p.Title, p.Summary, string(p.Status), p.Translation, p.Parent} {
		e.text(s)
	}
	e.time(p.Reviewed)
	e.b = append(e.b, p.Digest[:]...)
	e.fields(p)
	e.body(&p.Body)
}

// fields writes the values of the page itself; a translation has none.
func (e *encoder) fields(p *content.Page) {
	fields, values := 0, 0
	for _, f := range p.Kind.Fields {
		if list, ok := p.Fields[f.Name]; ok {
			fields++
			values += len(list)
		}
	}
	if fields != len(p.Fields) {
		e.err = errors.New("it has a field that is not in the schema")
	}
	e.uint(fields)
	e.uint(values)
	for i, f := range p.Kind.Fields {
		list, ok := p.Fields[f.Name]
		if !ok {
			continue
		}
		e.uint(i)
		e.uint(len(list))
		for i := range list {
			e.value(&list[i])
		}
	}
}

func (e *encoder) value(v *content.Value) {
	has := 0
	set := func(ok bool, bit int) {
		if ok {
			has |= bit
		}
	}
	set(v.Given, hasGiven)
	set(v.Page != "", hasPage)
	set(v.Why != "", hasWhy)
	set(v.Years.From != 0 || v.Years.To != 0, hasYears)
	set(v.Years.Open, hasOpen)
	set(!v.Date.IsZero(), hasDate)
	set(v.Number != 0 || math.Signbit(v.Number), hasNumber)
	set(v.Bool, hasBool)
	set(v.HTML != "", hasHTML)
	set(v.Source != nil, hasSource)
	set(v.Any != nil, hasAny)
	e.uint(has)
	e.text(v.ID)
	if has&hasPage != 0 {
		e.text(v.Page)
	}
	if has&hasWhy != 0 {
		e.text(v.Why)
	}
	if has&hasYears != 0 {
		e.int(int64(v.Years.From))
		e.int(int64(v.Years.To))
	}
	if has&hasDate != 0 {
		e.time(v.Date)
	}
	if has&hasNumber != 0 {
		e.float(v.Number)
	}
	if has&hasHTML != 0 {
		e.text(v.HTML)
	}
	if s := v.Source; s != nil {
		for _, t := range []string{s.Title, s.Publisher, s.Author, s.URL, s.Note} {
			e.text(t)
		}
		e.int(int64(s.Year))
		e.b = append(e.b, boolByte(s.Unverified))
	}
	if has&hasAny != 0 {
		e.any(v.Any, 0)
	}
}

func (e *encoder) any(v any, depth int) {
	if depth > maxAnyDepth {
		e.err = errors.New("lists too deep inside each other")
		return
	}
	switch v := v.(type) {
	case nil:
		e.b = append(e.b, anyNil)
	case bool:
		e.b = append(e.b, anyFalse+boolByte(v))
	case int64:
		e.b = append(e.b, anyInt)
		e.int(v)
	case float64:
		e.b = append(e.b, anyFloat)
		e.float(v)
	case string:
		e.b = append(e.b, anyString)
		e.text(v)
	case []any:
		e.b = append(e.b, anyList)
		e.uint(len(v))
		for _, x := range v {
			e.any(x, depth+1)
		}
	case map[string]any:
		e.b = append(e.b, anyMap)
		e.uint(len(v))
		for _, k := range slices.Sorted(maps.Keys(v)) {
			e.text(k)
			e.any(v[k], depth+1)
		}
	default:
		e.err = fmt.Errorf("a value of type %T", v)
	}
}

// body writes the sections; the items of their lists, which are parts of
// them, as places in their text.
func (e *encoder) body(b *content.Body) {
	items := 0
	for i := range b.Sections {
		items += len(b.Sections[i].Items)
	}
	e.uint(len(b.Sections))
	e.uint(items)
	for i := range b.Sections {
		s := &b.Sections[i]
		for _, t := range []string{s.ID, s.Key, s.Title, s.HTML, s.Text} {
			e.text(t)
		}
		e.uint(s.Level)
		e.uint(len(s.Items))
		html, text := 0, 0
		for _, it := range s.Items {
			e.text(it.ID)
			html = e.part(it.HTML, s.HTML, html)
			text = e.part(it.Text, s.Text, text)
		}
	}
	e.text(b.Notes)
}

// part writes s as a place in whole, where it is one from from on, else
// itself. It returns where the next one may begin.
func (e *encoder) part(s, whole string, from int) int {
	if i := strings.Index(whole[from:], s); i >= 0 {
		e.uint(from + i + 1)
		e.uint(len(s))
		return from + i + len(s)
	}
	e.uint(0)
	e.text(s)
	return from
}

func boolByte(b bool) byte {
	if b {
		return 1
	}
	return 0
}
