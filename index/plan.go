package index

import (
	"context"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/index/rank"
	"casebook/index/text"
	"casebook/index/words"
	"casebook/search"
)

// A plan is a query translated to posting lists.
type plan struct {
	groups  []*group
	not     *roaring.Bitmap // documents with a word that none may have, whole pages
	content int             // groups that say something in the reader's language
	related []*group        // count for the pages that the others find; see relate
	added   []search.Expansion
	mended  map[string]string // word that no page has -> nearest one that some have
	doubted map[string]string // word that hardly any page has -> the one that it may be a slip for
}

// A group is one wish of the query. Any of its leaves fulfils it.
type group struct {
	rank.Word
	clauses  []search.Clause
	required bool // a phrase or a title: may not be missing even where others may
	framing  bool // only frames the question: may be missing
	named    bool // names something that the thesaurus knows
	whole    [][]string
	terms    [][]string      // by language: what to mark in texts
	prefixes []string        // folded beginnings of words to mark
	exact    []string        // folded words to mark
	docs     *roaring.Bitmap // documents with one of the leaves, whole pages
	sure     *roaring.Bitmap // those of docs that don't have it by a synonym alone
}

// What counts how much beside a word itself.
const (
	synonymWeight = 0.8 // an occurrence of a synonym
	termWeight    = 10  // a page's having the term, in occurrences: it is about it and doesn't just mention it
	framingWeight = 0.3 // a word that only frames the question
)

// synonymSlop is how many words may stand between those of a synonym:
// deprivation of nationality is also "deprived of his nationality".
const synonymSlop = 2

// A planner makes a plan. It belongs to one search.
type planner struct {
	ctx   context.Context
	snap  *Snapshot
	words *words.Reader
	memos []*text.Analyzer
}

func (s *Snapshot) newPlanner(ctx context.Context) *planner {
	p := &planner{ctx: ctx, snap: s, words: s.words.Reader(), memos: make([]*text.Analyzer, len(s.Langs))}
	for i, l := range s.Langs {
		p.memos[i] = text.NewAnalyzer(l)
	}
	return p
}

// plan translates the words of q.
func (p *planner) plan(q search.Query) (*plan, error) {
	pl := &plan{mended: make(map[string]string), doubted: make(map[string]string)}
	for _, g := range q.Groups {
		pg, err := p.group(g.Any)
		if err != nil {
			return nil, err
		}
		pl.groups = append(pl.groups, pg)
	}
	if err := p.onlyStops(pl.groups); err != nil {
		return nil, err
	}
	p.frame(pl.groups, p.snap.LangFor(q.Lang))
	var mentions []namedRun
	if !q.Literal {
		var err error
		if mentions, err = p.expand(pl, q.Lang); err != nil {
			return nil, err
		}
		if err := p.mend(pl, p.snap.LangFor(q.Lang)); err != nil {
			return nil, err
		}
	}
	for _, g := range pl.groups {
		p.finish(g)
	}
	if err := p.relate(pl, mentions); err != nil {
		return nil, err
	}
	pl.content = p.contentWords(pl.groups, q.Lang)
	pl.not = roaring.New()
	for _, c := range q.Not {
		g, err := p.group([]search.Clause{c})
		if err != nil {
			return nil, err
		}
		if err := p.onlyStops([]*group{g}); err != nil {
			return nil, err
		}
		p.finish(g)
		pl.not.Or(g.docs)
	}
	return pl, nil
}

// group finds what fulfils any of the clauses, in every language.
func (p *planner) group(clauses []search.Clause) (*group, error) {
	n := len(p.snap.Langs)
	g := &group{clauses: clauses, Word: rank.Word{Stop: make([]bool, n)}, whole: make([][]string, n), terms: make([][]string, n)}
	for _, c := range clauses {
		if c.Kind == search.Phrase || c.Field != "" {
			g.required = true
		}
		if c.Kind == search.Prefix {
			if err := p.prefix(g, c); err != nil {
				return nil, err
			}
			continue
		}
		for lang := range p.snap.Langs {
			if err := p.clause(g, c, lang); err != nil {
				return nil, err
			}
		}
	}
	return g, nil
}

// clause adds what a word or phrase means in one language.
func (p *planner) clause(g *group, c search.Clause, lang int) error {
	said, compounds := p.read(lang, strings.Join(c.Words, " "))
	var telling []text.Token
	for _, t := range said {
		if !t.Stop {
			telling = append(telling, t)
		}
		g.whole[lang] = append(g.whole[lang], t.Whole)
	}
	title := c.Field != ""
	if len(telling) == 0 {
		if !title {
			g.Stop[lang] = true
			return nil
		}
		return p.allOf(g, words.WholeTitle, lang, g.whole[lang])
	}
	if err := p.sequence(g, lang, telling, rank.Typed, title); err != nil {
		return err
	}
	if n := text.Unpadded(telling[0].Whole); n != "" && len(said) == 1 { // paragraph 05
		said, _ := p.read(lang, n)
		if err := p.sequence(g, lang, said, rank.Typed, title); err != nil {
			return err
		}
	}
	if c.Kind == search.Word {
		for _, t := range compounds {
			if err := p.sequence(g, lang, []text.Token{t}, rank.Typed, title); err != nil {
				return err
			}
		}
	}
	return nil
}

// read analyzes a text of the query: its words, and apart from them the
// hyphenated compounds joined.
func (p *planner) read(lang int, body string) (said, compounds []text.Token) {
	p.memos[lang].Tokens(body, func(t text.Token) {
		switch {
		case t.Whole == "":
		case t.Compound:
			compounds = append(compounds, t)
		default:
			said = append(said, t)
		}
	})
	return said, compounds
}

// sequence adds the leaves of a run of words in one language: the lists of
// one word, or the documents where several stand in this order.
func (p *planner) sequence(g *group, lang int, toks []text.Token, by rank.Origin, title bool) error {
	field := words.Text(lang)
	if title {
		field = words.Title(lang)
	}
	weight, slop := float32(1), 0
	if by == rank.Synonym {
		weight, slop = synonymWeight, synonymSlop
	}
	for _, t := range toks {
		g.terms[lang] = append(g.terms[lang], t.Terms...)
	}
	if len(toks) > 1 {
		l, err := p.phrase(lang, title, toks, slop)
		if err != nil || l == nil {
			return err
		}
		l.Lang, l.Weight, l.Title, l.By = lang, weight, title, by
		g.Leaves = append(g.Leaves, *l)
		return nil
	}
	for _, term := range toks[0].Terms {
		li, err := p.words.Docs(field, term)
		if err != nil {
			return err
		}
		if li == nil {
			continue
		}
		g.Leaves = append(g.Leaves, rank.Leaf{Lang: lang, List: li, Bits: li.Docs, Weight: weight, Title: title, By: by})
	}
	return nil
}

// allOf adds the documents of a language that have all of the unstemmed
// words.
func (p *planner) allOf(g *group, field words.Field, lang int, whole []string) error {
	if len(whole) == 0 {
		return nil
	}
	bits := p.snap.InLang[lang].Clone()
	for _, w := range whole {
		li, err := p.words.Docs(field, w)
		if err != nil || li == nil {
			return err
		}
		bits.And(li.Docs)
	}
	if !bits.IsEmpty() {
		g.Leaves = append(g.Leaves, rank.Leaf{Lang: lang, Bits: bits, Weight: 1, Title: true})
		g.exact = append(g.exact, whole...)
	}
	return nil
}

// onlyStops gives groups their unstemmed words in languages in which all of
// them say nothing: The Who must find something.
func (p *planner) onlyStops(groups []*group) error {
	for lang := range p.snap.Langs {
		all := len(groups) > 0
		for _, g := range groups {
			all = all && g.Stop[lang]
		}
		if !all {
			continue
		}
		for _, g := range groups {
			g.Stop[lang] = false
			if err := p.allOf(g, words.Whole, lang, g.whole[lang]); err != nil {
				return err
			}
		}
	}
	return nil
}

// frame finds the words that only frame the question, unless all do.
func (p *planner) frame(groups []*group, lang int) {
	if len(p.snap.Langs) == 0 {
		return
	}
	telling := false
	for _, g := range groups {
		g.framing = len(g.clauses) == 1 && !g.required && g.clauses[0].Kind == search.Word &&
			len(g.whole[lang]) == 1 && p.snap.Langs[lang].Frames(g.whole[lang][0])
		telling = telling || !g.framing && !g.Stop[lang]
	}
	if !telling {
		for _, g := range groups {
			g.framing = false
		}
	}
}

// finish computes the sets and the weights of a group.
func (p *planner) finish(g *group) {
	var sets, typed, sure []*roaring.Bitmap
	langs := roaring.New() // documents in the languages in which words were typed
	for _, l := range g.Leaves {
		sets = append(sets, l.Bits)
		if l.By != rank.Synonym {
			sure = append(sure, l.Bits)
		}
		if l.By == rank.Typed {
			typed = append(typed, l.Bits)
		}
	}
	g.Any = union(sets)
	g.docs = p.snap.WholePages(g.Any)
	g.IDF = rank.IDF(int(p.satisfied(g, g.docs).GetCardinality()), len(p.snap.Units))
	g.sure, g.TypedIDF = g.docs, g.IDF
	if len(typed) < len(sets) && len(typed) > 0 {
		// What was added makes the word look more common than it is: whoever
		// asks for orphans finds children too, but orphans first. It is
		// rare or not among the pages in its own language.
		g.Typed = union(typed)
		for _, l := range g.Leaves {
			switch {
			case l.By != rank.Typed:
			case l.Lang < 0:
				langs = p.snap.All
			default:
				langs = roaring.Or(langs, p.snap.InLang[l.Lang])
			}
		}
		has := p.satisfied(g, g.Typed).GetCardinality()
		g.TypedIDF = max(g.IDF, rank.IDF(int(has), int(max(has, langs.GetCardinality()))))
		g.sure = p.snap.WholePages(union(sure))
	}
	if g.framing {
		g.IDF *= framingWeight
		g.TypedIDF = g.IDF
	}
}

// union returns all documents of the sets. It may be one of them.
func union(sets []*roaring.Bitmap) *roaring.Bitmap {
	switch len(sets) {
	case 0:
		return roaring.New()
	case 1:
		return sets[0]
	}
	return roaring.FastOr(sets...)
}

// satisfied returns the documents in which the group is not missing: those
// that have it, and those in whose language it says nothing.
func (p *planner) satisfied(g *group, have *roaring.Bitmap) *roaring.Bitmap {
	sets := []*roaring.Bitmap{have}
	for lang, stop := range g.Stop {
		if stop {
			sets = append(sets, p.snap.InLang[lang])
		}
	}
	if len(sets) == 1 {
		return have
	}
	return p.snap.WholePages(roaring.FastOr(sets...))
}

// contentWords counts the groups that say something in the reader's
// language, or, where no page is in it, in the one in which fewest do.
func (p *planner) contentWords(groups []*group, lang string) int {
	count := func(l int) int {
		n := 0
		for _, g := range groups {
			if !g.Stop[l] && !g.framing {
				n++
			}
		}
		return n
	}
	if l, ok := p.snap.Lang(lang); ok {
		return count(l)
	}
	n := len(groups)
	for l := range p.snap.Langs {
		n = min(n, count(l))
	}
	return n
}

// scoredWords returns what ranking takes of groups.
func scoredWords(groups []*group) []*rank.Word {
	out := make([]*rank.Word, len(groups))
	for i, g := range groups {
		out[i] = &g.Word
	}
	return out
}
