package content

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// maxSummary is how many characters a summary may have: what a result shows
// whole.
const maxSummary = 320

var fence = []byte("---")

// splitPage finds the front matter, sets the report's YAML to it and returns
// where the body begins.
func (r *report) splitPage() (body int, ok bool) {
	first, rest, more := bytes.Cut(r.text, newline)
	if !bytes.Equal(bytes.TrimRight(first, " \t"), fence) {
		r.place(1, 1, Error, "no-front-matter", "the page does not begin with front matter", "begin it with a line ---, then title: …, then a line ---")
		return 0, false
	}
	r.from = len(r.text) - len(rest)
	for off := r.from; more; {
		var line []byte
		line, _, more = bytes.Cut(r.text[off:], newline)
		if len(line) >= 3 && line[0] == '-' && bytes.Equal(bytes.TrimRight(line, " \t"), fence) {
			r.to = off
			return min(off+len(line)+1, len(r.text)), true
		}
		off += len(line) + 1
	}
	r.place(1, 1, Error, "open-front-matter", "the front matter does not end", "end it with a line ---")
	return 0, false
}

// A pending is what of a page can be checked only when all pages are known.
type pending struct {
	refs    []pendingRef
	links   []pendingLink
	anchors []string // those that the page has, for links to it
}

// A pendingRef is a value of a field of type page.
type pendingRef struct {
	field     *Field
	value     int // place among the field's values
	line, col int
}

// parsePage reads one page's file. It returns nil where there is too little
// to make a page of; the problems are in r.
func (w *worker) parsePage(r *report, e entry) (*Page, Digest, *pending) {
	p := &Page{Path: e.path, ID: e.id, Kind: e.kind, Lang: e.lang, Status: Published}
	sum, ok := readText(w.l.fsys, r, e.file, maxPageBytes, w.file)
	p.source = sum
	if !ok {
		return nil, sum, nil
	}
	body, ok := r.splitPage()
	if !ok {
		return nil, sum, nil
	}
	root, ok := r.parseYAML(maxPageValues)
	if !ok {
		return nil, sum, nil
	}
	pend := &pending{}
	w.fields(r, root, p, e, pend)
	p.Body = w.body(r, body, p, pend)
	return p, sum, pend
}

// translated are the fields that a translation has.
var translated = []string{"title", "summary", "translation"}

// fields reads the front matter.
func (w *worker) fields(r *report, root *yaml.Node, p *Page, e entry, pend *pending) {
	switch {
	case root == nil || isNull(root):
		root = &yaml.Node{Kind: yaml.MappingNode}
	case root.Kind != yaml.MappingNode:
		r.node(root, Error, "wrong-type", "the front matter is "+describe(root)+", not lines of name: value", "")
		return
	}
	v := &values{worker: w, report: r, page: p, pend: pend}
	given := make([]*yaml.Node, 0, 16) // keys, to find duplicates
	for i := 0; i+1 < len(root.Content); i += 2 {
		k, n := deref(root.Content[i]), deref(root.Content[i+1])
		if k.Kind != yaml.ScalarNode {
			r.node(k, Error, "wrong-type", "a field's name is expected, not "+describe(k), "")
			continue
		}
		if j := slices.IndexFunc(given, func(g *yaml.Node) bool { return g.Value == k.Value }); j >= 0 {
			r.duplicate(k, given[j])
			continue
		}
		if len(given) >= maxFields {
			r.node(k, Error, "too-many-fields", fmt.Sprintf("the front matter has more than %d fields", maxFields), "")
			break
		}
		given = append(given, k)
		f, known := p.Kind.Field(k.Value)
		b := builtinField(k.Value)
		switch {
		case !known && b == nil:
			r.node(k, Error, "unknown-field", "unknown field "+quote(k.Value), didYouMean(k.Value, w.l.fieldNames[p.Kind]))
		case e.translation && !contains(translated, k.Value):
			r.node(k, Error, "translated-field", fmt.Sprintf("a translation has no field %s of its own", k.Value),
				"delete the line; the value of the original holds")
		case isNull(n):
		case b != nil:
			v.builtin(k.Value, n, f)
		case f.unchecked():
		default:
			v.field(f, n)
		}
	}
	if !e.translation {
		v.infer()
		v.required()
	}
	if p.Title == "" && !v.bad["title"] {
		r.place(1, 1, Error, "missing-field", "the page has no title", "add a line title: …")
	}
}

// maxFields bounds the fields of one page.
const maxFields = 200

// builtin reads a field that every kind has. f is the kind's own listing of
// it, nil if it has none.
func (v *values) builtin(name string, n *yaml.Node, f *Field) {
	s, ok := v.scalar(n, name)
	if !ok {
		return
	}
	p := v.page
	s = foldSpace(s)
	switch name {
	case "title":
		p.Title = s
	case "summary":
		if chars := utf8.RuneCountInString(s); chars > maxSummary {
			v.wrong(n, name, "long-summary", fmt.Sprintf("the summary has %d characters", chars), fmt.Sprintf("at most %d", maxSummary))
		}
		p.Summary = s
	case "lang":
		if !langTag.MatchString(s) {
			v.wrong(n, name, "bad-language", quote(s)+" is not a language code", "write en, fr, ar …")
			return
		}
		p.Lang = s
	case "status":
		if p.Status = Status(s); p.Status != Published && p.Status != Draft {
			v.wrong(n, name, "unknown-term", quote(s)+" is not a status", didYouMean(s, []string{string(Published), string(Draft)}))
			p.Status = Published
		}
	case "translation":
		p.Translation = s
	case "reviewed":
		v.reviewed(n, s, f)
	}
}

// reviewEvery is after how many years a page is due for review.
const reviewEvery = 2

func (v *values) reviewed(n *yaml.Node, s string, f *Field) {
	day, ok := v.date(n, "reviewed", s)
	if !ok {
		return
	}
	v.page.Reviewed = day
	if f != nil {
		v.page.set("reviewed", []Value{{ID: day.Format("2006"), Given: true, Date: day, Years: Years{From: day.Year(), To: day.Year()}}})
	}
	today := v.l.opts.Today
	switch {
	case today.IsZero():
	case day.After(today.AddDate(0, 0, 1)): // a day later somewhere on Earth
		v.node(n, Warning, "future-date", "the page was reviewed in the future, on "+s, "")
	case day.AddDate(reviewEvery, 0, 0).Before(today):
		v.node(n, Warning, "review-due", fmt.Sprintf("the page was last reviewed on %s, more than %d years ago", s, reviewEvery), "review it and set the date")
	}
}

// date reads a day.
func (v *values) date(n *yaml.Node, name, s string) (time.Time, bool) {
	day, err := time.Parse("2006-01-02", s)
	if err != nil || day.Year() < minYear || day.Year() > maxYear {
		fix := "write year-month-day, as 2026-05-04"
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			fix = "write it as " + t.Format("2006-01-02")
		} else if _, err := time.Parse("2006-01-02", strings.NewReplacer("/", "-", ".", "-").Replace(s)); err == nil {
			fix = "write it as " + strings.NewReplacer("/", "-", ".", "-").Replace(s)
		} else if day, err := time.Parse("2.1.2006", s); err == nil {
			fix = "write it as " + day.Format("2006-01-02")
		}
		v.wrong(n, name, "bad-date", quote(s)+" is not a date", fix)
		return time.Time{}, false
	}
	return day, true
}
