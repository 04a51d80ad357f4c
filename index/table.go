package index

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"

	"casebook/index/text"
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

// titles finds documents by the key of their title or of another name that
// they give for themselves. It keeps 64 bits of a key: among a million, two
// meet once in tens of millions of libraries.
type titles struct {
	hashes []uint64 // sorted
	docs   []uint32
}

// maxNamesakes is of how many pages a text may be a name. What more pages
// have says what they have in common.
const maxNamesakes = 4

// A named is a document with the hash of one of its names.
type named struct {
	hash uint64
	doc  uint32
}

// newTitles makes titles of the documents' titles and of their other names.
// 0 is no hash.
func newTitles(byTitle, byName []named) titles {
	compare := func(a, b named) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.doc, b.doc)) }
	slices.SortFunc(byName, compare)
	byName = slices.Compact(byName)
	all := slices.Clone(byTitle)
	for i := 0; i < len(byName); {
		j := i
		for j < len(byName) && byName[j].hash == byName[i].hash {
			j++
		}
		if j-i <= maxNamesakes {
			all = append(all, byName[i:j]...)
		}
		i = j
	}
	slices.SortFunc(all, compare)
	all = slices.Compact(all)
	all = slices.DeleteFunc(all, func(n named) bool { return n.hash == 0 })
	t := titles{make([]uint64, len(all)), make([]uint32, len(all))}
	for i, n := range all {
		t.hashes[i], t.docs[i] = n.hash, n.doc
	}
	return t
}

// hashTitle is FNV-1a of a title's key; 0 for a title that says nothing.
func hashTitle(title string) uint64 {
	key := text.TitleKey(title)
	if key == "" {
		return 0
	}
	h := uint64(14695981039346656037)
	for i := range len(key) {
		h = (h ^ uint64(key[i])) * 1099511628211
	}
	return h
}

// of returns the documents that have this title or name.
func (t *titles) of(title string) []uint32 {
	h := hashTitle(title)
	if h == 0 {
		return nil
	}
	i, _ := slices.BinarySearch(t.hashes, h)
	j := i
	for j < len(t.hashes) && t.hashes[j] == h {
		j++
	}
	return t.docs[i:j]
}
