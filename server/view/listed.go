package view

import (
	"errors"

	"casebook/content"
)

// These pages are read beside the one that was asked for. One that can't be
// read is left out and reported: the others are still good.

// Listed returns a page that is shown or named among others, if there is one
// and it can be read.
func (r *Reader) Listed(id string) (*content.Page, bool) {
	p, err := r.Corpus.Page(id)
	if err != nil && !errors.Is(err, content.ErrNoPage) {
		r.leftOut(id, err)
	}
	return p, err == nil
}

// ListedAt is Listed for the page at a place of the library.
func (r *Reader) ListedAt(place int) (*content.Page, bool) {
	p, err := r.Library.At(place)
	if err != nil {
		r.leftOut(r.Library.ID(place), err)
	}
	return p, err == nil
}

// maxListed bounds the pages of one kind that a page lists below it or as
// referring to it; the rest are found by searching.
const maxListed = 500

// PagesAt returns the pages at some places, at most maxListed.
func (r *Reader) PagesAt(places []uint32) []*content.Page {
	var pages []*content.Page
	for _, i := range places[:min(len(places), maxListed)] {
		if p, ok := r.ListedAt(int(i)); ok {
			pages = append(pages, p)
		}
	}
	return pages
}

// Children returns the pages directly below a page, by id.
func (r *Reader) Children(id string) []*content.Page {
	place, ok := r.Library.Place(id)
	if !ok {
		return nil
	}
	return r.PagesAt(r.Library.Table().Children(place))
}

// HasChildren reports whether there are pages below a page.
func (r *Reader) HasChildren(id string) bool {
	place, ok := r.Library.Place(id)
	return ok && len(r.Library.Table().Children(place)) > 0
}

// A Mention is one reference of a page by another.
type Mention struct {
	From  *content.Page
	Field *content.Field
	Why   string
}

// Mentions returns the references to a page, by the id of the page that
// refers, at most maxListed of each kind.
func (r *Reader) Mentions(id string) []Mention {
	place, ok := r.Library.Place(id)
	if !ok {
		return nil
	}
	var refs []Mention
	table := r.Library.Table()
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
		from, ok := r.ListedAt(m.From)
		if !ok {
			continue
		}
		ref := Mention{From: from, Field: f}
		for _, v := range from.Values(m.Field) {
			if v.Given && v.Page == id {
				ref.Why = v.Why
			}
		}
		refs = append(refs, ref)
	}
	return refs
}

// Citing returns how many pages refer to this one, or to one below it.
func (r *Reader) Citing(id string) int {
	place, ok := r.Library.Place(id)
	if !ok {
		return 0
	}
	return r.Library.Table().Citing(place)
}
