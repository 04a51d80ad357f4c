package frontmatter

import (
	"fmt"
	"slices"

	"casebook/content"
	"casebook/content/definitions"
	"casebook/content/source"
)

// closed returns the given terms and then their broader ones, each once.
func (fr *Reader) closed(terms *definitions.Terms, given []content.Value) []content.Value {
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
