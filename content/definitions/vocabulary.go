package definitions

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"casebook/content"
	"casebook/content/lexical"
	"casebook/content/source"
)

// Terms are a vocabulary with what the reader of a page needs besides.
type Terms struct {
	*content.Vocabulary
	Missing bool // there is no such file, or it can't be read: fields of its terms are not checked

	ids    []string
	byName map[string]string // folded id, label or alternative label → id
	near   sync.Map          // word → remedy: the same for each page that has the word, and dear among many terms
}

// missingTerms are those of a vocabulary whose file can't be read.
func missingTerms(name string, label content.Text) *Terms {
	return &Terms{Vocabulary: content.NewVocabulary(name, label, nil), Missing: true}
}

// add takes in a term under all its names. The first of a name has it.
func (t *Terms) add(term *content.Term) {
	t.ids = append(t.ids, term.ID)
	name := func(s string) {
		if f := lexical.Fold(s); f != "" {
			if _, ok := t.byName[f]; !ok {
				t.byName[f] = term.ID
			}
		}
	}
	name(term.ID)
	for _, l := range term.Label.Langs() {
		name(term.Label.In(l))
	}
	for _, l := range slices.Sorted(maps.Keys(term.Alt)) {
		for _, s := range term.Alt[l] {
			name(s)
		}
	}
}

// DidYouMean is the remedy for a word that is no term's id: the term that has
// it as a label, or else the nearest id. It may be called from several
// goroutines.
func (t *Terms) DidYouMean(word string) string {
	if fix, ok := t.near.Load(word); ok {
		return fix.(string)
	}
	fix := ""
	if id, ok := t.byName[lexical.Fold(word)]; ok {
		fix = "did you mean " + source.Quote(id) + "?"
	} else {
		fix = source.DidYouMean(word, t.ids)
	}
	t.near.Store(word, fix)
	return fix
}

// A vocabularyReader reads one vocabularies/NAME.yaml.
type vocabularyReader struct {
	source.Decoder
	name        string
	label, note content.Text
	ordered     bool
	terms       []*content.Term
	byID        map[string]*content.Term
	nodes       []termNodes // of terms
	read        *Terms
}

// termNodes are where the parts of a term stand.
type termNodes struct {
	id                 *yaml.Node
	broader, countries []*yaml.Node
}

func readVocabulary(r *source.Report, root *yaml.Node, name, lang string) *vocabularyReader {
	vr := &vocabularyReader{
		Decoder: source.Decoder{Report: r, Lang: lang}, name: name, label: nameLabel(name, lang),
		byID: map[string]*content.Term{}, read: &Terms{byName: map[string]string{}},
	}
	lower := map[string]string{}
	if root == nil {
		r.File(content.Error, "missing-field", "the vocabulary is empty", "list its terms under terms:")
	} else {
		vr.Mapping(root, "a vocabulary",
			source.On("label", func(n *yaml.Node) { vr.label = vr.Text(n) }),
			source.On("note", func(n *yaml.Node) { vr.note = vr.Text(n) }),
			source.On("ordered", func(n *yaml.Node) { vr.ordered = vr.Bool(n) }),
			source.On("terms", func(n *yaml.Node) { vr.Items(n, func(n *yaml.Node) { vr.term(n, lower) }) }),
		)
		if len(vr.terms) == 0 && !r.Failed() {
			vr.Node(root, content.Error, "missing-field", "the vocabulary has no terms", "list them under terms:")
		}
	}
	for _, t := range vr.terms {
		vr.read.add(t)
	}
	vr.checkBroader()
	vr.breakCycles()
	v := content.NewVocabulary(name, vr.label, vr.terms)
	v.Note, v.Ordered = vr.note, vr.ordered
	vr.read.Vocabulary = v
	return vr
}

// nameLabel is the label of what has none: its name.
func nameLabel(name, lang string) content.Text {
	return content.NewText(map[string]string{lang: source.Humanise(name)}, lang)
}

func (vr *vocabularyReader) term(n *yaml.Node, lower map[string]string) {
	t, at := &content.Term{}, termNodes{id: n}
	before := vr.Len()
	vr.Mapping(n, "a term",
		source.On("id", func(n *yaml.Node) { t.ID, at.id = vr.Str(n), n }),
		source.On("label", func(n *yaml.Node) { t.Label = vr.Text(n) }),
		source.On("alt", func(n *yaml.Node) { t.Alt = vr.alt(n) }),
		source.On("note", func(n *yaml.Node) { t.Note = vr.Text(n) }),
		source.On("broader", func(n *yaml.Node) { t.Broader, at.broader = vr.ids(n) }),
		source.On("countries", func(n *yaml.Node) { t.Countries, at.countries = vr.ids(n) }),
	)
	if t.ID == "" {
		if n.Kind == yaml.MappingNode || vr.Len() == before {
			vr.Node(n, content.Error, "missing-field", "a term without id", "")
		}
		return
	}
	if strings.ContainsAny(t.ID, "/?#%&\\ ,") || t.ID == "." || t.ID == ".." {
		vr.Node(at.id, content.Error, "bad-name", "the id "+source.Quote(t.ID)+" can't be part of an address", nameFix)
		return
	}
	low := strings.ToLower(t.ID)
	if o, ok := lower[low]; ok {
		msg := "there are two terms " + source.Quote(t.ID)
		if o != t.ID {
			msg = fmt.Sprintf("the ids %s and %s differ only by case", source.Quote(o), source.Quote(t.ID))
		}
		vr.Node(at.id, content.Error, "duplicate-id", msg, "")
		return
	}
	lower[low] = t.ID
	if t.Label.IsZero() {
		t.Label = content.NewText(map[string]string{vr.Lang: source.Humanise(t.ID)}, vr.Lang)
	}
	vr.byID[t.ID] = t
	vr.terms = append(vr.terms, t)
	vr.nodes = append(vr.nodes, at)
}

// ids returns a list of ids and where they stand, each once.
func (vr *vocabularyReader) ids(n *yaml.Node) (ids []string, at []*yaml.Node) {
	var distinct source.Distinct
	vr.Items(n, func(n *yaml.Node) {
		switch id := vr.Str(n); {
		case id == "":
		case !distinct.Add(id):
			vr.Node(n, content.Warning, "duplicate-value", source.Quote(id)+" stands here twice", "")
		default:
			ids, at = append(ids, id), append(at, n)
		}
	})
	return ids, at
}

// alt returns alternative labels: a list, or lists by language.
func (vr *vocabularyReader) alt(n *yaml.Node) map[string][]string {
	if source.Deref(n).Kind != yaml.MappingNode {
		if l := vr.Strs(n); len(l) > 0 {
			return map[string][]string{"": l}
		}
		return nil
	}
	alt := map[string][]string{}
	vr.Pairs(n, "alt", func(lang string, k, v *yaml.Node) {
		if vr.IsLang(lang, k) {
			alt[lang] = vr.Strs(v)
		}
	})
	return alt
}

// checkBroader takes away broader terms that do not exist.
func (vr *vocabularyReader) checkBroader() {
	for i, t := range vr.terms {
		for j, b := range t.Broader {
			if vr.byID[b] == nil {
				vr.Node(vr.nodes[i].broader[j], content.Error, "unknown-term", fmt.Sprintf("the broader term %s of %s does not exist", source.Quote(b), t.ID), vr.read.DidYouMean(b))
			}
		}
		t.Broader = slices.DeleteFunc(t.Broader, func(b string) bool { return vr.byID[b] == nil })
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
	state := make(map[string]int, len(vr.terms))
	places := make(map[string]*yaml.Node, len(vr.terms))
	for i, t := range vr.terms {
		places[t.ID] = vr.nodes[i].id
	}
	type frame struct {
		t    *content.Term
		next int
	}
	for _, start := range vr.terms {
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
				stack = append(stack, frame{t: vr.byID[b]})
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
				vr.Node(places[f.t.ID], content.Error, "term-cycle", "broader terms lead in a circle: "+strings.Join(chain, " → "), "take one of them away")
				f.t.Broader = slices.Delete(f.t.Broader, f.next, f.next+1)
			}
		}
	}
}

// checkCountries checks that the countries of the terms are terms of another
// vocabulary.
func (vr *vocabularyReader) checkCountries(of *Terms) {
	if of.Missing {
		return
	}
	for i, t := range vr.terms {
		for j, c := range t.Countries {
			if _, ok := of.Term(c); !ok {
				vr.Node(vr.nodes[i].countries[j], content.Error, "unknown-term", fmt.Sprintf("vocabulary %s has no term %s", of.Name, source.Quote(c)), of.DidYouMean(c))
			}
		}
	}
}
