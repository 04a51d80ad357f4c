package server

import (
	"errors"

	"casebook/content"
)

// What pages are read beside the one that was asked for. One that can't be
// read is left out there and logged: the others are still good.

// listed returns a page that is shown or named among others, if there is one
// and it can be read.
func (r *request) listed(id string) (*content.Page, bool) {
	p, err := r.corpus.Page(id)
	if err != nil && !errors.Is(err, content.ErrNoPage) {
		r.leftOut(id, err)
	}
	return p, err == nil
}

// listedAt is listed for the page at a place of the library.
func (r *request) listedAt(place int) (*content.Page, bool) {
	p, err := r.lib.At(place)
	if err != nil {
		r.leftOut(r.lib.ID(place), err)
	}
	return p, err == nil
}

func (r *request) leftOut(id string, err error) {
	r.srv.log.ErrorContext(r.Context(), "page left out", "id", r.id, "page", id, "err", err)
}

// maxListed bounds the pages of one kind that a page lists below it or as
// referring to it; the rest are found by searching.
const maxListed = 500

// pagesAt returns the pages at some places, at most maxListed.
func (r *request) pagesAt(places []uint32) []*content.Page {
	var pages []*content.Page
	for _, i := range places[:min(len(places), maxListed)] {
		if p, ok := r.listedAt(int(i)); ok {
			pages = append(pages, p)
		}
	}
	return pages
}

// children returns the pages directly below a page, by id.
func (r *request) children(id string) []*content.Page {
	place, ok := r.lib.Place(id)
	if !ok {
		return nil
	}
	return r.pagesAt(r.lib.Table().Children(place))
}

// hasChildren reports whether there are pages below a page.
func (r *request) hasChildren(id string) bool {
	place, ok := r.lib.Place(id)
	return ok && len(r.lib.Table().Children(place)) > 0
}

// A reference is one mention of a page by another.
type reference struct {
	From  *content.Page
	Field *content.Field
	Why   string
}

// incoming returns the references to a page, by the id of the page that
// refers, at most maxListed of each kind.
func (r *request) incoming(id string) []reference {
	place, ok := r.lib.Place(id)
	if !ok {
		return nil
	}
	var refs []reference
	table := r.lib.Table()
	perKind := make(map[*content.Kind]int)
	for m := range table.Mentions(place) {
		kind := table.Kind(m.From)
		if perKind[kind]++; perKind[kind] > maxListed {
			continue
		}
		f, ok := kind.Field(m.Field)
		if !ok {
			continue
		}
		from, ok := r.listedAt(m.From)
		if !ok {
			continue
		}
		ref := reference{From: from, Field: f}
		for _, v := range from.Values(m.Field) {
			if v.Given && v.Page == id {
				ref.Why = v.Why
			}
		}
		refs = append(refs, ref)
	}
	return refs
}

// citing returns how many pages refer to this one, or to one below it.
func (r *request) citing(id string) int {
	place, ok := r.lib.Place(id)
	if !ok {
		return 0
	}
	return r.lib.Table().Citing(place)
}
