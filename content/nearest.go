package content

import (
	"strings"
	"unicode/utf8"
)

// didYouMean is the remedy for a word that isn't among the valid ones: the
// nearest of them, or all when they are few.
func didYouMean(word string, valid []string) string {
	if near, ok := nearest(word, valid); ok {
		return "did you mean " + quote(near) + "?"
	}
	return validOnes(valid)
}

// validOnes lists the valid words where they fit on a line.
func validOnes(valid []string) string {
	const most = 160
	if len(valid) == 0 || len(valid) > most/4 {
		return ""
	}
	if list := strings.Join(valid, ", "); len(list) <= most {
		return "valid: " + list
	}
	return ""
}

// nearest returns the candidate that word is most likely a misspelling of:
// the fewest letters put in, left out, exchanged or swapped, at most a third of
// the word. The first of equally near ones wins.
func nearest(word string, candidates []string) (string, bool) {
	folded := []rune(Fold(word))
	if len(folded) == 0 {
		return "", false
	}
	most := max(1, min(4, len(folded)/3))
	best, found := "", false
	var d distance
	for _, c := range candidates {
		if abs(utf8.RuneCountInString(c)-len(folded)) > most+2 { // folding may drop some letters
			continue
		}
		f := Fold(c)
		if n := d.between(folded, []rune(f), most); n <= most {
			if n == 0 {
				return c, true
			}
			best, found, most = c, true, n-1
		}
	}
	return best, found
}

// distance computes restricted edit distances (optimal string alignment) and
// keeps its rows between calls.
type distance struct{ prev2, prev, cur []int }

// between returns the distance of a and b, or any number over most.
func (d *distance) between(a, b []rune, most int) int {
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
