// Package suggest completes what a reader is typing: terms that pages have, titles
// of pages, names of the glossary.
package suggest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"

	"casebook/content"
	"casebook/content/lexical"
	"casebook/index/column"
	"casebook/index/docs"
	"casebook/search"
)

// Bounds of completion.
const (
	maxCompletions    = 20
	maxCompletionText = 100   // bytes of what was typed
	maxCompletionWalk = 5_000 // keys that are looked at
	maxKeyWords       = 12    // words of a title at which a completion may begin
)

// A Completer completes what a reader types.
type Completer struct {
	lib    *content.Library
	docs   *docs.Map
	names  names
	titles *Titles
}

// New returns the Completer of a library; columns have the terms of its pages.
func New(lib *content.Library, m *docs.Map, columns []*column.Column, titles *Titles) *Completer {
	c := &Completer{lib: lib, docs: m, titles: titles}
	for _, col := range columns {
		c.addTerms(col)
	}
	if lib.Glossary != nil {
		c.addGlossary(lib.Glossary)
	}
	slices.SortFunc(c.names.keys, func(a, b key) int {
		return cmp.Or(strings.Compare(a.text, b.text), cmp.Compare(a.entry, b.entry))
	})
	return c
}

// names are terms that pages have and names of the glossary.
type names struct {
	entries []entry
	keys    []key // sorted by text
}

// An entry is one text by which something is found.
type entry struct {
	kind  string
	text  content.Text // the label of a term, the preferred name of a glossary entry
	id    string
	field string
	count int
	query string // another name of a glossary entry
	lang  string
	whole string // folded
}

// A key is the folded text of an entry from one of its words on.
type key struct {
	text  string
	entry int32
	first bool // from its first word
}

func (c *Completer) addTerms(col *column.Column) {
	v := col.Facet.Vocabulary
	if v == nil {
		return
	}
	for value, id := range col.IDs {
		t, ok := v.Term(id)
		pages := col.Pages(uint32(value))
		if !ok || pages == 0 {
			continue
		}
		e := entry{kind: "term", text: t.Label, id: id, field: col.Facet.Name, count: pages}
		for _, l := range t.Label.Langs() {
			e.lang = l
			c.add(e, t.Label.In(l))
		}
		for _, l := range slices.Sorted(maps.Keys(t.Alt)) {
			for _, a := range t.Alt[l] {
				e.lang = l
				c.add(e, a)
			}
		}
	}
}

func (c *Completer) addGlossary(g *content.Glossary) {
	for _, x := range g.Entries {
		for _, l := range x.Preferred.Langs() {
			c.add(entry{kind: "query", text: x.Preferred, id: x.ID, lang: l}, x.Preferred.In(l))
		}
		for _, a := range slices.Concat(x.Abbreviations, x.Synonyms) {
			c.add(entry{kind: "query", query: a, id: x.ID}, a)
		}
	}
}

// add makes an entry found from every word of its text on that says something.
func (c *Completer) add(e entry, body string) {
	e.whole = lexical.Fold(body)
	if e.whole == "" {
		return
	}
	i := int32(len(c.names.entries))
	c.names.entries = append(c.names.entries, e)
	rest := e.whole
	for n := range maxKeyWords {
		word, after, ok := strings.Cut(rest, " ")
		if n == 0 || !c.saysNothing(word, e.lang) {
			c.names.keys = append(c.names.keys, key{rest, i, n == 0})
		}
		if !ok {
			return
		}
		rest = after
	}
}

// saysNothing reports whether a folded word says nothing in the language of a
// tag: nobody who types dan wants every name with dans in it.
func (c *Completer) saysNothing(word, tag string) bool {
	i, ok := c.docs.Lang(tag)
	return ok && c.docs.Langs[i].SaysNothing(word)
}

// Suggest completes what a reader has typed so far, in the reader's language
// where it can: terms, titles, then names from the glossary, at most n. Every
// thing comes once.
func (c *Completer) Suggest(ctx context.Context, body, lang string, n int) ([]search.Completion, error) {
	n = min(n, maxCompletions)
	if len(body) > maxCompletionText {
		body = body[:maxCompletionText]
	}
	typed := lexical.Fold(body)
	if typed == "" || n <= 0 {
		return nil, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("completing: %w", err)
	}
	found := slices.Concat(c.titles.find(c.docs, typed), c.names.find(typed))
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(
			cmp.Compare(kindRank(a.kind), kindRank(b.kind)),
			trueFirst(a.first, b.first),
			trueFirst(a.lang == lang, b.lang == lang),
			cmp.Compare(b.count, a.count),
			cmp.Compare(len(a.whole), len(b.whole)),
			strings.Compare(a.whole, b.whole),
			cmp.Compare(a.entry, b.entry),
		)
	})
	return c.show(found, lang, n), nil
}

func trueFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// show picks at most n of the candidates, every thing once and no kind more
// than its share while others wait.
func (c *Completer) show(found []candidate, lang string, n int) []search.Completion {
	var picked, later []search.Completion
	seen := make(map[string]bool)
	perKind := make(map[string]int)
	for _, cand := range found {
		if cand.kind == "page" && perKind["page"] > (n+1)/2 && len(later) >= n {
			continue // enough wait already, and each is a page to read
		}
		shown, key := c.completion(cand, lang)
		same := "\x00" + lexical.Fold(shown.Text) // a glossary name that is also a term
		if seen[key] || cand.kind == "query" && seen[same] {
			continue
		}
		seen[key], seen[same] = true, true
		if perKind[cand.kind]++; perKind[cand.kind] > (n+1)/2 {
			later = append(later, shown)
		} else {
			picked = append(picked, shown)
		}
		if len(picked) == n {
			break
		}
	}
	picked = append(picked, later[:min(len(later), n-len(picked))]...)
	slices.SortStableFunc(picked, func(a, b search.Completion) int {
		return cmp.Compare(kindRank(a.Kind), kindRank(b.Kind))
	})
	return picked
}

// completion returns what a reader sees of a candidate, and what it is. A page
// that can't be read has no text: whoever shows it learns why from Page.
func (c *Completer) completion(cand candidate, lang string) (shown search.Completion, key string) {
	if cand.kind == "page" {
		place := int(c.docs.Units[c.titles.docs[cand.entry]].Page)
		shown = search.Completion{Kind: "page", ID: c.lib.ID(place)}
		if p, err := c.lib.At(place); err == nil {
			shown.Text, shown.Lang = p.In(lang).Title, p.In(lang).Lang
		}
		return shown, "page\x00\x00" + shown.ID
	}
	e := &c.names.entries[cand.entry]
	shown = search.Completion{Kind: e.kind, ID: e.id, Field: e.field, Lang: e.lang, Count: e.count}
	key = e.kind + "\x00" + e.field + "\x00" + e.id
	if e.query != "" {
		shown.Text = e.query
	} else {
		shown.Text, shown.Lang = e.text.In(lang), e.text.LangOf(lang)
	}
	if e.kind == "query" { // its id is that of a glossary entry, which is no page
		shown.ID = ""
	}
	return shown, key
}

func kindRank(kind string) int { return slices.Index([]string{"term", "page", "query"}, kind) }

// A candidate is an entry that has what was typed.
type candidate struct {
	kind  string
	entry int32
	first bool // begins with it
	lang  string
	count int
	whole string
}

// find returns the entries that have the typed words as words or beginnings of
// words, side by side or in any order.
func (n *names) find(typed string) []candidate {
	found := findKeys(typed, len(n.keys),
		func(i int) string { return n.keys[i].text },
		func(i int) (int32, bool) { return n.keys[i].entry, n.keys[i].first },
		func(e int32) string { return n.entries[e].whole })
	out := make([]candidate, 0, len(found))
	for entry, first := range found {
		e := &n.entries[entry]
		out = append(out, candidate{e.kind, entry, first, e.lang, e.count, e.whole})
	}
	return out
}

// findKeys looks in sorted keys for entries that have the typed words, and
// says whether they begin with them.
func findKeys(typed string, keys int, text func(key int) string, entry func(key int) (int32, bool), whole func(entry int32) string) map[int32]bool {
	found := make(map[int32]bool) // entry -> from its first word
	from := func(prefix string) int {
		i, _ := sort.Find(keys, func(i int) int { return strings.Compare(prefix, text(i)) })
		return i
	}
	for i, n := from(typed), 0; i < keys && n < maxCompletionWalk && strings.HasPrefix(text(i), typed); i, n = i+1, n+1 {
		e, first := entry(i)
		found[e] = found[e] || first
	}
	ws := strings.Fields(typed)
	if last := ws[len(ws)-1]; len(ws) > 1 {
		for i, n := from(last), 0; i < keys && n < maxCompletionWalk && strings.HasPrefix(text(i), last); i, n = i+1, n+1 {
			e, _ := entry(i)
			if _, ok := found[e]; !ok && hasAll(whole(e), ws[:len(ws)-1]) {
				found[e] = false
			}
		}
	}
	return found
}

// hasAll reports whether each of the words begins a word of the folded text.
func hasAll(text string, ws []string) bool {
	for _, w := range ws {
		if !strings.Contains(" "+text, " "+w) {
			return false
		}
	}
	return true
}
