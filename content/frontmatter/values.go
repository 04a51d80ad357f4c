package frontmatter

import (
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"casebook/content"
	"casebook/content/definitions"
	"casebook/content/markdown"
	"casebook/content/source"
)

// values reads the fields of one page that the schema gives it.
type values struct {
	*Reader
	*source.Report
	page  *content.Page
	known *definitions.Fields
	links *markdown.Links
	refs  []Ref
	bad   map[string]bool // fields with a value that can't be used: they are not missing
}

// wrong reports an error in a field's value.
func (v *values) wrong(n *yaml.Node, field, code, msg, fix string) {
	if v.bad == nil {
		v.bad = map[string]bool{}
	}
	v.bad[field] = true
	v.Node(n, content.Error, code, msg, fix)
}

// scalar returns the text of a plain value.
func (v *values) scalar(n *yaml.Node, field string) (string, bool) {
	if n.Kind != yaml.ScalarNode {
		fix := ""
		if n.Kind == yaml.SequenceNode && len(n.Content) == 1 {
			fix = "write it without the brackets or the -"
		}
		v.wrong(n, field, "wrong-type", fmt.Sprintf("%s takes one value, not %s", field, source.Describe(n)), fix)
		return "", false
	}
	return strings.TrimSpace(n.Value), true
}

// field reads the values of one field.
func (v *values) field(f *definitions.Field, n *yaml.Node) {
	var nodes []*yaml.Node
	switch {
	case f.Type == content.TypeAny && !f.Many:
		nodes = []*yaml.Node{n}
	case n.Kind == yaml.SequenceNode && f.Many:
		nodes = n.Content
	default:
		nodes = []*yaml.Node{n}
	}
	list := make([]content.Value, 0, len(nodes))
	var distinct source.Distinct
	for _, n := range nodes {
		n = source.Deref(n)
		if source.IsNull(n) {
			v.wrong(n, f.Name, "empty-value", fmt.Sprintf("a value of %s is empty", f.Name), "delete it")
			continue
		}
		val, ok := v.value(f, n)
		if !ok {
			continue
		}
		if f.Type != content.TypeSource && f.Type != content.TypeAny && !distinct.Add(val.ID) {
			v.Node(n, content.Warning, "duplicate-value", fmt.Sprintf("%s stands in %s twice", source.Quote(val.ID), f.Name), "")
			continue
		}
		if f.Type == content.TypePage {
			line, col := v.NodePosition(n)
			v.refs = append(v.refs, Ref{f, len(list), line, col})
		}
		val.Given = true
		list = append(list, val)
	}
	if len(list) == 0 {
		return
	}
	if f.Type == content.TypeTerm {
		list = v.closed(f.Terms, list)
	}
	v.set(f.Name, list)
}

func (v *values) set(field string, list []content.Value) {
	if v.page.Fields == nil {
		v.page.Fields = map[string][]content.Value{}
	}
	v.page.Fields[field] = list
}

// value reads one value.
func (v *values) value(f *definitions.Field, n *yaml.Node) (val content.Value, ok bool) {
	switch f.Type {
	case content.TypeAny:
		return content.Value{Any: plain(n), ID: n.Value}, true
	case content.TypeSource:
		return v.source(f, n)
	case content.TypePage:
		return v.ref(f, n)
	}
	s, ok := v.scalar(n, f.Name)
	if !ok {
		return content.Value{}, false
	}
	if s == "" {
		v.wrong(n, f.Name, "empty-value", fmt.Sprintf("a value of %s is empty", f.Name), "delete it")
		return content.Value{}, false
	}
	val.ID = s
	switch f.Type {
	case content.TypeText:
		val.ID = source.FoldSpace(s)
	case content.TypeMarkdown:
		val.HTML = v.md.Field(v.Report, n, s, v.page, v.links)
	case content.TypeTerm:
		t, ok := f.Terms.Term(s)
		if !ok {
			v.wrong(n, f.Name, "unknown-term", fmt.Sprintf("%s has no term %s", f.Name, source.Quote(s)), f.Terms.DidYouMean(s))
			return content.Value{}, false
		}
		val.ID = t.ID
	case content.TypeYears:
		y, what, fix := parseYears(s, v.thisYear())
		if what != "" {
			v.wrong(n, f.Name, "bad-years", what, fix)
			return content.Value{}, false
		}
		val.Years = y
	case content.TypeDate:
		day, ok := v.date(n, f.Name, s)
		if !ok {
			return content.Value{}, false
		}
		val.ID, val.Date, val.Years = day.Format("2006"), day, content.Years{From: day.Year(), To: day.Year()}
	case content.TypeNumber:
		x, err := strconv.ParseFloat(s, 64)
		if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
			fix := ""
			if x, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64); err == nil && !math.IsInf(x, 0) && !math.IsNaN(x) {
				fix = "write " + strings.Replace(s, ",", ".", 1)
			}
			v.wrong(n, f.Name, "bad-number", source.Quote(s)+" is not a number", fix)
			return content.Value{}, false
		}
		val.Number = x
	case content.TypeURL:
		if why := source.BadURL(s); why != "" {
			v.wrong(n, f.Name, "bad-url", why, urlFix(s))
			return content.Value{}, false
		}
	case content.TypeBoolean:
		b, err := source.ParseBool(s)
		if err != nil {
			v.wrong(n, f.Name, "wrong-type", fmt.Sprintf("%s is true or false, not %s", f.Name, source.Quote(s)), source.BoolFix(s))
			return content.Value{}, false
		}
		val.Bool, val.ID = b, strconv.FormatBool(b)
	}
	return val, true
}

// urlFix is what a URL without its beginning was most likely meant as.
func urlFix(s string) string {
	s = strings.TrimLeft(s, "/")
	if u, err := url.Parse("https://" + s); err == nil && strings.Contains(u.Hostname(), ".") && source.BadURL("https://"+s) == "" && !strings.Contains(s, ":") {
		return "write https://" + s
	}
	return "write it whole, as https://example.org/page"
}

// thisYear is the year in which open spans end, 0 if it isn't known.
func (fr *Reader) thisYear() int {
	if fr.today.IsZero() {
		return 0
	}
	return fr.today.Year()
}
