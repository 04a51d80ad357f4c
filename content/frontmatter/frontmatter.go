// Package frontmatter reads the fields of a page and checks each value against
// the schema and its vocabularies. What needs the other pages, whether there is
// a page that one refers to, is left to the loader.
package frontmatter

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"casebook/content"
	"casebook/content/definitions"
	"casebook/content/markdown"
	"casebook/content/source"
)

// maxSummary is how many characters a summary may have: what a result shows
// whole.
const maxSummary = 320

// A Reader reads the front matter of one page after another. It belongs to
// one goroutine.
type Reader struct {
	defs  *definitions.Definitions
	md    *markdown.Converter
	today time.Time
	terms map[string][]content.Value // lists of terms that pages share
}

// NewReader returns a reader of the fields that are defined. today is for open
// spans of years and overdue reviews; zero leaves both unchecked.
func NewReader(defs *definitions.Definitions, md *markdown.Converter, today time.Time) *Reader {
	return &Reader{defs, md, today, map[string][]content.Value{}}
}

// A Ref is a value of a field of type page: a reference that can be checked
// when all pages are known.
type Ref struct {
	Field     *definitions.Field
	Value     int // place among the field's values
	Line, Col int
}

// translated are the fields that a translation has.
var translated = []string{"title", "summary", "translation"}

// Read reads the front matter at root, nil if it is empty, into the page, of
// which the path, id, kind and language are known. It returns the references to
// other pages, and adds to links what fields of Markdown have.
func (fr *Reader) Read(r *source.Report, root *yaml.Node, p *content.Page, translation bool, links *markdown.Links) []Ref {
	switch {
	case root == nil || source.IsNull(root):
		root = &yaml.Node{Kind: yaml.MappingNode}
	case root.Kind != yaml.MappingNode:
		r.Node(root, content.Error, "wrong-type", "the front matter is "+source.Describe(root)+", not lines of name: value", "")
		return nil
	}
	known := fr.defs.Fields(p.Kind)
	v := &values{Reader: fr, Report: r, page: p, known: known, links: links}
	given := make([]*yaml.Node, 0, 16) // keys, to find duplicates
	for i := 0; i+1 < len(root.Content); i += 2 {
		k, n := source.Deref(root.Content[i]), source.Deref(root.Content[i+1])
		if k.Kind != yaml.ScalarNode {
			r.Node(k, content.Error, "wrong-type", "a field's name is expected, not "+source.Describe(k), "")
			continue
		}
		if j := slices.IndexFunc(given, func(g *yaml.Node) bool { return g.Value == k.Value }); j >= 0 {
			r.Duplicate(k, given[j])
			continue
		}
		if len(given) >= maxFields {
			r.Node(k, content.Error, "too-many-fields", fmt.Sprintf("the front matter has more than %d fields", maxFields), "")
			break
		}
		given = append(given, k)
		f, isField := known.Named(k.Value)
		b := definitions.Builtin(k.Value)
		switch {
		case !isField && b == nil:
			r.Node(k, content.Error, "unknown-field", "unknown field "+source.Quote(k.Value), source.DidYouMean(k.Value, known.Names))
		case translation && !slices.Contains(translated, k.Value):
			r.Node(k, content.Error, "translated-field", fmt.Sprintf("a translation has no field %s of its own", k.Value),
				"delete the line; the value of the original holds")
		case source.IsNull(n):
		case b != nil:
			v.builtin(k.Value, n)
		case f.Unchecked():
		default:
			v.field(f, n)
		}
	}
	if !translation {
		v.infer()
		v.required()
	}
	if p.Title == "" && !v.bad["title"] {
		r.Place(1, 1, content.Error, "missing-field", "the page has no title", "add a line title: …")
	}
	return v.refs
}

// maxFields bounds the fields of one page.
const maxFields = 200

// builtin reads a field that every kind has.
func (v *values) builtin(name string, n *yaml.Node) {
	s, ok := v.scalar(n, name)
	if !ok {
		return
	}
	p := v.page
	s = source.FoldSpace(s)
	switch name {
	case "title":
		p.Title = s
	case "summary":
		if chars := utf8.RuneCountInString(s); chars > maxSummary {
			v.wrong(n, name, "long-summary", fmt.Sprintf("the summary has %d characters", chars), fmt.Sprintf("at most %d", maxSummary))
		}
		p.Summary = s
	case "lang":
		if !source.LangTag.MatchString(s) {
			v.wrong(n, name, "bad-language", source.Quote(s)+" is not a language code", "write en, fr, ar …")
			return
		}
		p.Lang = s
	case "status":
		if p.Status = content.Status(s); p.Status != content.Published && p.Status != content.Draft {
			v.wrong(n, name, "unknown-term", source.Quote(s)+" is not a status", source.DidYouMean(s, []string{string(content.Published), string(content.Draft)}))
			p.Status = content.Published
		}
	case "translation":
		p.Translation = s
	case "reviewed":
		v.reviewed(n, s)
	}
}

// reviewEvery is after how many years a page is due for review.
const reviewEvery = 2

func (v *values) reviewed(n *yaml.Node, s string) {
	day, ok := v.date(n, "reviewed", s)
	if !ok {
		return
	}
	v.page.Reviewed = day
	if _, listed := v.known.Named("reviewed"); listed {
		v.set("reviewed", []content.Value{{ID: day.Format("2006"), Given: true, Date: day, Years: content.Years{From: day.Year(), To: day.Year()}}})
	}
	today := v.today
	switch {
	case today.IsZero():
	case day.After(today.AddDate(0, 0, 1)): // a day later somewhere on Earth
		v.Node(n, content.Warning, "future-date", "the page was reviewed in the future, on "+s, "")
	case day.AddDate(reviewEvery, 0, 0).Before(today):
		v.Node(n, content.Warning, "review-due", fmt.Sprintf("the page was last reviewed on %s, more than %d years ago", s, reviewEvery), "review it and set the date")
	}
}

// date reads a day.
func (v *values) date(n *yaml.Node, name, s string) (time.Time, bool) {
	day, err := time.Parse("2006-01-02", s)
	if err == nil && (day.Year() < content.MinYear || day.Year() > content.MaxYear) {
		v.wrong(n, name, "bad-date", fmt.Sprintf("years are from %d to %d, not as in %s", content.MinYear, content.MaxYear, source.Quote(s)), "")
		return time.Time{}, false
	}
	if err != nil {
		fix := "write year-month-day, as 2026-05-04"
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			fix = "write it as " + t.Format("2006-01-02")
		} else if _, err := time.Parse("2006-01-02", strings.NewReplacer("/", "-", ".", "-").Replace(s)); err == nil {
			fix = "write it as " + strings.NewReplacer("/", "-", ".", "-").Replace(s)
		} else if day, err := time.Parse("2.1.2006", s); err == nil {
			fix = "write it as " + day.Format("2006-01-02")
		}
		v.wrong(n, name, "bad-date", source.Quote(s)+" is not a date", fix)
		return time.Time{}, false
	}
	return day, true
}
