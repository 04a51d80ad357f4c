package content

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// values reads the fields of one page that the schema gives it.
type values struct {
	*worker
	*report
	page *Page
	pend *pending
	bad  map[string]bool // fields with a value that can't be used: they are not missing
}

// wrong reports an error in a field's value.
func (v *values) wrong(n *yaml.Node, field, code, msg, fix string) {
	if v.bad == nil {
		v.bad = map[string]bool{}
	}
	v.bad[field] = true
	v.node(n, Error, code, msg, fix)
}

// scalar returns the text of a plain value.
func (v *values) scalar(n *yaml.Node, field string) (string, bool) {
	if n.Kind != yaml.ScalarNode {
		fix := ""
		if n.Kind == yaml.SequenceNode && len(n.Content) == 1 {
			fix = "write it without the brackets or the -"
		}
		v.wrong(n, field, "wrong-type", fmt.Sprintf("%s takes one value, not %s", field, describe(n)), fix)
		return "", false
	}
	return strings.TrimSpace(n.Value), true
}

// field reads the values of one field.
func (v *values) field(f *Field, n *yaml.Node) {
	var nodes []*yaml.Node
	switch {
	case f.Type == TypeAny && !f.Many:
		nodes = []*yaml.Node{n}
	case n.Kind == yaml.SequenceNode && f.Many:
		nodes = n.Content
	default:
		nodes = []*yaml.Node{n}
	}
	list := make([]Value, 0, len(nodes))
	var once seen
	for _, n := range nodes {
		n = deref(n)
		if isNull(n) {
			v.wrong(n, f.Name, "empty-value", fmt.Sprintf("a value of %s is empty", f.Name), "delete it")
			continue
		}
		val, ok := v.value(f, n)
		if !ok {
			continue
		}
		if f.Type != TypeSource && f.Type != TypeAny && !once.add(val.ID) {
			v.node(n, Warning, "duplicate-value", fmt.Sprintf("%s stands in %s twice", quote(val.ID), f.Name), "")
			continue
		}
		if f.Type == TypePage {
			line, col := v.nodePosition(n)
			v.pend.refs = append(v.pend.refs, pendingRef{f, len(list), line, col})
		}
		val.Given = true
		list = append(list, val)
	}
	if len(list) == 0 {
		return
	}
	if f.Type == TypeTerm {
		list = v.closed(f.vocabulary, list)
	}
	v.page.set(f.Name, list)
}

func (p *Page) set(field string, list []Value) {
	if p.values == nil {
		p.values = map[string][]Value{}
	}
	p.values[field] = list
}

// value reads one value.
func (v *values) value(f *Field, n *yaml.Node) (val Value, ok bool) {
	switch f.Type {
	case TypeAny:
		return Value{Any: plain(n), ID: n.Value}, true
	case TypeSource:
		return v.source(f, n)
	case TypePage:
		return v.ref(f, n)
	}
	s, ok := v.scalar(n, f.Name)
	if !ok {
		return Value{}, false
	}
	if s == "" {
		v.wrong(n, f.Name, "empty-value", fmt.Sprintf("a value of %s is empty", f.Name), "delete it")
		return Value{}, false
	}
	val.ID = s
	switch f.Type {
	case TypeText:
		val.ID = foldSpace(s)
	case TypeMarkdown:
		val.HTML = v.md.fragment(v.report, n, s, v.page, v.pend)
	case TypeTerm:
		t, ok := f.vocabulary.byID[s]
		if !ok {
			if !f.vocabulary.missing {
				v.wrong(n, f.Name, "unknown-term", fmt.Sprintf("%s has no term %s", f.Name, quote(s)), v.l.nearestTerm(f.vocabulary, s))
			}
			return Value{}, false
		}
		val.ID = t.ID
	case TypeYears:
		y, what, fix := parseYears(s, v.l.thisYear())
		if what != "" {
			v.wrong(n, f.Name, "bad-years", what, fix)
			return Value{}, false
		}
		val.Years = y
	case TypeDate:
		day, ok := v.date(n, f.Name, s)
		if !ok {
			return Value{}, false
		}
		val.ID, val.Date, val.Years = day.Format("2006"), day, Years{From: day.Year(), To: day.Year()}
	case TypeNumber:
		x, err := strconv.ParseFloat(s, 64)
		if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
			fix := ""
			if x, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64); err == nil && !math.IsInf(x, 0) && !math.IsNaN(x) {
				fix = "write " + strings.Replace(s, ",", ".", 1)
			}
			v.wrong(n, f.Name, "bad-number", quote(s)+" is not a number", fix)
			return Value{}, false
		}
		val.Number = x
	case TypeURL:
		if why := badURL(s); why != "" {
			v.wrong(n, f.Name, "bad-url", why, urlFix(s))
			return Value{}, false
		}
	case TypeBoolean:
		b, err := parseBool(s)
		if err != nil {
			v.wrong(n, f.Name, "wrong-type", fmt.Sprintf("%s is true or false, not %s", f.Name, quote(s)), boolFix(s))
			return Value{}, false
		}
		val.Bool, val.ID = b, strconv.FormatBool(b)
	}
	return val, true
}

// urlFix is what a URL without its beginning was most likely meant as.
func urlFix(s string) string {
	s = strings.TrimLeft(s, "/")
	if u, err := url.Parse("https://" + s); err == nil && strings.Contains(u.Hostname(), ".") && badURL("https://"+s) == "" && !strings.Contains(s, ":") {
		return "write https://" + s
	}
	return "write it whole, as https://example.org/page"
}

// ref reads a reference to a page: its id in its kind's folder, or that and a
// reason. Whether there is such a page is checked when all pages are known.
func (v *values) ref(f *Field, n *yaml.Node) (val Value, ok bool) {
	id := n
	if n.Kind == yaml.MappingNode {
		id = nil
		d := decoder{report: v.report, lang: v.page.Lang}
		d.mapping(n, "a reference",
			key{"ref", func(n *yaml.Node) { id = n }},
			key{"why", func(n *yaml.Node) { val.Why = d.str(n) }})
		if id == nil {
			v.wrong(n, f.Name, "missing-field", fmt.Sprintf("a reference in %s has no ref", f.Name), "write {ref: …, why: …}")
			return Value{}, false
		}
	}
	val.ID, ok = v.scalar(id, f.Name)
	if !ok {
		return Value{}, false
	}
	if val.ID == "" {
		v.wrong(n, f.Name, "empty-value", fmt.Sprintf("a value of %s is empty", f.Name), "delete it")
		return Value{}, false
	}
	val.Page = f.kind.Folder + "/" + val.ID
	return val, true
}

// source reads what a page is written from.
func (v *values) source(f *Field, n *yaml.Node) (val Value, ok bool) {
	s := &Source{}
	if n.Kind == yaml.ScalarNode {
		v.wrong(n, f.Name, "wrong-type", fmt.Sprintf("a source in %s is %s", f.Name, describe(n)), "write title:, publisher:, year: and url: below each other")
		return Value{}, false
	}
	d := decoder{report: v.report, lang: v.page.Lang}
	str := func(to *string) func(*yaml.Node) { return func(n *yaml.Node) { *to = d.str(n) } }
	before := v.report.list.Errors()
	d.mapping(n, "a source",
		key{"title", str(&s.Title)}, key{"publisher", str(&s.Publisher)}, key{"author", str(&s.Author)}, key{"note", str(&s.Note)},
		key{"url", func(n *yaml.Node) {
			if s.URL = d.str(n); s.URL == "" {
				return
			}
			if why := badURL(s.URL); why != "" {
				d.node(n, Error, "bad-url", why, urlFix(s.URL))
			}
		}},
		key{"year", func(n *yaml.Node) {
			text := d.str(n)
			if s.Year = year(text); s.Year < minYear || s.Year > maxYear {
				d.node(n, Error, "bad-years", quote(text)+" is not a year", "write it as 2016")
			}
		}},
		key{"verified", func(n *yaml.Node) { s.Unverified = !d.boolean(n) }},
	)
	if s.Title == "" && s.URL == "" && v.report.list.Errors() == before {
		d.node(n, Error, "missing-field", "a source without title and url", "")
	}
	if v.report.list.Errors() > before {
		if v.bad == nil {
			v.bad = map[string]bool{}
		}
		v.bad[f.Name] = true
		return Value{}, false
	}
	id := s.Title
	if id == "" {
		id = s.URL
	}
	return Value{ID: id, Source: s}, true
}

// plain turns a node into maps, slices and plain values. parseYAML has made
// sure that the tree is small with its aliases expanded.
func plain(n *yaml.Node) any {
	n = deref(n)
	switch n.Kind {
	case yaml.MappingNode:
		m := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			k := deref(n.Content[i])
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
		if b, err := parseBool(n.Value); err == nil {
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
func (w *worker) closed(v *Vocabulary, given []Value) []Value {
	if v.missing {
		return given
	}
	key := make([]byte, 0, 128)
	key = append(key, v.Name...)
	for _, g := range given {
		key = append(key, 0, boolByte(g.Given))
		key = append(key, g.ID...)
	}
	if list, ok := w.terms[string(key)]; ok {
		return list
	}
	list := given
	var once seen
	for _, g := range given {
		once.add(g.ID)
	}
	for _, g := range given {
		for _, a := range v.byID[g.ID].Ancestors {
			if once.add(a) {
				list = append(list, Value{ID: a})
			}
		}
	}
	list = slices.Clip(list)
	if len(w.terms) < maxShared {
		w.terms[string(key)] = list
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
	for _, f := range v.page.Kind.Fields {
		if f.from == nil || len(v.page.values[f.Name]) > 0 || v.bad[f.Name] || f.unchecked() {
			continue
		}
		var list []Value
		var once seen
		for _, c := range v.page.values[f.from.Name] {
			if !c.Given {
				continue
			}
			for _, t := range f.holding[c.ID] {
				if once.add(t.ID) {
					list = append(list, Value{ID: t.ID})
				}
			}
		}
		if len(list) > 0 {
			v.page.set(f.Name, v.closed(f.vocabulary, list))
		}
	}
}

// required reports the fields that are missing, at the fence.
func (v *values) required() {
	for _, f := range v.page.Kind.Fields {
		if !f.Required || v.bad[f.Name] || v.has(f) || f.unchecked() {
			continue
		}
		code, msg := "missing-field", fmt.Sprintf("field %s is missing", f.Name)
		if f.Type == TypeSource {
			code, msg = "no-source", fmt.Sprintf("the page names no source; field %s is missing", f.Name)
		}
		fix := "add a line " + f.Name + ": …"
		if f.from != nil {
			fix += ", or " + f.from.Name + ": …, from which it follows"
		}
		v.place(1, 1, Error, code, msg, fix)
	}
}

func (v *values) has(f *Field) bool {
	if !f.Builtin {
		return len(v.page.values[f.Name]) > 0
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
