package lexical

import "unicode/utf8"

// Nearest returns the candidate that word is most likely a misspelling of:
// the one of the fewest edits once both are folded, at most one for each three
// letters of the word and four in all. The first of equally near ones wins.
func Nearest(word string, candidates []string) (string, bool) {
	typed := utf8.RuneCountInString(word)
	folded := []rune(Fold(word))
	if len(folded) == 0 {
		return "", false
	}
	most := max(1, min(4, len(folded)/3))
	best, found := "", false
	var d Distance
	for _, c := range candidates {
		// Folding may drop some letters, and puts blanks between those of scripts without.
		if n := utf8.RuneCountInString(c); abs(n-len(folded)) > most+2 && abs(n-typed) > most+2 {
			continue
		}
		if n := d.Between(folded, []rune(Fold(c)), most); n <= most {
			if n == 0 {
				return c, true
			}
			best, found, most = c, true, n-1
		}
	}
	return best, found
}

// Edits returns how many edits lie between two words; see Distance.
func Edits(a, b string) int {
	var d Distance
	x, y := []rune(a), []rune(b)
	return d.Between(x, y, max(len(x), len(y)))
}

// A Distance counts the letters to insert, delete, replace or swap with the
// next one that make one word of another, no letter twice (optimal string
// alignment). It keeps its memory between calls; the zero value is ready.
type Distance struct{ prev2, prev, cur []int }

// Between returns the distance of a and b, or any number over most.
func (d *Distance) Between(a, b []rune, most int) int {
	if abs(len(a)-len(b)) > most {
		return most + 1
	}
	if n := len(b) + 1; cap(d.cur) < n {
		d.prev2, d.prev, d.cur = make([]int, n), make([]int, n), make([]int, n)
	} else {
		d.prev2, d.prev, d.cur = d.prev2[:n], d.prev[:n], d.cur[:n]
	}
	for j := range d.prev {
		d.prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		d.cur[0] = i
		low := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			n := min(d.prev[j]+1, d.cur[j-1]+1, d.prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				n = min(n, d.prev2[j-2]+1)
			}
			d.cur[j] = n
			low = min(low, n)
		}
		if low > most {
			return most + 1
		}
		d.prev2, d.prev, d.cur = d.prev, d.cur, d.prev2
	}
	return d.prev[len(b)]
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
