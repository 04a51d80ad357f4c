package docs

import (
	"cmp"
	"slices"

	"casebook/content"
	"casebook/content/lexical"
)

// Names finds documents by their title or by another name that they give for
// themselves. It keeps 64 bits of a key: among a million, two meet once in tens of
// millions of libraries.
type Names struct {
	Hashes []uint64 // ascending
	Docs   []uint32 // the document that each hash is of
}

// MaxNamesakes is of how many pages a text may be a name. What more pages
// have says what they have in common.
const MaxNamesakes = 4

// NewNames takes, by document, titles and other names as OtherNames gives them.
func NewNames(titles []string, others [][]uint64) Names {
	var byTitle, byName []named
	for d, title := range titles {
		byTitle = append(byTitle, named{hashTitle(title), uint32(d)})
		for _, h := range others[d] {
			byName = append(byName, named{h, uint32(d)})
		}
	}
	slices.SortFunc(byName, compareNamed)
	byName = slices.Compact(byName)
	all := byTitle
	for i := 0; i < len(byName); {
		j := i
		for j < len(byName) && byName[j].hash == byName[i].hash {
			j++
		}
		if j-i <= MaxNamesakes {
			all = append(all, byName[i:j]...)
		}
		i = j
	}
	slices.SortFunc(all, compareNamed)
	all = slices.Compact(all)
	all = slices.DeleteFunc(all, func(n named) bool { return n.hash == 0 })
	t := Names{make([]uint64, len(all)), make([]uint32, len(all))}
	for i, n := range all {
		t.Hashes[i], t.Docs[i] = n.hash, n.doc
	}
	return t
}

// A named is a document with the hash of one of its names; 0 is no hash.
type named struct {
	hash uint64
	doc  uint32
}

func compareNamed(a, b named) int {
	return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.doc, b.doc))
}

// hashTitle is FNV-1a of a title's key; 0 for a title that says nothing.
func hashTitle(title string) uint64 {
	key := lexical.Fold(title)
	if key == "" {
		return 0
	}
	h := uint64(14695981039346656037)
	for i := range len(key) {
		h = (h ^ uint64(key[i])) * 1099511628211
	}
	return h
}

// Of returns the documents that have this title or name.
func (t *Names) Of(title string) []uint32 {
	h := hashTitle(title)
	if h == 0 {
		return nil
	}
	i, _ := slices.BinarySearch(t.Hashes, h)
	j := i
	for j < len(t.Hashes) && t.Hashes[j] == h {
		j++
	}
	return t.Docs[i:j]
}

// OtherNames returns the hashes of the short texts of a page, which may be names
// of it: how it is cited, its symbol, the body that runs it.
func OtherNames(p *content.Page) []uint64 {
	var out []uint64
	for _, f := range p.Kind.Fields {
		if f.Type != content.TypeText {
			continue
		}
		for _, v := range p.Values(f.Name) {
			if h := hashTitle(v.ID); h != 0 {
				out = append(out, h)
			}
		}
	}
	return out
}
