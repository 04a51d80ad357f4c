package definitions

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"

	"casebook/content"
	"casebook/content/source"
)

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
