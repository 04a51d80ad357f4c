package source

// Distinct tells words that come again from new ones. Most lists have a few,
// some of a bad file ten thousand: a map is made only when a search would be
// slow. The zero value has no words.
type Distinct struct {
	list []string
	set  map[string]bool
}

// Add reports whether the word is new.
func (d *Distinct) Add(word string) bool {
	if d.set == nil {
		for _, w := range d.list {
			if w == word {
				return false
			}
		}
		if len(d.list) < 32 {
			d.list = append(d.list, word)
			return true
		}
		d.set = make(map[string]bool, 2*len(d.list))
		for _, w := range d.list {
			d.set[w] = true
		}
	}
	if d.set[word] {
		return false
	}
	d.set[word] = true
	return true
}
