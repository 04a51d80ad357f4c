package index

import (
	"slices"
	"strings"
	"unicode"

	"casebook/content"
	"casebook/search"
)

// maxSynonyms bounds what the thesaurus adds to one word or phrase.
const maxSynonyms = 8

// A thesaurus knows the other names of things: from the glossary, and from
// the labels and alternative labels of all terms.
type thesaurus struct {
	concepts []concept
	byKey    []map[string][]int // by language: stems of a form -> concepts
	exact    map[string][]int   // forms that mean it only as they are written: US
	longest  int                // words of the longest form
}

// A concept is one thing with all its names.
type concept struct{ forms []form }

type form struct {
	text string
	lang int // -1: the language is not known
}

func (s *Snapshot) newThesaurus() *thesaurus {
	t := &thesaurus{exact: make(map[string][]int), byKey: make([]map[string][]int, len(s.langs))}
	memos := make([]*memo, len(s.langs))
	for i, l := range s.langs {
		t.byKey[i] = make(map[string][]int)
		memos[i] = newMemo(l)
	}
	add := func(forms []form) {
		if len(forms) < 2 {
			return
		}
		id := len(t.concepts)
		t.concepts = append(t.concepts, concept{forms})
		for _, f := range forms {
			if caseMatters(f.text) {
				t.exact[f.text] = append(t.exact[f.text], id)
				continue
			}
			for lang := range s.langs {
				if f.lang >= 0 && f.lang != lang {
					continue
				}
				key, n := stemKey(memos[lang], f.text)
				if key != "" && !slices.Contains(t.byKey[lang][key], id) {
					t.byKey[lang][key] = append(t.byKey[lang][key], id)
					t.longest = max(t.longest, n)
				}
			}
		}
	}
	if s.lib.Glossary != nil {
		for _, e := range s.lib.Glossary.Entries {
			forms := s.forms(e.Preferred)
			for _, more := range [][]string{e.Abbreviations, e.Synonyms} {
				for _, x := range more {
					forms = append(forms, form{x, -1})
				}
			}
			add(distinct(forms))
		}
	}
	for _, name := range sortedKeys(s.lib.Vocabularies) {
		for _, term := range s.lib.Vocabularies[name].Terms {
			add(distinct(s.termForms(term)))
		}
	}
	return t
}

// forms returns the names of a Text in the languages that there are pages in.
func (s *Snapshot) forms(t content.Text) []form {
	var out []form
	for _, l := range t.Langs() {
		if lang, ok := s.langOf[l]; ok {
			out = append(out, form{t.In(l), lang})
		} else {
			out = append(out, form{t.In(l), -1})
		}
	}
	return out
}

func (s *Snapshot) termForms(t *content.Term) []form {
	out := s.forms(t.Label)
	for _, l := range sortedKeys(t.Alt) {
		lang, ok := s.langOf[l]
		if !ok {
			lang = -1
		}
		for _, a := range t.Alt[l] {
			out = append(out, form{a, lang})
		}
	}
	return out
}

func distinct(forms []form) []form {
	var out []form
	for _, f := range forms {
		if strings.TrimSpace(f.text) != "" && !slices.ContainsFunc(out, func(o form) bool { return o.text == f.text && o.lang == f.lang }) {
			out = append(out, f)
		}
	}
	return out
}

// caseMatters reports whether a form means its concept only as it is
// written: two capital letters, which in small ones are mostly a word.
func caseMatters(text string) bool {
	n := 0
	for _, r := range text {
		if !unicode.IsUpper(r) {
			return false
		}
		n++
	}
	return n > 0 && n <= 2
}

// stemKey returns the stems of the words of text that say something, and how
// many words it has.
func stemKey(m *memo, text string) (key string, n int) {
	var stems []string
	n = m.tokens(text, func(t token) {
		if !t.compound && !t.stop && t.whole != "" {
			stems = append(stems, t.terms[0])
		}
	})
	return strings.Join(stems, " "), n
}

// expand adds synonyms to the groups of the plan, longest names first. A
// synonym is the same word: its occurrences join those of the word.
func (p *planner) expand(pl *plan) error {
	th := p.snap.thesaurus
	for i := 0; i < len(pl.groups); {
		n := span(pl.groups[i:], th.longest)
		taken := 1
		for ; n > 0; n-- {
			typed := typedText(pl.groups[i : i+n])
			if ids := p.concepts(typed); len(ids) > 0 {
				if err := p.addForms(pl, pl.groups[i:i+n], typed, ids); err != nil {
					return err
				}
				taken = n
				break
			}
		}
		i += taken
	}
	return nil
}

// span returns how many of the first groups may be one name together: words
// without OR and field, or one phrase.
func span(groups []*group, longest int) int {
	for n, g := range groups {
		simple := len(g.clauses) == 1 && g.clauses[0].Field == ""
		switch {
		case n == 0 && simple && g.clauses[0].Kind == search.Phrase:
			return 1
		case n == longest || !simple || g.clauses[0].Kind != search.Word:
			return n
		}
	}
	return len(groups)
}

// typedText returns the words of groups as typed.
func typedText(groups []*group) string {
	var ws []string
	for _, g := range groups {
		ws = append(ws, g.clauses[0].Words...)
	}
	return strings.Join(ws, " ")
}

// concepts returns the concepts of which typed is a name in any language.
func (p *planner) concepts(typed string) []int {
	th := p.snap.thesaurus
	ids := slices.Clone(th.exact[typed])
	for lang := range p.snap.langs {
		if key, _ := stemKey(p.memos[lang], typed); key != "" {
			for _, id := range th.byKey[lang][key] {
				if !slices.Contains(ids, id) {
					ids = append(ids, id)
				}
			}
		}
	}
	return ids
}

// addForms adds the other names of concepts to all of the groups, and says
// which of them some page has.
func (p *planner) addForms(pl *plan, groups []*group, typed string, ids []int) error {
	x := search.Expansion{For: typed}
	n := 0
	for _, id := range ids {
		for _, f := range p.snap.thesaurus.concepts[id].forms {
			if n == maxSynonyms {
				break
			}
			found, err := p.addForm(groups, typed, f)
			if err != nil {
				return err
			}
			if found {
				n++
				if !slices.ContainsFunc(x.Added, func(s string) bool { return strings.EqualFold(s, f.text) }) {
					x.Added = append(x.Added, f.text)
				}
			}
		}
	}
	if len(x.Added) > 0 {
		pl.added = append(pl.added, x)
	}
	return nil
}

// addForm adds one name to the groups, in its language or in all. It reports
// whether that can find anything the typed words do not.
func (p *planner) addForm(groups []*group, typed string, f form) (found bool, err error) {
	for lang := range p.snap.langs {
		if f.lang >= 0 && f.lang != lang {
			continue
		}
		key, _ := stemKey(p.memos[lang], f.text)
		have, _ := stemKey(p.memos[lang], typed)
		if key == "" || have != "" && strings.Contains(" "+key+" ", " "+have+" ") {
			continue // it holds the typed words: whatever has it is found already
		}
		said, _ := p.read(lang, f.text)
		said = slices.DeleteFunc(said, func(t token) bool { return t.stop })
		probe := &group{terms: make([][]string, len(p.snap.langs))}
		if err := p.sequence(probe, lang, said, synonymWeight, false); err != nil {
			return false, err
		}
		if len(probe.leaves) == 0 {
			continue
		}
		found = true
		for _, g := range groups {
			g.leaves = append(g.leaves, probe.leaves...)
			g.terms[lang] = append(g.terms[lang], probe.terms[lang]...)
		}
	}
	return found, nil
}
