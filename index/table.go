package index

import (
	"math"
	"sort"
	"strings"
)

// A table is a list of strings in one: a million of them take no million of
// headers, and are read from a file at once.
type table struct {
	text string
	off  []uint32 // string i is text[off[i]:off[i+1]]
}

func (t *table) len() int { return max(0, len(t.off)-1) }

func (t *table) at(i int) string { return t.text[t.off[i]:t.off[i+1]] }

// find returns the place of s in a sorted table.
func (t *table) find(s string) (int, bool) {
	return sort.Find(t.len(), func(i int) int { return strings.Compare(s, t.at(i)) })
}

// A tableWriter makes a table.
type tableWriter struct {
	text strings.Builder
	off  []uint32
}

// add appends a string; one that no longer fits is "".
func (w *tableWriter) add(s string) {
	if len(w.off) == 0 {
		w.off = append(w.off, 0)
	}
	if w.text.Len()+len(s) <= math.MaxUint32 {
		w.text.WriteString(s)
	}
	w.off = append(w.off, uint32(w.text.Len()))
}

func (w *tableWriter) table() table { return table{w.text.String(), w.off} }

// A dictionary maps words to words, one to some.
type dictionary struct {
	keys  table    // sorted
	from  []uint32 // the words of key i are words[from[i]:from[i+1]]
	words table
}

func newDictionary(m map[string][]string) dictionary {
	var keys, words tableWriter
	from := []uint32{0}
	for _, k := range sortedKeys(m) {
		keys.add(k)
		for _, w := range m[k] {
			words.add(w)
		}
		from = append(from, from[len(from)-1]+uint32(len(m[k])))
	}
	return dictionary{keys.table(), from, words.table()}
}

// of returns the words of a key.
func (d *dictionary) of(key string) []string {
	i, ok := d.keys.find(key)
	if !ok {
		return nil
	}
	var out []string
	for j := d.from[i]; j < d.from[i+1]; j++ {
		out = append(out, d.words.at(int(j)))
	}
	return out
}

// first returns the first word of a key.
func (d *dictionary) first(key string) (string, bool) {
	i, ok := d.keys.find(key)
	if !ok || d.from[i] == d.from[i+1] {
		return "", false
	}
	return d.words.at(int(d.from[i])), true
}
