package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"casebook/content"
	"casebook/search"
)

// Bounds of completion.
const (
	maxCompletions    = 20
	maxCompletionText = 100   // bytes of what was typed
	maxCompletionWalk = 5_000 // keys that are looked at
	maxKeyWords       = 12    // words of a title at which a completion may begin
)

// A completer completes what a reader types: titles of pages, terms that pages
// have, names of the glossary.
type completer struct {
	entries []completable
	keys    []completionKey // sorted by text
}

type completable struct {
	kind  string
	page  *content.Page // kind "page": a version
	text  content.Text  // kind "term": the label
	alt   string        // what it was found by, where that is no label
	id    string
	field string
	count int
	query string // kind "query"
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
	for _, u := range s.units {
		c.add(completable{kind: "page", page: u.page, id: s.pages[u.slot].ID, lang: u.page.Lang}, u.page.Title)
	}
	for _, col := range s.cols {
		f, ok := s.lib.Schema.Field(col.field)
		if !ok || f.Type != content.TypeTerm {
			continue
		}
		v, ok := s.lib.Vocabulary(f.Vocabulary)
		if !ok {
			continue
		}
		for o, id := range col.dict {
			t, ok := v.Term(id)
			if !ok || col.total[o] == 0 {
				continue
			}
			e := completable{kind: "term", text: t.Label, id: id, field: col.field, count: int(col.total[o])}
			for _, l := range t.Label.Langs() {
				e.lang = l
				c.add(e, t.Label.In(l))
			}
			for _, l := range sortedKeys(t.Alt) {
				for _, a := range t.Alt[l] {
					e.lang, e.alt = l, a
					c.add(e, a)
				}
			}
		}
	}
	if s.lib.Glossary != nil {
		for _, g := range s.lib.Glossary.Entries {
			for _, l := range g.Preferred.Langs() {
				c.add(completable{kind: "query", query: g.Preferred.In(l), id: g.ID, lang: l}, g.Preferred.In(l))
			}
			for _, a := range slices.Concat(g.Abbreviations, g.Synonyms) {
				c.add(completable{kind: "query", query: a, id: g.ID}, a)
			}
		}
	}
	slices.SortFunc(c.keys, func(a, b completionKey) int {
		return cmp.Or(strings.Compare(a.text, b.text), cmp.Compare(a.entry, b.entry))
	})
	return c
}

// add makes an entry found from every word of its text on.
func (c *completer) add(e completable, text string) {
	e.whole = foldText(text)
	if e.whole == "" {
		return
	}
	i := int32(len(c.entries))
	c.entries = append(c.entries, e)
	rest := e.whole
	for n := range maxKeyWords {
		c.keys = append(c.keys, completionKey{rest, i, n == 0})
		_, after, ok := strings.Cut(rest, " ")
		if !ok {
			return
		}
		rest = after
	}
}

// Suggest completes what a reader has typed so far, in the reader's language
// where it can: terms, titles, then names from the glossary, at most n. Every
// thing comes once.
func (s *Snapshot) Suggest(ctx context.Context, text, lang string, n int) ([]search.Completion, error) {
	n = min(n, maxCompletions)
	if len(text) > maxCompletionText {
		text = text[:maxCompletionText]
	}
	typed := foldText(strings.ToValidUTF8(text, " "))
	if typed == "" || n <= 0 {
		return nil, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("completing: %w", err)
	}
	found := s.completer.find(typed)
	slices.SortFunc(found, func(a, b candidate) int {
		ea, eb := &s.completer.entries[a.entry], &s.completer.entries[b.entry]
		return cmp.Or(
			cmp.Compare(kindRank(ea.kind), kindRank(eb.kind)),
			cmp.Compare(boolInt(b.first), boolInt(a.first)),
			cmp.Compare(boolInt(eb.lang == lang), boolInt(ea.lang == lang)),
			cmp.Compare(eb.count, ea.count),
			cmp.Compare(len(ea.whole), len(eb.whole)),
			strings.Compare(ea.whole, eb.whole),
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
		e := &s.completer.entries[cand.entry]
		c := search.Completion{Kind: e.kind, ID: e.id, Field: e.field, Lang: e.lang, Count: e.count}
		switch e.kind {
		case "page":
			v := e.page.In(lang)
			c.Text, c.Lang = v.Title, v.Lang
		case "term":
			c.Text, c.Lang = e.text.In(lang), e.text.LangOf(lang)
		default:
			c.Text = e.query
		}
		key := e.kind + "\x00" + e.field + "\x00" + e.id
		same := "\x00" + foldText(c.Text) // a glossary name that is also a term
		if seen[key] || e.kind == "query" && seen[same] {
			continue
		}
		seen[key], seen[same] = true, true
		if e.kind == "query" {
			c.ID = ""
		}
		if perKind[e.kind]++; perKind[e.kind] > (n+1)/2 {
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

func kindRank(kind string) int { return slices.Index([]string{"term", "page", "query"}, kind) }

// A candidate is an entry that has what was typed.
type candidate struct {
	entry int32
	first bool // begins with it
}

// find returns the entries that have the typed words: all of them whole, in
// any order, but the last, which may be the beginning of a word. What has
// them side by side comes from the keys directly.
func (c *completer) find(typed string) []candidate {
	best := make(map[int32]bool) // entry -> from its first word
	i, _ := slices.BinarySearchFunc(c.keys, typed, func(k completionKey, t string) int { return strings.Compare(k.text, t) })
	for n := 0; i < len(c.keys) && n < maxCompletionWalk && strings.HasPrefix(c.keys[i].text, typed); n++ {
		best[c.keys[i].entry] = best[c.keys[i].entry] || c.keys[i].first
		i++
	}
	ws := strings.Fields(typed)
	if last := ws[len(ws)-1]; len(ws) > 1 {
		i, _ := slices.BinarySearchFunc(c.keys, last, func(k completionKey, t string) int { return strings.Compare(k.text, t) })
		for n := 0; i < len(c.keys) && n < maxCompletionWalk && strings.HasPrefix(c.keys[i].text, last); n++ {
			e := c.keys[i].entry
			if _, ok := best[e]; !ok && hasAll(c.entries[e].whole, ws[:len(ws)-1]) {
				best[e] = false
			}
			i++
		}
	}
	out := make([]candidate, 0, len(best))
	for e, first := range best {
		out = append(out, candidate{e, first})
	}
	return out
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
