package markdown

import (
	"slices"

	"casebook/content"
	"casebook/content/lexical"
)

// sectionKeys returns by kind and language which heading stands for which of
// the kind's sections: its id, its label.
func sectionKeys(schema *content.Schema, languages []string) map[*content.Kind]map[string]map[string]string {
	byKind := map[*content.Kind]map[string]map[string]string{}
	for _, k := range schema.Kinds {
		langs := append(slices.Clone(languages), "") // "" for a language that nothing is labelled in
		for _, d := range k.Sections {
			langs = append(langs, d.Label.Langs()...)
		}
		byKind[k] = map[string]map[string]string{}
		for _, lang := range langs {
			keys := map[string]string{}
			for _, d := range k.Sections {
				keys[lexical.Fold(d.ID)] = d.ID
			}
			for _, d := range k.Sections {
				keys[lexical.Fold(d.Label.In(lang))] = d.ID
			}
			byKind[k][lang] = keys
		}
	}
	return byKind
}

func (m *Converter) sectionKeys(p *content.Page) map[string]string {
	byLang := m.sections[p.Kind]
	if keys, ok := byLang[p.Lang]; ok {
		return keys
	}
	return byLang[""]
}
