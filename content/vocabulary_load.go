package content

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"casebook/content/lexical"
)

// A vocabularyReader reads one vocabularies/NAME.yaml.
type vocabularyReader struct {
	decoder
	v     *Vocabulary
	nodes []termNodes // of v.Terms
}

type termNodes struct {
	id                 *yaml.Node
	broader, countries []*yaml.Node
}

func readVocabulary(r *report, root *yaml.Node, name, lang string) *vocabularyReader {
	vr := &vocabularyReader{
		decoder: decoder{report: r, lang: lang},
		v: &Vocabulary{
			Name: name, Label: NewText(map[string]string{lang: humanise(name)}, lang),
			byID: map[string]*Term{}, byFold: map[string]string{},
		},
	}
	if root == nil {
		r.file(Error, "missing-field", "the vocabulary is empty", "list its terms under terms:")
		return vr
	}
	v := vr.v
	lower := map[string]string{}
	vr.mapping(root, "a vocabulary",
		key{"label", func(n *yaml.Node) { v.Label = vr.text(n) }},
		key{"note", func(n *yaml.Node) { v.Note = vr.text(n) }},
		key{"ordered", func(n *yaml.Node) { v.Ordered = vr.boolean(n) }},
		key{"terms", func(n *yaml.Node) { vr.items(n, func(n *yaml.Node) { vr.term(n, lower) }) }},
	)
	if len(v.Terms) == 0 && !r.failed() {
		vr.node(root, Error, "missing-field", "the vocabulary has no terms", "list them under terms:")
	}
	vr.linkBroader()
	for _, t := range v.Terms {
		vr.addFold(t)
	}
	return vr
}

func (vr *vocabularyReader) term(n *yaml.Node, lower map[string]string) {
	t, at := &Term{}, termNodes{id: n}
	before := len(vr.list)
	vr.mapping(n, "a term",
		key{"id", func(n *yaml.Node) { t.ID, at.id = vr.str(n), n }},
		key{"label", func(n *yaml.Node) { t.Label = vr.text(n) }},
		key{"alt", func(n *yaml.Node) { t.Alt = vr.alt(n) }},
		key{"note", func(n *yaml.Node) { t.Note = vr.text(n) }},
		key{"broader", func(n *yaml.Node) { t.Broader, at.broader = vr.ids(n) }},
		key{"countries", func(n *yaml.Node) { t.Countries, at.countries = vr.ids(n) }},
	)
	if t.ID == "" {
		if n.Kind == yaml.MappingNode || len(vr.list) == before {
			vr.node(n, Error, "missing-field", "a term without id", "")
		}
		return
	}
	if strings.ContainsAny(t.ID, "/?#%&\\ ,") || t.ID == "." || t.ID == ".." {
		vr.node(at.id, Error, "bad-name", "the id "+quote(t.ID)+" can't be part of an address", nameFix)
		return
	}
	low := strings.ToLower(t.ID)
	if o, ok := lower[low]; ok {
		msg := "there are two terms " + quote(t.ID)
		if o != t.ID {
			msg = fmt.Sprintf("the ids %s and %s differ only by case", quote(o), quote(t.ID))
		}
		vr.node(at.id, Error, "duplicate-id", msg, "")
		return
	}
	lower[low] = t.ID
	if t.Label.IsZero() {
		t.Label = NewText(map[string]string{vr.lang: humanise(t.ID)}, vr.lang)
	}
	vr.v.byID[t.ID] = t
	vr.v.Terms = append(vr.v.Terms, t)
	vr.nodes = append(vr.nodes, at)
}

// ids returns a list of ids and where they stand, each once.
func (vr *vocabularyReader) ids(n *yaml.Node) (ids []string, at []*yaml.Node) {
	var once seen
	vr.items(n, func(n *yaml.Node) {
		switch id := vr.str(n); {
		case id == "":
		case !once.add(id):
			vr.node(n, Warning, "duplicate-value", quote(id)+" stands here twice", "")
		default:
			ids, at = append(ids, id), append(at, n)
		}
	})
	return ids, at
}

// alt returns alternative labels: a list, or lists by language.
func (vr *vocabularyReader) alt(n *yaml.Node) map[string][]string {
	if deref(n).Kind != yaml.MappingNode {
		if l := vr.strs(n); len(l) > 0 {
			return map[string][]string{"": l}
		}
		return nil
	}
	alt := map[string][]string{}
	vr.pairs(n, "alt", func(lang string, k, v *yaml.Node) {
		if vr.isLang(lang, k) {
			alt[lang] = vr.strs(v)
		}
	})
	return alt
}

// linkBroader checks the broader terms and computes what follows from them.
func (vr *vocabularyReader) linkBroader() {
	v := vr.v
	var ids []string // for remedies, made once
	for i, t := range v.Terms {
		for j, b := range t.Broader {
			at := vr.nodes[i].broader[j]
			if _, ok := v.byID[b]; ok {
				continue
			}
			if ids == nil {
				ids = v.ids()
			}
			vr.node(at, Error, "unknown-term", fmt.Sprintf("the broader term %s of %s does not exist", quote(b), t.ID), v.didYouMean(b, ids))
		}
		t.Broader = slices.DeleteFunc(t.Broader, func(b string) bool { return v.byID[b] == nil })
	}
	vr.breakCycles()
	for _, t := range v.Terms {
		for _, b := range t.Broader {
			o := v.byID[b]
			o.Narrower = append(o.Narrower, t.ID)
		}
	}
	for _, t := range v.Terms {
		t.Ancestors = v.closure(t)
	}
}

// breakCycles reports each broader term that leads back to where it came from
// and takes it away. It goes depth first, with a stack of its own: a chain may
// be as long as the vocabulary.
func (vr *vocabularyReader) breakCycles() {
	const (
		unseen = iota
		open
		closed
	)
	v := vr.v
	state := make(map[string]int, len(v.Terms))
	places := make(map[string]*yaml.Node, len(v.Terms))
	for i, t := range v.Terms {
		places[t.ID] = vr.nodes[i].id
	}
	type frame struct {
		t    *Term
		next int
	}
	for _, start := range v.Terms {
		if state[start.ID] != unseen {
			continue
		}
		stack := []frame{{t: start}}
		state[start.ID] = open
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			if f.next == len(f.t.Broader) {
				state[f.t.ID] = closed
				stack = stack[:len(stack)-1]
				continue
			}
			b := f.t.Broader[f.next]
			switch state[b] {
			case unseen:
				f.next++
				state[b] = open
				stack = append(stack, frame{t: v.byID[b]})
			case closed:
				f.next++
			case open:
				chain := []string{b}
				for i := len(stack) - 1; i >= 0 && stack[i].t.ID != b; i-- {
					chain = append(chain, stack[i].t.ID)
				}
				slices.Reverse(chain[1:])
				if chain = append(chain, b); len(chain) > 8 {
					chain = append(append(chain[:4], "…"), b)
				}
				vr.node(places[f.t.ID], Error, "term-cycle", "broader terms lead in a circle: "+strings.Join(chain, " → "), "take one of them away")
				f.t.Broader = slices.Delete(f.t.Broader, f.next, f.next+1)
			}
		}
	}
}

// closure returns the broader terms of t, theirs, and so on, nearest first.
func (v *Vocabulary) closure(t *Term) []string {
	if len(t.Broader) == 0 {
		return nil
	}
	list := slices.Clone(t.Broader)
	seen := map[string]bool{t.ID: true}
	for _, b := range list {
		seen[b] = true
	}
	for i := 0; i < len(list) && len(list) < maxAncestors; i++ {
		for _, b := range v.byID[list[i]].Broader {
			if !seen[b] {
				seen[b] = true
				list = append(list, b)
			}
		}
	}
	return list
}

// maxAncestors bounds the broader terms of one term: a chain as long as a big
// vocabulary would take memory by its square.
const maxAncestors = 1000

func (v *Vocabulary) ids() []string {
	ids := make([]string, len(v.Terms))
	for i, t := range v.Terms {
		ids[i] = t.ID
	}
	return ids
}

func (vr *vocabularyReader) addFold(t *Term) {
	add := func(s string) {
		if f := lexical.Fold(s); f != "" {
			if _, ok := vr.v.byFold[f]; !ok {
				vr.v.byFold[f] = t.ID
			}
		}
	}
	add(t.ID)
	for _, l := range t.Label.Langs() {
		add(t.Label.In(l))
	}
	for _, l := range sortedKeys(t.Alt) {
		for _, s := range t.Alt[l] {
			add(s)
		}
	}
}

// didYouMean is the remedy for a word that is no term's id: the term that
// has it as a label, or else the nearest id.
func (v *Vocabulary) didYouMean(word string, ids []string) string {
	if id, ok := v.byFold[lexical.Fold(word)]; ok {
		return "did you mean " + quote(id) + "?"
	}
	return didYouMean(word, ids)
}

// checkCountries checks that the countries of the terms are terms of another
// vocabulary.
func (vr *vocabularyReader) checkCountries(of *Vocabulary) {
	if of.missing {
		return
	}
	var ids []string
	for i, t := range vr.v.Terms {
		for j, c := range t.Countries {
			if _, ok := of.byID[c]; ok {
				continue
			}
			if ids == nil {
				ids = of.ids()
			}
			vr.node(vr.nodes[i].countries[j], Error, "unknown-term", fmt.Sprintf("vocabulary %s has no term %s", of.Name, quote(c)), of.didYouMean(c, ids))
		}
	}
}
