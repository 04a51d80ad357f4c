package frontmatter

import (
	"fmt"
	"math"
	"net/url"
	"slices"
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
			if !f.Terms.Missing {
				v.wrong(n, f.Name, "unknown-term", fmt.Sprintf("%s has no term %s", f.Name, source.Quote(s)), f.Terms.DidYouMean(s))
			}
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

// ref reads a reference to a page: its id in its kind's folder, or that and a
// reason. Whether there is such a page is checked when all pages are known.
func (v *values) ref(f *definitions.Field, n *yaml.Node) (val content.Value, ok bool) {
	id := n
	if n.Kind == yaml.MappingNode {
		id = nil
		d := source.Decoder{Report: v.Report, Lang: v.page.Lang}
		d.Mapping(n, "a reference",
			source.On("ref", func(n *yaml.Node) { id = n }),
			source.On("why", func(n *yaml.Node) { val.Why = d.Str(n) }))
		if id == nil {
			v.wrong(n, f.Name, "missing-field", fmt.Sprintf("a reference in %s has no ref", f.Name), "write {ref: …, why: …}")
			return content.Value{}, false
		}
	}
	val.ID, ok = v.scalar(id, f.Name)
	if !ok {
		return content.Value{}, false
	}
	if val.ID == "" {
		v.wrong(n, f.Name, "empty-value", fmt.Sprintf("a value of %s is empty", f.Name), "delete it")
		return content.Value{}, false
	}
	val.Page = f.Pages.Folder + "/" + val.ID
	return val, true
}

// source reads what a page is written from.
func (v *values) source(f *definitions.Field, n *yaml.Node) (val content.Value, ok bool) {
	s := &content.Source{}
	if n.Kind == yaml.ScalarNode {
		v.wrong(n, f.Name, "wrong-type", fmt.Sprintf("a source in %s is %s", f.Name, source.Describe(n)), "write title:, publisher:, year: and url: below each other")
		return content.Value{}, false
	}
	d := source.Decoder{Report: v.Report, Lang: v.page.Lang}
	str := func(to *string) func(*yaml.Node) { return func(n *yaml.Node) { *to = d.Str(n) } }
	before := v.Errors()
	d.Mapping(n, "a source",
		source.On("title", str(&s.Title)), source.On("publisher", str(&s.Publisher)), source.On("author", str(&s.Author)), source.On("note", str(&s.Note)),
		source.On("url", func(n *yaml.Node) {
			if s.URL = d.Str(n); s.URL == "" {
				return
			}
			if why := source.BadURL(s.URL); why != "" {
				d.Node(n, content.Error, "bad-url", why, urlFix(s.URL))
			}
		}),
		source.On("year", func(n *yaml.Node) {
			text := d.Str(n)
			if s.Year = year(text); s.Year < content.MinYear || s.Year > content.MaxYear {
				d.Node(n, content.Error, "bad-years", source.Quote(text)+" is not a year", "write it as 2016")
			}
		}),
		source.On("verified", func(n *yaml.Node) { s.Unverified = !d.Bool(n) }),
	)
	if s.Title == "" && s.URL == "" && v.Errors() == before {
		d.Node(n, content.Error, "missing-field", "a source without title and url", "")
	}
	if v.Errors() > before {
		if v.bad == nil {
			v.bad = map[string]bool{}
		}
		v.bad[f.Name] = true
		return content.Value{}, false
	}
	id := s.Title
	if id == "" {
		id = s.URL
	}
	return content.Value{ID: id, Source: s}, true
}

// plain turns a node into maps, slices and plain values. parseYAML has made
// sure that the tree is small with its aliases expanded.
func plain(n *yaml.Node) any {
	n = source.Deref(n)
	switch n.Kind {
	case yaml.MappingNode:
		m := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			k := source.Deref(n.Content[i])
			name := k.Value
			if k.Kind != yaml.ScalarNode {
				name = fmt.Sprint(plain(k))
			}
			m[name] = plain(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, c := range n.Content {
			list[i] = plain(c)
		}
		return list
	}
	switch n.Tag {
	case "!!null":
		return nil
	case "!!bool":
		if b, err := source.ParseBool(n.Value); err == nil {
			return b
		}
	case "!!int":
		if i, err := strconv.ParseInt(n.Value, 10, 64); err == nil {
			return i
		}
	case "!!float":
		if x, err := strconv.ParseFloat(n.Value, 64); err == nil && !math.IsInf(x, 0) && !math.IsNaN(x) {
			return x
		}
	}
	return n.Value
}

// closed returns the given terms and then their broader ones, each once.
func (fr *Reader) closed(terms *definitions.Terms, given []content.Value) []content.Value {
	if terms.Missing {
		return given
	}
	key := make([]byte, 0, 128)
	key = append(key, terms.Name...)
	for _, g := range given {
		key = append(key, 0, boolByte(g.Given))
		key = append(key, g.ID...)
	}
	if list, ok := fr.terms[string(key)]; ok {
		return list
	}
	list := given
	var distinct source.Distinct
	for _, g := range given {
		distinct.Add(g.ID)
	}
	for _, g := range given {
		term, _ := terms.Term(g.ID)
		for _, a := range term.Ancestors {
			if distinct.Add(a) {
				list = append(list, content.Value{ID: a})
			}
		}
	}
	list = slices.Clip(list)
	if len(fr.terms) < maxShared {
		fr.terms[string(key)] = list
	}
	return list
}

// maxShared bounds the lists of terms that pages share.
const maxShared = 1 << 16

func boolByte(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// infer gives fields that follow from another field their values.
func (v *values) infer() {
	for _, f := range v.known.All {
		if f.From == nil || len(v.page.Fields[f.Name]) > 0 || v.bad[f.Name] || f.Unchecked() {
			continue
		}
		var list []content.Value
		var distinct source.Distinct
		for _, c := range v.page.Fields[f.From.Name] {
			if !c.Given {
				continue
			}
			for _, t := range f.Holding[c.ID] {
				if distinct.Add(t.ID) {
					list = append(list, content.Value{ID: t.ID})
				}
			}
		}
		if len(list) > 0 {
			v.set(f.Name, v.closed(f.Terms, list))
		}
	}
}

// required reports the fields that are missing, at the fence.
func (v *values) required() {
	for _, f := range v.known.All {
		if !f.Required || v.bad[f.Name] || v.has(f) || f.Unchecked() {
			continue
		}
		code, msg := "missing-field", fmt.Sprintf("field %s is missing", f.Name)
		if f.Type == content.TypeSource {
			code, msg = "no-source", fmt.Sprintf("the page names no source; field %s is missing", f.Name)
		}
		fix := "add a line " + f.Name + ": …"
		if f.From != nil {
			fix += ", or " + f.From.Name + ": …, from which it follows"
		}
		v.Place(1, 1, content.Error, code, msg, fix)
	}
}

func (v *values) has(f *definitions.Field) bool {
	if !f.Builtin {
		return len(v.page.Fields[f.Name]) > 0
	}
	p := v.page
	switch f.Name {
	case "title":
		return true // reported for every kind
	case "summary":
		return p.Summary != ""
	case "reviewed":
		return !p.Reviewed.IsZero()
	case "translation":
		return p.Translation != ""
	}
	return true // lang and status have a default
}

// thisYear is the year in which open spans end, 0 if it isn't known.
func (fr *Reader) thisYear() int {
	if fr.today.IsZero() {
		return 0
	}
	return fr.today.Year()
}
