package text

import (
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/ar"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/token/porter"
	"github.com/blevesearch/bleve/v2/registry"

	"casebook/content/lexical"
)

// A Language says how the words of a text in it become terms. Those without a
// stemmer share one.
type Language struct {
	Code  string // "en"; "und" for all languages without rules of their own
	stop  analysis.TokenMap
	elide analysis.TokenMap
	chain []analysis.TokenFilter // from lower-case word to stem
	s     bool                   // 's is a possessive
	frame map[string]bool        // see framing
}

// undetermined is the language of texts in languages without rules.
const undetermined = "und"

// stopsBesides are words that say nothing in questions and are missing from
// bleve's lists.
var stopsBesides = map[string][]string{
	"en": {"can", "could", "may", "might", "must", "shall", "should", "will", "would", "vs", "etc"},
}

// framing are folded words that frame a question and hardly say what it is
// about: what is known about, the role of. A page may miss them.
var framing = map[string][]string{
	"en": strings.Fields(`role roles example examples way ways kind kinds type types sort sorts thing things happen happens happened
		know known get gets getting got make makes made use uses used using long many much need needs needed want wants like
		tell show find found give given explain describe please information details exist exists possible regarding concerning
		related one ones people person someone anyone something anything still also yet ever never often usually really actually`),
	"fr": strings.Fields(`role roles exemple exemples facon facons maniere manieres type types sorte sortes chose choses sait savoir
		connait connaitre existe existent faire fait font utiliser utilise besoin veut trouver donner expliquer informations possible
		concernant relatif relative quel quelle quels quelles comment pourquoi quand combien gens personne personnes`),
	"ar": strings.Fields("دور امثله مثال كيفيه طريقه طرق نوع انواع يمكن يوجد توجد معلومات شيء اشياء كيف متي لماذا اين كم هل ماذا"),
}

// NewLanguage returns the rules of the language of a tag such as "en-GB".
func NewLanguage(tag string) (*Language, error) {
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	rules := map[string]struct {
		stop, elide string
		chain       []string
	}{
		"en": {stop: en.StopName, chain: []string{porter.Name}},
		"fr": {stop: fr.StopName, elide: fr.ArticlesName, chain: []string{fr.LightStemmerName}},
		"es": {stop: es.StopName, chain: []string{es.NormalizeName, es.LightStemmerName}},
		"ar": {stop: ar.StopName, chain: []string{ar.NormalizeName, ar.StemmerName}},
	}
	rule, ok := rules[base]
	if !ok {
		return &Language{Code: undetermined, s: true}, nil
	}
	l := &Language{Code: base, s: base == "en"}
	cache := registry.NewCache()
	for _, name := range rule.chain {
		f, err := cache.TokenFilterNamed(name)
		if err != nil {
			return nil, err
		}
		l.chain = append(l.chain, f)
	}
	stop, err := cache.TokenMapNamed(rule.stop) // bleve calls the list and its filter the same
	if err != nil {
		return nil, err
	}
	l.stop = analysis.NewTokenMap()
	for w := range stop {
		l.stop.AddToken(lexical.Plain(w))
	}
	for _, w := range stopsBesides[base] {
		l.stop.AddToken(w)
	}
	l.frame = make(map[string]bool)
	for _, w := range framing[base] {
		l.frame[w] = true
	}
	if rule.elide != "" {
		if l.elide, err = cache.TokenMapNamed(rule.elide); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// SaysNothing reports whether a folded word says nothing in the language.
func (l *Language) SaysNothing(word string) bool { return l.stop[word] }

// Frames reports whether a folded word only frames a question; see framing.
func (l *Language) Frames(word string) bool { return l.frame[word] }

// An Analysis is what the index keeps of a word.
type Analysis struct {
	Terms []string // stems; several where the stemmer reads accents. All stand for the word
	Whole string   // folded, not stemmed: for prefixes, spelling and stop words
	Stop  bool     // says nothing in this language
	Count int      // how often an Analyzer was asked for it

	TermIDs []uint32 // numbers of terms and whole, once an Analyzer has given them
	WholeID uint32
}

// analyze makes index terms of one word as it stands in a text.
func (l *Language) analyze(surface string) Analysis {
	w := lexical.Plain(surface)
	if l.s {
		w = strings.TrimSuffix(w, "'s")
	}
	article, rest, _ := strings.Cut(w, "'")
	switch {
	case !articles[article]:
		rest = ""
	case rest != "" && l.elide[article]:
		w, rest = rest, ""
	}
	stop := l.stop[w] // with its apostrophe: she'll is no shell
	w = strings.ReplaceAll(w, "'", "")
	if w == "" {
		return Analysis{Stop: true}
	}
	a := Analysis{Whole: lexical.FoldAccents(w), Stop: stop}
	a.add(l.Stems(w))
	if rest != "" { // Côte d'Ivoire in an English text
		a.add(l.Stems(strings.ReplaceAll(rest, "'", "")))
	}
	return a
}

// articles are elided before a vowel in the Romance languages.
var articles = map[string]bool{
	"l": true, "d": true, "m": true, "t": true, "s": true, "n": true, "j": true, "c": true, "qu": true,
	"dell": true, "all": true, "nell": true, "sull": true, "un": true,
}

func (a *Analysis) add(terms []string) {
	for _, t := range terms {
		if t != "" && !slices.Contains(a.Terms, t) {
			a.Terms = append(a.Terms, t)
		}
	}
}

// Stems returns the folded stem of a word and, where it differs, the stem of
// the folded word, so that a word is found however its accents are typed.
func (l *Language) Stems(w string) []string {
	folded := lexical.FoldAccents(w)
	if len(l.chain) == 0 {
		return []string{folded}
	}
	out := []string{lexical.FoldAccents(l.stem(w))}
	if folded != w {
		out = append(out, lexical.FoldAccents(l.stem(folded)))
	}
	return out
}

func (l *Language) stem(w string) string {
	if l.Code == "en" {
		w = american(w)
	}
	ts := analysis.TokenStream{{Term: []byte(w), Type: analysis.AlphaNumeric}}
	for _, f := range l.chain {
		ts = f.Filter(ts)
	}
	if len(ts) == 0 || len(ts[0].Term) == 0 {
		return w
	}
	return string(ts[0].Term)
}
