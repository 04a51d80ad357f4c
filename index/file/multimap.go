package file

import (
	"maps"
	"slices"
)

// A Multimap maps strings to one or more strings each.
type Multimap struct {
	Keys   Table    // sorted
	from   []uint32 // the values of key i are values[from[i]:from[i+1]]
	values Table
}

// NewMultimap returns a Multimap of what is in m, the values in their order.
func NewMultimap(m map[string][]string) Multimap {
	var keys, values TableBuilder
	from := []uint32{0}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		keys.Add(k)
		for _, v := range m[k] {
			values.Add(v)
		}
		from = append(from, from[len(from)-1]+uint32(len(m[k])))
	}
	return Multimap{keys.Table(), from, values.Table()}
}

// Of returns the values of a key.
func (m *Multimap) Of(key string) []string {
	i, ok := m.Keys.Find(key)
	if !ok {
		return nil
	}
	var out []string
	for j := m.from[i]; j < m.from[i+1]; j++ {
		out = append(out, m.values.At(int(j)))
	}
	return out
}

// First returns the first value of a key.
func (m *Multimap) First(key string) (string, bool) {
	i, ok := m.Keys.Find(key)
	if !ok || m.from[i] == m.from[i+1] {
		return "", false
	}
	return m.values.At(int(m.from[i])), true
}
