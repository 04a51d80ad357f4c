package results

import "casebook/search"

// A Pager is the links to the pages of a result.
type Pager struct {
	Prev, Next string // "" at the ends
	Pages      []PageLink
}

// A PageLink is a page's number; Gap stands for those left out before it.
type PageLink struct {
	N       int
	URL     string
	Current bool
	Gap     bool
}

// pager returns the links to the pages, nil where there is one page.
func (r reader) pager(q search.Query, total int) *Pager {
	last := LastPage(q, total)
	if last < 2 {
		return nil
	}
	v := &Pager{}
	if q.Page > 1 {
		v.Prev = r.Links.AtPage(q, q.Page-1)
	}
	if q.Page < last {
		v.Next = r.Links.AtPage(q, q.Page+1)
	}
	before := 0
	for _, n := range pageNumbers(q.Page, last) {
		v.Pages = append(v.Pages, PageLink{N: n, URL: r.Links.AtPage(q, n), Current: n == q.Page, Gap: n > before+1})
		before = n
	}
	return v
}

// pageNumbers returns the pages to show: the first, the last and those near
// the current one. A gap of one page is filled.
func pageNumbers(current, last int) []int {
	var ns []int
	for n := 1; n <= last; n++ {
		near := n >= current-1 && n <= current+1
		if n == 1 || n == last || near || n == 2 && current == 4 || n == last-1 && current == last-3 {
			ns = append(ns, n)
		}
	}
	return ns
}
