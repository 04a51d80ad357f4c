package server

import "casebook/search"

// A pagerView is the links to the pages of a result.
type pagerView struct {
	Prev, Next string // "" at the ends
	Pages      []pageLink
}

// A pageLink is a page's number; Gap stands for those left out before it.
type pageLink struct {
	N       int
	URL     string
	Current bool
	Gap     bool
}

// pager returns the links to the pages, nil where there is one page.
func (r *request) pager(q search.Query, total int) *pagerView {
	last := lastPage(q, total)
	if last < 2 {
		return nil
	}
	v := &pagerView{}
	if q.Page > 1 {
		v.Prev = r.links.AtPage(q, q.Page-1)
	}
	if q.Page < last {
		v.Next = r.links.AtPage(q, q.Page+1)
	}
	before := 0
	for _, n := range pageNumbers(q.Page, last) {
		v.Pages = append(v.Pages, pageLink{N: n, URL: r.links.AtPage(q, n), Current: n == q.Page, Gap: n > before+1})
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
