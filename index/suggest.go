package index

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
	"casebook/search"
)

// Bounds of completion.
const (
	maxCompletions    = 20
	maxCompletionText = 100   // bytes of what was typed
	maxCompletionWalk = 5_000 // keys that are looked at
	maxKeyWords       = 12    // words of a title at which a completion may begin
)

// A completer completes what a reader types: terms that pages have, names of
// the glossary. Titles of pages are completed by pageTitles.
type completer struct {
	entries []completable
	keys    []completionKey // sorted by text
}

type completable struct {
	kind  string
	text  content.Text // the label of a term, the preferred name of a glossary entry
	alt   string       // what it was found by, where that is no label
	id    string
	field string
	count int
	query string // another name of a glossary entry
	lang  string
	whole string // folded
}

// A completionKey is the folded text of an entry from one of its words on.
type completionKey struct {
	text  string
	entry int32
	first bool // from its first word
}

func (s *Snapshot) newCompleter() completer {
	var c completer
	for _, col := range s.facets.Columns {
		v := col.Facet.Vocabulary
		if v == nil {
			continue
		}
		for o, id := range col.IDs {
			t, ok := v.Term(id)
			pages := col.Pages(uint32(o))
			if !ok || pages == 0 {
				continue
			}
			e := completable{kind: "term", text: t.Label, id: id, field: col.Facet.Name, count: pages}
			for _, l := range t.Label.Langs() {
				e.lang = l
				c.add(s, e, t.Label.In(l))
			}
			for _, l := range slices.Sorted(maps.Keys(t.Alt)) {
				for _, a := range t.Alt[l] {
					e.lang, e.alt = l, a
					c.add(s, e, a)
				}
			}
		}
	}
	if s.lib.Glossary != nil {
		for _, g := range s.lib.Glossary.Entries {
			for _, l := range g.Preferred.Langs() {
				c.add(s, completable{kind: "query", text: g.Preferred, id: g.ID, lang: l}, g.Preferred.In(l))
			}
			for _, a := range slices.Concat(g.Abbreviations, g.Synonyms) {
				c.add(s, completable{kind: "query", query: a, id: g.ID}, a)
			}
		}
	}
	slices.SortFunc(c.keys, func(a, b completionKey) int {
		return cmp.Or(strings.Compare(a.text, b.text), cmp.Compare(a.entry, b.entry))
	})
	return c
}

// add makes an entry found from every word of its text on that says something.
func (c *completer) add(s *Snapshot, e completable, body string) {
	e.whole = lexical.Fold(body)
	if e.whole == "" {
		return
	}
	i := int32(len(c.entries))
	c.entries = append(c.entries, e)
	rest := e.whole
	for n := range maxKeyWords {
		word, after, ok := strings.Cut(rest, " ")
		if n == 0 || !s.saysNothing(word, e.lang) {
			c.keys = append(c.keys, completionKey{rest, i, n == 0})
		}
		if !ok {
			return
		}
		rest = after
	}
}

// saysNothing reports whether a folded word says nothing in the language of a
// tag: nobody who types dan wants every name with dans in it.
func (s *Snapshot) saysNothing(word, tag string) bool {
	i, ok := s.Lang(tag)
	return ok && s.Langs[i].SaysNothing(word)
}

// Suggest completes what a reader has typed so far, in the reader's language
// where it can: terms, titles, then names from the glossary, at most n. Every
// thing comes once.
func (s *Snapshot) Suggest(ctx context.Context, body, lang string, n int) ([]search.Completion, error) {
	n = min(n, maxCompletions)
	if len(body) > maxCompletionText {
		body = body[:maxCompletionText]
	}
	typed := lexical.Fold(strings.ToValidUTF8(body, " "))
	if typed == "" || n <= 0 {
		return nil, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("completing: %w", err)
	}
	found := slices.Concat(s.pageTitles.find(s, typed), s.completer.find(typed))
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(
			cmp.Compare(kindRank(a.kind), kindRank(b.kind)),
			cmp.Compare(boolInt(b.first), boolInt(a.first)),
			cmp.Compare(boolInt(b.lang == lang), boolInt(a.lang == lang)),
			cmp.Compare(b.count, a.count),
			cmp.Compare(len(a.whole), len(b.whole)),
			strings.Compare(a.whole, b.whole),
			cmp.Compare(a.entry, b.entry),
		)
	})
	return s.show(found, lang, n), nil
}

// show picks at most n of the candidates, every thing once and no kind more
// than its share while others wait.
func (s *Snapshot) show(found []candidate, lang string, n int) []search.Completion {
	var picked, later []search.Completion
	seen := make(map[string]bool)
	perKind := make(map[string]int)
	for _, cand := range found {
		if cand.kind == "page" && perKind["page"] > (n+1)/2 && len(later) >= n {
			continue // enough wait already, and each is a page to read
		}
		c, key := s.completion(cand, lang)
		same := "\x00" + lexical.Fold(c.Text) // a glossary name that is also a term
		if seen[key] || cand.kind == "query" && seen[same] {
			continue
		}
		seen[key], seen[same] = true, true
		if perKind[cand.kind]++; perKind[cand.kind] > (n+1)/2 {
			later = append(later, c)
		} else {
			picked = append(picked, c)
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
func (s *Snapshot) completion(cand candidate, lang string) (c search.Completion, key string) {
	if cand.kind == "page" {
		u := s.Units[s.pageTitles.units[cand.entry]]
		c = search.Completion{Kind: "page", ID: s.lib.ID(int(u.Page))}
		if p, err := s.lib.At(int(u.Page)); err == nil {
			c.Text, c.Lang = p.In(lang).Title, p.In(lang).Lang
		}
		return c, "page\x00\x00" + c.ID
	}
	e := &s.completer.entries[cand.entry]
	c = search.Completion{Kind: e.kind, ID: e.id, Field: e.field, Lang: e.lang, Count: e.count}
	key = e.kind + "\x00" + e.field + "\x00" + e.id
	if e.query != "" {
		c.Text = e.query
	} else {
		c.Text, c.Lang = e.text.In(lang), e.text.LangOf(lang)
	}
	if e.kind == "query" {
		c.ID = ""
	}
	return c, key
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

// find returns the entries that have the typed words: all of them whole, in
// any order, but the last, which may be the beginning of a word. What has
// them side by side comes from the keys directly.
func (c *completer) find(typed string) []candidate {
	found := findKeys(typed, len(c.keys),
		func(i int) string { return c.keys[i].text },
		func(i int) (int32, bool) { return c.keys[i].entry, c.keys[i].first },
		func(e int32) string { return c.entries[e].whole })
	out := make([]candidate, 0, len(found))
	for entry, first := range found {
		e := &c.entries[entry]
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
