package content

// A seen remembers words. Most lists have a few, some of a bad file ten
// thousand: a map is made only when a search would be slow.
type seen struct {
	list []string
	set  map[string]bool
}

// add reports whether the word is new.
func (s *seen) add(word string) bool {
	if s.set == nil {
		for _, w := range s.list {
			if w == word {
				return false
			}
		}
		if len(s.list) < 32 {
			s.list = append(s.list, word)
			return true
		}
		s.set = make(map[string]bool, 2*len(s.list))
		for _, w := range s.list {
			s.set[w] = true
		}
	}
	if s.set[word] {
		return false
	}
	s.set[word] = true
	return true
}
