package record

import (
	"encoding/binary"
	"errors"
	"math"
	"time"

	"casebook/content"
)

// errDamaged is returned for bytes that this package did not write.
var errDamaged = errors.New("the stored page is damaged")

// Decode reads a record: an original with its translations. Whatever the
// bytes are, it returns a page or an error, and takes memory in proportion to
// them. The page's texts are parts of record.
func Decode(record string, schema *content.Schema) (*content.Page, error) {
	d := decoding{s: record, schema: schema}
	n := d.count(1)
	p := d.page()
	if n > 0 && d.err == nil {
		p.Translations = make(map[string]*content.Page, n)
	}
	for range n {
		t := d.page()
		if d.err != nil {
			break
		}
		t.Of = p
		p.Translations[t.Lang] = t
	}
	if d.err == nil && (d.s != "" || len(p.Translations) != n) {
		d.fail()
	}
	if d.err != nil {
		return nil, d.err
	}
	return p, nil
}

// DecodeBody reads what AppendBody wrote.
func DecodeBody(record string) (content.Body, error) {
	d, body := decoding{s: record}, content.Body{}
	if d.body(&body); d.err == nil && d.s != "" {
		d.fail()
	}
	if d.err != nil {
		return content.Body{}, d.err
	}
	return body, nil
}

// A decoding takes a record apart from the front. After the first error all
// it reads is zero.
type decoding struct {
	s      string
	schema *content.Schema
	err    error
}

func (d *decoding) fail() { d.s, d.err = "", errDamaged }

func (d *decoding) uint() uint64 {
	var x uint64
	for i := range min(len(d.s), binary.MaxVarintLen64) {
		c := d.s[i]
		x |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			d.s = d.s[i+1:]
			return x
		}
	}
	d.fail()
	return 0
}

func (d *decoding) int() int64 {
	u := d.uint()
	return int64(u>>1) ^ -int64(u&1)
}

// count reads how many things follow, each of at least size bytes.
func (d *decoding) count(size int) int {
	n := d.uint()
	if n > uint64(len(d.s)/size) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoding) take(n int) string {
	if n > len(d.s) {
		d.fail()
		return ""
	}
	s := d.s[:n]
	d.s = d.s[n:]
	return s
}

func (d *decoding) text() string {
	n := d.count(1)
	return d.take(n)
}

func (d *decoding) float() float64 {
	s := d.take(8)
	if len(s) < 8 {
		return 0
	}
	var x uint64
	for i := range 8 {
		x |= uint64(s[i]) << (8 * i)
	}
	return math.Float64frombits(x)
}

// time reads a moment in UTC; the zero time is one too.
func (d *decoding) time() time.Time {
	t := time.Unix(d.int(), 0).UTC()
	if t.IsZero() {
		return time.Time{}
	}
	return t
}

func (d *decoding) page() *content.Page {
	p := &content.Page{}
	kind := d.uint()
	if kind >= uint64(len(d.schema.Kinds)) {
		d.fail()
		return p
	}
	p.Kind = d.schema.Kinds[kind]
	var status string
	for _, s := range []*string{&p.ID, &p.Lang, &p.Path, &p.Title, &p.Summary, &status, &p.Translation, &p.Parent} {
		*s = d.text()
	}
	p.Status = content.Status(status)
	p.Reviewed = d.time()
	copy(p.Digest[:], d.take(len(p.Digest)))
	d.fields(p)
	d.body(&p.Body)
	return p
}

func (d *decoding) fields(p *content.Page) {
	n := d.count(2)
	all := make([]content.Value, d.count(2))
	if n == 0 {
		return
	}
	p.Fields = make(map[string][]content.Value, n)
	for range n {
		i, values := d.uint(), d.count(2)
		if i >= uint64(len(p.Kind.Fields)) || values > len(all) {
			d.fail()
			return
		}
		list := all[:values:values]
		all = all[values:]
		for i := range list {
			d.value(&list[i])
		}
		p.Fields[p.Kind.Fields[i].Name] = list
	}
	if len(all) > 0 || len(p.Fields) != n {
		d.fail()
	}
}

func (d *decoding) value(v *content.Value) {
	has := d.uint()
	v.ID = d.text()
	v.Given, v.Years.Open, v.Bool = has&hasGiven != 0, has&hasOpen != 0, has&hasBool != 0
	if has&hasPage != 0 {
		v.Page = d.text()
	}
	if has&hasWhy != 0 {
		v.Why = d.text()
	}
	if has&hasYears != 0 {
		v.Years.From, v.Years.To = int(d.int()), int(d.int())
	}
	if has&hasDate != 0 {
		v.Date = d.time()
	}
	if has&hasNumber != 0 {
		v.Number = d.float()
	}
	if has&hasHTML != 0 {
		v.HTML = d.text()
	}
	if has&hasSource != 0 {
		s := &content.Source{}
		for _, t := range []*string{&s.Title, &s.Publisher, &s.Author, &s.URL, &s.Note} {
			*t = d.text()
		}
		s.Year = int(d.int())
		s.Unverified = d.uint() != 0
		v.Source = s
	}
	if has&hasAny != 0 {
		v.Any = d.any(0)
	}
}

func (d *decoding) any(depth int) any {
	kind := d.take(1)
	if kind == "" || depth > maxAnyDepth {
		d.fail()
		return nil
	}
	switch kind[0] {
	case anyNil:
		return nil
	case anyFalse, anyTrue:
		return kind[0] == anyTrue
	case anyInt:
		return d.int()
	case anyFloat:
		return d.float()
	case anyString:
		return d.text()
	case anyList:
		list := make([]any, d.count(1))
		for i := range list {
			if list[i] = d.any(depth + 1); d.err != nil {
				return nil
			}
		}
		return list
	case anyMap:
		n := d.count(2)
		m := make(map[string]any, n)
		for range n {
			k := d.text()
			if m[k] = d.any(depth + 1); d.err != nil {
				return nil
			}
		}
		return m
	}
	d.fail()
	return nil
}

func (d *decoding) body(b *content.Body) {
	sections := d.count(7)
	items := make([]content.Item, d.count(5))
	if sections > 0 {
		b.Sections = make([]content.Section, sections)
	}
	for i := range b.Sections {
		s := &b.Sections[i]
		for _, t := range []*string{&s.ID, &s.Key, &s.Title, &s.HTML, &s.Text} {
			*t = d.text()
		}
		s.Level = int(d.uint())
		n := d.count(5)
		if n > len(items) {
			d.fail()
			return
		}
		if n > 0 {
			s.Items = items[:n:n]
			items = items[n:]
		}
		for j := range s.Items {
			it := &s.Items[j]
			it.ID, it.HTML, it.Text = d.text(), d.part(s.HTML), d.part(s.Text)
		}
	}
	b.Notes = d.text()
	if len(items) > 0 {
		d.fail()
	}
}

// part reads a piece of whole, or a text that is none.
func (d *decoding) part(whole string) string {
	at := d.uint()
	if at == 0 {
		return d.text()
	}
	n := d.uint()
	if at--; at > uint64(len(whole)) || n > uint64(len(whole))-at {
		d.fail()
		return ""
	}
	return whole[at : at+n]
}
